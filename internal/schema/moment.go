package schema

import (
	"errors"
	"regexp"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"kept/internal/yamldoc"
)

// The years that a date may lie in: what is outside is a slip of the hand, and
// would make calendars count for long.
const (
	firstYear = 1900
	lastYear  = 2199
)

// isDate tells a day of the calendar, 2026-09-01. Values that are no text are
// the business of the type.
func isDate(value any) bool {
	s, ok := value.(string)
	if !ok {
		return true
	}
	t, err := time.Parse(time.DateOnly, s)
	return err == nil && plausible(t)
}

// isInstant tells an RFC 3339 time with seconds and offset.
func isInstant(value any) bool {
	s, ok := value.(string)
	if !ok {
		return true
	}
	t, ok := yamldoc.ParseInstant(s)
	return ok && plausible(t)
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

func isRegex(value any) bool {
	s, ok := value.(string)
	if !ok {
		return true
	}
	_, err := regexp.Compile(s)
	return err == nil
}

// momentKeyword makes "x-moment": true mean a date or an instant.
type momentKeyword struct{}

// Compile implements the library's extension.
func (momentKeyword) Compile(_ jsonschema.CompilerContext, m map[string]any) (jsonschema.ExtSchema, error) {
	if on, _ := m["x-moment"].(bool); on {
		return momentKeyword{}, nil
	}
	return nil, nil
}

// Validate implements the library's extension.
func (momentKeyword) Validate(ctx jsonschema.ValidationContext, v any) error {
	if isDate(v) || isInstant(v) {
		return nil
	}
	return ctx.Error("x-moment", "no moment")
}

var errNoReference = errors.New("a schema may not refer to another file")

package portal

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kept/internal/redact"
	"kept/internal/schema"
)

// caster reads the values of one record as the types of their columns, as the
// edition shows them. What is of another type than its field goes into odd, as it was
// typed.
type caster struct {
	v   *View
	odd []any
}

// value reads a plain value; class is that of the field with what encloses it.
func (c *caster) value(f schema.Field, class string, plain any) any {
	if plain == nil || c.v.omitsField(f, class) {
		return nil
	}
	if !f.List {
		return c.single(f, class, plain)
	}
	items, ok := plain.([]any)
	if !ok {
		return c.misfit(f, class, plain)
	}
	list := make([]any, len(items))
	for i := range items {
		list[i] = c.single(f, class, items[i])
	}
	return list
}

func (c *caster) single(f schema.Field, class string, plain any) any {
	f.Class, f.List = class, false
	t := extractType(f)
	if c.v.hides(class) && t != ExtractText && t != ExtractObject {
		return nil
	}
	switch t {
	case ExtractText:
		return c.text(f, plain)
	case ExtractFlag:
		if b, ok := plain.(bool); ok {
			return b
		}
	case ExtractInteger:
		if n, ok := plain.(json.Number); ok {
			if i, err := strconv.ParseInt(n.String(), 10, 64); err == nil {
				return i
			}
		}
	case ExtractDecimal:
		if s, ok := decimalText(plain); ok {
			return s
		}
	case ExtractDate, ExtractTime:
		if at := dayOrTime(t, plain); at != nil {
			return at
		}
	case ExtractObject:
		if o, ok := plain.(map[string]any); ok {
			return c.object(f, o)
		}
	case ExtractJSON:
		return c.v.plain(f, true, plain)
	}
	return c.misfit(f, class, plain)
}

func (c *caster) text(f schema.Field, plain any) any {
	s, ok := plain.(string)
	if !ok {
		return c.misfit(f, f.Class, plain)
	}
	shown, _ := c.v.plain(f, true, s).(string)
	if f.Class == redact.Open || f.Class == redact.ClassText {
		shown = c.v.hidden.secrets.Cover(shown)
	}
	return textOrNil(shown)
}

func (c *caster) object(f schema.Field, o map[string]any) any {
	members := make([]any, len(f.Fields))
	for i, m := range f.Fields {
		members[i] = c.value(m, stricter(c.v.src.Policy, f.Class, m.Class), o[m.Name])
	}
	return members
}

// misfit keeps a value of another type than its field as a text beside the columns.
func (c *caster) misfit(f schema.Field, class string, plain any) any {
	if c.v.hides(class) {
		return nil
	}
	f.Class = class
	shown, ok := c.v.plain(f, true, plain).(string)
	if !ok {
		data, err := json.Marshal(c.v.plain(f, true, plain))
		if err != nil {
			return nil
		}
		shown = string(data)
	}
	c.odd = append(c.odd, []any{f.Name, c.v.hidden.secrets.Cover(shown)})
	return nil
}

// decimalShape is of those those that a column of 38 digits, nine of them decimals, holds.
var decimalShape = regexp.MustCompile(`^[+-]?[0-9]{1,29}(\.[0-9]{1,9})?$`)

func decimalText(plain any) (string, bool) {
	s, ok := plain.(string)
	if n, number := plain.(json.Number); number {
		s, ok = n.String(), true
	}
	if !ok || !decimalShape.MatchString(s) {
		return "", false
	}
	sign := ""
	if s[0] == '-' {
		sign = "-"
	}
	s = strings.TrimLeft(strings.TrimLeft(s, "+-"), "0")
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	return sign + s, true
}

// The years of dates that every engine takes.
const (
	earliestYear = 1
	latestYear   = 9999
)

func dayOrTime(t ExtractType, plain any) any {
	s, ok := plain.(string)
	if !ok {
		return nil
	}
	layout := time.RFC3339
	if t == ExtractDate {
		layout = time.DateOnly
	}
	at, err := time.Parse(layout, s)
	switch {
	case err != nil || at.UTC().Year() < earliestYear || at.UTC().Year() > latestYear:
		return nil
	case t == ExtractDate:
		return s
	}
	return at.UTC()
}

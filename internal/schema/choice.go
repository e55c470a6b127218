package schema

import (
	"fmt"
	"regexp"
	"strings"

	"kept/internal/locale"
)

// mostOptions is how many allowed values a message lists.
const mostOptions = 24

// enumWords lists what may be written, and what was probably meant: the code of
// a label, or the nearest code.
func enumWords(allowed []any, f Field, value any) (rule, key string, args []locale.Arg) {
	options := f.Options
	if len(options) != len(allowed) {
		options = make([]Option, len(allowed))
		for i, a := range allowed {
			options[i] = Option{Value: fmt.Sprint(a), Title: locale.Plain(fmt.Sprint(a))}
		}
	}
	args = []locale.Arg{locale.T("options", optionList(options))}
	s, _ := value.(string)
	if meant, ok := meantOption(s, options); ok {
		return "schema-enum", "schema.enum_near", append(args, locale.T("near", optionText(meant)))
	}
	return "schema-enum", "schema.enum", args
}

func meantOption(s string, options []Option) (Option, bool) {
	values := make([]string, len(options))
	for i, o := range options {
		if s != "" && (s == o.Title.ZH || strings.EqualFold(s, o.Title.EN)) {
			return o, true
		}
		values[i] = o.Value
	}
	near := Nearest(s, values)
	for _, o := range options {
		if near != "" && o.Value == near {
			return o, true
		}
	}
	return Option{}, false
}

func optionText(o Option) locale.Text {
	if o.Title == locale.Plain(o.Value) {
		return o.Title
	}
	return locale.Text{ZH: o.Value + "（" + o.Title.ZH + "）", EN: o.Value + " (" + o.Title.EN + ")"}
}

func optionList(options []Option) locale.Text {
	var zh, en []string
	for i, o := range options {
		if i == mostOptions {
			zh, en = append(zh, "…"), append(en, "…")
			break
		}
		t := optionText(o)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return locale.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// patternWords says how the text should look, by example where there is one.
func (t *teller) patternWords(pattern *regexp.Regexp, f Field) (rule, key string, args []locale.Arg) {
	switch {
	case f.Type == DecimalField:
		return "schema-decimal", "schema.decimal", nil
	case f.Type == MomentField:
		return "schema-moment", "schema.moment", nil
	case f.Name == "id" && t.example != "":
		return "schema-pattern", "schema.pattern_id", []locale.Arg{locale.A("example", t.example)}
	}
	return "schema-pattern", "schema.pattern", []locale.Arg{locale.A("pattern", pattern.String())}
}

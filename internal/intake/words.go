package intake

import (
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
)

// listOf joins texts as each language does.
func listOf[T any](items []T, text func(T) locale.Text) locale.Text {
	var zh, en []string
	for _, item := range items {
		t := text(item)
		zh, en = append(zh, t.ZH), append(en, t.EN)
	}
	return locale.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

func stateText(s schema.State) locale.Text {
	return locale.Text{ZH: s.ID + "（" + s.Title.ZH + "）", EN: s.ID + " (" + s.Title.EN + ")"}
}

// stepText names a step by the state it leads to, its title, roles and what it
// requires.
func stepText(kinds *schema.Registry, kind *schema.Kind, s schema.Step) locale.Text {
	details := s.Title
	if len(s.Roles) > 0 {
		roles := roleTexts(kinds, s.Roles)
		details.ZH += "，" + roles.ZH
		details.EN += ", " + roles.EN
	}
	for _, name := range s.Requires {
		title := kind.NameTitle(name)
		details.ZH += "，" + name + " " + title.ZH
		details.EN += ", " + name
	}
	return locale.Text{ZH: s.To + "（" + details.ZH + "）", EN: s.To + " (" + details.EN + ")"}
}

// setExample shows how a field is set: a text, one of the choices, or for a list
// of items one item with the members that it must have.
func setExample(kind *schema.Kind, name string) string {
	f, ok := kind.Field(name)
	if !ok {
		return "--set " + name + "=…"
	}
	return setField(f, name)
}

// setField is [setExample] for a field, under the path that an option gives it.
func setField(f schema.Field, path string) string {
	switch {
	case f.Type == schema.ObjectField && f.List:
		return "--set '" + path + "+:={" + members(f.Fields) + "}'"
	case f.Type == schema.ObjectField:
		return "--set '" + path + ":={" + members(f.Fields) + "}'"
	case f.Type == schema.EnumField:
		return "--set " + path + "=" + choices(f.Options)
	case f.Type == schema.FlagField:
		return "--set " + path + "=true"
	}
	return "--set " + path + "=…"
}

// members writes the required members of an item as JSON, or all where none is.
func members(fields []schema.Field) string {
	var must, all []string
	for _, f := range fields {
		member := `"` + f.Name + `":"…"`
		if f.Type == schema.EnumField {
			member = `"` + f.Name + `":"` + choices(f.Options) + `"`
		}
		all = append(all, member)
		if f.Required {
			must = append(must, member)
		}
	}
	if len(must) == 0 {
		must = all
	}
	return strings.Join(must, ",")
}

func choices(options []schema.Option) string {
	values := make([]string, len(options))
	for i, o := range options {
		values[i] = o.Value
	}
	return strings.Join(values, "|")
}

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
func stepText(kind *schema.Kind, s schema.Step) locale.Text {
	details := s.Title
	if len(s.Roles) > 0 {
		details.ZH += "，" + strings.Join(s.Roles, "/")
		details.EN += ", " + strings.Join(s.Roles, "/")
	}
	for _, name := range s.Requires {
		title := kind.NameTitle(name)
		details.ZH += "，" + name + " " + title.ZH
		details.EN += ", " + name
	}
	return locale.Text{ZH: s.To + "（" + details.ZH + "）", EN: s.To + " (" + details.EN + ")"}
}

package intake

import (
	"slices"
	"strings"
	"time"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Holding is one role and who holds it on a day.
type Holding struct {
	Role    string
	Title   locale.Text
	Persons []Holder
}

// Holder is a person by id and name.
type Holder struct{ ID, Name string }

// Holders lists for each role who holds it for a record on the day of at, in the
// order of ids; who has left holds none.
func Holders(reg *record.Register, about *record.Record, roles []string, at time.Time, zone *time.Location) []Holding {
	list := make([]Holding, len(roles))
	for i, role := range roles {
		list[i] = Holding{Role: role, Title: roleTitle(reg.Kinds(), role)}
	}
	for rec := range reg.Of(record.PersonKind) {
		if state, ok := rec.State(); rec.Broken || ok && state.Phase == schema.Void {
			continue
		}
		held := reg.RolesFor(about, rec.ID, at, zone)
		for i := range list {
			if slices.Contains(held, list[i].Role) {
				list[i].Persons = append(list[i].Persons, Holder{rec.ID, rec.Text(record.TitleField)})
			}
		}
	}
	return list
}

// roleTexts are the titles of roles.
func roleTexts(kinds *schema.Registry, roles []string) locale.Text {
	titles := make([]locale.Text, len(roles))
	for i, role := range roles {
		titles[i] = roleTitle(kinds, role)
	}
	return locale.Listed(titles...)
}

// roleTitle is a role's name as the kind of persons has it.
func roleTitle(kinds *schema.Registry, role string) locale.Text {
	if kind := kinds.Kind(record.PersonKind); kind != nil {
		if f, ok := kind.Field("roles.role"); ok {
			for _, o := range f.Options {
				if o.Value == role {
					return o.Title
				}
			}
		}
	}
	return locale.Plain(role)
}

// holderText writes roles with those who hold them: by id only, since a message
// names nobody.
func holderText(list []Holding) locale.Text {
	return listOf(list, func(h Holding) locale.Text {
		zh, en := h.Title.ZH, h.Title.EN
		if h.Title != locale.Plain(h.Role) {
			zh, en = zh+" "+h.Role, en+" "+h.Role
		}
		if len(h.Persons) == 0 {
			return locale.Text{ZH: zh + "：—", EN: en + ": —"}
		}
		ids := make([]string, len(h.Persons))
		for i, p := range h.Persons {
			ids[i] = p.ID
		}
		return locale.Text{ZH: zh + "：" + strings.Join(ids, "、"), EN: en + ": " + strings.Join(ids, ", ")}
	})
}

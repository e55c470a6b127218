package check

import (
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
)

// roleTitle is the title that the kind of persons gives a role, or the role's id.
func (j *judge) roleTitle(id string) locale.Text {
	if j.roles == nil {
		j.roles = map[string]locale.Text{}
		if person := j.Register.Kinds().Kind(record.PersonKind); person != nil {
			field, _ := person.Field("roles.role")
			for _, o := range field.Options {
				j.roles[o.Value] = o.Title
			}
		}
	}
	if title, ok := j.roles[id]; ok {
		return title
	}
	return locale.Plain(id)
}

func (j *judge) roleTitles(ids []string) locale.Text {
	zh, en := make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		title := j.roleTitle(id)
		zh[i], en[i] = title.ZH, title.EN
	}
	return locale.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

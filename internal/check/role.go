package check

import (
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// roleTitle is the title that the kind of persons gives a role, or the role's id.
func (j *judge) roleTitle(id string) locale.Text {
	if title, ok := j.roles[id]; ok {
		return title
	}
	if j.roles == nil {
		j.roles = map[string]locale.Text{}
	}
	j.roles[id] = roleTitle(j.Register.Kinds(), id)
	return j.roles[id]
}

// roleTitle is [judge.roleTitle] among kinds.
func roleTitle(kinds *schema.Registry, id string) locale.Text {
	if person := kinds.Kind(record.PersonKind); person != nil {
		field, _ := person.Field("roles.role")
		for _, o := range field.Options {
			if o.Value == id {
				return o.Title
			}
		}
	}
	return locale.Plain(id)
}

func (j *judge) roleTitles(ids []string) locale.Text {
	titles := make([]locale.Text, len(ids))
	for i, id := range ids {
		titles[i] = j.roleTitle(id)
	}
	return locale.Listed(titles...)
}

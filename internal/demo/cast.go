package demo

import (
	"fmt"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/yamldoc"
)

// player is one person of the company.
type player struct {
	id, name, email string
	roles           []tenure
}

// tenure is a role held from one day to another, both inside; no last day where
// to is "".
type tenure struct{ role, from, to string }

// cast is everybody who acts, in the order of the scenario.
type cast struct {
	players []player
	byID    map[string]player
}

// castOf reads the people's records, whose fields are those of kind person.
func castOf(people []yamldoc.Object) cast {
	c := cast{byID: map[string]player{}}
	for _, o := range people {
		p := player{id: o.Text("id"), name: o.Text("title")}
		if mails := o.Texts("identities"); len(mails) > 0 {
			p.email = mails[0]
		}
		for _, r := range o.Items("roles") {
			p.roles = append(p.roles, tenure{r.Text("role"), r.Text("from"), r.Text("to")})
		}
		c.players = append(c.players, p)
		c.byID[p.id] = p
	}
	return c
}

// holds tells whether p has a role on the day of t.
func (p player) holds(role string, t time.Time) bool {
	day := t.Format(time.DateOnly)
	for _, r := range p.roles {
		if r.role == role && r.from <= day && (r.to == "" || day <= r.to) {
			return true
		}
	}
	return false
}

// holder chooses somebody who has a role on the day of t and is not one of
// those named in but.
func (c cast) holder(d *dice, role string, t time.Time, but ...string) (player, error) {
	var able []player
	for _, p := range c.players {
		if p.holds(role, t) && !contains(but, p.id) {
			able = append(able, p)
		}
	}
	if len(able) == 0 {
		return player{}, fmt.Errorf("cast role %q on %s: nobody holds it", role, t.Format(time.DateOnly))
	}
	return able[d.below(len(able))], nil
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// signs is p as author or committer at t.
func (p player) signs(t time.Time) gitrepo.Person {
	return gitrepo.Person{Name: p.name, Email: p.email, When: t}
}

// mention is p as a trailer names a person.
func (p player) mention() string { return p.name + " <" + p.email + ">" }

package intake

import (
	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/schema"
)

// CollisionRequest asks to settle a file at which a merge stopped, since two
// branches gave two records one number.
type CollisionRequest struct {
	Path        string
	Now         []byte // the file as git left it
	Kept, Moved []byte // as the branch that keeps the number and the other have it
	Register    *record.Register
	Kinds       *schema.Registry
	Used        []string         // ids that the history of either branch knows
	To          string           // "" is the next free number
	Following   []*record.Record // records of the other branch, which mean its record
}

// Collision is how a collision was settled.
type Collision struct {
	From, To    string
	Kept, Moved *record.Record // as each branch has them, under the old number
	Plans       []Plan         // of the moved record, of the kept one, then of those that follow
}

// Collide plans that one branch keeps the number: its file is as it was there,
// the other branch's record gets another number and keeps the former in it, and
// the records that follow it name the new one. Two versions of one record are
// refused: which words count, people must say.
func Collide(r CollisionRequest) (Collision, finding.List) {
	kept, _ := record.Parse(r.Path, r.Kept, r.Kinds)
	moved, _ := record.Parse(r.Path, r.Moved, r.Kinds)
	c := Collision{From: moved.ID, Kept: kept, Moved: moved}
	switch {
	case moved.Broken || moved.Kind == nil || moved.Doc == nil:
		return c, finding.List{refusal(r.Path, renumberRule, "intake.collide_broken")}
	case r.To == "" && sameOrigin(kept, moved):
		return c, finding.List{refusal(r.Path, renumberRule, "intake.collide_same")}
	}
	request := RenumberRequest{Record: moved, Register: r.Register, Used: r.Used, To: r.To}
	to, found := request.number()
	if len(found) > 0 {
		return c, found
	}
	plans, found := request.moved(to)
	if found.Count(finding.Error) > 0 {
		return c, found
	}
	c.To, c.Plans = to, []Plan{plans[0], {Path: r.Path, Before: r.Now, After: r.Kept}}
	for _, other := range r.Following {
		if len(pointersTo(other, moved.ID)) == 0 {
			continue
		}
		plan, err := request.mended(other, to)
		if err != nil {
			return c, finding.List{refusal(other.Path, renumberRule, "intake.layout")}
		}
		c.Plans = append(c.Plans, plan)
	}
	return c, found
}

// Names tells whether a record names an id, beside its own.
func Names(rec *record.Record, id string) bool { return len(pointersTo(rec, id)) > 0 }

// sameOrigin tells two versions of one record: they begin with the same step.
func sameOrigin(a, b *record.Record) bool {
	first, second := a.Transitions(), b.Transitions()
	if len(first) == 0 || len(second) == 0 {
		return false
	}
	return first[0].At.Equal(second[0].At) && first[0].By == second[0].By && a.Title() == b.Title()
}

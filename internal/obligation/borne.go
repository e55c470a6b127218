package obligation

import (
	"cmp"

	"kept/internal/expr"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// borne is what single records owe, or the items of a list in them. Drafts and
// void records owe nothing. Neither does a governed record that is finished and
// has no event of its own: its end settles it, unless the condition asks for it
// expressly.
type borne struct {
	kind     *schema.Kind
	when     *expr.Program
	list     *schema.Field // nil: the record itself
	itemWhen *expr.Program
	due      string // field, derived name or limit; of the item, where there is a list
	offset   offset
	done     string // likewise; "" is never done before the record's end
	ownDone  bool   // done is of the item
	owner    string // field of the item or of the record; the record's owner where it is empty
	ownOwner bool   // owner is of the item
}

func (r borne) duties(in *inputs, d *Definition) []Duty {
	list := make([]Duty, 0, in.Register.Count(r.kind.ID))
	kept := in.shelf(d, r.kind, r.when, r.itemWhen)
	for rec := range in.Register.Of(r.kind.ID) {
		more, ok := in.recall(list, kept, d, rec)
		if !ok {
			more = r.owed(in, list, d, rec)
			in.keep(kept, rec, more[len(list):])
		}
		list = more
	}
	return list
}

// owed appends what one record owes.
func (r borne) owed(in *inputs, list []Duty, d *Definition, rec *record.Record) []Duty {
	k := in.known(rec)
	if k == nil || !r.alive(k) {
		return list
	}
	if r.list == nil {
		if duty, ok := r.ofRecord(k, d); ok {
			list = append(list, duty)
		}
		return list
	}
	for i, item := range rec.Items(r.list.Name) {
		if duty, ok := r.ofItem(k, d, item, i); ok {
			list = append(list, duty)
		}
	}
	return list
}

func (r borne) alive(k *known) bool {
	switch k.state().Phase {
	case schema.Draft, schema.Void:
		return false
	}
	return k.holds(r.when, k.in.AsOf)
}

func (r borne) ofRecord(k *known, d *Definition) (Duty, bool) {
	at, ok := k.dueUnder(r.due)
	if !ok {
		return Duty{}, false
	}
	duty := r.offset.duty(k.in, at)
	duty.Definition, duty.Record, duty.Title = d, k.rec.ID, k.rec.Title()
	duty.Owner = cmp.Or(textUnder(k.rec.Object, r.owner), k.rec.Text("owner"))
	return r.finish(k, duty, func() (moment, bool) { return k.event(r.done) })
}

func (r borne) ofItem(k *known, d *Definition, item yamldoc.Object, index int) (Duty, bool) {
	if !r.owing(k, item) {
		return Duty{}, false
	}
	name := itemName(item, index)
	pointer := "/" + r.list.Name + "/" + escaped(name) + "/"
	at, ok := k.dueIn(item, r.due, pointer+r.due)
	if !ok {
		return Duty{}, false
	}
	duty := r.offset.duty(k.in, at)
	duty.Definition, duty.Record, duty.Item, duty.Title = d, k.rec.ID, name, r.title(k, item)
	duty.Owner = cmp.Or(r.ownerOf(k, item), k.rec.Text("owner"))
	return r.finish(k, duty, func() (moment, bool) {
		if r.ownDone {
			return k.eventIn(item, r.done, pointer+r.done)
		}
		return k.event(r.done)
	})
}

// ownerOf is the person whom the item or, where it has no such field, the record
// names.
func (r borne) ownerOf(k *known, item yamldoc.Object) string {
	if r.ownOwner {
		return textUnder(item, r.owner)
	}
	return textUnder(k.rec.Object, r.owner)
}

// owing evaluates the condition about the item.
func (r borne) owing(k *known, item yamldoc.Object) bool {
	if r.itemWhen == nil {
		return true
	}
	return k.in.holds(r.itemWhen, record.ItemVars(*r.list, item, k.in.Calendar.Zone()), k.rec.ID)
}

func textUnder(o yamldoc.Object, name string) string {
	o, name = within(o, name)
	return o.Text(name)
}

// finish finds the event that does a duty and judges it. It tells false where the
// record's end settled it.
func (r borne) finish(k *known, duty Duty, event func() (moment, bool)) (Duty, bool) {
	over := k.rec.Kind.Envelope == schema.Governed && k.state().Phase == schema.Done
	m, ok := moment{}, false
	switch {
	case r.done != "":
		m, ok = event()
		if !ok && (over && r.when == nil || k.undated(r.done)) {
			return duty, false
		}
	case over && len(k.steps) > 0:
		last := len(k.steps) - 1
		m, ok = moment{at: k.steps[last].At, proof: k.proofs[last]}, true
	}
	if ok {
		duty.done(m, k.rec.ID)
	}
	duty.judge(k.in, noTime)
	return duty, true
}

// title is the item's first open text before its due time, or the record's title.
func (r borne) title(k *known, item yamldoc.Object) locale.Text {
	for _, f := range r.list.Fields {
		if f.Name == r.due {
			break
		}
		if text := item.Text(f.Name); f.Type == schema.TextField && !f.List && f.Name != record.IDField && f.Class == "" && text != "" {
			return locale.Plain(text)
		}
	}
	return k.rec.Title()
}

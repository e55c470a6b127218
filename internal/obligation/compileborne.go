package obligation

import (
	"slices"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

func (b *builder) borne() rule {
	o := b.rec.Object.Object("of")
	r := borne{kind: b.kind(o, "/of/kind"), due: o.Text("due"), done: o.Text("done"), owner: o.Text("owner")}
	r.when = b.condition(o, "when", "/of/when", r.kind)
	if o.Has("offset") {
		var err error
		if r.offset, err = parseOffset(o.Text("offset")); err != nil {
			b.fail("/of/offset", "obligation.offset", locale.A("value", o.Text("offset")))
		}
	}
	if r.kind == nil {
		return r
	}
	if list := o.Text("list"); list != "" {
		b.items(o, &r, list)
	} else {
		b.due(&r)
	}
	if r.done != "" && !r.ownDone {
		b.event(r.done, "/of/done", r.kind)
	}
	if r.owner != "" && !r.ownOwner {
		b.field(r.owner, "/of/owner", r.kind)
	}
	return r
}

// due checks the due time of a record; one that meets a limit is done as the
// limit says, where nothing else is said.
func (b *builder) due(r *borne) {
	l, ok := r.kind.Limit(r.due)
	if ok && r.done == "" {
		r.done = l.Done
	}
	if !ok {
		b.time(r.due, "/of/due", r.kind)
	}
}

// items turns to the items of a list: their due time, and what else they have.
func (b *builder) items(o yamldoc.Object, r *borne, list string) {
	f, ok := r.kind.Field(list)
	if !ok || !f.List || f.Type != schema.ObjectField {
		b.unknown(list, "/of/list", r.kind)
		return
	}
	r.list = &f
	own := func(name string) bool {
		return slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == name })
	}
	b.time(list+"."+r.due, "/of/due", r.kind)
	r.ownDone, r.ownOwner = own(r.done), own(r.owner)
	if r.ownDone {
		b.time(list+"."+r.done, "/of/done", r.kind)
	}
	if source := o.Text("item_when"); source != "" {
		r.itemWhen = b.compile(source, "/of/item_when", record.ItemTypes(f))
	}
}

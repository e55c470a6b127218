package portal

import (
	"encoding/json"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// Author names who made a commit; never by an address.
func (v *View) Author(p gitrepo.Person) string { return v.author(p).Text }

// Text is a text that a machine reads, without what looks personal.
func (v *View) Text(s string) string { return v.mask(s) }

// Events are the events of a change for machines, as the edition shows them: of a
// value that is hidden only what a page would say, of one that no field of the
// kind holds nothing.
func (v *View) Events(t *history.Timeline, c *history.Change) []history.Event {
	v = v.of(t.ID)
	kind := v.src.Register.Kinds().Kind(record.KindOf(c.Path))
	events := make([]history.Event, len(c.Events))
	for i, e := range c.Events {
		f, known := schema.Field{}, false
		if kind != nil {
			f, known = fieldAt(kind, e.Pointer, v.src.Policy)
		}
		events[i] = history.Event{
			Pointer: v.pointer(f, known, e.Pointer), Before: v.plain(f, known, e.Before), After: v.plain(f, known, e.After), Recorded: e.Recorded,
		}
	}
	return events
}

// pointer leaves out the keys of items that are what is hidden.
func (v *View) pointer(f schema.Field, known bool, p string) string {
	if known && v.hides(f.Class) {
		if i := strings.LastIndex(p, "/"+f.Name+"/"); i >= 0 {
			return p[:i+len(f.Name)+1] + "/" + redact.Covered
		}
	}
	return v.hidden.secrets.Cover(v.mask(p))
}

func (v *View) plain(f schema.Field, known bool, plain any) any {
	switch x := plain.(type) {
	case nil:
		return nil
	case []any:
		list := make([]any, len(x))
		for i := range x {
			list[i] = v.plain(f, known, x[i])
		}
		return list
	case map[string]any:
		return v.plainObject(f, known, x)
	case string:
		switch {
		case !known:
			return redact.Covered
		case v.hides(f.Class) || f.Name == identities || !v.quotable(f, x):
			return v.flat(v.value(f, x))
		}
		return v.mask(x)
	case json.Number:
		if !known || v.hides(f.Class) {
			return redact.Covered
		}
	}
	return plain
}

func (v *View) plainObject(f schema.Field, known bool, x map[string]any) map[string]any {
	o := make(map[string]any, len(x))
	fields := v.inside(f)
	for key, one := range x {
		m, found := schema.Field{}, false
		for _, g := range fields {
			if g.Name == key {
				m, found = g, known
			}
		}
		o[v.mask(key)] = v.plain(m, found, one)
	}
	return o
}

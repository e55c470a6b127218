package demo

import (
	"maps"
	"slices"
	"strings"
	"time"

	"kept/internal/record"
	"kept/internal/schema"
)

// change applies what a step does to the fields.
func (l *life) change(d stepDef) {
	for _, key := range d.unset {
		delete(l.fields, key)
	}
	l.assign(d.set)
	for _, key := range slices.Sorted(maps.Keys(d.add)) {
		list, _ := l.fields[key].([]any)
		l.fields[key] = append(slices.Clone(list), l.scope.fill(d.add[key]))
	}
	for _, key := range slices.Sorted(maps.Keys(d.patch)) {
		l.patch(key, d.patch[key])
	}
}

// patch sets keys in the last item of a list; with a star before the list's
// name in every item that has them not yet.
func (l *life) patch(key string, template any) {
	name, all := strings.CutPrefix(key, "*")
	list, _ := l.fields[name].([]any)
	list = slices.Clone(list)
	for i := range list {
		item, _ := list[i].(mapping)
		more, _ := l.scope.fill(template).(mapping)
		fresh := maps.Clone(item)
		switch {
		case all:
			maps.Copy(more, item)
			fresh = more
		case i == len(list)-1:
			maps.Copy(fresh, more)
		}
		list[i] = fresh
	}
	if len(list) > 0 {
		l.fields[name] = list
	}
}

// enter gives the record its new state; a governed record notes the transition.
func (l *life) enter(d stepDef, who player, at time.Time) {
	if d.to == "" {
		return
	}
	l.fields[record.StatusField] = d.to
	if l.kind.Envelope != schema.Governed {
		return
	}
	entry := mapping{"to": d.to, "at": at.Format(time.RFC3339), "by": who.id, "role": orElse(d.claim, d.role)}
	if note := l.scope.text(d.note); note != "" {
		entry["note"] = note
	}
	list, _ := l.fields[record.TransitionsField].([]any)
	l.fields[record.TransitionsField] = append(slices.Clone(list), entry)
}

// revert takes the last step back.
func (l *life) revert() {
	if n := len(l.before); n > 1 {
		clear(l.fields)
		maps.Copy(l.fields, l.before[n-2])
	}
}

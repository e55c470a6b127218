package record

import (
	"strconv"
	"strings"
	"time"

	"kept/internal/schema"
)

// itemStart tells whether a limit belongs to the items of a list: it starts with
// a field of theirs, as pauses.from. Each item then has its own due time, which
// expressions read as a name of the item; the record has none.
func itemStart(kind *schema.Kind, l schema.TimeLimit) (list, field string, ok bool) {
	list, field, ok = strings.Cut(l.Start, ".")
	if !ok {
		return "", "", false
	}
	f, _ := kind.Field(list)
	_, named := kind.Field(l.Start)
	return list, field, named && f.List && f.Type == schema.ObjectField
}

// fillItems gives the items of a list the due times of the limits that are theirs,
// zero where a clock does not run.
func (r *Record) fillItems(items []map[string]any, name string, facts Facts) {
	for _, l := range r.Kind.Limits {
		list, field, ok := itemStart(r.Kind, l)
		if !ok || list != name {
			continue
		}
		for i, item := range items {
			item[l.Name] = time.Time{}
			if facts.Due != nil {
				l.Start = list + "." + strconv.Itoa(i) + "." + field
				item[l.Name] = facts.Due(l)
			}
		}
	}
}

// momentAt is [MomentOf] of a path, too: of pauses.0.from that item's time, of
// pauses.from the earliest one before asOf.
func (r *Record) momentAt(path string, zone *time.Location, asOf time.Time) (time.Time, bool) {
	list, field, dotted := strings.Cut(path, ".")
	if !dotted {
		return MomentOf(r.Object, path, zone)
	}
	if index, rest, ok := strings.Cut(field, "."); ok {
		items := r.Items(list)
		i, err := strconv.Atoi(index)
		if err != nil || i < 0 || i >= len(items) {
			return time.Time{}, false
		}
		return MomentOf(items[i], rest, zone)
	}
	var first time.Time
	for _, item := range r.Items(list) {
		if at, ok := MomentOf(item, field, zone); ok && at.Before(asOf) && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first, !first.IsZero()
}

package check

import (
	"bytes"
	"cmp"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
)

// beside compares what a change does with what its base got since the two parted: an id
// that both gave to a record of their own, and records that both changed, each in its
// way. Where the two did not part, nothing is found.
func (req *ChangeRequest) beside() finding.List {
	if req.Parted == nil || req.Base == nil || req.Parted == req.Base {
		return nil
	}
	var list finding.List
	for there := range req.Base.All() {
		here, was := req.Register.Get(there.ID), req.Parted.Get(there.ID)
		switch {
		case was == nil && here != nil && (here.Path != there.Path || !bytes.Equal(here.Source, there.Source)):
			if req.Held != nil && req.Held(there) {
				list = append(list, bothChanged(here))
			} else {
				list = append(list, givenTwice(here, there))
			}
		case was != nil && !bytes.Equal(was.Source, there.Source) && differs(was, here) && differs(there, here):
			list = append(list, bothChanged(cmp.Or(here, there)))
		}
	}
	for was := range req.Parted.All() {
		if here := req.Register.Get(was.ID); req.Base.Get(was.ID) == nil && here != nil && differs(was, here) {
			list = append(list, bothChanged(here))
		}
	}
	return list
}

// differs tells a version of a record from another one; nil is one that is gone.
func differs(rec, other *record.Record) bool {
	return other == nil || !bytes.Equal(rec.Source, other.Source)
}

// givenTwice is an id of the change that its base has given to another record.
func givenTwice(here, there *record.Record) finding.Finding {
	return finding.Finding{
		Position: here.Position("/" + record.IDField), Rule: "id-duplicate", Severity: finding.Error, Record: here.ID,
		Key: "audit.change.taken", Args: []locale.Arg{locale.A("other", there.Path), locale.A("path", here.Path)},
	}
}

// bothChanged is a record that git may not bring together by itself.
func bothChanged(rec *record.Record) finding.Finding {
	return finding.Finding{
		Position: rec.Position("/" + record.IDField), Rule: "change-both", Severity: finding.Warning, Record: rec.ID,
		Key: "audit.change.both", Args: []locale.Arg{locale.A("record", rec.ID)},
	}
}

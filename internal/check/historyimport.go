package check

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// The parts of imported_from, beside the state.
var importedParts = []string{"sha256", "sheet", "row", "key", "content", "record", record.UndatedMember}

// importedAgain tells a change by which somebody who may do so imported a changed row
// again. What is not committed yet has no author.
func (a *auditor) importedAgain(c *history.Change) bool {
	if !c.ImportedAgain {
		return false
	}
	return c.SetBy.Hash == "" || slices.ContainsFunc(a.authors(c.SetBy), func(p string) bool {
		return p != "" && slices.Contains(a.trusted.Roles(p, c.Submitted, a.Zone), importer)
	})
}

// forgedImportState finds the state of an import changed by hand. Steps up to it came
// with the ledger and are not judged, so that moving it forward would let later steps
// pass as the ledger's.
func forgedImportState(a *auditor, t *history.Timeline, i int) {
	c := &t.Changes[i]
	if i == 0 || c.Kind == history.Deleted || c.Kind == history.Unread || a.importedAgain(c) {
		return
	}
	if !t.Imported && !a.proposed {
		return // audit-import-later
	}
	const pointer = "/" + record.ImportedField + "/state"
	before, after := t.TextAfter(standing(t, i), pointer), t.TextAfter(i+1, pointer)
	if after == "" || after == before {
		return
	}
	f := a.report(t, "/"+record.ImportedField, changeOf(c), "audit.import-state",
		locale.T("before", a.stateOrNone(t, before)), locale.T("after", stateName(a.kind(t), after)), a.at("submitted", c.Submitted))
	if a.undoes(t, i) {
		f.Severity = finding.Info
	}
}

// forgedImportSource finds other parts of where a record comes from changed by hand:
// its row cannot be found again in its ledger.
func forgedImportSource(a *auditor, t *history.Timeline, i int) {
	c, kind := &t.Changes[i], a.kind(t)
	if i == 0 || kind == nil || c.Kind == history.Deleted || c.Kind == history.Unread || a.importedAgain(c) {
		return
	}
	before := standing(t, i)
	of := func(n int, part string) any {
		v, _ := t.ValueAfter(n, "/"+record.ImportedField+"/"+part)
		return v
	}
	if of(before, "sha256") == nil && of(before, "state") == nil {
		return // a record that did not say where it comes from
	}
	if a.governed(t) == nil && of(i+1, "content") != nil && of(before, "content") != of(i+1, "content") {
		return // records without steps have nobody who went on with them
	}
	var changed []locale.Text
	if of(before, "state") != nil && of(i+1, "state") == nil {
		changed = append(changed, importedTitle(kind, "state"))
	}
	for _, part := range importedParts {
		if was, is := of(before, part), of(i+1, part); was != is {
			changed = append(changed, importedTitle(kind, part))
		}
	}
	if len(changed) == 0 {
		return
	}
	f := a.report(t, "/"+record.ImportedField, changeOf(c), "audit.import-source", locale.T("fields", locale.Listed(changed...)), a.at("submitted", c.Submitted))
	if a.undoes(t, i) {
		f.Severity = finding.Info
	}
}

// standing is how many changes had been made when the record last stood on the
// mainline before a change.
func standing(t *history.Timeline, i int) int {
	for i > 0 && t.Changes[i-1].Kind == history.Deleted {
		i--
	}
	return i
}

// changeOf is who wrote a change's part of imported_from, else the change as a whole.
func changeOf(c *history.Change) *history.Recorded {
	for n := range c.Events {
		if e := &c.Events[n]; field(e.Pointer) == record.ImportedField && e.SetBy.Hash != "" {
			return e.Recorded
		}
	}
	return &c.Recorded
}

// importedTitle is what a part of imported_from is called.
func importedTitle(kind *schema.Kind, part string) locale.Text {
	from, _ := kind.Field(record.ImportedField)
	for _, f := range from.Fields {
		if f.Name == part {
			return f.Title
		}
	}
	return locale.Plain(part)
}

func (a *auditor) stateOrNone(t *history.Timeline, state string) locale.Text {
	if state == "" {
		return locale.Plain("—")
	}
	return stateName(a.kind(t), state)
}

package portal

import (
	"cmp"
	"time"

	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// docRecord is the record of kind document with a text's number; nil for none. Of
// several the one in force counts, else the last.
func (v *View) docRecord(number string) *record.Record {
	var found *record.Record
	for rec := range v.src.Register.Of(record.DocumentKind) {
		if number == "" || rec.Broken || rec.Kind == nil || rec.Text("number") != number {
			continue
		}
		if s, ok := rec.State(); found == nil || ok && s.Phase == schema.Done {
			found = rec
		}
	}
	return found
}

// docState is how a document stands: as its record says, else as its own text does.
func (v *View) docState(d docFile) (Cell, bool) {
	if rec := v.docRecord(d.front.Text("number")); rec != nil {
		s, _ := rec.State()
		return v.stateCell(rec), s.Phase == schema.Void
	}
	status := d.front.Text("status")
	return Cell{Text: v.frontWord("status", status), Tone: map[string]Tone{"effective": Good, "superseded": Muted}[status]}, status == "superseded"
}

// checkVersions adds to a table of versions which commit brought each onto the
// mainline, by the document's record, and how its date compares. Without a history
// or a record nothing is added.
func (v *View) checkVersions(t *Table, number string) {
	rec := v.docRecord(number)
	if rec == nil || v.src.History == nil || len(t.Rows) == 0 {
		return
	}
	life := v.src.History.Timeline(rec.ID)
	if life == nil {
		return
	}
	t.Columns = append(t.Columns,
		Column{Key: "commit", Title: v.p.Say("portal.commit"), Screen: true}, Column{Key: "checked", Title: v.p.Say("portal.doc-checked"), Screen: true})
	for i := range t.Rows {
		commit, checked := v.checkVersion(life, t.Rows[i].Cells[0].Text, v.versionDate(t, i))
		t.Rows[i].Cells = append(t.Rows[i].Cells, commit, checked)
	}
}

func (v *View) versionDate(t *Table, row int) string {
	for i, c := range t.Columns {
		if c.Key == "date" {
			return t.Rows[row].Cells[i].Text
		}
	}
	return ""
}

// checkVersion finds the first commit after which the record had a version, and
// compares its day with the one that is written.
func (v *View) checkVersion(life *history.Timeline, version, date string) (commit, checked Cell) {
	for i := range life.Changes {
		if life.TextAfter(i+1, "/version") != version {
			continue
		}
		c := &life.Changes[i]
		if c.SetBy != nil {
			commit = Cell{Text: c.SetBy.Hash.Short(), Mono: true}
		}
		return commit, v.compareDays(date, c.Submitted)
	}
	return Cell{Text: noValue}, Cell{Text: v.p.Say("portal.doc-version-unknown"), Tone: Warn}
}

func (v *View) compareDays(date string, submitted time.Time) Cell {
	said, err := time.ParseInLocation(time.DateOnly, date, v.zone)
	if err != nil {
		return Cell{Text: v.p.Say("portal.doc-undated", locale.A("day", day(submitted.In(v.zone)))), Tone: Muted}
	}
	days := int(submitted.Sub(said).Hours() / 24)
	switch {
	case submitted.Before(said):
		return Cell{Text: v.p.Say("portal.doc-date-ahead", locale.A("day", day(submitted.In(v.zone)))), Tone: Warn}
	case days > 0:
		return Cell{Text: v.p.Say("portal.doc-date-after", locale.N("n", days)), Tone: Muted}
	}
	return Cell{Text: v.p.Say("portal.doc-date-same"), Tone: Good}
}

// docTable lists the records of kind document: also those whose text lies elsewhere.
func (v *View) docTable() Table {
	t := Table{ID: "documents", Title: v.p.Say("portal.doc-records"), Columns: []Column{
		{Key: "number", Title: v.p.Say("portal.doc-number"), Screen: true},
		{Key: "title", Title: v.p.Say("portal.doc-title"), Screen: true},
		{Key: "version", Title: v.p.Say("portal.doc-version"), Screen: true},
		{Key: "status", Title: v.p.Say("portal.status"), Screen: true},
		{Key: "effective", Title: v.p.Say("portal.doc-effective"), Screen: true},
		{Key: "review", Title: v.p.Say("portal.doc-next-review"), Screen: true},
	}}
	for rec := range v.src.Register.Of(record.DocumentKind) {
		if rec.Broken || rec.Kind == nil {
			continue
		}
		state := v.stateCell(rec)
		if belowOne(rec.Text("version")) {
			state = Cell{Text: v.p.Say("portal.doc-draft-only"), Tone: Warn}
		}
		t.Rows = append(t.Rows, Row{ID: rec.ID, Cells: []Cell{
			{Text: cmp.Or(v.mask(rec.Text("number")), rec.ID), Link: linkTo(rec)},
			{Text: v.title(rec)},
			{Text: v.mask(rec.Text("version"))},
			state,
			{Text: cmp.Or(v.mask(rec.Text("effective_on")), noValue)},
			{Text: cmp.Or(v.mask(rec.Text("next_review_due")), noValue)},
		}})
	}
	return t
}

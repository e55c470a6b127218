package portal

import (
	"cmp"
	"time"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// docControl is what is known of a controlled document: by its record, else by its
// own front matter.
type docControl struct {
	record         *record.Record // nil for none
	title, version string
	class          string // as a layout names it
	over           bool
	facts          []PrintFact

	prepared, reviewed, approved, date string // of the version in force, "" where nobody did
}

func (v *View) controlOf(d docFile) docControl {
	item := v.docItem(d)
	c := docControl{record: v.docRecord(item.Number), title: item.Title, version: item.Version, over: item.Over, class: d.front.Text("confidentiality")}
	if c.record != nil {
		c.version = cmp.Or(c.record.Text("version"), c.version)
		c.class = cmp.Or(c.record.Text("confidentiality"), c.class)
	}
	v.docPeople(&c, d)
	say := func(name, front string) string { return v.docValue(c.record, d.front, name, front) }
	c.facts = []PrintFact{
		{v.p.Say("portal.doc-number"), item.Number},
		{v.p.Say("portal.doc-version"), c.version},
		{v.p.Say("portal.doc-confidentiality"), say("confidentiality", "confidentiality")},
		{v.p.Say("portal.doc-control"), say("control", "control")},
		{v.p.Say("portal.status"), item.State.Text},
		{v.p.Say("portal.doc-issued"), say("issued_on", "issued")},
		{v.p.Say("portal.doc-effective"), say("effective_on", "effective")},
		{v.p.Say("portal.doc-owner"), cmp.Or(d.front.Text("owner"), say("owner", "owner"))},
		{v.p.Say("portal.doc-prepared"), joinWith(filled(c.prepared, c.date), "  ")},
		{v.p.Say("portal.doc-reviewed"), c.reviewed},
		{v.p.Say("portal.doc-approved"), c.approved},
	}
	return c
}

// docValue is a field of the record in words, else one of the front matter.
func (v *View) docValue(rec *record.Record, front yamldoc.Object, name, key string) string {
	if rec != nil && rec.Has(name) {
		return v.flatField(rec.Kind, name, rec.Plain(name))
	}
	return v.frontWord(key, front.Text(key))
}

// docPeople finds who prepared, reviewed and approved the version. Of the front
// matter only a row without a record counts: there a name may say that it is pending.
func (v *View) docPeople(c *docControl, d docFile) {
	for _, row := range d.front.Items("versions") {
		if row.Text("version") == c.version {
			c.prepared, c.date = row.Text("author"), row.Text("date")
			if c.record == nil {
				c.reviewed, c.approved = row.Text("reviewed"), row.Text("approved")
			}
		}
	}
	if c.record == nil {
		return
	}
	f, _ := c.record.Kind.Field("versions")
	for _, row := range c.record.Items("versions") {
		if row.Text("version") != c.version {
			continue
		}
		c.prepared, c.date = cmp.Or(c.prepared, v.mask(row.Text("author"))), cmp.Or(row.Text("date"), c.date)
		for name, to := range map[string]*string{"reviewed_by": &c.reviewed, "approved_by": &c.approved} {
			m, _ := c.record.Kind.Field(f.Name + "." + name)
			*to = v.flat(v.value(m, row.Plain(name)))
		}
	}
}

// signatures are the places to sign below the text, with who is named.
func (c docControl) signatures(v *View) []PrintSignature {
	return []PrintSignature{
		{Title: v.p.Say("pdf.prepared"), Name: c.prepared, Date: c.date},
		{Title: v.p.Say("pdf.reviewed"), Name: c.reviewed},
		{Title: v.p.Say("pdf.approved"), Name: c.approved},
	}
}

// docCover is the first page of a controlled document.
func (v *View) docCover(d docFile, c docControl) *PrintCover {
	cover := &PrintCover{Facts: c.facts, Notice: v.p.Say("portal.doc-notice", locale.A("organisation", cmp.Or(d.front.Text("organisation"), v.p.Text(v.src.Config.Organisation))))}
	if other := d.front.Text("title_en"); v.Lang() == locale.Chinese {
		cover.Subtitle = other
	} else if other != "" {
		cover.Subtitle = d.front.Text("title")
	}
	columns := v.distributionColumns()
	if len(copyNumbers(d.front.Items("distribution"))) > 0 {
		columns = append(columns, Column{Key: "copy_no", Title: v.p.Say("portal.doc-copy-no"), Weight: 1.2})
	}
	if t := v.frontTable(d.front, "distribution", columns); len(t.Rows) > 0 {
		cover.Parts = append(cover.Parts, PrintSection{Heading: t.Title, Table: &t, Numbered: true})
	}
	t := v.frontTable(d.front, "versions", v.versionColumns())
	if len(t.Rows) == 0 {
		return cover
	}
	v.committed(&t, d)
	cover.Parts = append(cover.Parts, PrintSection{Heading: t.Title, Table: &t, Notes: []string{v.p.Say("portal.doc-versions-note")}})
	return cover
}

// committed adds to a table of versions the commit that first named each, and how the
// day that is written compares with it. Without a history nothing is added.
func (v *View) committed(t *Table, d docFile) {
	revisions := v.revisions(d.file)
	if len(revisions) == 0 {
		return
	}
	t.Columns = append(t.Columns,
		Column{Key: "commit", Title: v.p.Say("portal.commit"), Weight: 2.2}, Column{Key: "checked", Title: v.p.Say("portal.doc-checked"), Weight: 2.5})
	for i := range t.Rows {
		commit, checked := Cell{Text: noValue}, Cell{Text: v.p.Say("portal.doc-version-unknown"), Tone: Warn}
		if r := setting(revisions, t.Rows[i].Cells[0].Text); r != nil {
			commit = Cell{Text: r.By.Hash.Short(), Mono: true}
			checked = v.compareVersion(v.versionDate(t, i), r)
		}
		t.Rows[i].Cells = append(t.Rows[i].Cells, commit, checked)
	}
}

// setting is the change after which the front matter first named a version, nil for
// none.
func setting(revisions []Revision, version string) *Revision {
	for i := range revisions {
		if revisions[i].Version == version {
			return &revisions[i]
		}
	}
	return nil
}

// compareVersion compares a day with those from when the change was written to when
// it was merged.
func (v *View) compareVersion(date string, r *Revision) Cell {
	if within(date, r, v.zone) {
		return Cell{Text: v.p.Say("portal.doc-date-same"), Tone: Good}
	}
	return v.compareDays(date, r.By.Committer.When)
}

// within tells whether a day lies between those on which a change was written and
// merged.
func within(date string, r *Revision, zone *time.Location) bool {
	day := func(t time.Time) string { return t.In(zone).Format(time.DateOnly) }
	first := min(day(r.By.Author.When), day(r.By.Committer.When))
	return date >= first && date <= day(r.Commit.Committer.When)
}

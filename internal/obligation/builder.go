package obligation

import (
	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
)

// builder compiles one obligation record and gathers what is wrong with it.
type builder struct {
	reg   *record.Register
	rec   *record.Record
	first func() calendar.Day // how early an obligation may begin
	found finding.List
	// silent is set where the files of a kind were refused: that has been reported
	// there, and the obligation cannot be used.
	silent bool
}

func (b *builder) fail(pointer, key string, args ...locale.Arg) {
	b.report(finding.Error, pointer, key, args...)
}

func (b *builder) report(severity finding.Severity, pointer, key string, args ...locale.Arg) {
	b.found = append(b.found, finding.Finding{
		Position: b.rec.Position(pointer), Rule: "obligation-definition", Severity: severity,
		Record: b.rec.ID, Key: key, Args: args,
	})
}

// definition reads the whole record; nil where a kind that it reads was refused.
func (b *builder) definition() *Definition {
	d := &Definition{
		ID:       b.rec.ID,
		record:   b.rec,
		Title:    locale.Text{ZH: b.rec.Text(record.TitleField), EN: b.rec.Text(record.TitleField + "_en")},
		Owner:    b.rec.Text("owner_role"),
		Person:   b.rec.Text("owner"),
		Cadence:  calendar.Grain(b.rec.Text("cadence")),
		Report:   b.rec.Text("report"),
		Clauses:  b.rec.Texts(record.ClauseKind),
		Counted:  b.rec.Flag("counted"),
		Warn:     b.limit("warn", calendar.Limit{Amount: 30, Unit: calendar.CalendarDays}),
		Position: b.rec.Position("/" + record.IDField),
		From:     b.day("from"),
		Until:    b.day("until"),
	}
	switch {
	case d.Cadence != "":
		d.rule = b.periodic(d)
	case b.rec.Flag("retention"):
		d.rule = retained{b.limit("due", calendar.Limit{Unit: calendar.CalendarDays})}
	case b.rec.Has("of"):
		d.rule = b.borne()
	default:
		b.fail("/cadence", "obligation.no-rule")
	}
	if b.silent {
		return nil
	}
	return d
}

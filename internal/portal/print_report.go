package portal

import (
	"slices"
	"strconv"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/yamldoc"
)

// IsReport tells whether a record is of the kind whose issues publications are.
func (v *View) IsReport(rec *record.Record) bool {
	kind := v.src.Register.Kinds().Kind(record.PublicationKind)
	if kind == nil || rec == nil || rec.Broken || rec.Kind == nil {
		return false
	}
	f, _ := kind.Field("report")
	return slices.Contains(f.Refs, rec.Kind.ID)
}

// ReportPrint is the report of a period as it would be issued now, before it is: the
// paper of a publication that is in no file, marked so. It rests on the commit that
// is shown, for what it counts may be any record. It is nil where the report has no
// issue for the period.
func (v *View) ReportPrint(report *record.Record, p calendar.Period) *Print {
	if v.src.Draft == nil {
		return nil
	}
	rec := v.src.Draft(report, p, v.Lang())
	if rec == nil {
		return nil
	}
	stamp := PrintStamp{Commit: string(v.src.Commit), Created: v.src.AsOf}
	if v.src.Judged || v.src.AsOf.Before(p.In(v.zone).End) {
		stamp.AsOf = v.src.AsOf
	}
	v.provide(&stamp, append(shownBy(rec), v.behind(p)...), nil)
	paper := v.reportPaper(rec, stamp)
	paper.ID, paper.PeriodKey = pageName(report.ID), p.String()
	paper.Title = v.words("portal.report-unissued", "title", paper.Title)
	paper.Watermark = v.p.Say("portal.report-mark")
	return paper
}

// shownBy are the records that a publication names, beside its report.
func shownBy(rec *record.Record) []string {
	ids := []string{rec.Text("report")}
	for _, item := range rec.Items("figures") {
		ids = append(ids, item.Text("kpi"))
	}
	for _, item := range rec.Items("extracts") {
		ids = append(ids, item.Texts("records")...)
	}
	for _, name := range publishedLists() {
		ids = append(ids, rec.Texts(name)...)
	}
	return ids
}

// publicationPrint is the report that a publication issues, as it is signed: what
// the record says and nothing that is computed again. The bar says who prepared,
// reviewed and approved it, and when (domain.md §4.6, §9.1).
func (v *View) publicationPrint(rec *record.Record) *Print {
	paper := v.reportPaper(rec, v.Stamp(append(shownBy(rec), rec.ID)))
	paper.ID, paper.PeriodKey = pageName(rec.ID), "" // the file is named after the record
	switch r := v.reader(rec); {
	case rec.Has("withdrawn_reason"):
		paper.Watermark = v.p.Say("portal.report-withdrawn")
	case r.v.flat(r.named("approved_by")) == "":
		paper.Watermark = v.p.Say("portal.report-unapproved")
	}
	return paper
}

// reportPaper is the paper of a publication, in a file or not.
func (v *View) reportPaper(rec *record.Record, stamp PrintStamp) *Print {
	l := Layout{Title: locale.Plain(v.title(rec)), FormNo: rec.Kind.FormNo, Classification: rec.Text("classification")}
	report := v.src.Register.Get(rec.Text("report"))
	if report != nil {
		l.Title = locale.Plain(v.title(report))
		if no := report.Text("form_no"); no != "" {
			l.FormNo = no
		}
	}
	period, err := calendar.ParsePeriod(rec.Text(record.PeriodField))
	if err != nil {
		period = noPeriod()
	}
	paper := v.paper(l, period, stamp)
	if paper.DocumentNo == "" {
		paper.DocumentNo = v.src.Config.Document
	}
	r := v.reader(rec)
	paper.Signatures = r.signed()
	paper.Sections = numbered(r.v.reportSections(r, report, period))
	return paper
}

// signed are the places of the bar, with who took each step and on which day.
func (r *reader) signed() []PrintSignature {
	var list []PrintSignature
	for _, step := range []struct{ title, name string }{{"pdf.prepared", "prepared"}, {"pdf.reviewed", "reviewed"}, {"pdf.approved", "approved"}} {
		s := PrintSignature{Title: r.v.p.Say(step.title), Name: r.v.flat(r.named(step.name + "_by"))}
		if at, ok := r.rec.Moment(step.name+"_at", r.v.zone); ok {
			s.Date = r.v.p.Date(at.In(r.v.zone))
		}
		list = append(list, s)
	}
	return list
}

// numbered puts a number before each heading of the first level and leaves parts
// out that say nothing.
func numbered(sections []PrintSection) []PrintSection {
	n := 0
	for i := range sections {
		if s := &sections[i]; s.Heading != "" && s.Level < 2 {
			n++
			s.Heading = strconv.Itoa(n) + ". " + s.Heading
		}
	}
	return sections
}

// reportSections are the parts of a report in the order of reading: which issue it
// is, what it says at a glance, figures, what came and went, how that compares, how
// it is broken down, the records that it shows, and the words of who prepared it.
func (v *View) reportSections(r *reader, report *record.Record, p calendar.Period) []PrintSection {
	shown := v.chartsOf(r, p)
	parts := v.reportParts(r, report, shown)
	return slices.Concat(
		[]PrintSection{v.publicationHead(r, report), v.glance(r), v.publishedFigures(r)},
		v.missedFigures(r), v.publishedDetails(r), v.countSections(r), v.listSections(r, "compared"), v.breakdownSections(r),
		v.listSections(r, "durations"), v.publishedLists(r), v.trendSections(report, shown), parts,
		v.publishedTexts(r), v.listSections(r, "proposals", "deliveries"), v.approvals(r),
	)
}

// glance sets the sentence of the issue and its numbers in boxes.
func (v *View) glance(r *reader) PrintSection {
	s := PrintSection{Heading: v.p.Say("portal.report-glance")}
	if text := v.mask(r.rec.Text("statement")); text != "" {
		s.Paragraphs = []string{text}
	}
	if len(r.rec.Items("durations")) > 0 { // the period was analysed
		for _, c := range r.rec.Items("counts") {
			n, _ := c.Number("value")
			s.Figures = append(s.Figures, PrintFigure{Label: v.mask(c.Text("name")), Value: quotient(n)})
		}
	} else {
		s.Figures = v.headlineBoxes(r.rec)
	}
	s.Figures = append(s.Figures, v.verdictBoxes(r.rec)...)
	return s
}

// mostBoxes bounds the figures at a glance: what has more of them has its table.
const mostBoxes = 9

// headlineBoxes are the headline figures with their targets.
func (v *View) headlineBoxes(rec *record.Record) []PrintFigure {
	var list []PrintFigure
	for _, item := range headlines(rec) {
		box := PrintFigure{Label: v.kpiNamed(item.Text("kpi")), Value: v.issuedNumber(item, "value", v.plainMember(item))}
		if item.Has("target") {
			box.Note = v.issuedNumber(item, "target", v.plainMember(item))
		}
		if item.Text("verdict") == string(metric.Missed) {
			box.Tone = Bad
		}
		list = append(list, box)
	}
	return list[:min(len(list), mostBoxes)]
}

// verdictBoxes count the targets met and missed.
func (v *View) verdictBoxes(rec *record.Record) []PrintFigure {
	met, missed, other := 0, 0, 0
	for _, item := range headlines(rec) {
		switch metric.Status(item.Text("verdict")) {
		case metric.Met:
			met++
		case metric.Missed:
			missed++
		default:
			other++
		}
	}
	return v.targetsMet(met, missed, other)
}

func (v *View) targetsMet(met, missed, other int) []PrintFigure {
	if met+missed+other == 0 {
		return nil
	}
	box := PrintFigure{Label: v.p.Say("portal.report-missed"), Value: plainCount(missed)}
	if missed > 0 {
		box.Tone = Bad
	}
	return []PrintFigure{
		{Label: v.p.Say("portal.report-met"), Value: plainCount(met)},
		box,
		{Label: v.p.Say("portal.report-unjudged"), Value: plainCount(other)},
	}
}

// headlines are the first figure of each KPI: those on its headline basis.
func headlines(rec *record.Record) []yamldoc.Object {
	var list []yamldoc.Object
	for _, item := range rec.Items("figures") {
		if !slices.ContainsFunc(list, func(o yamldoc.Object) bool { return o.Text("kpi") == item.Text("kpi") }) {
			list = append(list, item)
		}
	}
	return list
}

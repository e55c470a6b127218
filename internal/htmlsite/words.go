package htmlsite

import "kept/internal/locale"

// words are the fixed texts of the templates in one language, one field each,
// so that a template that asks for a word that does not exist fails its check.
type words struct {
	figureWords
	recordWords
	registerWords

	Skip, Menu, Close, Navigation, Crumbs, Sample, DataVersion, AsOf, Colon, Comma, Tagline string

	Search, SearchNote, SearchPlain, Verify, Digests, Keys string

	KPIs, Latest, NoChanges, Findings, AllFindings, NoFindings string

	SubmitAll, SubmitMessage, NotPushed, PushAgain, Submitting, NoRepository, Newer, NoAnswer string // of a served portal

	Submit, SubmitNew, SubmitCheck, SubmitPush string

	Filter, Gone string

	Life, Clocks, Limit, Start, Due, Done, Verdict, Extended, Next, By, Needs string

	Steps, State, Declared, Submitted, Merged, MergedBy, Person, Commit, Imported, Pending string

	Links, Out, In, Rest, History, Removed, Source, OnForge string

	Formula, Definition, LatestFigure, Trend, Period, Value, Target, Counts, OtherBases, Note, Basis string

	Draft, Contents string

	Accepted, AcceptedBy, AcceptedNote string

	Duties, AllDuties, AsCalendar, CalendarFile, Gaps, NoGaps, Off, Today, FormerNumber string

	AllClauses, Requirement, Question, Evidence, Records, ClauseVerdict, Indicators, Documents, ClauseRecord, MatrixNote string

	Purpose, Severity, Scope, Where, Ref, When, Require, At, Mend, Changed, FoundNow, Clean string
}

func speak(p *locale.Printer) *words {
	w := &words{}
	w.SubmitAll, w.SubmitMessage = p.Say("htmlsite.submit-all"), p.Say("htmlsite.submit-message")
	w.NotPushed, w.PushAgain, w.Submitting = p.Say("htmlsite.not-pushed"), p.Say("htmlsite.push-again"), p.Say("htmlsite.submitting")
	w.NoRepository, w.Newer, w.NoAnswer = p.Say("htmlsite.no-repository"), p.Say("htmlsite.newer"), p.Say("form.js-gone")
	w.frame(p)
	w.lists(p)
	w.record(p)
	w.kpi(p)
	w.rule(p)
	w.duty(p)
	w.clause(p)
	w.figures(p)
	w.records(p)
	w.registers(p)
	return w
}

func (w *words) rule(p *locale.Printer) {
	w.Accepted, w.AcceptedBy, w.AcceptedNote = p.Say("htmlsite.accepted"), p.Say("htmlsite.accepted-by"), p.Say("htmlsite.accepted-note")
	w.Purpose, w.Severity, w.Scope = p.Say("htmlsite.rule-purpose"), p.Say("htmlsite.rule-severity"), p.Say("htmlsite.rule-scope")
	w.Where, w.Ref, w.When = p.Say("htmlsite.rule-where"), p.Say("htmlsite.rule-ref"), p.Say("htmlsite.rule-when")
	w.Require, w.At, w.Mend = p.Say("htmlsite.rule-require"), p.Say("htmlsite.rule-at"), p.Say("htmlsite.rule-mend")
	w.Changed, w.FoundNow, w.Clean = p.Say("htmlsite.rule-changed"), p.Say("htmlsite.rule-now"), p.Say("htmlsite.rule-clean")
}

func (w *words) duty(p *locale.Printer) {
	w.Duties, w.AllDuties, w.AsCalendar = p.Say("htmlsite.duties"), p.Say("htmlsite.all-duties"), p.Say("htmlsite.as-calendar")
	w.CalendarFile, w.Gaps, w.NoGaps = p.Say("htmlsite.calendar-file"), p.Say("htmlsite.gaps"), p.Say("htmlsite.no-gaps")
	w.Off, w.Today, w.FormerNumber = p.Say("htmlsite.off"), p.Say("htmlsite.today"), p.Say("htmlsite.former-number")
}

func (w *words) clause(p *locale.Printer) {
	w.AllClauses, w.Requirement = p.Say("htmlsite.all-clauses"), p.Say("htmlsite.clause-requirement")
	w.Question, w.Evidence = p.Say("htmlsite.clause-question"), p.Say("htmlsite.clause-evidence")
	w.Records, w.ClauseVerdict = p.Say("htmlsite.clause-records"), p.Say("htmlsite.clause-verdict")
	w.Indicators, w.Documents = p.Say("htmlsite.clause-indicators"), p.Say("htmlsite.clause-documents")
	w.ClauseRecord, w.MatrixNote = p.Say("htmlsite.clause-record"), p.Say("htmlsite.matrix-note")
}

func (w *words) frame(p *locale.Printer) {
	w.Skip, w.Menu, w.Close = p.Say("htmlsite.skip"), p.Say("htmlsite.menu"), p.Say("htmlsite.close")
	w.Navigation, w.Crumbs, w.Sample = p.Say("htmlsite.navigation"), p.Say("htmlsite.crumbs"), p.Say("htmlsite.sample")
	w.DataVersion, w.AsOf, w.Colon, w.Comma = p.Say("htmlsite.data-version"), p.Say("htmlsite.as-of"), p.Say("htmlsite.colon"), p.Say("htmlsite.comma")
	w.Tagline = p.Say("htmlsite.tagline")
	w.Search, w.SearchNote, w.SearchPlain = p.Say("htmlsite.search"), p.Say("htmlsite.search-note"), p.Say("htmlsite.search-plain")
	w.Verify, w.Digests, w.Keys = p.Say("htmlsite.verify"), p.Say("htmlsite.digests"), p.Say("htmlsite.keys")
}

func (w *words) lists(p *locale.Printer) {
	w.KPIs, w.Latest, w.NoChanges = p.Say("htmlsite.kpis"), p.Say("htmlsite.latest"), p.Say("htmlsite.no-changes")
	w.Findings, w.AllFindings, w.NoFindings = p.Say("htmlsite.findings"), p.Say("htmlsite.all-findings"), p.Say("htmlsite.no-findings")
	w.Submit, w.SubmitNew = p.Say("htmlsite.submit"), p.Say("htmlsite.submit-new")
	w.SubmitCheck, w.SubmitPush = p.Say("htmlsite.submit-check"), p.Say("htmlsite.submit-push")
	w.Filter, w.Gone = p.Say("htmlsite.filter"), p.Say("htmlsite.gone")
	w.Draft, w.Contents = p.Say("htmlsite.draft"), p.Say("htmlsite.contents")
}

func (w *words) record(p *locale.Printer) {
	w.Life, w.Clocks, w.Limit = p.Say("htmlsite.life"), p.Say("htmlsite.clocks"), p.Say("htmlsite.limit")
	w.Start, w.Due, w.Done = p.Say("htmlsite.start"), p.Say("htmlsite.due"), p.Say("htmlsite.done")
	w.Verdict, w.Extended = p.Say("htmlsite.verdict"), p.Say("htmlsite.extended")
	w.Next, w.By, w.Needs = p.Say("htmlsite.next"), p.Say("htmlsite.by"), p.Say("htmlsite.needs")
	w.Steps, w.State, w.Person = p.Say("htmlsite.steps"), p.Say("htmlsite.state"), p.Say("htmlsite.person")
	w.Declared, w.Submitted = p.Say("htmlsite.declared"), p.Say("htmlsite.submitted")
	w.Merged, w.MergedBy = p.Say("htmlsite.merged"), p.Say("htmlsite.merged-by")
	w.Commit, w.Imported, w.Pending = p.Say("htmlsite.commit"), p.Say("htmlsite.imported"), p.Say("htmlsite.pending")
	w.Links, w.Out, w.In = p.Say("htmlsite.links"), p.Say("htmlsite.out"), p.Say("htmlsite.in")
	w.Rest = p.Say("htmlsite.rest")
	w.History, w.Removed = p.Say("htmlsite.history"), p.Say("htmlsite.removed")
	w.Source, w.OnForge = p.Say("htmlsite.source"), p.Say("htmlsite.on-forge")
}

func (w *words) kpi(p *locale.Printer) {
	w.Formula, w.Definition = p.Say("htmlsite.formula"), p.Say("htmlsite.definition")
	w.LatestFigure, w.Trend, w.Period = p.Say("htmlsite.latest-figure"), p.Say("htmlsite.trend"), p.Say("htmlsite.period")
	w.Value, w.Target, w.Counts = p.Say("htmlsite.value"), p.Say("htmlsite.target"), p.Say("htmlsite.counts")
	w.OtherBases, w.Note, w.Basis = p.Say("htmlsite.other-bases"), p.Say("htmlsite.note"), p.Say("htmlsite.basis")
}

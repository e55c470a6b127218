package htmlsite

import "kept/internal/locale"

// words are the fixed texts of the templates in one language, one field each,
// so that a template that asks for a word that does not exist fails its check.
type words struct {
	Skip, Menu, Close, Navigation, Crumbs, Sample, DataVersion, AsOf, Colon, Tagline string

	KPIs, Latest, NoChanges, Findings, AllFindings, NoFindings string

	Submit, SubmitNew, SubmitCheck, SubmitPush string

	Filter, Gone string

	Life, Clocks, Limit, Start, Due, Done, Verdict, Extended, Next, By, Needs string

	Steps, State, Declared, Submitted, Merged, MergedBy, Person, Commit, Imported, Pending string

	Links, Out, In, Rest, History, Removed, Source, OnForge string

	Formula, Definition, LatestFigure, Trend, Period, Value, Target, Counts, OtherBases, Note, Basis string

	Draft, Contents string
}

func speak(p *locale.Printer) *words {
	w := &words{}
	w.frame(p)
	w.lists(p)
	w.record(p)
	w.kpi(p)
	return w
}

func (w *words) frame(p *locale.Printer) {
	w.Skip, w.Menu, w.Close = p.Say("htmlsite.skip"), p.Say("htmlsite.menu"), p.Say("htmlsite.close")
	w.Navigation, w.Crumbs, w.Sample = p.Say("htmlsite.navigation"), p.Say("htmlsite.crumbs"), p.Say("htmlsite.sample")
	w.DataVersion, w.AsOf, w.Colon = p.Say("htmlsite.data-version"), p.Say("htmlsite.as-of"), p.Say("htmlsite.colon")
	w.Tagline = p.Say("htmlsite.tagline")
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

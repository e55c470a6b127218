package htmlsite

import "kept/internal/locale"

// figureWords are those around periods and figures.
type figureWords struct {
	PickPeriod, PeriodKind, Newest, Earlier, Later string

	FigureOf, SeeEvidence, DefinitionOf, LongerPeriods, PartsOf, Level, Versions, Version, What, FirstVersion, Targets, Since string

	SinceSeal, Sealed, PublishedThen, PublishedNow, AsPublished, NoTouch, Record, Within, AllOfPeriod string

	Doors, DoorDue, DoorKPI, DoorAudit, DoorSubmit, LateItems, MetTarget, FormsReady, ThreeWays, Fresh, ByOwner, LateOf string

	NoFiguresYet, AllKPIs, AllPeriods, AuditPage, WayForm, WayFormHow, WayServeHow, WayEditor, RestByRule, PersonPage string

	Indicator, NoFigures, LongerOnly, Papers, NoPapers string
}

func (w *figureWords) figures(p *locale.Printer) {
	w.PickPeriod, w.PeriodKind, w.Newest = p.Say("htmlsite.pick-period"), p.Say("htmlsite.period-kind"), p.Say("htmlsite.newest")
	w.Earlier, w.Later = p.Say("htmlsite.earlier"), p.Say("htmlsite.later")
	w.FigureOf, w.SeeEvidence, w.DefinitionOf = p.Say("htmlsite.figure-of"), p.Say("htmlsite.see-evidence"), p.Say("htmlsite.definition-of")
	w.LongerPeriods, w.PartsOf, w.Level = p.Say("htmlsite.longer-periods"), p.Say("htmlsite.parts-of"), p.Say("evidence.levels")
	w.Versions, w.Version, w.What = p.Say("htmlsite.versions"), p.Say("htmlsite.version"), p.Say("htmlsite.what")
	w.FirstVersion, w.Targets, w.Since = p.Say("htmlsite.first-version"), p.Say("htmlsite.targets"), p.Say("htmlsite.since")
	w.SinceSeal, w.Sealed, w.PublishedThen = p.Say("htmlsite.since-seal"), p.Say("htmlsite.sealed"), p.Say("htmlsite.published-then")
	w.PublishedNow, w.AsPublished, w.NoTouch = p.Say("htmlsite.published-now"), p.Say("htmlsite.as-published"), p.Say("htmlsite.no-touch")
	w.Record, w.Within, w.AllOfPeriod = p.Say("portal.record"), p.Say("htmlsite.within"), p.Say("htmlsite.all-of-period")
	w.Indicator, w.NoFigures, w.LongerOnly = p.Say("htmlsite.indicator"), p.Say("htmlsite.no-figures"), p.Say("htmlsite.longer-only")
	w.home(p)
	w.Papers, w.NoPapers = p.Say("htmlsite.papers"), p.Say("htmlsite.no-papers")
}

func (w *figureWords) home(p *locale.Printer) {
	w.Doors, w.DoorDue, w.DoorKPI = p.Say("htmlsite.doors"), p.Say("htmlsite.door-due"), p.Say("htmlsite.door-kpi")
	w.DoorAudit, w.DoorSubmit, w.LateItems = p.Say("htmlsite.door-audit"), p.Say("htmlsite.door-submit"), p.Say("htmlsite.late-items")
	w.MetTarget, w.FormsReady, w.ThreeWays = p.Say("htmlsite.met-target"), p.Say("htmlsite.forms-ready"), p.Say("htmlsite.three-ways")
	w.Fresh, w.ByOwner, w.LateOf = p.Say("htmlsite.fresh"), p.Say("htmlsite.by-owner"), p.Say("htmlsite.late-of")
	w.NoFiguresYet, w.AllKPIs, w.AllPeriods = p.Say("htmlsite.no-figures-yet"), p.Say("htmlsite.all-kpis"), p.Say("htmlsite.all-periods")
	w.AuditPage, w.WayForm, w.WayFormHow = p.Say("htmlsite.audit-page"), p.Say("htmlsite.way-form"), p.Say("htmlsite.way-form-how")
	w.WayServeHow, w.WayEditor = p.Say("htmlsite.way-serve-how"), p.Say("htmlsite.way-editor")
	w.RestByRule, w.PersonPage = p.Say("htmlsite.rest-by-rule"), p.Say("htmlsite.person-page")
}

package pipeline

import (
	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
)

// papers sets the registers and reports of the period, the publications for it and
// the forms that were picked or drawn, in one language.
func (k *packer) papers(lang locale.Lang, view *portal.View) error {
	press, err := newPress(k.snapshot, view, k.faces)
	if err != nil {
		return err
	}
	k.layouts = press.layouts
	for _, l := range press.layouts {
		if k.vacant(l, view) || l.Shape == portal.FormShape || !l.Make(lang) { // a blank form proves nothing
			continue
		}
		for _, period := range k.periods(l) {
			paper, err := press.print(l, period)
			if err != nil {
				return err
			}
			k.list(paperPath(lang, paper.FileName), paper)
			if err := k.paper(lang, paper); err != nil {
				return err
			}
		}
	}
	for _, id := range append(k.publications(), k.forms...) {
		drawn, err := press.record(k.snapshot.Register.Get(id))
		if err != nil {
			return err
		}
		if drawn == nil {
			continue
		}
		paper, err := press.set(drawn)
		if err != nil {
			return err
		}
		if err := k.paper(lang, paper); err != nil {
			return err
		}
	}
	return nil
}

// paper writes a paper once: a publication may have been picked, too.
func (k *packer) paper(lang locale.Lang, paper *Paper) error {
	k.snapshot.Findings = append(k.snapshot.Findings, paper.Findings...)
	name := paperPath(lang, paper.FileName)
	if k.written[name] {
		return nil
	}
	return k.put(name, paper.Bytes)
}

// list remembers which records stand in the tables of a register, so that the index
// leads to no register that lacks them.
func (k *packer) list(name string, paper *Paper) {
	ids := map[string]bool{}
	for _, section := range paper.drawn.Sections {
		if section.Table == nil {
			continue
		}
		for _, row := range section.Table.Rows {
			ids[row.ID] = true
		}
	}
	k.listed[name] = ids
}

func paperPath(lang locale.Lang, file string) string {
	return string(lang) + "/" + portal.PrintFolder + "/" + file
}

// periods are those that a layout is printed for: the pack's own, and of a report
// of figures each shorter one of its own length inside. A register of what lasts, such
// as customers, is printed whole: most of it began before the period.
func (k *packer) periods(l portal.Layout) []calendar.Period {
	whole := k.request.Period
	list := []calendar.Period{whole}
	kind := k.snapshot.Kinds.Kind(l.Of)
	if kind != nil && !kind.Dated {
		return []calendar.Period{{}}
	}
	if kind != nil || l.Content != portal.ContentFigures || l.Grain == whole.Grain || !l.Grain.Fits(whole.Grain) {
		return list
	}
	span := whole.In(k.snapshot.Config.Zone)
	for p := calendar.PeriodAt(l.Grain, span.Start); p.In(k.snapshot.Config.Zone).Start.Before(span.End); p = p.Shift(1) {
		list = append(list, p)
	}
	return list
}

// publications are the ids of the issues of reports on the period or on a part of it.
func (k *packer) publications() []string {
	var ids []string
	zone := k.snapshot.Config.Zone
	span := k.request.Period.In(zone)
	for rec := range k.snapshot.Register.Of(record.PublicationKind) {
		p, err := calendar.ParsePeriod(rec.Text(record.PeriodField))
		if err != nil {
			continue
		}
		if in := p.In(zone); !in.Start.Before(span.Start) && !in.End.After(span.End) {
			ids = append(ids, rec.ID)
		}
	}
	return ids
}

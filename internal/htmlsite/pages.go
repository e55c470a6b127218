package htmlsite

import (
	"html/template"

	"kept/internal/locale"
	"kept/internal/portal"
)

func (s *renderer) home() error {
	h := s.view.Home()
	c, err := s.chrome(h.Page)
	if err != nil {
		return err
	}
	more := s.view.Printer().Say("htmlsite.more-due", locale.N("n", h.More))
	open := s.view.Printer().Say("htmlsite.open-coming", locale.N("n", h.Running), locale.N("coming", h.Coming))
	return s.page(h.Page, "home.html", homeView{
		Chrome: c, Home: h, Cards: s.cards(c.Up, h.Cards), MoreDue: more, Tally: s.tally(h.Running, h.Overdue, h.Errors, h.Warnings, 0),
		Open: open, Forms: len(h.Kinds) > 0 && h.Kinds[0].Form.Page != "",
	})
}

func (s *renderer) tally(running, overdue, errors, warnings, infos int) tally {
	p := s.view.Printer()
	return tally{
		Running: p.Say("htmlsite.running", locale.N("n", running)), Overdue: p.Say("htmlsite.overdue", locale.N("n", overdue)),
		Errors: p.Say("htmlsite.errors", locale.N("n", errors)), Warnings: p.Say("htmlsite.warnings", locale.N("n", warnings)),
		Infos: p.Say("htmlsite.infos", locale.N("n", infos)),
	}
}

func (s *renderer) cards(up string, cards []portal.KPICard) []cardView {
	var out []cardView
	for _, card := range cards {
		out = append(out, newCard(up, card))
	}
	return out
}

// sections draws each kind's register and then its records.
func (s *renderer) sections() error {
	for _, section := range s.view.Sections() {
		s.late = section.Kind != nil && section.Kind.Dated
		if !s.view.IsKPIFolder(section.Folder) {
			if err := s.register(section.Folder); err != nil {
				return err
			}
		}
		for _, id := range s.view.IDs(section.Folder) {
			if err := s.record(section.Folder, id); err != nil {
				return err
			}
		}
		for _, old := range s.view.FormerIDs(section.Folder) {
			if err := s.former(section.Folder, old); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *renderer) register(folder string) error {
	r := s.view.Register(folder)
	c, err := s.chrome(r.Page)
	if err != nil {
		return err
	}
	return s.page(r.Page, "register.html", registerView{c, r, s.view.Total(len(r.Table.Rows))})
}

func (s *renderer) kpis() error {
	k := s.view.KPIs()
	c, err := s.chrome(k.Page)
	if err != nil {
		return err
	}
	return s.page(k.Page, "kpis.html", kpisView{c, s.cards(c.Up, k.Cards), k.Prints})
}

func (s *renderer) documents() error {
	keys := s.view.DocumentKeys()
	if len(keys) == 0 {
		return nil
	}
	list := s.view.Documents()
	c, err := s.chrome(list.Page)
	if err != nil {
		return err
	}
	if err := s.page(list.Page, "documents.html", documentsView{c, list}); err != nil {
		return err
	}
	for _, key := range keys {
		if err := s.document(key); err != nil {
			return err
		}
	}
	return nil
}

func (s *renderer) document(key string) error {
	d, err := s.view.Document(key)
	if err != nil {
		return err
	}
	s.foundDocument(&d)
	c, err := s.chrome(d.Page)
	if err != nil {
		return err
	}
	return s.page(d.Page, "document.html", documentView{c, d, template.HTML(d.Body.HTML)})
}

func (s *renderer) findings() error {
	f := s.view.Findings()
	c, err := s.chrome(f.Page)
	if err != nil {
		return err
	}
	return s.page(f.Page, "findings.html", findingsView{c, f, s.tally(0, 0, f.Errors, f.Warnings, f.Infos)})
}

func (s *renderer) former(folder, old string) error {
	f := s.view.Former(folder, old)
	c, err := s.chrome(f.Page)
	if err != nil {
		return err
	}
	return s.page(f.Page, "former.html", formerView{c, f})
}

// rules draws the index of the rules and a page for each.
func (s *renderer) rules() error {
	x := s.view.Rules()
	c, err := s.chrome(x.Page)
	if err != nil {
		return err
	}
	if err := s.page(x.Page, "rules.html", rulesView{c, x, s.view.RuleTotal(len(x.Table.Rows))}); err != nil {
		return err
	}
	for _, id := range s.view.RuleIDs() {
		r := s.view.Rule(id)
		s.foundRule(&r)
		c, err := s.chrome(r.Page)
		if err != nil {
			return err
		}
		if err := s.page(r.Page, "rule.html", ruleView{c, r}); err != nil {
			return err
		}
	}
	return nil
}

// duties draws what is owed, as lists and as a calendar, where anything is.
func (s *renderer) duties() error {
	if !s.view.Owes() {
		return nil
	}
	d := s.view.Duties()
	c, err := s.chrome(d.Page)
	if err != nil {
		return err
	}
	if err := s.page(d.Page, "duties.html", dutiesView{c, d}); err != nil {
		return err
	}
	for _, id := range s.view.Owners() {
		o := s.view.Owner(id)
		if c, err = s.chrome(o.Page); err != nil {
			return err
		}
		if err := s.page(o.Page, "owner.html", ownerView{c, o}); err != nil {
			return err
		}
	}
	months := s.view.DutyCalendar()
	if c, err = s.chrome(months.Page); err != nil {
		return err
	}
	return s.page(months.Page, "months.html", monthsView{c, months})
}

// clauses draws the matrix where there is one.
func (s *renderer) clauses() error {
	m := s.view.Matrix()
	if len(m.Clauses) == 0 {
		return nil
	}
	c, err := s.chrome(m.Page)
	if err != nil {
		return err
	}
	return s.page(m.Page, "clauses.html", clausesView{c, m})
}

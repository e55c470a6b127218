package pipeline

import (
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/sheet"
)

// TemplateRequest asks for the workbook in which staff fill in records of a kind.
type TemplateRequest struct {
	Kind *schema.Kind
	Lang locale.Lang
	// Sets are fields that every row gets; they have no column.
	Sets []intake.Set
}

// TemplateFile is a template as a file.
type TemplateFile struct {
	FileName string
	Bytes    []byte
	Columns  int
}

// TemplateError says why there is no template: a key of the catalogue.
type TemplateError struct {
	Key  string
	Args []locale.Arg
}

// Error names the key.
func (e *TemplateError) Error() string { return "make template: " + e.Key }

// CanFill tells whether people may fill in records of a kind: seals and issues of
// reports hold figures, which kept computes.
func CanFill(k *schema.Kind) bool {
	return k.ID != record.SealKind && k.ID != record.PublicationKind
}

// Template makes the workbook of a kind from its schema, its kind file and the
// records that its drop-downs offer. The same kinds and records give the same
// bytes. It refuses with a [*TemplateError].
func (p *Project) Template(s *Snapshot, req TemplateRequest) (*TemplateFile, error) {
	if !CanFill(req.Kind) {
		return nil, &TemplateError{"template.computed", []locale.Arg{locale.T("kind", req.Kind.Title)}}
	}
	m := &templateMaker{
		s: s, kind: req.Kind, say: p.Messages.Printer(req.Lang), listed: map[string]int{}, copies: map[string]locale.Text{},
	}
	var found finding.List
	if m.columns, found = s.templateColumns(req.Kind, setsOf(req.Sets)); len(found) > 0 {
		return nil, &TemplateError{found[0].Key, found[0].Args}
	}
	if err := m.fix(req.Sets); err != nil {
		return nil, err
	}
	t := m.template()
	t.Tool, t.Lang = p.Version, req.Lang
	data, err := t.XLSX()
	if err != nil {
		return nil, err
	}
	return &TemplateFile{FileName: req.Kind.ID + "-template.xlsx", Bytes: data, Columns: len(t.Columns)}, nil
}

// setsOf are plain values by their fields.
func setsOf(sets []intake.Set) map[string]string {
	by := map[string]string{}
	for _, set := range sets {
		by[set.Path] = set.Value
	}
	return by
}

// templateMaker makes one template.
type templateMaker struct {
	s       *Snapshot
	kind    *schema.Kind
	say     *locale.Printer
	columns []ledger.TemplateColumn
	sets    [][2]string
	lists   []sheet.TemplateList
	listed  map[string]int         // place of a list, from 1, by what it offers
	copies  map[string]locale.Text // by target, the column that is taken where it is empty
}

// fix takes the columns away that every row has the same value in.
func (m *templateMaker) fix(sets []intake.Set) error {
	for _, set := range sets {
		at := slices.IndexFunc(m.columns, func(c ledger.TemplateColumn) bool { return c.To == set.Path && c.To[0] != '$' })
		switch {
		case at < 0:
			return &TemplateError{"template.set", []locale.Arg{locale.A("field", set.Path), locale.T("kind", m.kind.Title)}}
		case set.JSON || set.Append:
			return &TemplateError{"template.set-plain", []locale.Arg{locale.A("field", set.Path)}}
		case m.columns[at].Field.Type == schema.RefField && m.s.Register.Get(set.Value) == nil:
			return &TemplateError{"template.set-record", []locale.Arg{locale.T("field", m.columns[at].Title), locale.A("id", set.Value)}}
		}
		m.sets = append(m.sets, [2]string{set.Path, set.Value})
		m.columns = slices.Delete(m.columns, at, at+1)
	}
	return nil
}

// template is the workbook with all its words.
func (m *templateMaker) template() *sheet.Template {
	t := &sheet.Template{
		Title: m.say.Say("template.title", locale.T("kind", m.kind.Title)), Hint: m.say.Say("template.hint"),
		Organisation: m.say.Text(m.s.Config.Organisation), Fill: m.say.Say("template.fill"), About: m.say.Say("template.about"),
	}
	t.Mark = ledger.MarkOf(m.kind, m.columns, t.About, m.say.Lang(), m.sets).Rows()
	m.copied()
	for i, c := range m.columns {
		t.Columns = append(t.Columns, m.column(c, i == 0))
	}
	t.Rows = m.samples()
	t.Examples = len(t.Rows)
	t.Rows = append(t.Rows, m.invited()...)
	t.Lists = m.lists
	t.Guide = m.guide(t)
	return t
}

// copied lifts the duty from fields that the kind's mapping takes from another one
// when they are empty, where that other one is itself given.
func (m *templateMaker) copied() {
	mapping, found, err := m.s.mapping(ImportRequest{Kind: m.kind})
	if err != nil || len(found) > 0 {
		return
	}
	for i := range m.columns {
		c := &m.columns[i]
		from := mapping.Preset[c.To]
		if c.Required && len(from) > 1 && from[0] == '$' && mapping.Preset[from[1:]] != "$"+c.To {
			c.Required = false
			m.copies[c.To] = m.kind.NameTitle(from[1:])
		}
	}
}

// column words one column.
func (m *templateMaker) column(c ledger.TemplateColumn, key bool) sheet.TemplateColumn {
	out := sheet.TemplateColumn{Head: m.say.Text(c.Title), Band: m.band(c), Required: c.Required, Folded: c.Folded}
	if c.Required {
		out.Head += " *"
	}
	m.shape(&out, c)
	out.Prompt = m.prompt(c, out, key)
	out.Width = max(out.Width, min(locale.Columns(out.Head)/2+2, widestTemplate))
	return out
}

// widestTemplate bounds the width of a column, in characters.
const widestTemplate = 40

// band is the block that a column stands in.
func (m *templateMaker) band(c ledger.TemplateColumn) string {
	switch {
	case !c.Band.IsZero():
		return m.say.Text(c.Band)
	case c.To == ledger.KeyTarget:
		return ""
	case m.kind.Envelope == schema.Governed && (c.To == ledger.StatusTarget || strings.HasPrefix(c.To, ledger.StepTarget)):
		return m.say.Say("template.band-state")
	case len(m.kind.Blocks) == 0:
		return m.say.Text(m.kind.Title)
	}
	return m.say.Say("portal.other-fields")
}

// guide explains every column.
func (m *templateMaker) guide(t *sheet.Template) sheet.TemplateGuide {
	say := m.say.Say
	g := sheet.TemplateGuide{Head: []string{say("template.column"), say("template.duty"), say("template.how"), say("template.options"), say("template.help")}}
	for i, line := range m.guideLines(t.Examples) {
		g.Lines = append(g.Lines, strconv.Itoa(i+1)+". "+line)
	}
	for i, c := range m.columns {
		duty := ""
		switch {
		case c.Required:
			duty = say("template.yes")
		case c.Needed:
			duty = say("template.in-group")
		}
		g.Rows = append(g.Rows, []string{m.say.Text(c.Title), duty, m.form(c, t.Columns[i]), m.options(c, t.Columns[i]), m.say.Text(c.Field.Help)})
	}
	return g
}

// guideLines say how to fill in and what comes next.
func (m *templateMaker) guideLines(examples int) []string {
	say := m.say.Say
	lines := []string{say("template.line-rows", locale.N("row", templateFirstRow+examples)), say("template.line-required"), say("template.line-lists")}
	if m.columns[0].To == ledger.KeyTarget && !m.columns[0].Required {
		lines = append(lines, say("template.line-key"))
	}
	if m.kind.Envelope == schema.Governed {
		lines = append(lines, say("template.line-state"))
	}
	lines = append(lines, say("template.line-personal"), say("template.line-layout"),
		say("template.line-import", locale.A("command", "kept import "+m.kind.ID+" "+m.kind.ID+"-template.xlsx --dry-run")))
	for _, set := range m.sets {
		lines = append(lines, say("template.line-set", locale.T("field", m.kind.NameTitle(set[0])), locale.A("value", m.recordLabel(set[1]))))
	}
	return lines
}

// templateFirstRow is the first row below the headings.
const templateFirstRow = 4

// mostOptions is how many options the explanation lists.
const mostOptions = 60

// options are what a column offers, each with the code that records hold.
func (m *templateMaker) options(c ledger.TemplateColumn, out sheet.TemplateColumn) string {
	if len(c.Field.Options) == 0 {
		if out.List > 0 && c.Field.Type == schema.RefField {
			return m.say.Say("template.offered", locale.N("n", len(m.lists[out.List-1].Items)))
		}
		return ""
	}
	var list []locale.Text
	for i, o := range c.Field.Options {
		if i == mostOptions {
			list = append(list, locale.Plain("… "+strconv.Itoa(len(c.Field.Options)-mostOptions)))
			break
		}
		list = append(list, o.Title)
	}
	return m.say.Text(locale.Listed(list...))
}

// recordLabel is a record's number and title, or the text itself.
func (m *templateMaker) recordLabel(id string) string {
	rec := m.s.Register.Get(id)
	if rec == nil {
		return id
	}
	return ledger.Choice(rec.ID, m.say.Text(rec.Title()))
}

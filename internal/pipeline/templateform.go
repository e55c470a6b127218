package pipeline

import (
	"regexp"
	"strconv"
	"strings"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/sheet"
)

// Widths of columns, in Latin characters.
const (
	textWidth   = 20
	longWidth   = 40
	numberWidth = 10
	dateWidth   = 12
	timeWidth   = 18
	choiceWidth = 16
	recordWidth = 26
)

// Days of a spreadsheet between which dates may lie: 1990-01-01 and 2199-12-31.
const (
	firstDay = 32874
	lastDay  = 109574
)

// mostTemplateNumber bounds numbers without bounds of their own: fifteen digits are
// what a spreadsheet keeps.
const mostTemplateNumber = 999999999999999

// shape says how the cells of a column take what is typed.
func (m *templateMaker) shape(out *sheet.TemplateColumn, c ledger.TemplateColumn) {
	f := c.Field
	if f.List {
		m.many(out, c)
		return
	}
	switch f.Type {
	case schema.EnumField, schema.FlagField:
		out.List, out.Width, out.Error = m.choices(f), choiceWidth, m.say.Say("template.error-choice")
	case schema.RefField:
		out.Width = recordWidth
		if out.List = m.records(f.Refs); out.List > 0 {
			out.Lenient, out.Error = true, m.say.Say("template.error-record")
		}
	case schema.IntegerField, schema.NumberField, schema.DecimalField:
		out.Format, out.Width, out.Limit = sheet.NumberCells, numberWidth, numbers(f)
		out.Error = m.say.Say("template.error-number")
	case schema.DateField:
		out.Format, out.Width, out.Limit = sheet.DateCells, dateWidth, sheet.Limit{Of: sheet.DateLimit, Low: firstDay, Top: lastDay}
		out.Error = m.say.Say("template.error-date")
	case schema.InstantField, schema.MomentField:
		out.Format, out.Width, out.Limit = sheet.TimeCells, timeWidth, sheet.Limit{Of: sheet.DateLimit, Low: firstDay, Top: lastDay}
		if f.Type == schema.MomentField {
			out.Format = sheet.OpenCells
		}
		out.Error = m.say.Say("template.error-date")
	default:
		m.text(out, c)
	}
}

// text bounds the length of a text, where the schema does.
func (m *templateMaker) text(out *sheet.TemplateColumn, c ledger.TemplateColumn) {
	f := c.Field
	out.Width = textWidth
	if f.Long {
		out.Format, out.Width = sheet.LongCells, longWidth
	}
	least, most := lengths(f)
	if most > 0 {
		out.Limit = sheet.Limit{Of: sheet.LengthLimit, Low: float64(least), Top: float64(most)}
		out.Error = m.say.Say("template.error-length", locale.N("least", least), locale.N("most", most))
		if least == most {
			out.Error = m.say.Say("template.error-exact", locale.N("most", most))
		}
	}
	if c.To == ledger.KeyTarget && m.kind.IDs.Template != "" {
		out.Error = m.say.Say("template.error-key")
	}
}

// many is a list in one cell: a drop-down would replace what stands there, so it
// offers and does not insist.
func (m *templateMaker) many(out *sheet.TemplateColumn, c ledger.TemplateColumn) {
	out.Width = recordWidth
	switch c.Field.Type {
	case schema.EnumField:
		out.List = m.choices(c.Field)
	case schema.RefField:
		out.List = m.records(c.Field.Refs)
	}
}

// numbers are the bounds of a number.
func numbers(f schema.Field) sheet.Limit {
	l := sheet.Limit{Of: sheet.DecimalLimit, Low: -mostTemplateNumber, Top: mostTemplateNumber}
	if f.Type == schema.IntegerField {
		l.Of = sheet.WholeLimit
	}
	if n, err := strconv.ParseFloat(f.Bounds.Minimum, 64); err == nil {
		l.Low = n
	}
	if n, err := strconv.ParseFloat(f.Bounds.Maximum, 64); err == nil {
		l.Top = n
	}
	if p := f.Bounds.Pattern; p != "" && f.Bounds.Minimum == "" {
		if negative, err := regexp.MatchString(p, "-1"); err == nil && !negative {
			l.Low = 0
		}
	}
	return l
}

// lengths are the fewest and the most characters of a text, by its bounds and its
// pattern; 0 as the most is no bound.
func lengths(f schema.Field) (least, most int) {
	least, most = max(1, f.Bounds.MinLength), f.Bounds.MaxLength
	if low, top, ok := patternLengths(f.Bounds.Pattern); ok {
		least = max(least, low)
		if top > 0 && (most == 0 || top < most) {
			most = top
		}
	}
	return least, most
}

// form says in words how a column is filled in.
func (m *templateMaker) form(c ledger.TemplateColumn, out sheet.TemplateColumn) string {
	f := c.Field
	say := m.say.Say
	switch {
	case c.To == ledger.KeyTarget && m.kind.IDs.Template != "":
		return say("template.form-key")
	case f.List && out.List > 0:
		return say("template.form-many-choice")
	case f.List:
		return say("template.form-many")
	case f.Type == schema.EnumField:
		return say("template.form-choice")
	case f.Type == schema.FlagField:
		return say("template.form-flag")
	case f.Type == schema.RefField && out.List > 0:
		return say("template.form-record")
	case f.Type == schema.RefField:
		return say("template.form-id")
	case f.Type == schema.DateField:
		return say("template.form-date")
	case f.Type == schema.MomentField:
		return say("template.form-moment")
	case f.Type == schema.InstantField:
		return say("template.form-time")
	case out.Format == sheet.NumberCells:
		return m.numberForm(f, out)
	}
	return m.textForm(out)
}

func (m *templateMaker) numberForm(f schema.Field, out sheet.TemplateColumn) string {
	key, low, top := "template.form-number", f.Bounds.Minimum, f.Bounds.Maximum
	if f.Type == schema.IntegerField {
		key = "template.form-whole"
	}
	text := m.say.Say(key)
	if low != "" && top != "" {
		text += m.say.Say("template.form-between", locale.A("low", low), locale.A("top", top))
	} else if out.Limit.Low == 0 {
		text += m.say.Say("template.form-positive")
	}
	return text
}

func (m *templateMaker) textForm(out sheet.TemplateColumn) string {
	switch l := out.Limit; {
	case l.Of != sheet.LengthLimit:
		return m.say.Say("template.form-text")
	case l.Low == l.Top:
		return m.say.Say("template.form-exact", locale.N("n", int(l.Top)))
	default:
		return m.say.Say("template.form-most", locale.N("n", int(l.Top)))
	}
}

// prompt is what is said when a cell of a column is entered.
func (m *templateMaker) prompt(c ledger.TemplateColumn, out sheet.TemplateColumn, key bool) string {
	duty := "template.optional"
	switch {
	case c.Required:
		duty = "template.required"
	case c.Needed:
		duty = "template.needed"
	case c.To == ledger.StatusTarget && m.kind.Envelope == schema.Governed:
		duty = "template.status"
	case strings.HasPrefix(c.To, ledger.StepTarget):
		duty = "template.step"
	}
	parts := []string{m.say.Say(duty), m.form(c, out)}
	if from, ok := m.copies[c.To]; ok {
		parts = append(parts, m.say.Say("template.copied", locale.T("field", from)))
	}
	if help := m.say.Text(c.Field.Help); help != "" && !(key && m.kind.IDs.Template == "") {
		parts = append(parts, help)
	}
	if m.say.Lang() == locale.English {
		return strings.Join(parts, " ")
	}
	return strings.Join(parts, "")
}

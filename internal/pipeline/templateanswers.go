package pipeline

import (
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
)

// templateColumns are the columns of a kind's template. A kind whose records answer
// questions has one for each, beside the few fields that whoever enters answers
// knows; which questions they are is said by sets, and a finding says what is
// missing there.
func (s *Snapshot) templateColumns(k *schema.Kind, sets map[string]string) ([]ledger.TemplateColumn, finding.List) {
	columns := ledger.TemplateColumns(k)
	if k.Answers.List == "" {
		return columns, nil
	}
	questions, found := s.Questions(k, sets)
	mapping, faults, err := s.mapping(ImportRequest{Kind: k})
	if found = append(found, faults...); err != nil || len(found) > 0 {
		return columns, found
	}
	columns = slices.DeleteFunc(columns, func(c ledger.TemplateColumn) bool { return !s.asksFor(c, mapping) })
	for i := range columns {
		columns[i].Folded, columns[i].Band = false, k.Title
		columns[i].Given = fillsIn(mapping, columns[i].To)
	}
	slices.SortStableFunc(columns, func(a, b ledger.TemplateColumn) int { return rankOf(a) - rankOf(b) })
	for _, q := range questions {
		columns = append(columns, asked(q, listTitle(k))...)
	}
	if at := slices.IndexFunc(mapping.Columns, func(c ledger.MappedColumn) bool { return strings.HasPrefix(c.To, ledger.FileTarget) }); at >= 0 {
		c := mapping.Columns[at]
		title := locale.Text{ZH: c.Headings[0], EN: c.Headings[0]}
		if last := c.Headings[len(c.Headings)-1]; len(c.Headings) > 1 {
			title.EN = last
		}
		columns = append(columns, ledger.TemplateColumn{To: c.To, Title: title, Field: schema.Field{Title: title, Type: schema.TextField, List: true}})
	}
	return columns, nil
}

// asksFor tells what whoever enters answers fills in: what a record must have and
// the mapping does not say, whose answers they are, and remarks.
func (s *Snapshot) asksFor(c ledger.TemplateColumn, m ledger.Mapping) bool {
	mapped := slices.ContainsFunc(m.Columns, func(known ledger.MappedColumn) bool { return known.To == c.To })
	return mapped && m.Preset[c.To] == "" && (c.Required || c.Field.Long || fillsIn(m, c.To))
}

// fillsIn tells a field that the mapping fills from the record with the questions.
func fillsIn(m ledger.Mapping, path string) bool {
	for _, f := range m.Fills {
		for _, part := range []map[string]string{f.Match, f.Take} {
			for _, to := range part {
				if to == path {
					return true
				}
			}
		}
	}
	return false
}

// rankOf puts whose answers they are before all else.
func rankOf(c ledger.TemplateColumn) int {
	if c.Given {
		return 0
	}
	return 1
}

// listTitle titles the questions' columns.
func listTitle(k *schema.Kind) locale.Text { return k.NameTitle(k.Answers.List) }

// asked are the columns of one question.
func asked(q ledger.Question, band locale.Text) []ledger.TemplateColumn {
	zh, en := q.Headings(locale.Chinese), q.Headings(locale.English)
	var columns []ledger.TemplateColumn
	for i := range zh {
		to := ledger.AnswerTarget + "." + q.ID
		if q.Form == ledger.GridAnswer {
			to += "." + q.Options[i].Value
		}
		f := answerField(q)
		f.Title = locale.Text{ZH: zh[i], EN: en[i]}
		columns = append(columns, ledger.TemplateColumn{To: to, Title: f.Title, Band: band, Field: f, Required: q.Required})
	}
	return columns
}

// mostAnswer bounds an answer in words (domain.md §5.1).
const mostAnswer = 2000

// answerField is what a cell with an answer holds.
func answerField(q ledger.Question) schema.Field {
	switch q.Form {
	case ledger.NumberAnswer:
		return schema.Field{Type: schema.NumberField}
	case ledger.DateAnswer:
		return schema.Field{Type: schema.DateField}
	case ledger.ManyAnswers, ledger.OrderAnswer:
		return schema.Field{Type: schema.EnumField, List: true, Options: q.Options}
	}
	zh, en := q.Choices(locale.Chinese), q.Choices(locale.English)
	if len(zh) == 0 {
		return schema.Field{Type: schema.TextField, Long: true, Bounds: schema.Bounds{MaxLength: mostAnswer}}
	}
	f := schema.Field{Type: schema.EnumField}
	for i := range zh {
		f.Options = append(f.Options, schema.Option{Value: zh[i], Title: locale.Text{ZH: zh[i], EN: en[i]}})
	}
	return f
}

// invited are the rows of a template of answers: one for each who was asked.
func (m *templateMaker) invited() [][]any {
	sets := map[string]string{}
	for _, set := range m.sets {
		sets[set[0]] = set[1]
	}
	var rows [][]any
	for _, given := range m.s.Invited(m.kind, sets) {
		row := make([]any, len(m.columns))
		for i, c := range m.columns {
			switch text := given[c.To]; {
			case text == "":
			case c.Field.Type == schema.RefField:
				row[i] = m.recordLabel(text)
			default:
				row[i] = text
			}
		}
		rows = append(rows, row)
	}
	return rows
}

package pipeline

import (
	"slices"
	"strings"

	"kept/internal/ledger"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/sheet"
)

// mostRecords is how many records a drop-down offers: the newest of a kind with
// more.
const mostRecords = 2000

// choices is the place of the list of an enumeration's options, or of yes and no.
func (m *templateMaker) choices(f schema.Field) int {
	var items []string
	if f.Type == schema.FlagField {
		items = []string{m.say.Say("portal.yes"), m.say.Say("portal.no")}
	}
	for _, o := range f.Options {
		items = append(items, m.say.Text(o.Title))
	}
	return m.list(strings.Join(items, "\n"), items)
}

// records is the place of the list of records of some kinds; 0 for references to
// any kind, and where no record is there to be chosen.
func (m *templateMaker) records(kinds []string) int {
	key := "of " + strings.Join(kinds, " ")
	if at, ok := m.listed[key]; ok {
		return at
	}
	var items []string
	for _, id := range kinds {
		items = append(items, m.offered(id)...)
	}
	if len(items) == 0 {
		m.listed[key] = 0
		return 0
	}
	return m.list(key, items)
}

// offered are the records of a kind that are still of use.
func (m *templateMaker) offered(kind string) []string {
	var list []string
	for rec := range m.s.Register.Of(kind) {
		if state, ok := rec.State(); rec.Broken || rec.Kind == nil || ok && state.Phase == schema.Void {
			continue
		}
		list = append(list, m.labelOf(rec))
	}
	if len(list) > mostRecords {
		list = slices.Clone(list[len(list)-mostRecords:])
		slices.Reverse(list)
	}
	return list
}

func (m *templateMaker) labelOf(rec *record.Record) string {
	return ledger.Choice(rec.ID, m.say.Text(rec.Title()))
}

// list is the place of a list, which columns that offer the same share.
func (m *templateMaker) list(key string, items []string) int {
	if at, ok := m.listed[key]; ok {
		return at
	}
	m.lists = append(m.lists, sheet.TemplateList{Items: items})
	m.listed[key] = len(m.lists)
	return len(m.lists)
}

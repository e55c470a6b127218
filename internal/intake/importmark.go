package intake

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// marker tells which rows do not count and why. A row that does not count is kept:
// what is left out silently cannot be asked about.
type marker struct {
	*ImportRequest
	programs []*expr.Program // beside Marks.List, nil without a condition
	earlier  []map[string][]counted
}

// counted is a record that counts, by its id or, of a new row, its place.
type counted struct {
	id string
	at time.Time
}

func newMarker(r *ImportRequest) (*marker, finding.List) {
	m := &marker{ImportRequest: r}
	types := record.Types(r.Kind, r.Register.Kinds())
	for _, mark := range r.Mapping.Marks.List {
		var program *expr.Program
		if mark.When != "" {
			var err error
			if program, err = expr.Compile(mark.When, types); err != nil {
				return nil, finding.List{refusal(r.MapName, ledger.RuleMapping, "intake.import-condition", locale.A("condition", mark.When))}
			}
		}
		m.programs = append(m.programs, program)
		m.earlier = append(m.earlier, map[string][]counted{})
	}
	if len(m.programs) == 0 {
		return m, nil
	}
	for rec := range r.Register.Of(r.Kind.ID) {
		if rec.Kind != nil && !rec.Broken {
			m.remember(rec.ID, rec.Object.Fields())
		}
	}
	return m, nil
}

// sequence is the order in which rows are planned: as they stand, or by their date
// where later ones may repeat earlier ones, for exports often have the newest on top.
func (i *importer) sequence() []int {
	order := make([]int, len(i.Ledger.Entries))
	dates := make([]time.Time, len(order))
	for n, e := range i.Ledger.Entries {
		order[n] = n
		dates[n], _ = record.MomentOf(yamldoc.NewObject(e.Fields), i.Kind.Date, i.Zone)
	}
	if slices.ContainsFunc(i.Mapping.Marks.List, func(m ledger.Mark) bool { return m.Same != nil }) {
		slices.SortStableFunc(order, func(a, b int) int { return dates[a].Compare(dates[b]) })
	}
	return order
}

// mark sets what the first mark says that holds of a row, and tells it.
func (m *marker) mark(id string, fields map[string]any) (locale.Text, error) {
	vars := sync.OnceValue(func() expr.Vars {
		rec, _ := record.Make("records/"+m.Kind.ID+"/row.yaml", "", fields, yamldoc.Order{}, m.Register.Kinds())
		return rec.Vars(record.Facts{Zone: m.Zone, AsOf: m.Now, Others: m.Others})
	})
	for n, mark := range m.Mapping.Marks.List {
		holds, err := m.holds(n, id, fields, vars)
		if err != nil {
			return locale.Text{}, err
		}
		if !holds {
			continue
		}
		said := locale.Text{}
		paths := slices.Sorted(maps.Keys(mark.Set))
		slices.SortStableFunc(paths, func(a, b string) int { return cmp.Compare(len(mark.Set[b]), len(mark.Set[a])) }) // what is taken away goes last
		for _, path := range paths {
			m.set(fields, path, mark.Set[path])
			if f, ok := m.Kind.Field(path); ok && f.Type == schema.EnumField {
				for _, o := range f.Options {
					if o.Value == mark.Set[path] {
						said = o.Title
					}
				}
			}
		}
		return said, nil
	}
	return locale.Text{}, nil
}

func (m *marker) set(fields map[string]any, path, word string) {
	f, ok := m.Kind.Field(path)
	from, copied := strings.CutPrefix(word, "$")
	switch {
	case !ok:
	case word == "":
		delete(fields, path)
	case copied && fields[from] != nil:
		fields[path] = fields[from]
	case !copied:
		fields[path] = typed(f, word, m.Zone)
	}
}

// holds tells whether a mark is true of a row; vars are the row as conditions see it.
func (m *marker) holds(n int, id string, fields map[string]any, vars func() expr.Vars) (bool, error) {
	mark := m.Mapping.Marks.List[n]
	if mark.Same == nil && mark.Alike == "" && mark.When == "" {
		return false, nil
	}
	if mark.Same != nil && !m.repeats(n, id, fields) || mark.Alike != "" && !straight(fields, mark.Alike, mark.Least) {
		return false, nil
	}
	if m.programs[n] == nil {
		return true, nil
	}
	return m.programs[n].Bool(vars())
}

// straight tells a list whose items all say the same.
func straight(fields map[string]any, path string, least int) bool {
	name, member, _ := strings.Cut(path, ".")
	items, _ := fields[name].([]any)
	var first any
	n := 0
	for _, item := range items {
		o, _ := item.(map[string]any)
		switch value := o[member]; {
		case value == nil:
		case n > 0 && !sameValue(first, value):
			return false
		default:
			first = value
			n++
		}
	}
	return n > 0 && n >= least
}

// repeats tells that an earlier record that counts has the same fields.
func (m *marker) repeats(n int, id string, fields map[string]any) bool {
	mark := m.Mapping.Marks.List[n]
	key, ok := sameness(mark, fields)
	if !ok {
		return false
	}
	at, _ := record.MomentOf(yamldoc.NewObject(fields), mark.Within, m.Zone)
	return slices.ContainsFunc(m.earlier[n][key], func(e counted) bool {
		return e.id != id && (mark.Within == "" || at.Sub(e.at).Abs() <= time.Duration(mark.Minutes)*time.Minute)
	})
}

// sameness is what two records have in common where a mark's fields agree; false
// where one of them is empty.
func sameness(mark ledger.Mark, fields map[string]any) (string, bool) {
	o := yamldoc.NewObject(fields)
	var values []any
	for _, path := range mark.Same {
		if !o.Has(path) {
			return "", false
		}
		values = append(values, o.Plain(path))
	}
	text, err := json.Marshal(values)
	return string(text), err == nil
}

// remember takes a record in with which later rows are compared.
func (m *marker) remember(id string, fields map[string]any) {
	for path, word := range m.Mapping.Marks.Counts {
		f, _ := m.Kind.Field(path)
		if !sameValue(fields[path], typed(f, word, m.Zone)) {
			return
		}
	}
	for n, mark := range m.Mapping.Marks.List {
		key, ok := sameness(mark, fields)
		if mark.Same == nil || !ok {
			continue
		}
		at, _ := record.MomentOf(yamldoc.NewObject(fields), mark.Within, m.Zone)
		m.earlier[n][key] = append(m.earlier[n][key], counted{id, at})
	}
}

// fill takes what a row lacks from the lists of the records that it names.
func (m *marker) fill(fields map[string]any) {
	o := yamldoc.NewObject(fields)
	for _, f := range m.Mapping.Fills {
		rec := m.Register.Get(o.Text(f.From))
		if rec == nil {
			continue
		}
		var found []yamldoc.Object
		for _, item := range rec.Items(f.List) {
			agrees := true
			for member, path := range f.Match {
				agrees = agrees && o.Has(path) && strings.EqualFold(o.Text(path), item.Text(member))
			}
			if agrees {
				found = append(found, item)
			}
		}
		if len(found) != 1 {
			continue
		}
		for member, path := range f.Take {
			if !o.Has(path) && found[0].Has(member) {
				fields[path] = found[0].Plain(member)
			}
		}
	}
}

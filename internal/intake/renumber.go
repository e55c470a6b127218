package intake

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

const renumberRule = "intake-renumber"

// RenumberRequest asks for another number for a record.
type RenumberRequest struct {
	// Record is the file that is renumbered; of two files with one id it need not
	// be the one that the register knows.
	Record   *record.Record
	Register *record.Register
	Used     []string // ids that history knows
	To       string   // "" is the next free number
}

// Renumber plans a record under another id: its file, the id and the former
// number in it, and every other record that names it, also as plain text in
// disposals and exceptions. Where a second file holds the same id, references
// stay: they mean the file that keeps the number, until somebody says otherwise.
// Nothing is planned unless everything can be.
func Renumber(r RenumberRequest) (string, []Plan, finding.List) {
	rec := r.Record
	if rec.Broken || rec.Kind == nil || rec.Doc == nil {
		return "", nil, finding.List{refusal(rec.Path, renumberRule, "intake.broken")}
	}
	to, found := r.number()
	if len(found) > 0 {
		return "", nil, found
	}
	plans, found := r.moved(to)
	if known := r.Register.Get(rec.ID); known == nil || known.Path == rec.Path {
		for _, other := range r.naming() {
			plan, err := r.mended(other, to)
			if err != nil {
				found = append(found, refusal(other.Path, renumberRule, "intake.layout"))
				continue
			}
			plans = append(plans, plan)
		}
	}
	if len(found) > 0 {
		return "", nil, found
	}
	return to, plans, nil
}

// number is the new id, free in the work tree and in history.
func (r RenumberRequest) number() (string, finding.List) {
	kind, old := r.Record.Kind, r.Record.ID
	request := NewRequest{Kind: kind, Register: r.Register, Used: r.Used}
	switch {
	case r.To == "" && kind.IDs.Template == "":
		return "", finding.List{refusal("--to", renumberRule, "intake.id", locale.T("kind", kind.Title), locale.A("pattern", kind.IDs.Pattern.String()))}
	case r.To == "":
		return request.after(yearOf(kind.IDs, old)), nil
	case !kind.IDs.Pattern.MatchString(r.To) || strings.ContainsAny(r.To, `/\:`) || strings.HasPrefix(r.To, "."):
		return "", finding.List{refusal("--to", renumberRule, "intake.id_pattern", locale.A("pattern", kind.IDs.Pattern.String()))}
	case request.used(r.To):
		return "", finding.List{refusal("--to", renumberRule, "intake.id_used")}
	}
	return r.To, nil
}

// yearOf is the year that an id was made in: that of registration, which the
// number keeps (domain.md §3.1); 0 where the id has none.
func yearOf(ids schema.IDPattern, id string) int {
	for rest := id; len(rest) >= 4; rest = rest[1:] {
		year, err := strconv.Atoi(rest[:4])
		if err != nil || year < 1900 {
			continue
		}
		if _, ok := ids.Sequence(id, year); ok {
			return year
		}
	}
	return 0
}

// moved plans the record's own file. A kind without a field for the former number
// goes without.
func (r RenumberRequest) moved(to string) ([]Plan, finding.List) {
	rec := r.Record
	layout := finding.List{refusal(rec.Path, renumberRule, "intake.layout")}
	e, err := yamldoc.NewEdit(rec.Path, rec.Source)
	if err != nil {
		return nil, layout
	}
	for _, pointer := range append(pointersTo(rec, rec.ID), "/"+record.IDField) {
		if err := e.Replace(pointer, to); err != nil {
			return nil, layout
		}
	}
	if _, ok := rec.Kind.Field(record.RenumberedField); ok {
		order := KeyOrder(rec.Kind.Fields)
		if err := e.Set(record.RenumberedField, rec.ID, following(rec, order, record.RenumberedField), order); err != nil {
			return nil, layout
		}
	}
	plan := Plan{Path: path.Join(path.Dir(rec.Path), to+".yaml"), After: e.Bytes()}
	return []Plan{plan, {Path: rec.Path, Before: rec.Source}}, judge(plan, r.Register.Kinds())
}

// naming lists the other records that name this one, in the order of ids.
func (r RenumberRequest) naming() []*record.Record {
	found := map[string]*record.Record{}
	for other := range r.Register.All() {
		if other.Path != r.Record.Path && len(pointersTo(other, r.Record.ID)) > 0 {
			found[other.ID] = other
		}
	}
	list := make([]*record.Record, 0, len(found))
	for _, id := range slices.Sorted(maps.Keys(found)) {
		list = append(list, found[id])
	}
	return list
}

// mended plans a record whose references go to the new number.
func (r RenumberRequest) mended(other *record.Record, to string) (Plan, error) {
	e, err := yamldoc.NewEdit(other.Path, other.Source)
	if err != nil {
		return Plan{}, err
	}
	for _, pointer := range pointersTo(other, r.Record.ID) {
		if err := e.Replace(pointer, to); err != nil {
			return Plan{}, err
		}
	}
	return Plan{Path: other.Path, Before: other.Source, After: e.Bytes()}, nil
}

// pointersTo lists where a record names an id: in references, and in the kinds
// that speak of records in plain text wherever the id stands alone.
func pointersTo(rec *record.Record, id string) []string {
	if rec.Broken || rec.Kind == nil {
		return nil
	}
	plain := rec.Kind.ID == record.DisposalKind || rec.Kind.ID == record.ExceptionKind
	return pointersIn(rec.Kind.Fields, rec.Fields(), id, plain, "")
}

func pointersIn(fields []schema.Field, o map[string]any, id string, plain bool, at string) []string {
	var list []string
	for _, f := range fields {
		here := yamldoc.Pointer(at, f.Name)
		if here == "/"+record.IDField || here == "/"+record.RenumberedField {
			continue
		}
		visit := func(value any, pointer string) {
			switch v := value.(type) {
			case string:
				if strings.EqualFold(v, id) && (f.Type == schema.RefField || plain && f.Type == schema.TextField) {
					list = append(list, pointer)
				}
			case map[string]any:
				list = append(list, pointersIn(f.Fields, v, id, plain, pointer)...)
			}
		}
		if items, ok := o[f.Name].([]any); ok {
			for i, item := range items {
				visit(item, here+"/"+strconv.Itoa(i))
			}
			continue
		}
		visit(o[f.Name], here)
	}
	return list
}

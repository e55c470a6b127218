package pipeline

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// namesOf is what people may call a record: its id and what its short texts say.
func namesOf(rec *record.Record) []string {
	zh, en := rec.Title().ZH, rec.Title().EN
	said := []string{rec.ID, zh, en, ledger.Choice(rec.ID, zh), ledger.Choice(rec.ID, en)}
	for _, f := range rec.Kind.Fields {
		if f.Type == schema.TextField && !f.List && !f.Long && f.Class == "" && f.Bounds.Pattern == "" {
			said = append(said, rec.Text(f.Name))
		}
	}
	return said
}

// names are the records of a kind by what they may be called, folded.
type names map[string][]*record.Record

func (s *Snapshot) namesOf(kind string) names {
	n := names{}
	for rec := range s.Register.Of(kind) {
		if rec.Kind == nil {
			continue
		}
		said := namesOf(rec)
		for i, name := range said {
			key := ledger.Fold(name)
			if key != "" && !slices.Contains(said[:i], name) && !slices.Contains(n[key], rec) {
				n[key] = append(n[key], rec)
			}
		}
	}
	return n
}

// named finds records by id, or by a name that one record alone has. Of a name that
// none has it knows what to do: a record that may be meant, the command that
// registers one, the record for what nobody knows. It may be asked from several
// goroutines.
func (s *Snapshot) named() ledger.Lookup {
	by := map[string]names{}
	of := func(kind string) names {
		if by[kind] == nil {
			by[kind] = s.namesOf(kind)
		}
		return by[kind]
	}
	known := map[string]ledger.Named{}
	var mu sync.Mutex
	find := func(name string, kinds []string) ledger.Named {
		key := ledger.Fold(name)
		for _, kind := range kinds {
			switch found := of(kind)[key]; len(found) {
			case 0:
			case 1:
				return ledger.Named{ID: found[0].ID}
			default:
				return ledger.Named{Several: idsOf(found)}
			}
		}
		var n ledger.Named
		var first *record.Record
		for i, kind := range kinds {
			if near := of(kind).near(key); near != nil && (first == nil || near.ID < first.ID) {
				n.Near, first = called(near), near
			}
			if k := s.Kinds.Kind(kind); i == 0 && k != nil {
				n.Register, n.Unknown = registering(k), s.unknown(k)
			}
		}
		return n
	}
	return func(name string, kinds []string) ledger.Named {
		mu.Lock()
		defer mu.Unlock()
		key := strings.Join(append([]string{name}, kinds...), "\n")
		n, ok := known[key]
		if !ok {
			n = find(name, kinds)
			known[key] = n
		}
		return n
	}
}

// idsOf are the ids of records, in order.
func idsOf(list []*record.Record) []string {
	ids := make([]string, len(list))
	for i, rec := range list {
		ids[i] = rec.ID
	}
	slices.Sort(ids)
	return ids
}

// A name is compared letter by letter only where it is long enough for a slip to show
// and the names are not so many that it would take long.
const (
	shortestSlip = 5
	mostCompared = 2000
)

// near is the record whose name contains a word or is contained in it, brackets and
// stops apart, of several the one that has most of it in common, else the one whose name
// differs by a slip; nil for none.
func (n names) near(key string) *record.Record {
	var first *record.Record
	most, word := 0, lettered(key)
	for known, recs := range n {
		if known = lettered(known); word == "" || !strings.Contains(known, word) && (utf8.RuneCountInString(known) <= 2 || !strings.Contains(word, known)) {
			continue
		}
		common := min(len(known), len(word))
		for _, rec := range recs {
			if first == nil || common > most || common == most && cmp.Less(rec.ID, first.ID) {
				first, most = rec, common
			}
		}
	}
	if first == nil && len([]rune(key)) >= shortestSlip && len(n) <= mostCompared {
		if slip := schema.Nearest(key, slices.Sorted(maps.Keys(n))); slip != "" {
			first = slices.MinFunc(n[slip], func(a, b *record.Record) int { return cmp.Compare(a.ID, b.ID) })
		}
	}
	return first
}

// lettered is a folded name without brackets, stops and other signs.
func lettered(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// called is a record's number and title.
func called(rec *record.Record) locale.Text {
	title := rec.Title()
	return locale.Text{ZH: rec.ID + " " + cmp.Or(title.ZH, title.EN), EN: rec.ID + " " + cmp.Or(title.EN, title.ZH)}
}

// unknown is the record for what nobody knows: the one whose number counts nothing.
func (s *Snapshot) unknown(k *schema.Kind) locale.Text {
	if k.IDs.Template == "" || strings.Contains(k.IDs.Template, "{year}") {
		return locale.Text{}
	}
	rec := s.Register.Get(k.IDs.ID(0, 0))
	if rec == nil || rec.Kind != k {
		return locale.Text{}
	}
	return called(rec)
}

// registering is the command that registers a record of a kind, with the fields it
// must have.
func registering(k *schema.Kind) string {
	command := "kept new " + k.ID
	if k.IDs.Template == "" {
		begin := ""
		if p, err := regexp.Compile(strings.TrimPrefix(k.IDs.Pattern.String(), "^")); err == nil {
			begin, _ = p.LiteralPrefix()
		}
		command += " --set id=" + begin + "…"
	}
	for _, f := range k.Fields {
		if f.Required && f.Default == nil && !record.Fixed(f.Name) && f.Type != schema.ObjectField {
			command += " --set " + f.Name + "=…"
		}
	}
	return command
}

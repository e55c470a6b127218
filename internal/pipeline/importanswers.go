package pipeline

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// ImportAsks are the fields that must be said before a file of a kind can be read,
// beside the file: of answers the record that leads to their questions.
func ImportAsks(k *schema.Kind) []schema.Field {
	if k.Answers.List == "" || len(k.Answers.Form) == 0 {
		return nil
	}
	f, ok := k.Field(k.Answers.Form[0])
	if !ok {
		return nil
	}
	return []schema.Field{f}
}

// Questions are the questions that a kind's records answer, found from the field that
// sets name: the survey, and its questionnaire. A finding says what is missing; a
// kind without answers has none.
func (s *Snapshot) Questions(k *schema.Kind, sets map[string]string) ([]ledger.Question, finding.List) {
	if len(ImportAsks(k)) == 0 {
		return nil, nil
	}
	first := ImportAsks(k)[0]
	at := "--set " + first.Name
	id := s.named()(sets[first.Name], first.Refs).ID
	if id == "" {
		key, args := "import.ask-which", []locale.Arg{locale.T("field", first.Title), locale.A("name", first.Name), locale.T("known", s.titled(first.Refs))}
		if sets[first.Name] != "" {
			key = "import.ask-unknown"
		}
		if !s.hasAny(first.Refs) {
			key, args = "import.ask-none", append(args, locale.A("command", "kept new "+first.Refs[0]))
		}
		return nil, finding.List{importFault(at, key, args...)}
	}
	rec := s.Register.Get(id)
	for _, path := range k.Answers.Form[1:] {
		f, _ := rec.Kind.Field(path)
		next := s.Register.Get(rec.Text(path))
		if next == nil || next.Kind == nil || next.Broken {
			return nil, finding.List{importFault(at, "import.ask-formless", locale.A("id", rec.ID), locale.T("field", f.Title))}
		}
		rec = next
	}
	return questionsOf(k.Answers, rec), nil
}

func importFault(at, key string, args ...locale.Arg) finding.Finding {
	return finding.Finding{Position: finding.Position{Path: at}, Rule: ledger.RuleImport, Severity: finding.Error, Key: key, Args: args}
}

// titled lists records of some kinds for a message, the last ones of many.
func (s *Snapshot) titled(kinds []string) locale.Text {
	var list []locale.Text
	for _, kind := range kinds {
		for rec := range s.Register.Of(kind) {
			list = append(list, called(rec))
		}
	}
	return locale.Listed(list[max(0, len(list)-6):]...)
}

// hasAny tells whether a record of one of the kinds is there.
func (s *Snapshot) hasAny(kinds []string) bool {
	return slices.ContainsFunc(kinds, func(kind string) bool {
		for range s.Register.Of(kind) {
			return true
		}
		return false
	})
}

// questionsOf reads the questions of a record as a kind's answers declare them.
func questionsOf(a schema.Answering, form *record.Record) []ledger.Question {
	words := wordsOf(a, form.Items(a.Question["words"]))
	var list []ledger.Question
	for _, item := range form.Items(a.Questions) {
		q := ledger.Question{
			ID: item.Text(a.Question["id"]), Form: ledger.AnswerForm(a.Types[item.Text(a.Question["type"])]),
			Text: bilingual(item, a.Question), None: item.Flag(a.Question["none"]), Required: item.Flag(a.Question["required"]),
		}
		for _, o := range item.Items(a.Question["options"]) {
			q.Options = append(q.Options, schema.Option{Value: o.Text(a.Option["value"]), Title: bilingual(o, a.Option)})
		}
		low, high, ranged := strings.Cut(item.Text(a.Question["scale"]), "-")
		q.Low, _ = strconv.Atoi(low)
		q.High, _ = strconv.Atoi(high)
		if ranged && len(words) == q.High-q.Low+1 && words[0].Value == q.High && words[len(words)-1].Value == q.Low {
			q.Words = words
		}
		list = append(list, q)
	}
	return list
}

func bilingual(o yamldoc.Object, names map[string]string) locale.Text {
	t := locale.Text{ZH: o.Text(names["text"]), EN: o.Text(names["other"])}
	if t.EN == "" {
		t.EN = t.ZH
	}
	return t
}

// wordsOf are what the numbers of a form's scale are called, highest first.
func wordsOf(a schema.Answering, items []yamldoc.Object) []ledger.Word {
	var list []ledger.Word
	for _, w := range items {
		n, ok := w.Number(a.Option["value"])
		if ok && n.IsInt() {
			list = append(list, ledger.Word{Value: int(new(big.Int).Set(n.Num()).Int64()), Text: bilingual(w, a.Option)})
		}
	}
	slices.SortStableFunc(list, func(x, y ledger.Word) int { return y.Value - x.Value })
	return list
}

// Invited are the rows that a template of answers begins with: one for each item of
// the list that the kind's mapping fills from, as fields by their path.
func (s *Snapshot) Invited(k *schema.Kind, sets map[string]string) []map[string]string {
	m, _, err := s.mapping(ImportRequest{Kind: k})
	if err != nil || len(m.Fills) == 0 {
		return nil
	}
	f := m.Fills[0]
	from, ok := k.Field(f.From)
	if !ok {
		return nil
	}
	id := s.named()(sets[f.From], from.Refs).ID
	rec := s.Register.Get(id)
	if rec == nil {
		return nil
	}
	var rows []map[string]string
	for _, item := range rec.Items(f.List) {
		row := map[string]string{}
		for _, part := range []map[string]string{f.Match, f.Take} {
			for member, path := range part {
				if text := item.Text(member); text != "" {
					row[path] = text
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// constants refuses constants that no row can have.
func (req *ImportRequest) constants() (found finding.List) {
	for _, path := range slices.Sorted(maps.Keys(req.Sets)) {
		head, _, _ := strings.Cut(path, ".")
		f, ok := req.Kind.Field(head)
		switch {
		case !ok:
			names := make([]string, len(req.Kind.Fields))
			for i, f := range req.Kind.Fields {
				names[i] = f.Name
			}
			if near := schema.Nearest(head, names); near != "" {
				found = append(found, importFault("--set "+path, "import.ask-field-near", locale.A("name", path), locale.T("kind", req.Kind.Title), locale.A("near", near)))
				continue
			}
			found = append(found, importFault("--set "+path, "import.ask-field", locale.A("name", path), locale.T("kind", req.Kind.Title)))
		case record.Fixed(head) || f.Type == schema.ObjectField && head == path:
			found = append(found, importFault("--set "+path, "import.ask-kept", locale.T("field", f.Title)))
		}
	}
	return found
}

// asked is the questions of a file: of the constant, else of the one record that the
// file itself names in each row.
func (s *Snapshot) asked(req ImportRequest, l ledger.Request) ([]ledger.Question, finding.List) {
	asks := ImportAsks(req.Kind)
	if len(asks) == 0 {
		return nil, nil
	}
	sets := maps.Clone(req.Sets)
	if sets == nil {
		sets = map[string]string{}
	}
	if name := asks[0].Name; sets[name] == "" {
		said := map[string]bool{}
		for _, e := range ledger.ReadAll(l).Entries {
			id, _ := e.Fields[name].(string)
			said[id] = true
		}
		delete(said, "")
		if len(said) > 1 {
			return nil, finding.List{importFault(req.File, "import.ask-several", locale.T("field", asks[0].Title), locale.A("ids", strings.Join(slices.Sorted(maps.Keys(said)), "、")))}
		}
		for id := range said {
			sets[name] = id
		}
	}
	return s.Questions(req.Kind, sets)
}

// scales puts what was stated of numbers into a mapping: "1=非常满意" for every scale
// with words, "0-10:1=0" or "Q3:1=1" for one.
func scales(m *ledger.Mapping, stated []string) {
	said := map[string][]string{}
	for _, text := range stated {
		key, rest, ok := strings.Cut(locale.Narrow(text), ":")
		if !ok {
			key, rest = "", key
		}
		key = strings.TrimSpace(key)
		said[key] = append(said[key], strings.TrimSpace(rest))
	}
	codes := map[string]string{}
	maps.Copy(codes, m.Asking.Codes)
	m.Asking.Stated = map[string]bool{}
	for key, list := range said {
		m.Asking.Stated[key] = true
		codes[key] = strings.Join(list, ",")
	}
	m.Asking.Codes = codes
}

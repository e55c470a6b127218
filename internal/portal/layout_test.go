package portal

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/calendar"
	"kept/internal/locale"
)

const titled = "title: {zh-CN: 甲, en: a}\n"

// TestBrokenLayouts wants each slip at its place, with what to write instead.
func TestBrokenLayouts(t *testing.T) {
	src := company(t)
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":     {titled + "papr: portrait\n", "2:1 there is no such key; did you mean paper (paper)?"},
		"no title":        {"of: complaint\n", "1:1 title is missing; add the key title"},
		"no YAML":         {"title: [\n", "1 not valid YAML near here"},
		"unknown kind":    {titled + "of: complain\n", "2:5 there is no kind complain; the nearest is complaint"},
		"unknown content": {titled + "content: clause\n", "2:10 there is no content clause; write one of clauses, obligations, forms"},
		"column":          {titled + "of: complaint\ncolumns:\n  - {name: recieved_at, width: 9}\n", "4:12 Complaint has no field, derived name or limit recieved_at; the nearest is received_at"},
		"member":          {titled + "of: complaint\ncolumns:\n  - {name: actions, width: 9, items: [txt]}\n", "4:39 Complaint has no field, derived name or limit actions.txt; the nearest is actions.text"},
		"width":           {titled + "of: complaint\ncolumns:\n  - {name: id, width: 0}\n", "4:23 width must be greater than 0"},
		"sort":            {titled + "of: complaint\nsort: -recived_at\n", "3:7 recived_at is none of the columns, the nearest is received_at; write one of columns, or add it there"},
		"filter":          {titled + "of: complaint\nfilter: severity == 3\n", "3:9 the condition cannot be used: "},
		"twice":           {titled + "of: complaint\ncolumns:\n  - {name: id, width: 9}\n  - {name: id, width: 9}\n", "5:12 the column id is there twice; take one out"},
		"each":            {titled + "of: complaint\neach: subject\n", "3:7 subject is no list of items with fields of their own"},
		"idle":            {titled + "of: complaint\nshape: form\nsort: id\n", "4:7 sort says nothing of this print, whose shape is form; take it out, or change of and shape"},
		"form of nothing": {titled + "shape: form\n", "2:8 a form, and whatever names a field, needs of with the kind of the records"},
		"cell":            {titled + "of: complaint\nshape: form\nblocks:\n  - title: {zh-CN: 甲, en: a}\n    cells: [{name: recieved_at}]\n", "6:20 Complaint has no field, derived name or limit recieved_at"},
		"mark":            {titled + "of: complaint\nshape: form\nblocks:\n  - title: {zh-CN: 甲, en: a}\n    cells:\n      - title: {zh-CN: 甲, en: a}\n        marks: [{title: {zh-CN: 甲, en: a}, when: 'stat == 1'}, {title: {zh-CN: 乙, en: b}, when: 'true'}]\n", "8:50 the condition cannot be used: "},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := ReadLayouts(fstest.MapFS{"x.yaml": {Data: []byte(c.text)}}, func(string) bool { return true }, src.Register.Kinds())
			must(t, err)
			var said []string
			for _, f := range set.Found() {
				said = append(said, strings.TrimPrefix(f.Position.String(), "templates/print/x.yaml:")+" "+f.Message(src.Catalogue.Printer(locale.English)))
			}
			if len(set.List) != 0 || !strings.Contains(strings.Join(said, "\n"), c.want) {
				t.Errorf("got %d layouts and\n%s\nwant %q", len(set.List), strings.Join(said, "\n"), c.want)
			}
		})
	}
}

// A layout that the program carries is no fault of a company whose kinds differ:
// what does not fit is left out.
func TestCarriedLayoutsFitOtherKinds(t *testing.T) {
	src := company(t)
	files := fstest.MapFS{
		"a.yaml": {Data: []byte(titled + "of: complaint\ncolumns:\n  - {name: id, width: 9}\n  - {name: colour, width: 9}\n")},
		"b.yaml": {Data: []byte(titled + "of: unheard-of\n")},
		"c.yaml": {Data: []byte(titled + "of: complaint\nfilter: colour == \"red\"\n")},
	}
	set, err := ReadLayouts(files, func(string) bool { return false }, src.Register.Kinds())
	must(t, err)
	if len(set.Broken) != 0 || len(set.List) != 1 || len(set.List[0].Columns) != 1 {
		t.Errorf("got %+v", set)
	}
}

// TestShippedLayouts wants every paper of domain.md §9.2 in the folder, and a
// signature bar on each register.
func TestShippedLayouts(t *testing.T) {
	var ids []string
	for _, l := range shippedLayouts(t) {
		ids = append(ids, l.ID)
		if l.Title.ZH == "" || l.Title.EN == "" || l.Version == "" || l.Shape == RegisterShape && len(l.Signatures) != 3 {
			t.Errorf("layout %q is incomplete", l.ID)
		}
	}
	for _, want := range strings.Fields("clause-matrix communication-register complaint-form complaint-register contract-register customer-register dispute-register document-list escalation-register kpi-monthly obligation-list questionnaire-sheet record-list review-minutes review-plan sip-register sip-sheet sla-attainment supplier-review-register survey-statistics") {
		if !slices.Contains(ids, want) {
			t.Errorf("there is no layout %s", want)
		}
	}
}

// Columns of one layout are told apart by their heads in both languages.
func TestHeadsOfColumnsDiffer(t *testing.T) {
	src := company(t)
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		v := New(src, lang)
		for _, l := range shippedLayouts(t) {
			kind := src.Register.Kinds().Kind(l.Of)
			if kind == nil || l.Shape != RegisterShape {
				continue
			}
			seen := map[string]string{}
			for _, c := range v.layoutTable(&l, kind, noPeriod()).Columns {
				if other, twice := seen[c.Title]; twice {
					t.Errorf("%s in %s: %s and %s are both headed %q", l.ID, lang, other, c.Key, c.Title)
				}
				seen[c.Title] = c.Key
			}
		}
	}
}

// A register may name the field that tells the period of its records.
func TestRegisterOfAPeriodByAField(t *testing.T) {
	src := company(t)
	kind := src.Register.Kinds().Kind("complaint")
	september, _ := calendar.ParsePeriod("2026-09")
	v := New(src, locale.Chinese)
	all, dateless := src.Register.Count("complaint"), 0
	for rec := range src.Register.Of("complaint") {
		if _, known := rec.Moment("received_at", v.zone); !known {
			dateless++ // in every period, so that it is not lost
		}
	}
	for p, want := range map[calendar.Period]int{september: all, september.Shift(-1): dateless, {}: all} {
		if got := len(v.layoutTable(&Layout{Dated: "received_at"}, kind, p).Rows); got != want || dateless == all {
			t.Errorf("%s: %d rows, want %d", p, got, want)
		}
	}
	if got := len(v.layoutTable(&Layout{Dated: "remark"}, kind, september).Rows); got != all {
		t.Errorf("where the field says nothing the kind's date counts: %d rows of %d", got, all)
	}
}

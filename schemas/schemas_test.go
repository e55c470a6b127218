package schemas_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/check"
	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// loaded are the kinds, which are immutable, read once for all tests.
var loaded = sync.OnceValues(func() (*schema.Registry, finding.List) { return schema.Load(schemas.FS) })

func kinds(t *testing.T) *schema.Registry {
	t.Helper()
	reg, found := loaded()
	for _, f := range found {
		t.Errorf("%s:%d: %s %s", f.Position.Path, f.Position.Line, f.Rule, f.Key)
	}
	return reg
}

// sample reads the repository's own records, where there are such. The files of one
// sample may be replaced and taken away without touching another's.
func sample(t *testing.T) fstest.MapFS {
	t.Helper()
	files, err := own()
	if err != nil {
		t.Fatal(err)
	}
	return maps.Clone(files)
}

var own = sync.OnceValues(func() (fstest.MapFS, error) {
	files := fstest.MapFS{}
	for path, err := range walk("../records") {
		if err != nil {
			return nil, err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files[path[len("../"):]] = &fstest.MapFile{Data: data}
	}
	return files, nil
})

// parsed is one record as read and validated, with what was found in it.
type parsed struct {
	record *record.Record
	found  finding.List
}

// read remembers the records of files that no case has changed: they are
// immutable, and the same bytes at the same path read the same.
var read = sync.OnceValue(func() func(*schema.Registry, string, []byte) parsed {
	var known sync.Map
	return func(reg *schema.Registry, path string, data []byte) parsed {
		key := path + "\n" + string(data)
		if p, ok := known.Load(key); ok {
			return p.(parsed)
		}
		rec, found := record.Parse(path, data, reg)
		p := parsed{rec, found}
		known.Store(key, p)
		return p
	}
})

// programs are the expressions of the kinds, compiled once.
var programs = sync.OnceValue(check.NewPrograms)

// gather is [record.Load] of records most of which other cases have read.
func gather(reg *schema.Registry, files fstest.MapFS) (*record.Register, finding.List) {
	var list []*record.Record
	var found finding.List
	for _, path := range slices.Sorted(maps.Keys(files)) {
		p := read()(reg, path, files[path].Data)
		list, found = append(list, p.record), append(found, p.found...)
	}
	records, doubled := record.Gather(list, reg)
	return records, append(found, doubled...).Sort()
}

func judge(t *testing.T, reg *schema.Registry, files fstest.MapFS, at time.Time) finding.List {
	t.Helper()
	records, found := gather(reg, files)
	zone := time.FixedZone("+08:00", 8*60*60)
	cal, more, err := records.Calendar(zone)
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, more...)
	return append(found, check.State(check.Request{Register: records, Calendar: cal, Zone: zone, AsOf: at, Programs: programs()})...)
}

func sampleDay() time.Time { return time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC) }

// What the cases read is what a register loaded from files reads.
func TestSampleIsGatheredAsItLoads(t *testing.T) {
	reg := kinds(t)
	files := sample(t)
	change(t, files, "TS-2026-0001", "subcategory: arrival_late", "subcategory: leak\nunheard: of")
	want, said, err := record.Load(files, reg)
	if err != nil {
		t.Fatal(err)
	}
	got, found := gather(reg, files)
	if got.Len() != want.Len() || len(found) == 0 || fmt.Sprint(found) != fmt.Sprint(said) {
		t.Errorf("gathered %d records and found %v; loaded %d and found %v", got.Len(), found, want.Len(), said)
	}
	for rec := range want.All() {
		if own := got.Get(rec.ID); own == nil || own.Path != rec.Path || !bytes.Equal(own.Source, rec.Source) || fmt.Sprint(got.To(rec.ID)) != fmt.Sprint(want.To(rec.ID)) {
			t.Errorf("%s is gathered otherwise than it loads", rec.ID)
		}
	}
}

func TestSampleIsClean(t *testing.T) {
	for _, f := range judge(t, kinds(t), sample(t), sampleDay()) {
		t.Errorf("%s:%d: %s %s %s", f.Position.Path, f.Position.Line, f.Rule, f.Key, f.Said.EN)
	}
}

// Each expression compiles against the fields of its kind.
func TestExpressionsCompile(t *testing.T) {
	for kind := range kinds(t).All() {
		types := record.Types(kind, kinds(t))
		sources := map[string]string{}
		for _, s := range kind.Steps {
			sources["guard to "+s.To] = s.Guard
		}
		for _, r := range kind.Rules {
			sources[r.ID+" when"], sources[r.ID+" require"] = r.When, r.Require
		}
		for where, source := range sources {
			if source == "" {
				continue
			}
			if _, err := expr.Compile(source, types); err != nil {
				t.Errorf("%s: %s: %v", kind.ID, where, err)
			}
		}
	}
}

// The envelope stands inline in every schema and is the same in each
// (domain.md §0.8).
func TestEnvelopesAgree(t *testing.T) {
	envelopes := map[schema.Envelope][]string{
		schema.Governed: {
			"form_no", "classification", "owner", "registered_by", "origin",
			"links", "attachments", "retention", "remark", "renumbered_from",
		},
		schema.Reference: {"owner", "remark"},
	}
	first := map[string]schema.Field{}
	for kind := range kinds(t).All() {
		for _, name := range envelopes[kind.Envelope] {
			f, ok := kind.Field(name)
			if !ok {
				t.Errorf("%s has no %s", kind.ID, name)
				continue
			}
			key := fmt.Sprint(kind.Envelope, name)
			if _, ok := first[key]; !ok {
				first[key] = f
			}
			if got, want := fmt.Sprint(f), fmt.Sprint(first[key]); got != want {
				t.Errorf("%s.%s is %s, elsewhere %s", kind.ID, name, got, want)
			}
		}
	}
}

// Everything that a person reads has both languages.
func TestLabelsHaveBothLanguages(t *testing.T) {
	var fields func(where string, list []schema.Field)
	fields = func(where string, list []schema.Field) {
		for _, f := range list {
			if f.Title.ZH == "" || f.Title.EN == "" || f.Title.ZH == f.Name || (f.Help.ZH == "") != (f.Help.EN == "") {
				t.Errorf("%s.%s: title %+v, help %+v", where, f.Name, f.Title, f.Help)
			}
			for _, o := range f.Options {
				if o.Title.ZH == "" || o.Title.EN == "" {
					t.Errorf("%s.%s: option %s %+v", where, f.Name, o.Value, o.Title)
				}
			}
			fields(where+"."+f.Name, f.Fields)
		}
	}
	for kind := range kinds(t).All() {
		fields(kind.ID, kind.Fields)
		if f, _ := kind.Field("status"); len(f.Options) != len(kind.States) {
			t.Errorf("%s: status has %d options, %d states", kind.ID, len(f.Options), len(kind.States))
		}
		for i, s := range kind.States {
			if f, _ := kind.Field("status"); i < len(f.Options) && f.Options[i].Value != s.ID {
				t.Errorf("%s: option %s stands where state %s does", kind.ID, f.Options[i].Value, s.ID)
			}
		}
	}
}

// Each state can be reached from the first one, and each closed state is one
// that is not open.
func TestStatesCanBeReached(t *testing.T) {
	for kind := range kinds(t).All() {
		if len(kind.Steps) == 0 {
			continue
		}
		reached := []string{kind.Initial}
		for i := 0; i < len(reached); i++ {
			for _, s := range kind.StepsFrom(reached[i]) {
				if !slices.Contains(reached, s.To) {
					reached = append(reached, s.To)
				}
			}
		}
		for _, s := range kind.States {
			if !slices.Contains(reached, s.ID) {
				t.Errorf("%s: no way to %s", kind.ID, s.ID)
			}
			if len(kind.StepsFrom(s.ID)) == 0 && (s.Phase == schema.Open || s.Phase == schema.Draft) {
				t.Errorf("%s: no way out of %s", kind.ID, s.ID)
			}
		}
	}
}

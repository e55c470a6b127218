package record_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// kinds loads the kinds that kept ships.
func kinds(t testing.TB) *schema.Registry {
	t.Helper()
	reg, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatalf("the kinds have findings: %v", found)
	}
	return reg
}

// register loads records given by path.
func register(t testing.TB, files map[string]string) (*record.Register, []string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	reg, found, err := record.Load(fsys, kinds(t))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, f := range found {
		said = append(said, f.Position.String()+" "+f.Rule)
	}
	return reg, said
}

const (
	department = "schema: department/v1\nid: dept-a\ntitle: 示例一部\nstatus: active\n"
	person     = `schema: person/v1
id: u-wangl
title: 王磊
status: active
department: dept-a
identities: [wangl@example.cn]
roles:
  - {role: brm, from: "2025-01-01", to: "2025-12-31"}
  - {role: brm, from: "2026-03-01"}
  - {role: complaint_handler, from: "2025-01-01"}
`
)

func TestLoadJoinsReferencesBothWays(t *testing.T) {
	reg, found := register(t, map[string]string{
		"records/department/dept-a.yaml": department, "records/person/u-wangl.yaml": person,
	})
	if len(found) > 0 {
		t.Fatalf("findings: %q", found)
	}
	from := reg.From("u-wangl")
	if len(from) != 1 || from[0].To != "dept-a" || from[0].Field != "department" || from[0].Pointer != "/department" {
		t.Errorf("u-wangl names %+v", from)
	}
	if to := reg.To("dept-a"); len(to) != 1 || to[0].From != "u-wangl" {
		t.Errorf("dept-a is named by %+v", to)
	}
}

func TestIdentityOfARecord(t *testing.T) {
	for name, tc := range map[string]struct {
		path, text string
		want       []string
	}{
		"another id than the file": {"records/department/dept-b.yaml", department, []string{"records/department/dept-b.yaml:2:5 id-file"}},
		"no such kind":             {"records/departmnt/dept-a.yaml", department, []string{"records/departmnt/dept-a.yaml:1:1 kind-unknown"}},
		"a flat kind in a folder":  {"records/department/2026/09/dept-a.yaml", department, []string{"records/department/2026/09/dept-a.yaml:1:1 path"}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := register(t, map[string]string{tc.path: tc.text}); !slices.Equal(got, tc.want) {
				t.Errorf("findings %q, want %q", got, tc.want)
			}
		})
	}
}

// Of two files with one id the first by path counts, and both are reported.
func TestDuplicateIDsIgnoreCase(t *testing.T) {
	reg, found := register(t, map[string]string{
		"records/department/dept-a.yaml": department,
		"records/person/DEPT-A.yaml":     strings.Replace(person, "u-wangl", "DEPT-A", 1),
	})
	for _, want := range []string{"records/department/dept-a.yaml:2:5 id-duplicate", "records/person/DEPT-A.yaml:2:5 id-duplicate"} {
		if !slices.Contains(found, want) {
			t.Errorf("findings %q lack %q", found, want)
		}
	}
	if got := reg.Get("Dept-A").Path; got != "records/department/dept-a.yaml" {
		t.Errorf("%s counts", got)
	}
}

// A file that does not parse is a record too: it has a place and its finding.
func TestBrokenRecordStays(t *testing.T) {
	reg, found := register(t, map[string]string{"records/department/dept-a.yaml": "schema: [department/v1\nid: dept-a\n"})
	rec := reg.Get("dept-a")
	if rec == nil || !rec.Broken || rec.Kind == nil || rec.Kind.ID != "department" {
		t.Fatalf("the broken record is %+v", rec)
	}
	if len(found) == 0 {
		t.Error("nothing was reported")
	}
}

// The order of reading, and the number of cores, must not matter.
func TestLoadIsDeterministic(t *testing.T) {
	files := fstest.MapFS{}
	for _, id := range strings.Split("abcdefghijklmnopqrstuvwxyz", "") {
		files["records/department/dept-"+id+".yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(department, "dept-a", "dept-z", 1))}
	}
	k := kinds(t)
	var first []string
	for range 10 {
		_, found, err := record.Load(fs.FS(files), k)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, f := range found {
			said = append(said, f.Position.String()+f.Rule)
		}
		if first == nil {
			first = said
		}
		if !slices.Equal(first, said) {
			t.Fatal("two loads of the same files differ")
		}
	}
	if len(first) == 0 {
		t.Fatal("the files were meant to have findings")
	}
}

// One mistake in a schema is one finding, not one for each record of the kind.
func TestRefusedKindIsReportedOnce(t *testing.T) {
	broken := fstest.MapFS{}
	for _, name := range []string{"department.schema.json", "department.kind.yaml"} {
		data, err := fs.ReadFile(schemas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		broken[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(data), `"x-en"`, `"title_en"`, 1))}
	}
	registry, found := schema.Load(broken)
	if len(found) == 0 || registry.Kind("department") != nil {
		t.Fatalf("the schema was accepted: %v", found)
	}
	reg, found, err := record.Load(fstest.MapFS{"records/department/dept-a.yaml": {Data: []byte(department)}}, registry)
	if err != nil || len(found) > 0 {
		t.Errorf("the records repeat it: %v, %v", found, err)
	}
	if reg.Get("dept-a") == nil {
		t.Error("the record of a refused kind is gone")
	}
}

package check_test

import (
	"io/fs"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"kept/internal/calendar"
	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// bench holds what all histories of these tests share: kinds, people, calendar.
type bench struct {
	kinds *schema.Registry
	files fstest.MapFS // records that lie beside every history
	zone  *time.Location
	cal   *calendar.Calendar
}

func newBench(t testing.TB) *bench {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "history", "base.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{}
	for _, f := range archive.Files {
		all[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for _, name := range []string{"person.schema.json", "person.kind.yaml", "calendar.schema.json", "calendar.kind.yaml", "seal.schema.json", "seal.kind.yaml"} {
		data, err := fs.ReadFile(schemas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		all["schemas/"+name] = &fstest.MapFile{Data: data}
	}
	kindFiles, err := fs.Sub(all, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{files: fstest.MapFS{}, zone: time.FixedZone("", 8*60*60)}
	var found finding.List
	b.kinds, found = schema.Load(kindFiles)
	// The kinds of these stories have roles of their own.
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "kind-unknown-role" })
	if len(found) > 0 {
		t.Fatalf("the kinds have findings: %v", found)
	}
	for name, f := range all {
		if filepath.Dir(filepath.Dir(name)) == record.Folder {
			b.files[name] = f
		}
	}
	reg, _, err := record.Load(b.files, b.kinds)
	if err != nil {
		t.Fatal(err)
	}
	if b.cal, _, err = reg.Calendar(b.zone); err != nil {
		t.Fatal(err)
	}
	return b
}

// register reads the records of a tree beside those of the bench.
func (b *bench) register(t testing.TB, tree fs.FS) *record.Register {
	t.Helper()
	files := fstest.MapFS{}
	for name, f := range b.files {
		files[name] = f
	}
	err := fs.WalkDir(tree, record.Folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		data, err := fs.ReadFile(tree, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	reg, _, err := record.Load(files, b.kinds)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

// request reads the history of a commit.
func (b *bench) request(t testing.TB, repo *gitrepo.Repo, head gitrepo.Hash) check.HistoryRequest {
	t.Helper()
	h, err := history.Read(repo, head)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := repo.Files(head)
	if err != nil {
		t.Fatal(err)
	}
	c, err := repo.Commit(head)
	if err != nil {
		t.Fatal(err)
	}
	asOf := c.Committer.When.Add(time.Second)
	for _, m := range h.Commits() { // a clock that goes back hides nothing
		if m.Committer.When.Before(c.Committer.When.AddDate(1, 0, 0)) && !m.Committer.When.Before(asOf) {
			asOf = m.Committer.When.Add(time.Second)
		}
	}
	return check.HistoryRequest{
		Request: check.Request{Register: b.register(t, tree), Calendar: b.cal, Zone: b.zone, AsOf: asOf},
		History: h, Branch: "main", Future: 5 * time.Minute, Substitutions: repo.Substitutions(), Blob: repo.Blob,
	}
}

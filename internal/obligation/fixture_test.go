package obligation

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// kinds are the shipped system kinds and those of testdata.
var kinds = sync.OnceValues(func() (*schema.Registry, finding.List) {
	files := fstest.MapFS{}
	add := func(from fs.FS, wanted func(string) bool) {
		names, _ := fs.Glob(from, "*.*")
		for _, name := range names {
			if data, err := fs.ReadFile(from, name); err == nil && wanted(name) {
				files[name] = &fstest.MapFile{Data: data}
			}
		}
	}
	system := []string{record.PersonKind, record.CalendarKind, record.ObligationKind, record.DisposalKind}
	add(schemas.FS, func(name string) bool {
		kind, _, _ := strings.Cut(name, ".")
		return slices.Contains(system, kind)
	})
	add(os.DirFS("testdata/schemas"), func(string) bool { return true })
	return schema.Load(files)
})

func messages(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bench is a register with its obligations.
type bench struct {
	t           testing.TB
	req         Request
	definitions []*Definition
	found       finding.List
}

// load reads the records of an archive, whose files are named below records/,
// beside the shipped calendars.
func load(t testing.TB, archive, asOf string) *bench {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files["records/"+f.Name] = &fstest.MapFile{Data: complete(f.Name, f.Data)}
	}
	return loadFiles(t, files, asOf)
}

// complete adds what every file has: its kind and its id.
func complete(name string, data []byte) []byte {
	kind, _, _ := strings.Cut(name, "/")
	return append([]byte("schema: "+kind+"/v1\nid: "+record.StemOf(name)+"\n"), data...)
}

func loadFiles(t testing.TB, files fstest.MapFS, asOf string) *bench {
	t.Helper()
	shipped := os.DirFS("../../templates/init")
	names, _ := fs.Glob(shipped, "records/calendar/*.yaml")
	for _, name := range names {
		data, err := fs.ReadFile(shipped, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	registry, found := kinds()
	for _, f := range found {
		t.Errorf("%s: %s", f.Position, f.Message(messages(t).Printer(locale.English)))
	}
	reg, _, err := record.Load(files, registry)
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	cal, found, err := reg.Calendar(zone)
	if err != nil || len(found) > 0 {
		t.Fatalf("calendar: %v, %v", found, err)
	}
	b := &bench{t: t, req: Request{Register: reg, Calendar: cal, AsOf: at(t, asOf)}}
	b.definitions, b.found = Definitions(reg)
	return b
}

// loadRepository reads the newest commit of a repository with its history.
func loadRepository(t testing.TB, script, asOf string) *bench {
	t.Helper()
	repo, err := gitrepo.Open(gittest.Repo(t, script))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	head, err := repo.Resolve("HEAD", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := repo.Files(head)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	err = fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, p)
		files[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := loadFiles(t, files, asOf)
	if b.req.History, err = history.Read(repo, head); err != nil {
		t.Fatal(err)
	}
	return b
}

// at reads "2026-10-01 00:00" in Shanghai.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04:05 -07:00", (s + ":00")[:19]+" +08:00")
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func (b *bench) duties() []Duty { return Duties(b.req, b.definitions) }

// want compares the duties that are due until a moment, one a line, as [tell]
// writes them.
func (b *bench) want(until, want string) {
	b.t.Helper()
	for _, f := range b.found {
		b.t.Errorf("%s: %s", f.Position, f.Message(messages(b.t).Printer(locale.English)))
	}
	b.req.Until = at(b.t, until)
	var lines []string
	duties := b.duties()
	for i := range duties {
		lines = append(lines, tell(&duties[i]))
	}
	got := strings.Join(lines, "\n")
	if want = strings.Trim(strings.ReplaceAll(want, "\t", ""), "\n"); got != want {
		b.t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// tell writes "due state definition subject done=… by=… owner=…".
func tell(d *Duty) string {
	s := d.Due.Format("2006-01-02 15:04") + " " + string(d.State) + " " + d.Definition.ID
	if subject := d.Subject(); subject != "" {
		s += " " + subject
	}
	if !d.Done.IsZero() {
		s += " done=" + d.Done.In(d.Due.Location()).Format("2006-01-02T15:04") + " by=" + d.Evidence
	}
	if d.Owner != "" {
		s += " owner=" + d.Owner
	}
	if !d.Original.IsZero() {
		s += " first=" + d.Original.Format(time.DateOnly)
	}
	if d.Provisional {
		s += " provisional"
	}
	return s
}

func period(t testing.TB, s string) calendar.Period {
	t.Helper()
	p, err := calendar.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

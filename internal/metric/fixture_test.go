package metric

import (
	"io/fs"
	"math/big"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

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

// Read once for all tests, which only read them.
var (
	shippedKinds    = sync.OnceValues(func() (*schema.Registry, finding.List) { return schema.Load(schemas.FS) })
	shippedMessages = sync.OnceValues(func() (*locale.Catalogue, error) { return locale.Load(os.DirFS("../../site/i18n")) })
)

// kinds are the shipped ones.
func kinds(t testing.TB) *schema.Registry {
	t.Helper()
	r, found := shippedKinds()
	if len(found) > 0 {
		t.Fatalf("schemas: %v", found)
	}
	return r
}

func messages(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := shippedMessages()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// initial adds the shipped calendars and KPI definitions to files that have none
// of their own.
func initial(t testing.TB, files fstest.MapFS) fstest.MapFS {
	t.Helper()
	shipped := os.DirFS("../../templates/init")
	err := fs.WalkDir(shipped, "records", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if _, own := files[p]; own {
			return nil
		}
		data, err := fs.ReadFile(shipped, p)
		files[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// bench is a register with its definitions, ready to compute.
type bench struct {
	t           testing.TB
	in          *Inputs
	definitions map[string]*Definition
}

// newBench loads files; findings of the KPI and calendar records end the test.
func newBench(t testing.TB, files fstest.MapFS, asOf string) *bench {
	t.Helper()
	reg, found, err := record.Load(initial(t, files), kinds(t))
	if err != nil {
		t.Fatal(err)
	}
	refuse(t, found, "records/kpi/")
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	cal, found, err := reg.Calendar(zone)
	if err != nil || len(found) > 0 {
		t.Fatalf("calendar: %v, %v", found, err)
	}
	definitions, found := Definitions(reg)
	refuse(t, found, "")
	b := &bench{t: t, definitions: map[string]*Definition{}, in: &Inputs{Register: reg, Calendar: cal, AsOf: at(t, asOf), Messages: messages(t)}}
	for _, d := range definitions {
		b.definitions[d.ID] = d
	}
	return b
}

func refuse(t testing.TB, found finding.List, under string) {
	t.Helper()
	p := messages(t).Printer(locale.English)
	for _, f := range found {
		if strings.HasPrefix(f.Position.Path, under) {
			t.Fatalf("%s: %s", f.Position, f.Message(p))
		}
	}
}

// withHistory plays a script of package gittest and loads what it ends with.
func withHistory(t testing.TB, script, asOf string) *bench {
	t.Helper()
	return loaded(t, gittest.Repo(t, script), asOf)
}

// loaded reads the newest commit of a repository, with its history.
func loaded(t testing.TB, dir, asOf string) *bench {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	head, err := repo.Resolve("HEAD", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	tree, err := repo.Files(head)
	if err != nil {
		t.Fatal(err)
	}
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
	b := newBench(t, files, asOf)
	if b.in.History, err = history.Read(repo, head); err != nil {
		t.Fatal(err)
	}
	b.in.Commit = head
	return b
}

func (b *bench) result(kpi, period string, basis Basis) Result {
	b.t.Helper()
	p, err := calendar.ParsePeriod(period)
	if err != nil {
		b.t.Fatal(err)
	}
	d := b.definitions[kpi]
	if d == nil {
		b.t.Fatalf("no definition %s", kpi)
	}
	return d.Compute(b.in, p, basis)
}

// want compares a result with "status value num/den excluded=… notyet=… flagged=…"
// where lists are ids.
func (b *bench) want(kpi, period string, basis Basis, want string) {
	b.t.Helper()
	if got := tell(b.result(kpi, period, basis)); got != want {
		b.t.Errorf("%s %s %s:\n got %s\nwant %s", kpi, period, basis, got, want)
	}
}

func tell(r Result) string {
	value := "none"
	if r.Value != nil {
		value = r.Value.RatString()
	}
	s := string(r.Status) + " " + value
	for _, part := range []struct {
		name string
		list []Evidence
	}{{"num", r.Numerator}, {"den", r.Denominator}, {"excluded", r.Excluded}, {"notyet", r.NotYetDue}, {"flagged", r.Flagged}} {
		if len(part.list) > 0 {
			s += " " + part.name + "=" + ids(part.list)
		}
	}
	return s
}

func ids(list []Evidence) string {
	var names []string
	for _, e := range list {
		name := e.Record
		if e.Item != "" {
			name += "/" + e.Item
		}
		names = append(names, name)
	}
	return strings.Join(names, ",")
}

// at reads "2026-10-01 00:00" in Shanghai.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04 -07:00", s+" +08:00")
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// complaint writes a complaint from its number, when it was received, further
// fields, and steps as "state 2026-09-01 10:00".
func complaint(id, received, fields string, steps ...string) string {
	var b strings.Builder
	b.WriteString("schema: complaint/v1\nid: " + id + "\n")
	b.WriteString("received_at: \"" + iso(received) + "\"\n")
	status := ""
	list := ""
	for _, s := range steps {
		state, when, _ := strings.Cut(s, " ")
		status = state
		list += "  - {to: " + state + ", at: \"" + iso(when) + "\", by: u-wangl, role: complaint_handler}\n"
	}
	for _, defaults := range []string{"origin: native", "provisional_severity: general"} {
		key, _, _ := strings.Cut(defaults, ":")
		if !strings.Contains("\n"+fields, "\n"+key+":") {
			b.WriteString(defaults + "\n")
		}
	}
	b.WriteString("status: " + status + "\n" + fields)
	b.WriteString("transitions:\n" + list)
	return b.String()
}

func iso(s string) string { return strings.Replace(s, " ", "T", 1) + ":00+08:00" }

func put(files fstest.MapFS, kind, id, body string) {
	files["records/"+kind+"/"+id+".yaml"] = &fstest.MapFile{Data: []byte(body)}
}

func rat(n, d int64) *big.Rat { return big.NewRat(n, d) }

package serve

import (
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kept/internal/demo"
	"kept/internal/pipeline"
	"kept/schemas"
	"kept/templates"
)

// grown spares the benchmark the two minutes that its demo takes.
var grown = flag.String("ledger", "", "a repository of `kept demo --records 10000` for BenchmarkSave; its last record is written and restored")

// saver is a running server of a work tree, for a benchmark.
type saver struct {
	b       *testing.B
	dir     string
	project *pipeline.Project
	live    *pipeline.Live
	server  *Server
	address string
}

func newSaver(b *testing.B) *saver {
	d := &saver{b: b, dir: *grown}
	if d.dir == "" {
		d.dir = filepath.Join(b.TempDir(), "ledger")
		if _, err := demo.Play(demo.Request{Dir: d.dir, Records: 10000, Schemas: schemas.FS, Templates: templates.FS}); err != nil {
			b.Fatal(err)
		}
	}
	var err error
	if d.project, err = pipeline.Open(d.dir, "bench"); err != nil {
		b.Fatal(err)
	}
	if d.live, err = d.project.Live(pipeline.LiveRequest{Now: time.Now}); err != nil {
		b.Fatal(err)
	}
	listener, err := Listen(0)
	if err != nil {
		b.Fatal(err)
	}
	if d.server, err = New(Request{Live: d.live, Messages: d.project.Messages}, listener); err != nil {
		b.Fatal(err)
	}
	d.address = "http://" + listener.Addr().String() + "/"
	ctx := b.Context()
	go d.live.Run(ctx)
	go func() { _ = d.server.Serve(ctx) }()
	return d
}

// quiet waits until nothing is worked out in the background.
func (d *saver) quiet() {
	for p := d.live.Present(); !p.Judged || !p.Current(); p = d.live.Present() {
		<-d.live.Changed(p.Version)
	}
}

// read reads a page to its last byte.
func (d *saver) read(page string) {
	r, _ := http.NewRequest(http.MethodGet, d.address+page, nil)
	r.AddCookie(&http.Cookie{Name: d.server.cookie(), Value: d.server.session})
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		d.b.Fatal(err)
	}
	size, _ := io.Copy(io.Discard, res.Body)
	res.Body.Close()
	if res.StatusCode != http.StatusOK || size < 1000 {
		d.b.Fatalf("%s is %d with %d bytes", page, res.StatusCode, size)
	}
}

// save writes text as an editor does and waits for the state that has it.
func (d *saver) save(path string, text []byte) {
	before := d.live.Present().Version
	if err := os.WriteFile(path, text, 0o666); err != nil {
		d.b.Fatal(err)
	}
	<-d.live.Changed(before)
}

// BenchmarkSave measures, at 10,000 records, wall clock from a save in an editor to
// the last byte of one page of the state that has it: the record's own, the home
// page, its register, and the first file of the search's index, which was asked for
// once before. Each save is followed by one page
// alone, and by the next save when the background is done. Beside it in the same run:
// git status and a whole check of the same work tree.
func BenchmarkSave(b *testing.B) {
	start := time.Now()
	d := newSaver(b)
	opened := time.Since(start)
	d.quiet()
	ready := time.Since(start)
	var at, page, register string
	for rec := range d.live.Present().Register.Of("complaint") {
		at, page = filepath.Join(d.dir, filepath.FromSlash(rec.Path)), pageOf("zh-CN", rec.Path)
	}
	register = filepath.ToSlash(filepath.Dir(page)) + "/index.html"
	pages := [...]struct{ name, page string }{
		{"record", page}, {"home", "zh-CN/index.html"}, {"register", register}, {"search", "zh-CN/search/0.js"},
	}
	text, err := os.ReadFile(at)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.WriteFile(at, text, 0o666) })
	saved := text
	cold := time.Now()
	d.read(pages[len(pages)-1].page) // what later ones take over
	first := time.Since(cold)
	var sums [len(pages)]time.Duration
	var judged time.Duration
	n := 0
	for b.Loop() {
		n++
		for i, p := range pages {
			saved = append(saved[:len(saved):len(saved)], "# saved\n"...)
			start := time.Now()
			d.save(at, saved)
			d.read(p.page)
			sums[i] += time.Since(start)
			d.quiet()
			judged += time.Since(start)
		}
	}
	for i, p := range pages {
		b.ReportMetric(sums[i].Seconds()/float64(n), "s/"+p.name)
	}
	b.ReportMetric(judged.Seconds()/float64(n*len(pages)), "s/judged")
	b.ReportMetric(first.Seconds(), "s/search-at-first")
	b.ReportMetric(opened.Seconds(), "s/open")
	b.ReportMetric(ready.Seconds(), "s/ready")
	git, check := d.compare()
	b.ReportMetric(git.Seconds(), "s/git-status")
	b.ReportMetric(check.Seconds(), "s/check")
	if each := sums[0] / time.Duration(n); each > check/2 {
		b.Errorf("a save shows after %v, a whole check takes %v", each, check)
	}
}

// compare times git status and a whole check of the work tree.
func (d *saver) compare() (git, check time.Duration) {
	start := time.Now()
	if out, err := exec.Command("git", "-C", d.dir, "status", "--porcelain").CombinedOutput(); err != nil {
		d.b.Fatalf("%v\n%s", err, out)
	}
	git, start = time.Since(start), time.Now()
	whole, err := d.project.WorkTree(time.Time{})
	if err != nil {
		d.b.Fatal(err)
	}
	whole.Judge()
	return git, time.Since(start)
}

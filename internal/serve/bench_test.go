package serve

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kept/internal/demo"
	"kept/internal/pipeline"
	"kept/schemas"
	"kept/templates"
)

// BenchmarkSave measures, at 10,000 records, from a save in an editor to the last
// byte of the record's new page, and how much of one whole check of the same work
// tree that takes on the same machine: at most a half.
func BenchmarkSave(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "ledger")
	if _, err := demo.Play(demo.Request{Dir: dir, Records: 10000, Schemas: schemas.FS, Templates: templates.FS}); err != nil {
		b.Fatal(err)
	}
	project, err := pipeline.Open(dir, "bench")
	if err != nil {
		b.Fatal(err)
	}
	live, err := project.Live(pipeline.LiveRequest{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	listener, err := Listen(0)
	if err != nil {
		b.Fatal(err)
	}
	server, err := New(Request{Live: live, Messages: project.Messages}, listener)
	if err != nil {
		b.Fatal(err)
	}
	ctx := b.Context()
	go func() { _ = live.Run(ctx) }()
	go func() { _ = server.Serve(ctx) }()
	quiet := func() {
		for p := live.Present(); !p.Judged || !p.Current(); p = live.Present() {
			<-live.Changed(p.Version)
		}
	}
	quiet()
	start := time.Now()
	whole, err := project.WorkTree(time.Time{})
	if err != nil {
		b.Fatal(err)
	}
	whole.Judge()
	check := time.Since(start)
	var at, page string
	for rec := range live.Present().Register.Of("complaint") {
		at, page = filepath.Join(dir, filepath.FromSlash(rec.Path)), pageOf("zh-CN", rec.Path)
	}
	text, err := os.ReadFile(at)
	if err != nil {
		b.Fatal(err)
	}
	var saving time.Duration
	n := 0
	for b.Loop() {
		n++
		text = append(text, "# saved\n"...)
		before := live.Present().Version
		start := time.Now()
		if err := os.WriteFile(at, text, 0o666); err != nil {
			b.Fatal(err)
		}
		<-live.Changed(before)
		r, _ := http.NewRequest(http.MethodGet, "http://"+listener.Addr().String()+"/"+page, nil)
		r.AddCookie(&http.Cookie{Name: server.cookie(), Value: server.session})
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		size, _ := io.Copy(io.Discard, res.Body)
		res.Body.Close()
		saving += time.Since(start)
		if res.StatusCode != http.StatusOK || size < 1000 {
			b.Fatalf("the page is %d with %d bytes", res.StatusCode, size)
		}
		b.StopTimer()
		quiet()
		b.StartTimer()
	}
	each := saving / time.Duration(n)
	b.ReportMetric(each.Seconds(), "s/save")
	b.ReportMetric(check.Seconds(), "s/check")
	b.ReportMetric(float64(each)/float64(check), "×check")
	if each > check/2 {
		b.Errorf("a save shows after %v, a whole check takes %v", each, check)
	}
}

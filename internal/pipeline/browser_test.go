package pipeline_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kept/internal/demo"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/tooltest"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

// pageTypes is one page of each template in each language, and pages of every
// sort of record that the demo keeps.
func pageTypes(t *testing.T, public string) []string {
	t.Helper()
	pages := []string{"index.html"}
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		for _, pattern := range []string{
			"index.html", "findings.html", "kpi/index.html", "kpi/K01.html", "kpi/K01/*.html", "doc/index.html", "doc/*.html",
			"*/index.html", "complaint/TS-*.html", "customer/KH-*.html", "survey/MY-*.html", "questionnaire/WJ-*.html", "calendar/CN-*.html", "person/u-*.html",
			"due/index.html", "due/calendar.html", "clauses.html", "clause/C-*.html", "obligation/OB-*.html", "rule/index.html", "rule/complaint-*.html", "rule/audit-*.html",
		} {
			found, err := filepath.Glob(filepath.Join(public, string(lang), filepath.FromSlash(pattern)))
			if err != nil || len(found) == 0 {
				t.Fatalf("no page is like %s/%s (%v)", lang, pattern, err)
			}
			if pattern != "*/index.html" {
				found = found[len(found)-1:]
			}
			for _, name := range found {
				rel, err := filepath.Rel(public, name)
				if err != nil {
					t.Fatal(err)
				}
				pages = append(pages, filepath.ToSlash(rel))
			}
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

// builtDemo is the portal of a small demo.
func builtDemo(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "records")
	if _, err := demo.Play(demo.Request{Dir: dir, Records: 200, Schemas: schemas.FS, Templates: templates.FS, Site: site.Procedure}); err != nil {
		t.Fatal(err)
	}
	project, err := pipeline.Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "site", "public")
	if _, err := project.Build(pipeline.BuildRequest{Out: out}); err != nil {
		t.Fatal(err)
	}
	return out
}

// browser is one headless Chromium that writes down what goes wrong in it.
type browser struct {
	ctx    context.Context
	origin string // what a request may begin with
	mu     sync.Mutex
	wrong  []string
}

func start(t *testing.T) *browser {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(tooltest.Need(t, "chromium"))}
	for _, flag := range tooltest.ChromiumFlags(t.TempDir()) {
		name, value, given := strings.Cut(strings.TrimPrefix(flag, "--"), "=")
		if name == "host-resolver-rules" {
			value += ", EXCLUDE 127.0.0.1"
		}
		if given {
			options = append(options, chromedp.Flag(name, value))
		} else {
			options = append(options, chromedp.Flag(name, true))
		}
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	limited, cancel := context.WithTimeout(allocator, tooltest.Limit)
	t.Cleanup(cancel)
	ctx, end := chromedp.NewContext(limited)
	t.Cleanup(end)
	b := &browser{ctx: ctx}
	must(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	must(t, chromedp.Listen(ctx, b.listen))
	_, err := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	must(t, err)
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	return b
}

func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.wrong = append(b.wrong, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.wrong = append(b.wrong, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		b.wrong = append(b.wrong, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventLoadingFailed:
		b.wrong = append(b.wrong, "failed request: "+e.ErrorText)
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.origin) {
			b.wrong = append(b.wrong, "foreign request: "+e.Request.URL)
		}
	case *network.EventResponseReceived:
		if e.Response.Status >= 400 {
			b.wrong = append(b.wrong, fmt.Sprintf("%d for %s", e.Response.Status, e.Response.URL))
		}
	}
}

func (b *browser) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval is the value of an expression in the page.
func eval[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("evaluate %s: %v", expression, err)
	}
	return out
}

// complaints gives out what went wrong since the last call.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.wrong
	b.wrong = nil
	return said
}

func (b *browser) width(t *testing.T, px int64) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: px, Height: 900, DeviceScaleFactor: 1, Mobile: px < 500,
	})
	must(t, err)
}

// widest names what sticks out of a page that scrolls sideways, "" for none.
const widest = `(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > room + 1);
  return document.documentElement.scrollWidth + " px: " + out.slice(0, 3).map(e => e.tagName + "." + e.className).join(", ");
})()`

// TestPortalInABrowser opens the pages from the disk and over HTTP below a
// path, as they are read in a company: from a share, and from a forge's pages.
func TestPortalInABrowser(t *testing.T) {
	public := builtDemo(t)
	pages := pageTypes(t, public)
	mux := http.NewServeMux()
	mux.Handle("/any/path/", http.StripPrefix("/any/path/", http.FileServer(http.Dir(public))))
	server := httptest.NewServer(mux)
	defer server.Close()
	b := start(t)
	for _, c := range []struct{ name, base string }{
		{"disk", "file://" + filepath.ToSlash(public) + "/"},
		{"HTTP", server.URL + "/any/path/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b.origin = c.base
			for _, page := range pages {
				b.visit(t, c.base, page)
			}
		})
	}
	b.origin = server.URL
	t.Run("register", func(t *testing.T) { b.register(t, server.URL+"/any/path/zh-CN/complaint/index.html") })
	t.Run("keyboard", func(t *testing.T) { b.keyboard(t, server.URL+"/any/path/zh-CN/complaint/index.html") })
}

func (b *browser) visit(t *testing.T, base, page string) {
	t.Helper()
	b.width(t, 1440)
	b.do(t, chromedp.Navigate(base+page), chromedp.WaitReady(chromedp.CSS("body")))
	for _, px := range []int64{1440, 360} {
		b.width(t, px)
		if out := eval[string](t, b, widest); out != "" {
			t.Errorf("%s scrolls sideways at %d px: %s", page, px, out)
		}
	}
	for _, said := range b.complaints() {
		t.Errorf("%s: %s", page, said)
	}
}

// register filters and sorts.
func (b *browser) register(t *testing.T, page string) {
	const visible = `[...document.querySelectorAll(".register tbody tr")].filter(r => !r.hidden).map(r => r.cells[0].textContent)`
	b.width(t, 1440)
	b.do(t, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("#q")))
	all := eval[[]string](t, b, visible)
	if len(all) < 10 {
		t.Fatalf("the register has %d rows", len(all))
	}
	b.do(t, chromedp.SendKeys(chromedp.CSS("#q"), all[3]))
	if got := eval[[]string](t, b, visible); !slices.Equal(got, all[3:4]) {
		t.Errorf("the filter %q leaves %q", all[3], got)
	}
	if got, want := eval[string](t, b, `document.getElementById("shown").textContent`), fmt.Sprintf("1 / %d", len(all)); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	b.do(t, chromedp.Reload(), chromedp.WaitVisible(chromedp.CSS("#q")))
	if got := eval[[]string](t, b, visible); !slices.Equal(got, all[3:4]) {
		t.Errorf("the address does not keep the filter: %q", got)
	}
	eval[bool](t, b, `(q => { q.value = ""; return q.dispatchEvent(new Event("input")); })(document.getElementById("q"))`)
	b.do(t, chromedp.Click(chromedp.CSS(".tools button:first-of-type")))
	count := eval[string](t, b, `document.querySelector(".tools button .n").textContent`)
	if got := eval[[]string](t, b, visible); fmt.Sprint(len(got)) != count || len(got) == len(all) {
		t.Errorf("the first state has %d rows, its button says %s of %d", len(got), count, len(all))
	}
	b.do(t, chromedp.Click(chromedp.CSS(".tools button:first-of-type")), chromedp.Click(chromedp.CSS(".register .sort")))
	rising := slices.Sorted(slices.Values(all))
	if got := eval[[]string](t, b, visible); !slices.Equal(got, rising) {
		t.Errorf("sorted by number: %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS(".register .sort")))
	slices.Reverse(rising)
	if got := eval[[]string](t, b, visible); !slices.Equal(got, rising) {
		t.Errorf("sorted by number, downwards: %q", got)
	}
	for _, said := range b.complaints() {
		t.Errorf("the register: %s", said)
	}
}

// keyboard walks by Tab: the skip link comes first, and whatever has the focus
// shows it.
func (b *browser) keyboard(t *testing.T, page string) {
	const focused = `(() => {
	  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
	  return [e.className || e.tagName, String(s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2), String(r.right > 0 && r.bottom > 0 && r.width > 0)];
	})()`
	b.do(t, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("#q")))
	for i := range 40 {
		b.do(t, chromedp.KeyEvent(kb.Tab))
		got := eval[[]string](t, b, focused)
		if i == 0 && got[0] != "skip" {
			t.Errorf("the first stop is %q, want the skip link", got[0])
		}
		if got[1] != "true" || got[2] != "true" {
			t.Errorf("stop %d, %q: outline %s, in sight %s", i+1, got[0], got[1], got[2])
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

package pipeline_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/browsertest"
)

const complaints = "zh-CN/complaint/index.html"

// registerPage is the register of a page as its reader sees it.
type registerPage struct {
	*browsertest.Browser
	t *testing.T
}

func (p *registerPage) strings(expression string) []string {
	p.t.Helper()
	return browsertest.Eval[[]string](p.Browser, expression)
}

// ids are the rows in the page, in order.
func (p *registerPage) ids() []string {
	p.t.Helper()
	return p.strings(`[...document.querySelectorAll(".register tbody tr")].map(r => r.cells[0].textContent.trim())`)
}

// column is the texts of a column, by the key of its head.
func (p *registerPage) column(key string) []string {
	p.t.Helper()
	return p.strings(`(() => {
	  const at = [...document.querySelectorAll(".register th")].findIndex(h => h.dataset.key === "` + key + `");
	  return [...document.querySelectorAll(".register tbody tr")].map(r => r.cells[at].textContent.trim());
	})()`)
}

func (p *registerPage) said() string {
	p.t.Helper()
	return browsertest.Eval[string](p.Browser, `document.getElementById("shown").textContent`)
}

func (p *registerPage) type_(text string) {
	p.t.Helper()
	browsertest.Eval[bool](p.Browser, `(q => { q.value = `+fmt.Sprintf("%q", text)+`; return q.dispatchEvent(new Event("input")); })(document.getElementById("q"))`)
}

// tick ticks an option of a facet, in the open menu as a reader does.
func (p *registerPage) tick(facet, option string) {
	p.t.Helper()
	at := `[data-key="` + facet + `"]`
	if !browsertest.Eval[bool](p.Browser, `document.querySelector('`+at+`').open`) {
		p.Click(at + ` summary`)
	}
	p.Click(at + ` [value="` + option + `"]`)
}

// counts are the options of a facet in sight with their numbers.
func (p *registerPage) counts(facet string) []string {
	p.t.Helper()
	return p.strings(`[...document.querySelectorAll('[data-key="` + facet + `"] label')].filter(l => !l.hidden).map(l => l.firstElementChild.value + " " + l.lastElementChild.textContent)`)
}

func (p *registerPage) quiet() {
	p.t.Helper()
	for _, said := range p.Complaints() {
		p.t.Errorf("the register: %s", said)
	}
}

func TestRegisterInABrowser(t *testing.T) {
	public := browsertest.Demo(t).Public
	b := browsertest.Start(t)
	b.Origin(browsertest.Serve(t, public))
	for name, test := range map[string]func(*registerPage){
		"words": registerWords, "facets": registerFacets, "order": registerOrder, "period": registerPeriod, "address": registerAddress, "link": registerLink,
	} {
		t.Run(name, func(t *testing.T) {
			p := &registerPage{b.On(t), t}
			p.Width(1440)
			p.Open("index.html")
			p.Open(complaints)
			test(p)
			p.quiet()
		})
	}
}

// registerWords looks for several words, in any width and case, inside of Chinese.
func registerWords(p *registerPage) {
	all := p.ids()
	if len(all) < 10 {
		p.t.Fatalf("the register has %d rows", len(all))
	}
	customer := []rune(p.column("customer")[3])
	wide := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + '０' - '0'
		}
		return r
	}, all[3])
	for _, words := range []string{all[3], strings.ToLower(all[3]), wide, string(customer[3:6]) + "　" + all[3][3:]} {
		p.type_(words)
		if got := p.ids(); !slices.Equal(got, all[3:4]) {
			p.t.Errorf("%q leaves %q, want %s", words, got, all[3])
		}
		if got, want := p.said(), fmt.Sprintf("1 / %d", len(all)); strings.TrimSpace(got) != want {
			p.t.Errorf("it says %q, want %q", got, want)
		}
	}
	p.type_("没有这样的词")
	if got := browsertest.Eval[bool](p.Browser, `document.querySelector(".none").hidden`); got || len(p.ids()) > 0 {
		p.t.Error("an empty result does not say how to get out")
	}
	p.Click("#clear")
	if got := p.ids(); !slices.Equal(got, all) {
		p.t.Errorf("clearing leaves %d of %d rows", len(got), len(all))
	}
}

// registerFacets chooses by two facets and compares the counts with the rows.
func registerFacets(p *registerPage) {
	all, states := p.ids(), p.counts("status")
	p.tick("severity", "general")
	p.tick("severity", "critical")
	chosen := p.column("severity")
	for _, text := range chosen {
		if text != "一般" && text != "特别重大" {
			p.t.Errorf("a row is %q", text)
		}
	}
	if len(chosen) == 0 || len(chosen) == len(all) {
		p.t.Fatalf("the facet leaves %d of %d rows", len(chosen), len(all))
	}
	narrowed := p.counts("status")
	if slices.Equal(narrowed, states) {
		p.t.Errorf("the counts of states stay %q", states)
	}
	total := 0
	for _, c := range narrowed {
		key, n, _ := strings.Cut(c, " ")
		p.tick("status", key)
		rows := len(p.ids())
		if fmt.Sprint(rows) != n {
			p.t.Errorf("state %s says %s and leaves %d rows", key, n, rows)
		}
		p.tick("status", key)
		total += rows
	}
	if total != len(chosen) {
		p.t.Errorf("the states have %d rows, the facet %d", total, len(chosen))
	}
	if got := p.counts("severity"); len(got) < 2 {
		p.t.Errorf("a facet does not offer what it would add: %q", got)
	}
}

// registerOrder sorts by number, by time, by what has an order of its own and by
// pinyin; empty cells come last.
func registerOrder(p *registerPage) {
	head := func(key string) { p.Click(`.register th[data-key="` + key + `"] .sort`) }
	before := p.ids()
	head("received_at")
	times := p.column("received_at")
	if !slices.IsSorted(times) {
		p.t.Errorf("by time: %q", times)
	}
	head("received_at")
	slices.Reverse(times)
	if got := p.column("received_at"); !slices.Equal(got, times) {
		p.t.Errorf("by time, downwards: %q", got)
	}
	head("received_at")
	if got := p.ids(); !slices.Equal(got, before) {
		p.t.Errorf("the third click does not give back the order of the page")
	}
	head("severity")
	ranks := []string{"特别重大", "重大", "较大", "一般", ""}
	last := 0
	for _, text := range p.column("severity") {
		at := slices.Index(ranks, text)
		if at < last {
			p.t.Errorf("by severity: %q", p.column("severity"))
			break
		}
		last = at
	}
	head("customer")
	if got, want := p.column("customer"), p.strings(`(() => {
	  const at = [...document.querySelectorAll(".register th")].findIndex(h => h.dataset.key === "customer");
	  return [...document.querySelectorAll(".register tbody tr")].map(r => r.cells[at].textContent.trim()).sort(new Intl.Collator("zh-CN-u-co-pinyin").compare);
	})()`); !slices.Equal(got, want) || slices.IsSorted(got) {
		p.t.Errorf("by customer: %q", got)
	}
	head("closed_at")
	if got := p.column("closed_at"); got[0] == "" || got[len(got)-1] != "" {
		p.t.Errorf("empty cells do not come last: %q", got)
	}
	if got := p.strings(`[...document.querySelectorAll("[aria-sort=ascending]")].map(h => h.dataset.key)`); !slices.Equal(got, []string{"closed_at"}) {
		p.t.Errorf("ordered by %q", got)
	}
}

// registerPeriod shows the rows of the period in the address.
func registerPeriod(p *registerPage) {
	days := p.column("received_at")
	for period, within := range map[string]func(string) bool{
		"2025":    func(d string) bool { return d < "2026" && d >= "2025" },
		"2025-H1": func(d string) bool { return d >= "2025-01" && d < "2025-07" },
		"2025-Q4": func(d string) bool { return d >= "2025-10" && d < "2026" },
		"2025-12": func(d string) bool { return d >= "2025-12" && d < "2026" },
	} {
		p.Open("index.html")
		p.Open(complaints + "#p=" + period)
		want := slices.DeleteFunc(slices.Clone(days), func(d string) bool { return !within(d) })
		if got := p.column("received_at"); !slices.Equal(got, want) || len(want) == 0 {
			p.t.Errorf("%s shows %q, want %q", period, got, want)
		}
		if got := p.said(); !strings.Contains(got, period) {
			p.t.Errorf("%s: it says %q", period, got)
		}
	}
}

// registerAddress keeps everything in the address, where Back finds it, and makes no
// steps of its own to go back through.
func registerAddress(p *registerPage) {
	visited := browsertest.Eval[int](p.Browser, `history.length`)
	p.type_("示例")
	p.tick("severity", "moderate")
	p.Click(`.register th[data-key="received_at"] .sort`)
	want := p.ids()
	if hash := browsertest.Eval[string](p.Browser, `decodeURIComponent(location.hash)`); hash != "#q=示例&f.severity=moderate&sort=received_at" {
		p.t.Errorf("the address holds %s", hash)
	}
	p.Reload()
	if got := p.ids(); !slices.Equal(got, want) || len(want) == 0 {
		p.t.Errorf("reloaded it shows %q, want %q", got, want)
	}
	if n := browsertest.Eval[int](p.Browser, `history.length`); n != visited {
		p.t.Errorf("choosing adds %d pages to go back through", n-visited)
	}
	browsertest.Eval[bool](p.Browser, `(location.hash = "#main", true)`)
	if got := p.ids(); !slices.Equal(got, want) {
		p.t.Errorf("the skip link changes the rows to %q", got)
	}
	browsertest.Eval[bool](p.Browser, `(location.hash = "#f.severity=general", true)`)
	p.Wait(`document.querySelector("[value=general]").checked`)
	if got := p.counts("severity"); len(got) < 2 || browsertest.Eval[string](p.Browser, `document.getElementById("q").value`) != "" {
		p.t.Error("another address in the same page is not followed")
	}
}

// registerLink hands out the address of the view.
func registerLink(p *registerPage) {
	browsertest.Eval[bool](p.Browser, `(navigator.clipboard.writeText = s => { window.copied = s; return Promise.resolve(); }, true)`)
	p.type_("工程师")
	p.Click("#link")
	p.Wait(`window.copied`)
	if got := browsertest.Eval[bool](p.Browser, `copied === location.href && copied.includes("#q=")`); !got {
		p.t.Error("the copied link is not the address")
	}
}

// manyRows is how many rows must stay fluid.
const manyRows = 10_000

var registerRows = regexp.MustCompile(`(?s)<tbody>\n(.*?)</tbody>`)

// longRegister writes a page like the register of complaints with n rows into a
// folder of its own, and gives the folder and the bytes of a row.
func longRegister(t *testing.T, public string, n int) (string, int) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(complaints)))
	if err != nil {
		t.Fatal(err)
	}
	found := registerRows.FindSubmatchIndex(page)
	if found == nil {
		t.Fatal("the register has no rows")
	}
	rows := strings.SplitAfter(string(page[found[2]:found[3]]), "\n<tr")
	var b strings.Builder
	for i := range n {
		if i == 100 {
			b.WriteString("</tbody>\n<tbody class=\"more\">\n")
		}
		row := strings.TrimPrefix(strings.TrimSuffix(rows[i%len(rows)], "<tr"), "<tr")
		cells := strings.SplitN(row, "\n<td", 8)
		cells[0] = regexp.MustCompile(`TS-[0-9-]+<`).ReplaceAllString(cells[0], fmt.Sprintf("TS-2026-%05d<", i))
		cells[4] += fmt.Sprintf("，第%c%c批%d", '一'+rune(i*37%5000), '一'+rune(i*101%5000), i)
		b.WriteString("<tr" + strings.TrimRight(strings.Join(cells, "\n<td"), "\n") + "\n")
	}
	dir := t.TempDir()
	for _, folder := range []string{"assets", "zh-CN"} {
		if err := os.MkdirAll(filepath.Join(dir, folder, "complaint"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	assets, err := fs.Glob(os.DirFS(public), "assets/*.*")
	if err != nil || len(assets) == 0 {
		t.Fatalf("no assets (%v)", err)
	}
	for _, name := range append(assets, "zh-CN/figures.js") {
		data, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(name)))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	long := string(page[:found[2]]) + b.String() + string(page[found[3]:])
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(complaints)), []byte(long), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir, b.Len() / n
}

// least is the least work that an act of several takes.
func least(b *browsertest.Browser, times int, act func(int)) time.Duration {
	found := time.Hour
	for i := range times {
		found = min(found, b.Work(func() { act(i) }))
	}
	return found
}

// TestRegisterOfTenThousandRows keeps a long register fluid and prints all that fits.
func TestRegisterOfTenThousandRows(t *testing.T) {
	dir, weight := longRegister(t, browsertest.Demo(t).Public, manyRows)
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(dir))
	p := &registerPage{b, t}
	p.Open(complaints)
	ready := b.Work(p.Reload)
	const rows = `document.querySelectorAll(".register tbody tr").length`
	if n := browsertest.Eval[int](b, rows); n >= 1000 {
		t.Errorf("%d rows are in the page at first", n)
	}
	stroke := least(b, 6, func(i int) { p.type_("物流公司"[:3*(i%4+1)]) })
	p.type_("")
	sort := least(b, 3, func(int) {
		browsertest.Eval[bool](b, `(document.querySelector('[data-key="subject"] .sort').click(), true)`)
	})
	scroll := least(b, 8, func(int) {
		browsertest.Eval[bool](b, `(s => { s.scrollTop = s.scrollHeight; return true; })(document.querySelector(".register .scroll"))`)
	})
	t.Logf("%d rows of %d bytes: opened with %v of work, a keystroke %v, sorted %v, the next rows %v", manyRows, weight, ready, stroke, sort, scroll)
	for _, c := range []struct {
		what        string
		took, allow time.Duration
	}{{"opening", ready, 4 * time.Second}, {"a keystroke", stroke, 100 * time.Millisecond}, {"sorting", sort, 500 * time.Millisecond}, {"the next rows", scroll, 200 * time.Millisecond}} {
		if c.took > c.allow {
			t.Errorf("%s takes %v of work, allowed are %v", c.what, c.took, c.allow)
		}
	}
	if weight > 1000 {
		t.Errorf("a row has %d bytes", weight)
	}
	p.type_("批９９９９")
	if n := strings.Fields(p.said()); len(n) == 0 || n[0] != "1" {
		t.Errorf("words find %q among the rows that are not in the page, want one", n)
	}
	p.type_("")
	if n := browsertest.Eval[int](b, `(dispatchEvent(new Event("beforeprint")), `+rows+`)`); n != manyRows {
		t.Errorf("%d rows are printed, want %d", n, manyRows)
	}
	p.quiet()
}

func TestRegisterWithoutScripts(t *testing.T) {
	const rows = 300
	dir, _ := longRegister(t, browsertest.Demo(t).Public, rows)
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(dir))
	b.Scripts(false)
	b.Open(complaints)
	if n := browsertest.Eval[int](b, `[...document.querySelectorAll(".register tbody tr")].filter(r => r.checkVisibility()).length`); n != rows {
		t.Errorf("%d rows are shown, want %d", n, rows)
	}
	if browsertest.Eval[bool](b, `document.querySelector(".tools").checkVisibility()`) {
		t.Error("what chooses rows is shown and does nothing")
	}
}

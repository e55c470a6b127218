package pipeline_test

import (
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// TestPeriodPicker picks periods as a reader does: figures, chart, table and
// registers follow, links carry the period along, and the address gives it back.
func TestPeriodPicker(t *testing.T) {
	site := browsertest.Demo(t)
	d := readPicked(t, site.Public, "zh-CN")
	b := browsertest.Start(t)
	for _, c := range []struct{ name, base string }{
		{"disk", browsertest.Disk(site.Public)}, {"HTTP", browsertest.Serve(t, site.Public)},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := picker{b.On(t), t, &d, c.base}
			p.Origin(c.base)
			p.Width(1440)
			p.home()
			p.kpi()
			p.register()
			p.alone()
			for _, said := range p.Complaints() {
				t.Error(said)
			}
		})
	}
	t.Run("without scripts", func(t *testing.T) { picker{b.On(t), t, &d, ""}.unscripted() })
}

type picker struct {
	*browsertest.Browser
	t    *testing.T
	d    *picked
	base string
}

// follow opens what a click on a link leads to.
func (p picker) follow(selector string) string {
	p.t.Helper()
	href := browsertest.Eval[string](p.Browser, `(a => { a.addEventListener("click", e => e.preventDefault()); a.click(); return a.href; })(document.querySelector('`+selector+`'))`)
	page, inside := strings.CutPrefix(href, p.base)
	if !inside {
		p.t.Fatalf("%s leads outside: %s", selector, href)
	}
	p.Open(page)
	return page
}

func (p picker) text(selector string) string {
	p.t.Helper()
	return browsertest.Eval[string](p.Browser, `document.querySelector('`+selector+`').textContent.trim()`)
}

func (p picker) figure(kpi, period string, i int) string {
	return p.d.word(p.d.KPIs[kpi].At[period], i)
}

// pick chooses in the first or the second list of the header.
func (p picker) pick(list int, value string) {
	p.t.Helper()
	browsertest.Eval[bool](p.Browser, `(() => {
	  const s = document.querySelectorAll(".period select")[`+string(rune('0'+list))+`];
	  s.value = "`+value+`"; return s.dispatchEvent(new Event("change", {bubbles: true}));
	})()`)
}

func (p picker) home() {
	const card = `[data-kpi="K01"] `
	p.Open("zh-CN/index.html")
	first := p.text(card + `[data-f=""]`)
	if loaded := browsertest.Eval[int](p.Browser, `document.querySelectorAll("script[src*=figures]").length`); loaded != 0 {
		p.t.Error("the figures of all periods are loaded before one is picked")
	}
	p.pick(0, "quarter")
	p.Wait(`document.querySelector('` + card + `[data-f=""]').textContent !== "` + first + `"`)
	quarter := p.d.Newest.As["quarter"]
	if got := browsertest.Eval[string](p.Browser, `kept.get("p")`); got != quarter {
		p.t.Errorf("the address says %q, want the newest complete quarter %s", got, quarter)
	}
	p.same(card, "K01", quarter)
	if got, want := p.text(`[data-kpi="K12"] [data-f="1"]`), p.d.word(p.d.KPIs["K12"].None, 1); got != want {
		p.t.Errorf("a half-yearly indicator in a quarter says %q, want %q", got, want)
	}
	p.pick(1, "2025-Q3")
	p.same(card, "K01", "2025-Q3")
	p.Click(".period button:last-of-type")
	p.same(card, "K01", "2025-Q4")
	p.Reload()
	p.Wait(`document.querySelectorAll(".period select")[1].value === "2025-Q4"`)
	p.same(card, "K01", "2025-Q4")
	if line := browsertest.Eval[string](p.Browser, `document.querySelector('`+card+` polyline').getAttribute("points")`); strings.Count(line, ",") < 3 || strings.Contains(line, "NaN") {
		p.t.Errorf("the trend is %q", line)
	}
	if got := p.follow(`.cards a[data-kpi="K01"]`); got != "zh-CN/kpi/K01.html#p=2025-Q4" {
		p.t.Errorf("the card leads to %s", got)
	}
	p.Wait(`document.querySelectorAll("tr.on").length === 3`)
	if got := p.follow(`.crumbs a`); got != "zh-CN/index.html#p=2025-Q4" {
		p.t.Errorf("the way home leads to %s", got)
	}
}

func (p picker) same(in, kpi, period string) {
	p.t.Helper()
	for i, n := range []string{"0", "1", "2", "", "4"} {
		want := ""
		if n != "" {
			want = p.figure(kpi, period, []int{0, 1, 2, 0, 4}[i])
		}
		if got := p.text(in + `[data-f="` + n + `"]`); n != "" && got != want {
			p.t.Errorf("%s in %s shows %q for part %s, want %q", kpi, period, got, n, want)
		}
	}
}

func (p picker) kpi() {
	p.Open("zh-CN/kpi/K01.html#p=2026-Q2")
	p.Wait(`document.querySelectorAll("tr.on").length > 0`)
	p.same(`section[data-kpi="K01"] `, "K01", "2026-Q2")
	if got := browsertest.Eval[string](p.Browser, `[...document.querySelectorAll("tr.on")].map(r => r.dataset.p).join()`); got != "2026-06,2026-05,2026-04" {
		p.t.Errorf("the rows of the quarter are %s", got)
	}
	points := 0 // a month without a value has none
	for _, month := range []string{"2026-04", "2026-05", "2026-06"} {
		if p.d.KPIs["K01"].At[month][7] != nil {
			points++
		}
	}
	if got := browsertest.Eval[int](p.Browser, `document.querySelectorAll("circle.on").length`); got != points || points == 0 {
		p.t.Errorf("%d points of the chart lie in the quarter, want %d", got, points)
	}
	if got := p.follow("[data-page]"); got != "zh-CN/kpi/K01/2026-Q2.html#p=2026-Q2" {
		p.t.Errorf("the evidence is on %s", got)
	}
	if got, want := p.text(".figure"), p.figure("K01", "2026-Q2", 0); got != want {
		p.t.Errorf("the page of the evidence says %s, the headline %s", got, want)
	}
}

func (p picker) register() {
	p.Open("zh-CN/complaint/index.html")
	p.Wait(`document.querySelector(".tools") && !document.querySelector(".tools").hidden`)
	p.pick(0, "year")
	p.Wait(`kept.get("p").length === 4 && document.getElementById("shown").textContent !== ""`)
	year := browsertest.Eval[string](p.Browser, `kept.get("p")`)
	if got := browsertest.Eval[string](p.Browser, `[...document.querySelectorAll(".register tbody tr")].map(r => r.dataset.d).filter(d => d && !d.startsWith("`+year+`")).join()`); got != "" {
		p.t.Errorf("rows outside of %s: %s", year, got)
	}
}

// alone is a page of one period: it takes the address along.
func (p picker) alone() {
	p.Open("zh-CN/period/2026-Q2.html")
	if got := p.follow(`a[href*="kpi/K02/2026-Q2.html"]`); got != "zh-CN/kpi/K02/2026-Q2.html#p=2026-Q2" {
		p.t.Errorf("the figure is on %s", got)
	}
}

// unscripted reads the same figures where nothing runs.
func (p picker) unscripted() {
	p.Scripts(false)
	defer p.Scripts(true)
	for _, way := range []struct{ from, to string }{{"zh-CN/index.html", "period/index.html"}, {"zh-CN/period/index.html", "period/2026-Q2.html"}} {
		p.Open(way.from)
		if n := browsertest.Eval[int](p.Browser, `document.querySelectorAll('a[href$="`+way.to+`"]').length`); n == 0 {
			p.t.Errorf("%s does not lead to %s", way.from, way.to)
		}
	}
	p.Open("zh-CN/period/2026-Q2.html")
	row := browsertest.Eval[string](p.Browser, `document.querySelector('a[href*="kpi/K01/2026-Q2.html"]').closest("tr").textContent`)
	if want := p.figure("K01", "2026-Q2", 0); !strings.Contains(row, want) {
		p.t.Errorf("the row of K01 says %q, want %s", row, want)
	}
	if browsertest.Eval[bool](p.Browser, `!document.querySelector(".period select").hidden`) {
		p.t.Error("a list that does nothing is shown")
	}
}

package htmlsite

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
	"kept/site"
	"kept/templates"
)

func pageTemplates(t testing.TB) fs.FS { return folder(t, templates.FS, "html") }

func folder(t testing.TB, fsys fs.FS, name string) fs.FS {
	t.Helper()
	sub, err := fs.Sub(fsys, name)
	must(t, err)
	return sub
}

// render draws the company in both languages.
func render(t *testing.T) (map[string]string, []string) {
	t.Helper()
	pages, order := map[string]string{}, []string{}
	src := company(t)
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		err := Render(portal.New(src, lang), pageTemplates(t), folder(t, site.FS, "assets"), func(p string, data []byte) error {
			if _, twice := pages[p]; twice {
				t.Errorf("%s is drawn twice", p)
			}
			pages[p], order = string(data), append(order, p)
			return nil
		})
		must(t, err)
	}
	return pages, order
}

func TestRenderDrawsEveryPage(t *testing.T) {
	pages, _ := render(t)
	for _, p := range []string{
		"index.html", "assets/kept.css", "assets/kept.js", "zh-CN/index.html", "en/index.html", "zh-CN/complaint/index.html",
		"zh-CN/complaint/TS-2026-0001.html", "zh-CN/complaint/TS-2026-0003.html", "zh-CN/complaint/TS-2026-0004.html",
		"zh-CN/tool/T-1.html", "zh-CN/kpi/index.html", "zh-CN/kpi/K01.html", "zh-CN/kpi/K01/2026-09.html",
		"zh-CN/doc/index.html", "zh-CN/doc/SD-02004.html", "en/findings.html", "zh-CN/rule/index.html", "en/rule/step-illegal.html",
		"zh-CN/due/index.html", "en/due/calendar.html", "zh-CN/clauses.html", "zh-CN/audit.html", "en/customer/KH-0001~all.html",
	} {
		if pages[p] == "" {
			t.Errorf("%s is missing", p)
		}
	}
}

// local finds what a page refers to: links, style sheets, scripts, icons.
var local = regexp.MustCompile(`(?:href|src)="([^"]*)"`)

func TestAllLinksResolve(t *testing.T) {
	pages, _ := render(t)
	for from, html := range pages {
		for _, m := range local.FindAllStringSubmatch(html, -1) {
			u, err := url.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
			switch {
			case err != nil:
				t.Errorf("%s: %q: %v", from, m[1], err)
			case u.Scheme == "https" && u.Host == "forge.example" && strings.Contains(m[0], "href"):
			case u.Scheme != "" || strings.HasPrefix(u.Path, "/"):
				t.Errorf("%s leads outside: %q", from, m[1])
			case u.Path == "" && strings.ContainsRune(u.Fragment, '='): // the state of the view here
			case u.Path == "":
				if !strings.Contains(html, `id="`+u.Fragment+`"`) {
					t.Errorf("%s has no place #%s", from, u.Fragment)
				}
			case path.Base(u.Path) == portal.CalendarFile, path.Base(u.Path) == "manifest.json": // the pipeline writes them
			case pages[path.Join(path.Dir(from), u.Path)] == "":
				t.Errorf("%s leads to %q, which is not there", from, u.Path)
			case strings.ContainsRune(u.Fragment, '='): // the state of the view there
			case u.Fragment != "" && !strings.Contains(pages[path.Join(path.Dir(from), u.Path)], `id="`+u.Fragment+`"`):
				t.Errorf("%s leads to %s, which has no place #%s", from, u.Path, u.Fragment)
			}
		}
	}
}

func TestPagesHoldNothingThatMayNotBeShown(t *testing.T) {
	pages, _ := render(t)
	forbidden := []string{
		"13812345678", "li.si@school", "wangl@", "Wangl@", "someone@else", "c-4d2b", "c-9999", "c-secret", "4321.50",
		"<script>alert", "<b>学校", "javascript:", " style=", "⟦", "ZgotmplZ", "<no value>",
	}
	for p, html := range pages {
		for _, s := range forbidden {
			if strings.Contains(html, s) {
				t.Errorf("%s holds %q: …%s…", p, s, around(html, s))
			}
		}
	}
}

func around(html, s string) string {
	i := strings.Index(html, s)
	return html[max(0, i-60):min(len(html), i+60)]
}

func TestRenderIsTheSameEachTime(t *testing.T) {
	a, order := render(t)
	b, again := render(t)
	if !slices.Equal(order, again) {
		t.Fatal("the pages come in another order")
	}
	for p := range a {
		if a[p] != b[p] {
			t.Errorf("%s differs from run to run", p)
		}
	}
}

func TestPagesSpeakTheirLanguage(t *testing.T) {
	pages, _ := render(t)
	for _, c := range []struct{ page, want string }{
		{"zh-CN/index.html", `<html lang="zh-CN">`},
		{"zh-CN/index.html", `<span class="sample">示例</span>`},
		{"zh-CN/index.html", `href="../en/index.html" lang="en"`},
		{"en/complaint/TS-2026-0001.html", `href="../../zh-CN/complaint/TS-2026-0001.html" lang="zh-CN"`},
		{"en/complaint/TS-2026-0001.html", "Wang Lei"},
		{"zh-CN/doc/SD-02004.html", "草案·仅供参考"},
		{"zh-CN/doc/SD-02004.html", `<a href="#s1">1. 概述</a>`},
		{"en/doc/SD-02004.html", "1. Overview"},
		{"index.html", `url=zh-CN/index.html`},
		{"zh-CN/kpi/K01/2026-09.html", "TS-2026-0001 到场超时"},
		{"zh-CN/due/index.html", "每月 &lt;b&gt;学校&lt;/b&gt;报告"},
		{"zh-CN/due/index.html", `<section class="card duties" id="missed"><h2>缺漏（期间已过，未履行） <span class="n">1</span></h2>`},
		{"zh-CN/complaint/TS-2026-0001.html", `<svg class="way" viewBox="0 0 340 `},
		{"zh-CN/complaint/TS-2026-0001.html", `<pre class="say" id="say-acknowledgement" tabindex="0">江畔 &lt;b&gt;学校&lt;/b&gt;：`},
		{"zh-CN/complaint/TS-2026-0001.html", `<a href="../form/complaint.accepted.html#id=TS-2026-0001&amp;s.due_at=`},
		{"zh-CN/complaint/TS-2026-0004.html", `<a href="#L3"><code>records/complaint/2026/09/TS-2026-0004.yaml:3`},
		{"zh-CN/complaint/TS-2026-0004.html", `<mark id="L3">contact_ref: ▇▇▇</mark>`},
		{"zh-CN/customer/KH-0001.html", `<a href="../customer/KH-0001~all.html#complaint">投诉</a>`},
		{"en/customer/KH-0001~all.html", `<a href="../complaint/index.html#f.customer=KH-0001">See all in the register</a>`},
		{"zh-CN/audit.html", `<h2>历史检查结果（按规则）</h2>`},
		{"en/due/calendar.html", `<time datetime="2026-10-01">1</time> <span class="soft">today</span>`},
		{"en/clauses.html", `<section class="card clause" id="C-8.3.2">`},
		{"en/clauses.html", `<span class="bad">Gap: 1 duty not met</span>`},
		{"zh-CN/findings.html", `EX-2026-0001`},
		{"zh-CN/findings.html", `<a href="rule/step-order.html">step-order</a>`},
		{"zh-CN/index.html", `<p class="notice bad">缺漏：`},
		{"zh-CN/rule/complaint-sip.html", `<code>schemas/complaint.kind.yaml</code>`},
		{"zh-CN/complaint/TS-2026-0001.html", `<section class="card" id="duties">`},
	} {
		if !strings.Contains(pages[c.page], c.want) {
			t.Errorf("%s lacks %q", c.page, c.want)
		}
	}
}

// TestEnglishPagesMarkChineseText lets a screen reader and a browser choose the
// voice and the face: every run of Han characters outside of the source text
// stands below an element that says so.
func TestEnglishPagesMarkChineseText(t *testing.T) {
	pages, _ := render(t)
	for _, c := range []struct{ page, want string }{
		{"en/index.html", ` lang="zh">TS-2026-0001 到场超时</a>`},
		{"en/complaint/TS-2026-0001.html", `<h1><span lang="zh">`},
		{"en/due/index.html", ` lang="zh">TS-2026-0001 A1 电话 138****5678</a>`},
	} {
		if !strings.Contains(pages[c.page], c.want) {
			t.Errorf("%s lacks %q", c.page, c.want)
		}
	}
	for p, html := range pages {
		if strings.HasPrefix(p, "zh-CN/") && strings.Contains(html, `lang="zh"`) {
			t.Errorf("%s marks its own language", p)
		}
	}
}

// TestFormerNumberLeadsOn draws the page at the address of a number given up.
func TestFormerNumberLeadsOn(t *testing.T) {
	src := company(t)
	kinds, _ := schema.Load(schemas.FS)
	reg, _, err := record.Load(fstest.MapFS{
		"records/customer/KH-0002.yaml": {Data: []byte("schema: customer/v1\nid: KH-0002\ntitle: 改号的\nstatus: active\nrenumbered_from: KH-0009\n")},
	}, kinds)
	must(t, err)
	src.Register = reg
	var page string
	must(t, Render(portal.New(src, locale.Chinese), pageTemplates(t), folder(t, site.FS, "assets"), func(p string, data []byte) error {
		if p == "zh-CN/customer/KH-0009.html" {
			page = string(data)
		}
		return nil
	}))
	if want := `<a href="../customer/KH-0002.html">改号的</a>`; !strings.Contains(page, want) {
		t.Errorf("the old number does not lead to the new one: %s", page)
	}
}

func BenchmarkRecordPage(b *testing.B) {
	tpl, err := parse(locale.Chinese, pageTemplates(b))
	must(b, err)
	v := portal.New(company(b), locale.Chinese)
	s := newSite(v, tpl, func(string, []byte) error { return nil })
	for b.Loop() {
		if err := s.record("complaint", "TS-2026-0001"); err != nil {
			b.Fatal(err)
		}
	}
}

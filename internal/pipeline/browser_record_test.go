package pipeline_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// recordPages are the pages of records of a portal, by path.
func recordPages(t *testing.T, public string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	folders := []string{"form", "rule", "period", "doc", "due", "search", "pdf", "owner", "kpi"}
	err := filepath.WalkDir(filepath.Join(public, "zh-CN"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".html" || filepath.Base(p) == "index.html" {
			return err
		}
		folder := filepath.Base(filepath.Dir(p))
		if filepath.Dir(filepath.Dir(p)) != filepath.Join(public, "zh-CN") || slices.Contains(folders, folder) || strings.Contains(filepath.Base(p), "~") {
			return nil
		}
		data, err := os.ReadFile(p)
		pages[folder+"/"+filepath.Base(p)] = string(data)
		return err
	})
	must(t, err)
	return pages
}

// TestRecordPagesAreSmall holds the pages of all records of the demo against 30 KB.
// An issue of a report holds its figures and breakdowns as fields of its form, which
// stay together: it may take a little more.
func TestRecordPagesAreSmall(t *testing.T) {
	const limit, ofReports = 30_000, 34_000
	pages := recordPages(t, browsertest.Demo(t).Public)
	if len(pages) < 200 {
		t.Fatalf("%d pages of records: the test sees nothing", len(pages))
	}
	largest := 0
	for name, html := range pages {
		most := limit
		if strings.HasPrefix(name, "publication/") {
			most = ofReports
		}
		if largest = max(largest, len(html)); len(html) > most {
			t.Errorf("%s has %d bytes, more than %d", name, len(html), most)
		}
	}
	t.Logf("%d pages, the largest %d bytes", len(pages), largest)
}

// pageWith is the first page, by path, that a text stands on.
func pageWith(t *testing.T, pages map[string]string, folder, text string) string {
	t.Helper()
	var found []string
	for name, html := range pages {
		if strings.HasPrefix(name, folder+"/") && strings.Contains(html, text) {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no page of %s holds %q", folder, text)
	}
	slices.Sort(found)
	return "zh-CN/" + found[0]
}

// TestRecordPageInTheBrowser copies a text, follows a finding to its line, and reads
// the drawing on a narrow screen.
func TestRecordPageInTheBrowser(t *testing.T) {
	site := browsertest.Demo(t)
	pages := recordPages(t, site.Public)
	b := browsertest.Start(t)
	b.Origin(browsertest.Disk(site.Public))
	b.Width(360)

	b.Open(pageWith(t, pages, "complaint", `data-copy="say-`))
	if browsertest.Eval[bool](b, `document.querySelector("[data-copy]").hidden`) {
		t.Error("the button that copies is hidden")
	}
	b.Click("details:has([data-copy]) summary")
	b.Click("[data-copy]")
	said := browsertest.Eval[string](b, `document.querySelector("[data-copy]").nextElementSibling.textContent`)
	if said != "已复制" {
		t.Errorf("after copying it says %q", said)
	}
	if got, want := browsertest.Eval[string](b, `getSelection().toString()`), browsertest.Eval[string](b, `document.querySelector("pre.say").textContent`); got != want || want == "" {
		t.Errorf("copied %q, want %q", got, want)
	}
	// Real text, no smaller than can be read, and nothing wider than its card.
	smallest := browsertest.Eval[float64](b, `Math.min(...[...document.querySelectorAll("svg.way text")].map(e => e.getBoundingClientRect().height))`)
	if smallest < 11 {
		t.Errorf("the smallest text of the drawing is %.1f px high at 360 px", smallest)
	}
	out := browsertest.Eval[int](b, `(() => { const r = document.querySelector("svg.way").getBoundingClientRect().right;
		return [...document.querySelectorAll("svg.way text")].filter(e => e.getBoundingClientRect().right > r + 1).length; })()`)
	if out > 0 {
		t.Errorf("%d texts of the drawing reach beyond it", out)
	}
	if wide := browsertest.Eval[string](b, browsertest.Widest); wide != "" {
		t.Errorf("the page scrolls sideways: %s", wide)
	}

	found := pageWith(t, pages, "complaint", `"><code>records/`)
	if m := regexp.MustCompile(`#L([0-9]+)"><code>`).FindStringSubmatch(pages[strings.TrimPrefix(found, "zh-CN/")]); m != nil {
		b.Open(found)
		link := browsertest.Eval[string](b, `document.querySelector('.findings a[href$="#L`+m[1]+`"]').href`)
		b.Open(strings.TrimPrefix(link, browsertest.Disk(site.Public)))
		b.Wait(`document.getElementById("L` + m[1] + `") !== null && document.getElementById("L` + m[1] + `").getBoundingClientRect().height > 0`)
	} else {
		t.Errorf("%s leads to no line", found)
	}
	for _, said := range b.Complaints() {
		t.Error(said)
	}
}

package browsertest

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kept/internal/locale"
)

// patterns are the sorts of pages: one of each template, and records of every
// sort that the demo keeps. A new template adds its pages here.
var patterns = []string{
	"index.html", "findings.html", "kpi/index.html", "kpi/K01.html", "kpi/K01/*.html", "doc/index.html", "doc/*.html",
	"*/index.html", "complaint/TS-*.html", "customer/KH-*.html", "survey/MY-*.html", "questionnaire/WJ-*.html", "calendar/CN-*.html", "person/u-*.html",
	"form/s*.html", "form/*.accepted.html", "due/index.html", "due/calendar.html", "clauses.html", "clause/C-*.html", "obligation/OB-*.html", "rule/index.html", "rule/complaint-*.html", "rule/audit-*.html",
	"audit.html", "customer/KH-*~all.html", "complaint/TS-*~history.html", "sip/SIP-*.html", "publication/FB-*.html",
	"search.html", "period/index.html", "period/2*.html", "form/index.html", "form/complaint.html", "form/complaint.*.html",
}

// indexes are the pages of a folder that differ from each other: one register, and
// the lists that are none.
var indexes = []string{"complaint/index.html", "kpi/index.html", "doc/index.html", "due/index.html", "rule/index.html", "period/index.html", "form/index.html"}

// Sorts are the pages of [Pages] with one register in place of all: registers
// differ in nothing but their columns.
func Sorts(t testing.TB, public string) []string {
	t.Helper()
	var pages []string
	for _, page := range Pages(t, public) {
		_, below, _ := strings.Cut(page, "/")
		index, err := path.Match("*/index.html", below)
		if err != nil {
			t.Fatal(err)
		}
		if !index || slices.Contains(indexes, below) {
			pages = append(pages, page)
		}
	}
	return pages
}

// Pages are the addresses, below the portal, of one page of each sort in each
// language.
func Pages(t testing.TB, public string) []string {
	t.Helper()
	pages := []string{"index.html"}
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		for _, pattern := range patterns {
			found, err := filepath.Glob(filepath.Join(public, string(lang), filepath.FromSlash(pattern)))
			if err != nil || len(found) == 0 {
				t.Fatalf("no page is like %s/%s (%v)", lang, pattern, err)
			}
			if !strings.Contains(pattern, "~") { // a page beside a record's
				found = slices.DeleteFunc(found, func(name string) bool { return strings.Contains(name, "~") })
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

// Widest is an expression that names what sticks out of a page that scrolls
// sideways, "" for none.
const Widest = `(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const out = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > room + 1);
  return document.documentElement.scrollWidth + " px: " + out.slice(0, 3).map(e => e.tagName + "." + e.className).join(", ");
})()`

package portal

import (
	"slices"
	"strconv"

	"kept/internal/obligation"
)

// Page is what every page carries.
type Page struct {
	Path     string // from the language's folder: complaint/TS-2026-0007.html
	Title    string
	Section  string  // the entry of the navigation it belongs to
	Crumbs   []Crumb // the way from the home page, without the page itself
	Lang     string  // BCP 47
	Sample   bool    // the records are a sample
	Versions []Alternate
}

// Crumb is one step of the way to a page.
type Crumb struct {
	Text string
	Link Link
}

// Alternate is the same page in another language.
type Alternate struct {
	Lang string // BCP 47, which is also the folder
	Name string // the language in its own words
	Path string // the page from that language's folder
}

// Site is what the frame around every page says, the same on all of them.
type Site struct {
	Organisation string
	System       string
	Document     string // number of the governing procedure
	Groups       []NavGroup
	Commit       Commit
	AsOf         string
	Version      string // of kept
	Sample       bool
	Edition      string // in words
	// What only a served portal says: what is being worked out still, and of which
	// commit its figures are. State names what its pages were made of.
	Banners        []Notice
	Figures, State string
	Verify         Link // the text that says how to check a page; zero for none
}

// NavGroup is a headed part of the navigation.
type NavGroup struct {
	Title  string
	Folded bool // shown when asked for, or when it holds the page
	Items  []NavItem
}

// Holds tells whether a section belongs to the group.
func (g NavGroup) Holds(section string) bool {
	return slices.ContainsFunc(g.Items, func(i NavItem) bool { return i.Section == section })
}

// NavItem leads to a section. Count is "" where none is worth saying.
type NavItem struct {
	Section string
	Text    string
	Link    Link
	Count   string
	Tone    Tone
	Key     string // after g it leads there; "" for none
}

// Commit names a commit: its first twelve digits, and its page on the forge
// where there is one.
type Commit struct {
	Short string
	URL   string
}

// Site describes the frame of the portal.
func (v *View) Site() Site {
	c := v.src.Config
	return Site{
		Organisation: v.p.Text(c.Organisation), System: v.p.Text(c.System), Document: c.Document,
		Groups: v.navigation(), Commit: v.commit(v.src.Commit), AsOf: v.moment(v.src.AsOf),
		Version: v.src.Version, Sample: c.Sample, Edition: v.p.Say(v.src.Policy.Edition.Key()),
		Verify: v.verifyText(), Banners: v.Banners(), Figures: v.FiguresNote(), State: v.state(),
	}
}

func (v *View) navigation() []NavGroup {
	main := NavGroup{Items: []NavItem{
		{Section: "home", Text: v.p.Say("portal.home"), Link: Link{Page: "index.html"}},
		{Section: "kpi", Text: v.p.Say("portal.kpis"), Link: Link{Page: "kpi/index.html"}},
	}}
	if len(v.docs) > 0 {
		main.Items = append(main.Items, NavItem{Section: "doc", Text: v.p.Say("portal.documents"), Link: Link{Page: "doc/index.html"}})
	}
	if len(v.src.Duties) > 0 {
		main.Items = append(main.Items, v.dutyItemOfNavigation())
	}
	if len(v.src.Clauses) > 0 {
		main.Items = append(main.Items, v.matrixItemOfNavigation())
	}
	findings := NavItem{Section: "findings", Text: v.p.Say("portal.findings"), Link: Link{Page: "findings.html"}}
	if n := grave(v.src.Findings); n > 0 {
		findings.Count, findings.Tone = strconv.Itoa(n), worst(v.src.Findings)
	}
	main.Items = append(main.Items, findings)
	if v.Audits() {
		main.Items = append(main.Items, NavItem{Section: auditSection, Text: v.p.Say("portal.audit"), Link: Link{Page: auditPath}})
	}
	main.Items = append(main.Items,
		NavItem{Section: ruleSection, Text: v.p.Say("portal.rules"), Link: Link{Page: ruleFolder + "/index.html"}})
	for i := range main.Items {
		main.Items[i].Key = sectionKeys[main.Items[i].Section]
	}
	return append([]NavGroup{main}, v.registerGroups()...)
}

// sectionKeys are the letters that lead to a section after g.
var sectionKeys = map[string]string{
	"home": "h", kpiFolder: "k", docFolder: "d", dutySection: "o", matrixSection: "c", "findings": "f", ruleSection: "r", "audit": "a",
}

// verifyText leads to the text of the content folder that says how to check.
func (v *View) verifyText() Link {
	for _, d := range v.docs {
		if d.stem == "verify" {
			return docLink(d.key())
		}
	}
	return Link{}
}

// dutyItemOfNavigation counts what is overdue.
func (v *View) dutyItemOfNavigation() NavItem {
	item := NavItem{Section: dutySection, Text: v.p.Say("portal.duties"), Link: Link{Page: dutyFolder + "/index.html"}}
	if n := len(v.dutiesIn(obligation.Overdue)); n > 0 {
		item.Count, item.Tone = strconv.Itoa(n), Bad
	}
	return item
}

// matrixItemOfNavigation counts the clauses with a gap.
func (v *View) matrixItemOfNavigation() NavItem {
	item := NavItem{Section: matrixSection, Text: v.p.Say("portal.matrix"), Link: Link{Page: matrixPath}}
	if n := v.clauseGaps(); n > 0 {
		item.Count, item.Tone = strconv.Itoa(n), Warn
	}
	return item
}

func (v *View) clauseGaps() int {
	n := 0
	for i := range v.src.Clauses {
		if v.src.Clauses[i].Gap {
			n++
		}
	}
	return n
}

func (v *View) registerGroups() []NavGroup {
	governed := NavGroup{Title: v.p.Say("portal.registers")}
	reference := NavGroup{Title: v.p.Say("portal.basics"), Folded: true}
	for _, s := range v.sections {
		if s.Folder == kpiFolder {
			continue
		}
		item := NavItem{Section: s.Folder, Text: s.Title, Link: sectionLink(s.Folder), Count: strconv.Itoa(s.Count)}
		if governs(s.Kind) {
			governed.Items = append(governed.Items, item)
		} else {
			reference.Items = append(reference.Items, item)
		}
	}
	return []NavGroup{governed, reference}
}

// page fills what every page carries.
func (v *View) page(path, title, section string, crumbs ...Crumb) Page {
	p := Page{Path: path, Title: title, Section: section, Lang: string(v.Lang()), Sample: v.src.Config.Sample}
	if path != homePath {
		p.Crumbs = append([]Crumb{{v.p.Say("portal.home"), Link{Page: homePath}}}, crumbs...)
	}
	for _, l := range v.src.Config.Languages {
		if l != v.Lang() {
			p.Versions = append(p.Versions, Alternate{Lang: string(l), Name: l.Name(), Path: path})
		}
	}
	return p
}

package portal

import (
	"fmt"
	"slices"
	"strings"

	"kept/internal/gitrepo"
	"kept/internal/record"
	"kept/internal/schema"
)

const (
	homePath  = "index.html"
	kpiFolder = record.KPIKind // KPI records and KPI figures share their pages
	docFolder = "doc"

	ruleFolder   = "rule"
	dutyFolder   = "due"
	periodFolder = "period"
	matrixPath   = "clauses.html"
	ruleSection  = "rules"
	dutySection  = "duties"

	matrixSection = "clauses"
)

// takenFolders are those of a language's folder that no kind may have.
var takenFolders = [...]string{searchFolder, docFolder, ruleFolder, dutyFolder, periodFolder, formFolder, ImportFolder, PrintFolder, SheetFolder}

// pageName makes a file name of an id, one to one and also where case does not
// count: letters, digits, dot, dash and underscore stand for themselves, every
// other byte is ~ and two hexadecimal digits. Ids are hostile until a schema
// has accepted them.
func pageName(id string) string {
	if plainName(id) {
		return id
	}
	var b strings.Builder
	for i := range len(id) {
		c := id[i]
		if nameByte(c) && (c != '.' || i > 0) && (i > 0 || !strings.EqualFold(id, "index")) {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "~%02x", c)
	}
	return b.String()
}

func plainName(id string) bool {
	for i := range len(id) {
		if !nameByte(id[i]) {
			return false
		}
	}
	return id != "" && id[0] != '.' && !strings.EqualFold(id, "index")
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}

// folderName is the folder of a section's pages; a kind may not take the place
// of other pages.
func folderName(folder string) string {
	if slices.ContainsFunc(takenFolders[:], func(taken string) bool { return strings.EqualFold(folder, taken) }) {
		return pageName(folder) + "~"
	}
	return pageName(folder)
}

func sectionLink(folder string) Link { return Link{Page: folderName(folder) + "/index.html"} }

func recordLink(folder, id string) Link {
	return Link{Page: folderName(folder) + "/" + pageName(id) + ".html"}
}

// historyLink is the page beside a record's with what has no room there. The tilde
// stands in no page name of an id, so that no record can have this address.
func historyLink(folder, id string) Link {
	return Link{Page: folderName(folder) + "/" + pageName(id) + "~history.html"}
}

func linkTo(rec *record.Record) Link { return recordLink(record.KindOf(rec.Path), rec.ID) }

func periodLink(kpi, period string) Link {
	return Link{Page: kpiFolder + "/" + pageName(kpi) + "/" + period + ".html"}
}

func ruleLink(id string) Link { return Link{Page: ruleFolder + "/" + pageName(id) + ".html"} }

func docLink(number string) Link { return Link{Page: docFolder + "/" + pageName(number) + ".html"} }

// commit names a commit. Forges agree on /commit/<id>.
func (v *View) commit(h gitrepo.Hash) Commit {
	if h == "" {
		return Commit{}
	}
	c := Commit{Short: h.Short()}
	if base := strings.TrimSuffix(v.src.Config.RepositoryURL, "/"); strings.HasPrefix(base, "https://") || strings.HasPrefix(base, "http://") {
		c.URL = base + "/commit/" + string(h)
	}
	return c
}

func governs(kind *schema.Kind) bool { return kind != nil && kind.Envelope == schema.Governed }

package serve

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// previewOf words a plan; base is the digest that its page has seen.
func previewOf(plan pipeline.ImportPlan, base string, p *locale.Printer) importObject {
	v := plan.PreviewOf(plan.Kind, p, mostRows)
	o := importObject{
		Digest: plan.Digest, Tally: v.Tally, MoreRows: v.More, Tables: []tableObject{}, Findings: []placeObject{}, Rows: [][5]string{},
		Left: append([]string{}, v.Left...), Notes: append([]string{}, v.Notes...), Sheets: []sheetObject{},
	}
	for _, t := range v.Tables {
		o.Tables = append(o.Tables, tableOf(t, p))
	}
	// Errors come first: a page shows a part at a time.
	slices.SortStableFunc(v.Found, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	for _, f := range v.Found {
		if f.Severity != finding.Info && len(o.Findings) < mostFindings {
			o.Findings = append(o.Findings, placeObject{f.Severity.String(), p.Say(severityKey(f.Severity)), pipeline.CellOf(f, plan.File), f.Message(p)})
		}
	}
	if n := v.Found.Count(finding.Error) + v.Found.Count(finding.Warning) - len(o.Findings); n > 0 {
		o.More = p.Say("import.found-more", locale.N("n", n))
	}
	if csv, n := plan.Refusals(plan.File, p); n > 0 {
		o.Mend, o.MendWord = string(csv), p.Say("import.mend", locale.N("n", n))
		o.MendName = p.Say("import.mend-file", locale.A("name", plainName(strings.TrimSuffix(plan.File, path.Ext(plan.File)))))
	}
	for _, r := range v.Rows {
		o.Rows = append(o.Rows, [5]string{r.ID, r.Place, r.Key, r.What, r.Label})
	}
	for _, sheet := range plan.Sheets {
		o.Sheets = append(o.Sheets, sheetObject(sheet))
	}
	n := v.New + v.Changed
	switch {
	case plan.Written && n > 0:
		o.Written = p.Say("import.written", locale.N("n", n))
	case v.Blocked:
		o.Said = p.Say("import.again")
	case n == 0:
		o.Said = p.Say("import.nothing")
	default:
		o.Write = p.Say("import.write", locale.N("n", n))
		if base != "" {
			o.Said = p.Say("import.changed-meanwhile")
		}
	}
	return o
}

func tableOf(t pipeline.PreviewTable, p *locale.Printer) tableObject {
	o := tableObject{Title: t.Title, Columns: [][2]string{}, Out: []string{}}
	for _, c := range t.Columns {
		o.Columns = append(o.Columns, [2]string{c.Column, c.Target})
	}
	comma := p.Say("import.comma")
	if len(t.Dropped) > 0 {
		o.Out = append(o.Out, p.Say("import.dropped", locale.A("columns", strings.Join(t.Dropped, comma))))
	}
	if len(t.Unmapped) > 0 {
		o.Out = append(o.Out, p.Say("import.unmapped", locale.A("columns", strings.Join(t.Unmapped, comma))))
	}
	return o
}

// plainName is a file's name without characters that cannot be seen, which may turn it
// round, and without those that systems keep for themselves.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return -1
		}
		return r
	}, s)
}

func severityKey(s finding.Severity) string {
	if s == finding.Error {
		return "portal.error"
	}
	return "portal.warning"
}

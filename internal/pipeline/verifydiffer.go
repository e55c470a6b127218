package pipeline

import (
	"strings"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/locale"
)

// proven is the verdict on a paper that was printed again alike, with what the
// same paper would say now.
func (c *prover) proven(a attempt, paper *Paper, file evidence.PaperFile) *Verdict {
	key := "evidence.verify.same-bytes"
	if file.Commit == "" {
		key = "evidence.verify.same-digest"
	}
	v := verdict(Proven, key, locale.A("commit", file.Code.Commit), locale.A("at", a.commit.Short()))
	if a.commit == c.head.Commit.Hash {
		return v
	}
	now, err := c.papers(attempt{commit: c.head.Commit.Hash}, evidence.PaperFile{Code: file.Code, Lang: paper.Content.Lang, Edition: paper.Content.Edition})
	if err != nil || len(now) == 0 {
		return v
	}
	c.since(v, paper.Content, now[0].Content, a)
	return v
}

// mostChanges bounds how many rows and texts a verdict names.
const mostChanges = 20

// since names the rows that differ now, each with the commit that changed it.
func (c *prover) since(v *Verdict, then, now evidence.Content, a attempt) {
	changes := evidence.RowChanges(then, now)
	position, _ := evidence.Position(c.head.History, a.commit)
	for _, change := range changes[:min(len(changes), mostChanges)] {
		by := "—"
		for _, touch := range evidence.Since(c.head.History, position, c.behind(change.Row, a, then.Period)) {
			by = touch.Record + " " + touch.Commit.Hash.Short()
		}
		v.say("evidence.verify.row-now", locale.A("row", change.Row), locale.A("before", dash(change.Before)), locale.A("after", dash(change.After)), locale.A("by", by))
	}
	if len(changes) > mostChanges {
		v.say("evidence.verify.more", locale.N("n", len(changes)-mostChanges))
	}
}

// behind lists the records behind a row: the record of its id or, for a figure,
// those by which it changed.
func (c *prover) behind(row string, a attempt, period string) []string {
	then, err := c.at(a)
	p, bad := calendar.ParsePeriod(period)
	if err != nil || bad != nil {
		return []string{row}
	}
	for _, d := range c.head.Definitions {
		if d.ID == row && len(d.Bases()) > 0 {
			f := evidence.Figure{KPI: d.ID, Basis: string(d.Bases()[0])}
			return evidence.Moved(then.result(f, p), (&past{c.head, c.measures}).result(f, p))
		}
	}
	return []string{row}
}

func dash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// unlike is the verdict on a paper that none of the attempts gave.
func (c *prover) unlike(file evidence.PaperFile, data []byte, first, same *Paper) *Verdict {
	tool := locale.A("tool", file.Tool)
	other := file.Tool != "" && file.Tool != c.project.Version
	if first == nil {
		return verdict(Cannot, "evidence.verify.unknown-print", locale.A("id", file.Code.Print))
	}
	if data == nil {
		v := verdict(Differs, "evidence.verify.digest", locale.A("commit", file.Code.Commit), locale.A("code", first.Content.Code().String()))
		if file.AsOf == "" {
			v.say("evidence.verify.moment")
		}
		return v
	}
	reference := same
	if reference == nil {
		reference = first
	}
	again, _ := evidence.ReadPaper(reference.Bytes)
	changes := evidence.TextChanges(withoutTool(file.Texts, file.Tool), withoutTool(again.Texts, again.Tool), mostChanges)
	var v *Verdict
	switch {
	case other && (same == nil || len(changes) == 0):
		v = verdict(Cannot, "evidence.verify.tool", tool, locale.A("own", c.project.Version))
	case len(changes) == 0:
		v = verdict(Differs, "evidence.verify.bytes", locale.A("commit", file.Code.Commit))
	default:
		v = verdict(Differs, "evidence.verify.altered", locale.A("commit", file.Code.Commit))
	}
	for _, change := range changes {
		v.say("evidence.verify.text", locale.A("near", dash(change.Near)), locale.A("file", dash(change.Before)), locale.A("repository", dash(change.After)))
	}
	return v
}

// withoutTool leaves the program's version out of the texts of the feet.
func withoutTool(texts []string, tool string) []string {
	list := make([]string, len(texts))
	for i, t := range texts {
		if tool != "" {
			t = strings.TrimSuffix(t, tool)
		}
		list[i] = t
	}
	return list
}

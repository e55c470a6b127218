package pipeline

import (
	"strings"

	"kept/internal/locale"
	"kept/internal/portal"
)

// cover is what the first sheet says: what the pack is of, what was left out, what
// it proves and what not, how the sample was drawn, what lies where, how to check.
func (k *packer) cover(view *portal.View) []portal.PrintSection {
	p := view.Printer()
	company, system := view.Organisation()
	grave, warnings := k.count()
	said := func(heading string, paragraphs ...string) portal.PrintSection {
		return portal.PrintSection{Heading: heading, Paragraphs: paragraphs}
	}
	return []portal.PrintSection{
		view.PairSection(p.Say("pack.identity"), [][2]string{
			{p.Say("pack.organisation"), p.Text(company)},
			{p.Say("pack.system"), p.Text(system)},
			{p.Say("pack.period"), view.PeriodWords(k.request.Period)},
			{p.Say("pack.commit"), string(k.snapshot.Commit.Hash)},
			{p.Say("pack.as-of"), view.MomentWords()},
			{p.Say("pack.tool"), "kept " + k.project.Version},
			{p.Say("pack.edition"), view.EditionWords()},
			{p.Say("pack.findings"), p.Say("pack.findings-count", locale.N("errors", grave), locale.N("warnings", warnings), locale.A("as_of", p.Moment(k.seen)))},
		}),
		said(p.Say("pack.redaction"), k.covered(p)...),
		said(p.Say("pack.proves"), p.Say("pack.proves.files"), p.Say("pack.proves.again"), p.Say("pack.proves.history")),
		said(p.Say("pack.not"), p.Say("pack.not.truth"), p.Say("pack.not.rewritten"), p.Say("pack.not.missing"), p.Say("pack.not.origin")),
		said(p.Say("pack.sample"), k.drawn(p)...),
		view.PairSection(p.Say("pack.contents"), k.contents(p)),
		said(p.Say("pack.check"), p.Say("pack.check.sums"), p.Say("pack.check.again", locale.A("command", k.command())), p.Say("pack.check.page")),
	}
}

// covered says what the edition leaves out.
func (k *packer) covered(p *locale.Printer) []string {
	lines := []string{p.Say("pack.redaction.edition"), p.Say("pack.redaction.people")}
	if k.holds("keys/") {
		lines = append(lines, p.Say("pack.redaction.keys"))
	}
	return lines
}

// holds tells whether any file lies in a folder of the pack.
func (k *packer) holds(folder string) bool {
	for name := range k.written {
		if strings.HasPrefix(name, folder) {
			return true
		}
	}
	return false
}

// drawn says which records were picked and drawn, and how to draw them again by
// hand.
func (k *packer) drawn(p *locale.Printer) []string {
	var lines []string
	comma := p.Say("pack.comma")
	if len(k.request.Records) > 0 {
		lines = append(lines, p.Say("pack.sample.picked", locale.A("ids", strings.Join(k.request.Records, comma))))
	}
	if s := k.sample; s != nil {
		title := locale.Plain(s.Kind)
		if kind := k.snapshot.Kinds.Kind(s.Kind); kind != nil {
			title = kind.Title
		}
		lines = append(lines,
			p.Say("pack.sample.rule", locale.T("kind", title), locale.N("population", s.Population), locale.N("n", len(s.Drawn))),
			p.Say("pack.sample.seed", locale.A("seed", s.Seed)),
			p.Say("pack.sample.repeat", locale.A("command", `printf '%s%s' "$SEED" "$ID" | sha256sum`)),
			p.Say("pack.sample.drawn", locale.A("ids", strings.Join(s.Drawn, comma))))
	}
	if len(lines) == 0 {
		lines = append(lines, p.Say("pack.sample.none"))
	}
	return lines
}

// contents says what lies where, as far as the pack has it.
func (k *packer) contents(p *locale.Printer) [][2]string {
	own := string(p.Lang()) + "/"
	rows := [][2]string{
		{own + "index.tsv", p.Say("pack.contents.index")},
		{own + portal.PrintFolder + "/", p.Say("pack.contents.papers")},
		{own + "findings.txt, findings.json", p.Say("pack.contents.findings")},
		{own + "verify.md, claims.md", p.Say("pack.contents.verify")},
		{"data/kpi.json", p.Say("pack.contents.kpi")},
		{"data/commits.tsv", p.Say("pack.contents.commits")},
	}
	if k.sample != nil {
		rows = append(rows, [2]string{"data/sample.tsv", p.Say("pack.contents.sample")})
	}
	rows = append(rows,
		[2]string{"source/schemas/, source/templates/", p.Say("pack.contents.schemas")},
		[2]string{"source/records/", p.Say("pack.contents.records")})
	if k.holds("keys/") {
		rows = append(rows, [2]string{"keys/", p.Say("pack.contents.keys")})
	}
	return append(rows, [2]string{"manifest.json, SHA256SUMS", p.Say("pack.contents.sums")})
}

// command makes the same pack again. Names of files are left out: they are the
// reader's own.
func (k *packer) command() string {
	words := []string{"kept pack", k.request.Period.String(), "--at", string(k.snapshot.Commit.Hash)}
	if k.asked {
		words = append(words, "--as-of", instant(k.snapshot.AsOf))
	}
	if len(k.request.Records) > 0 {
		words = append(words, "--records", strings.Join(k.request.Records, ","))
	}
	if k.sample != nil {
		words = append(words, "--from", k.sample.Kind, "--sample", locale.N("n", k.sample.Size).Value.EN, "--seed", "'"+strings.ReplaceAll(k.sample.Seed, "'", `'\''`)+"'")
	}
	if k.request.Money {
		words = append(words, "--money")
	}
	if langs := k.request.Languages; len(langs) == 1 {
		words = append(words, "--lang", string(langs[0]))
	}
	if l := k.snapshot.Ledger; l != nil && strings.HasPrefix(k.request.Ledger, "refs/") {
		words = append(words, "--ledger", k.request.Ledger)
	} else if l != nil {
		words = append(words, "--ledger", l.Name)
	}
	for _, anchor := range k.snapshot.anchored {
		words = append(words, "--anchor", string(anchor))
	}
	return strings.Join(words, " ")
}

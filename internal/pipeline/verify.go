package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/signature"
)

// Outcome is what became of a proof.
type Outcome string

// The outcomes.
const (
	Proven  Outcome = "proven"
	Differs Outcome = "differs"
	Cannot  Outcome = "cannot" // nothing can be said with this repository and this version of kept
)

// Said is one sentence of a verdict.
type Said struct {
	Key  string
	Args []locale.Arg
}

// Verdict is what a repository says about a paper.
type Verdict struct {
	Outcome Outcome
	Code    string // of the paper, "" where it has none
	SHA256  string // of the file, "" for a code alone
	Said    []Said // the first is the verdict
}

func (v *Verdict) say(key string, args ...locale.Arg) { v.Said = append(v.Said, Said{key, args}) }

func verdict(o Outcome, key string, args ...locale.Arg) *Verdict {
	return &Verdict{Outcome: o, Said: []Said{{key, args}}}
}

// largestPaper bounds the file that is read into memory. A seal is compared with
// larger ones too, by their digest.
const largestPaper = 64 << 20

// VerifyFile compares a PDF with a seal of its SHA-256, else prints the paper that
// its code names again and compares the bytes.
func (p *Project) VerifyFile(name string) (*Verdict, error) {
	data, sum, size, err := readPaper(name)
	if err != nil {
		return nil, err
	}
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return nil, err
	}
	c := &prover{project: p, head: s, measures: p.Measures(s), known: map[string]*past{}}
	v := c.bySeal(sum)
	file, fault := evidence.ReadPaper(data)
	switch {
	case v != nil:
	case size > largestPaper:
		v = verdict(Cannot, "evidence.verify.too-large")
	case fault != evidence.Whole:
		v = verdict(Cannot, faultKey(fault))
	default:
		if v, err = c.byPrinting(file, data); err != nil {
			return nil, err
		}
	}
	v.SHA256 = sum
	if fault == evidence.Whole {
		v.Code = file.Code.String()
	}
	return v, nil
}

// readPaper digests a regular file, and gives its bytes where it is not too large.
func readPaper(name string) ([]byte, string, int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, "", 0, fmt.Errorf("read paper %q: no regular file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	var head bytes.Buffer
	if _, err := io.Copy(io.MultiWriter(h, &head), io.LimitReader(f, largestPaper)); err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	rest, err := io.Copy(h, f)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	size := int64(head.Len()) + rest
	return head.Bytes(), hex.EncodeToString(h.Sum(nil)), size, nil
}

func faultKey(f evidence.FileFault) string {
	switch f {
	case evidence.CutOff:
		return "evidence.fault.cut-off"
	case evidence.Encrypted:
		return "evidence.fault.encrypted"
	case evidence.Foreign:
		return "evidence.fault.foreign"
	}
	return "evidence.fault.no-pdf"
}

// VerifyCode prints the paper that a code names again, in each language and
// edition, and compares the digest of what it says.
func (p *Project) VerifyCode(code evidence.Code) (*Verdict, error) {
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return nil, err
	}
	c := &prover{project: p, head: s, measures: p.Measures(s), known: map[string]*past{}}
	v, err := c.byPrinting(evidence.PaperFile{Code: code}, nil)
	if v != nil {
		v.Code = code.String()
	}
	return v, err
}

// prover proves one paper.
type prover struct {
	project  *Project
	head     *Snapshot
	measures *Measures
	known    map[string]*past
}

// bySeal finds a seal that holds the file's digest. A seal that is itself broken
// proves nothing, and printing decides.
func (c *prover) bySeal(sum string) *Verdict {
	for rec := range c.head.Register.Of(record.SealKind) {
		seal, ok := evidence.ReadSeal(rec)
		if !ok || !slices.ContainsFunc(seal.Prints, func(p evidence.SealedPrint) bool { return p.SHA256 == sum }) {
			continue
		}
		s := c.project.judgeSeal(c.head, c.measures, rec, seal)
		life := c.head.History.Timeline(s.Record)
		if life == nil || len(life.Changes) != 1 || !s.Held || s.Reason != "" || len(s.Forged) > 0 {
			continue
		}
		v := verdict(Proven, "evidence.verify.by-seal", locale.A("period", s.Period.String()), locale.A("commit", s.Commit.Short()))
		if s.Tagged && s.Signature.Status == signature.Good {
			v.say("evidence.verify.tagged", locale.A("tag", evidence.Tag(s.Period)), locale.A("signer", strings.Join(s.Signature.Signers, ", ")))
		}
		for _, d := range s.Drifts {
			v.say("evidence.verify.drift", locale.A("kpi", d.Sealed.KPI), locale.A("basis", d.Sealed.Basis), locale.A("sealed", d.Sealed.Words()), locale.A("now", d.Now.Words()))
		}
		return v
	}
	return nil
}

// attempt is one moment at which the paper may have been printed.
type attempt struct {
	commit gitrepo.Hash
	asOf   time.Time // zero for the first moment after the commit
}

// byPrinting prints the paper again at the moments at which it may have been
// printed. Without data only the digest of the code is compared.
func (c *prover) byPrinting(file evidence.PaperFile, data []byte) (*Verdict, error) {
	attempts, v, err := c.attempts(file)
	if v != nil || err != nil {
		return v, err
	}
	var first, same *Paper // as printed now; the one whose content the code digests
	for _, a := range attempts {
		papers, err := c.papers(a, file)
		var unknown *UnknownPrintError
		if errors.As(err, &unknown) {
			return verdict(Cannot, "evidence.verify.unknown-print", locale.A("id", unknown.ID)), nil
		}
		if err != nil {
			return nil, err
		}
		for _, paper := range papers {
			if first == nil {
				first = paper
			}
			match := paper.Content.Code() == file.Code
			if match && (data == nil || bytes.Equal(paper.Bytes, data)) {
				return c.proven(a, paper, file), nil
			}
			if match && same == nil {
				same = paper
			}
		}
	}
	return c.unlike(file, data, first, same), nil
}

// attempts lists the moments to try: those of seals with the paper's code, the
// data version as the file says or at its own time, HEAD, and commits between.
func (c *prover) attempts(file evidence.PaperFile) ([]attempt, *Verdict, error) {
	rev := file.Code.Commit
	if rev == "" {
		return nil, verdict(Cannot, "evidence.verify.no-commit"), nil
	}
	if strings.HasPrefix(file.Commit, rev) {
		rev = file.Commit
	}
	hash, err := c.project.repo.Resolve(rev, time.UTC)
	if err == nil {
		_, err = c.project.repo.Commit(hash)
	}
	var incomplete *gitrepo.HistoryError
	switch {
	case errors.Is(err, gitrepo.ErrUnknownRevision), errors.As(err, &incomplete):
		return nil, verdict(Cannot, "evidence.verify.unknown-commit", locale.A("commit", file.Code.Commit)), nil
	case errors.Is(err, gitrepo.ErrAmbiguous):
		return nil, verdict(Cannot, "evidence.verify.ambiguous", locale.A("commit", file.Code.Commit)), nil
	case err != nil:
		return nil, nil, err
	}
	position, held := evidence.Position(c.head.History, hash)
	if !held {
		return nil, verdict(Differs, "evidence.verify.not-held", locale.A("commit", file.Code.Commit)), nil
	}
	var list []attempt
	for rec := range c.head.Register.Of(record.SealKind) {
		if seal, ok := evidence.ReadSeal(rec); ok {
			for _, print := range seal.Prints {
				if print.Code == file.Code.String() {
					list = append(list, attempt{seal.Commit, seal.AsOf})
				}
			}
		}
	}
	asOf, _ := time.Parse(time.RFC3339, file.AsOf)
	list = append(list, attempt{hash, asOf}, attempt{c.head.Commit.Hash, asOf})
	return append(list, c.between(position)...), nil, nil
}

// mostBetween bounds how many commits are tried at which the content may have been
// as it was at the data version, but was judged later.
const mostBetween = 6

// between spreads attempts evenly over the mainline after a position.
func (c *prover) between(position int) []attempt {
	later := c.head.History.Commits()[position+1:]
	step := max(1, (len(later)+mostBetween-1)/mostBetween)
	var list []attempt
	for i := 0; i < len(later); i += step {
		list = append(list, attempt{commit: later[i].Hash})
	}
	return list
}

// papers prints the paper at a moment in every language and edition that it may
// be of.
func (c *prover) papers(a attempt, file evidence.PaperFile) ([]*Paper, error) {
	then, err := c.at(a)
	if err != nil {
		return nil, err
	}
	var period calendar.Period
	if file.Code.Period != "" {
		if period, err = calendar.ParsePeriod(file.Code.Period); err != nil {
			return nil, &UnknownPrintError{ID: file.Code.String()}
		}
	}
	var list []*Paper
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		if file.Lang != "" && file.Lang != string(lang) {
			continue
		}
		for _, policy := range policies(file.Edition) {
			paper, err := c.project.reprint(then, policy, lang, file.Code.Print, period)
			if err != nil {
				return nil, err
			}
			list = append(list, paper)
		}
	}
	return list, nil
}

func policies(edition string) []redact.Policy {
	switch redact.Edition(edition) {
	case redact.Internal:
		return []redact.Policy{{Edition: redact.Internal}}
	case redact.Audit:
		return []redact.Policy{{Edition: redact.Audit}, {Edition: redact.Audit, Money: true}}
	}
	return []redact.Policy{{Edition: redact.Internal}, {Edition: redact.Audit}, {Edition: redact.Audit, Money: true}}
}

// at reads a snapshot once.
func (c *prover) at(a attempt) (*past, error) {
	key := string(a.commit) + a.asOf.UTC().String()
	if then, ok := c.known[key]; ok {
		return then, nil
	}
	then := &past{}
	var err error
	if a.asOf.IsZero() {
		if then.snapshot, err = c.project.Snapshot(Moment{At: string(a.commit)}); err == nil {
			then.measures = c.project.Measures(then.snapshot)
		}
	} else {
		then, err = c.project.sealedAt(a.commit, a.asOf)
	}
	if err == nil {
		c.known[key] = then
	}
	return then, err
}

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

// reprint prints the paper of an id as of a snapshot.
func (p *Project) reprint(then *past, policy redact.Policy, lang locale.Lang, id string, period calendar.Period) (*Paper, error) {
	press, err := p.pressFor(then, policy, lang)
	if err != nil {
		return nil, err
	}
	unknown := &UnknownPrintError{ID: id}
	for _, l := range press.layouts {
		if strings.EqualFold(l.ID, id) {
			return press.print(l, period)
		}
		unknown.Known = append(unknown.Known, l.ID)
	}
	return nil, unknown
}

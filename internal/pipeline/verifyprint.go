package pipeline

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/signature"
)

// prover proves one paper.
type prover struct {
	project  *Project
	head     *Snapshot
	measures *Measures
	known    map[string]*past
	request  VerifyRequest
	alike    *Paper // that was proven to be the one asked for
}

func (p *Project) prover(head *Snapshot, req VerifyRequest) *prover {
	return &prover{project: p, head: head, measures: p.Measures(head), known: map[string]*past{}, request: req}
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
	hash, position, v, err := c.dataVersion(file)
	if v != nil || err != nil {
		return v, err
	}
	if file.Code.Print == portal.CoverID {
		return c.byPacking(hash, file, data)
	}
	var first, same *Paper // as printed now; the one whose content the code digests
	for _, a := range c.attempts(hash, position, file) {
		papers, err := c.papers(a, file)
		var unknown *UnknownPrintError
		if errors.As(err, &unknown) {
			continue // at that moment
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
				c.alike = paper
				return c.proven(a, paper, file), nil
			}
			if match && same == nil {
				same = paper
			}
		}
	}
	return c.unlike(file, data, first, same), nil
}

// dataVersion finds the commit that a paper rests on and its place on the mainline;
// a verdict where there is none.
func (c *prover) dataVersion(file evidence.PaperFile) (gitrepo.Hash, int, *Verdict, error) {
	rev := file.Code.Commit
	if rev == "" {
		return "", 0, verdict(Cannot, "evidence.verify.no-commit"), nil
	}
	if strings.HasPrefix(file.Commit, rev) {
		rev = file.Commit
	}
	name := locale.A("commit", file.Code.Commit)
	hash, err := c.project.repo.Resolve(rev, time.UTC)
	if err == nil {
		_, err = c.project.repo.Commit(hash)
	}
	var incomplete *gitrepo.HistoryError
	switch {
	case errors.Is(err, gitrepo.ErrUnknownRevision), errors.As(err, &incomplete):
		return "", 0, verdict(Cannot, "evidence.verify.unknown-commit", name), nil
	case errors.Is(err, gitrepo.ErrAmbiguous):
		return "", 0, verdict(Cannot, "evidence.verify.ambiguous", name), nil
	case err != nil:
		return "", 0, nil, err
	}
	position, held := evidence.Position(c.head.History, hash)
	if !held {
		return "", 0, verdict(Differs, "evidence.verify.not-held", name), nil
	}
	return hash, position, nil, nil
}

// attempts lists the moments to try: those of seals with the paper's code, the
// data version as the file says or at its own time, HEAD, and commits between; for a
// code alone also the end of its period, by which a pack judges.
func (c *prover) attempts(hash gitrepo.Hash, position int, file evidence.PaperFile) []attempt {
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
	moments := []time.Time{{}}
	if asOf, err := time.Parse(time.RFC3339, file.AsOf); err == nil {
		moments = []time.Time{asOf}
	} else if p, err := calendar.ParsePeriod(file.Code.Period); err == nil {
		moments = append(moments, p.In(c.head.Config.Zone).End)
	}
	for _, asOf := range moments {
		list = append(list, attempt{hash, asOf}, attempt{c.head.Commit.Hash, asOf})
	}
	for _, asOf := range moments {
		for _, commit := range c.between(position) {
			list = append(list, attempt{commit, asOf})
		}
	}
	return list
}

// mostBetween bounds how many commits are tried at which the content may have been
// as it was at the data version, but was judged later.
const mostBetween = 6

// between spreads attempts evenly over the mainline after a position.
func (c *prover) between(position int) []gitrepo.Hash {
	later := c.head.History.Commits()[position+1:]
	step := max(1, (len(later)+mostBetween-1)/mostBetween)
	var list []gitrepo.Hash
	for i := 0; i < len(later); i += step {
		list = append(list, later[i].Hash)
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
			paper, err := c.reprint(then, policy, lang, file.Code.Print, period)
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

// reprint prints the paper of an id as of a snapshot, with the contacts of the
// request where it leaves nobody's house.
func (c *prover) reprint(then *past, policy redact.Policy, lang locale.Lang, id string, period calendar.Period) (*Paper, error) {
	faces, err := c.project.faces(then.snapshot.Config)
	if err != nil {
		return nil, err
	}
	source := c.project.Source(then.snapshot, then.measures)
	source.Policy = policy
	source.Policy.Paper = true
	if !policy.Edition.Leaves() {
		source.Contacts = c.request.Contacts
	}
	press, err := newPress(then.snapshot, portal.New(source, lang), faces)
	if err != nil {
		return nil, err
	}
	return press.find(id, period)
}

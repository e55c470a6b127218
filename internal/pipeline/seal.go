package pipeline

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/signature"
)

// past is the snapshot of a sealed commit, judged as it was sealed.
type past struct {
	snapshot *Snapshot
	measures *Measures
}

// sealedAt reads the commit of a seal with the moment that judged it.
func (p *Project) sealedAt(commit gitrepo.Hash, asOf time.Time) (*past, error) {
	s, err := p.Snapshot(Moment{At: string(commit)})
	if err != nil {
		return nil, err
	}
	if !asOf.Equal(s.AsOf) {
		s.AsOf, s.judged = asOf.In(s.Config.Zone), true
	}
	return &past{s, p.Measures(s)}, nil
}

// figures are the results of every indicator that fits a period, on every basis.
func figures(definitions []*metric.Definition, m *Measures, p calendar.Period) []evidence.Figure {
	var list []evidence.Figure
	for _, d := range definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		for _, b := range d.Bases() {
			list = append(list, evidence.FigureOf(d, m.Result(d, p, b)))
		}
	}
	return list
}

// Seals reads the seals of a snapshot and compares each with what its commit gives
// and with what the snapshot gives. The snapshot must have been read with its
// history.
func (p *Project) Seals(s *Snapshot, m *Measures) []evidence.SealState {
	var list []evidence.SealState
	total := s.Register.Count(record.SealKind)
	for rec := range s.Register.Of(record.SealKind) {
		p.Progress.tell(stageSeals, len(list)+1, total)
		if seal, ok := evidence.ReadSeal(rec); ok {
			list = append(list, p.judgeSeal(s, m, rec, seal))
		}
	}
	return list
}

// Published is the state of a period's seal, for who shows its figures; nil where
// it has none. It is safe for concurrent use. Whether the seal is forged is for an audit to find, and not asked.
func (p *Project) Published(s *Snapshot, m *Measures) func(calendar.Period) *evidence.SealState {
	known := map[calendar.Period]*evidence.SealState{}
	var mutex sync.Mutex
	return func(period calendar.Period) *evidence.SealState {
		mutex.Lock()
		defer mutex.Unlock()
		if state, ok := known[period]; ok {
			return state
		}
		known[period] = nil
		rec := s.Register.Get(period.String())
		if seal, ok := evidence.ReadSeal(rec); ok {
			state := evidence.SealState{Seal: seal, Record: rec.ID}
			if s.History != nil {
				_, state.Held = evidence.Position(s.History, seal.Commit)
				p.sealTag(s, &state)
			}
			p.drift(s, m, &state, func() (*past, error) { return p.sealedAt(seal.Commit, seal.AsOf) })
			known[period] = &state
		}
		return known[period]
	}
}

func (p *Project) judgeSeal(s *Snapshot, m *Measures, rec *record.Record, seal evidence.Seal) evidence.SealState {
	state := evidence.SealState{Seal: seal, Record: rec.ID}
	if s.History != nil {
		_, state.Held = evidence.Position(s.History, seal.Commit)
		p.sealTag(s, &state)
	}
	then, err := p.sealedAt(seal.Commit, seal.AsOf)
	if err != nil {
		state.Reason = err.Error()
		return state
	}
	recomputed := figures(then.snapshot.Definitions, then.measures, seal.Period)
	state.Forged = evidence.Differences(seal.Figures, recomputed)
	for _, left := range evidence.Differences(recomputed, seal.Figures) {
		if left.Now == (evidence.Figure{}) { // computed, and not in the seal
			state.Forged = append(state.Forged, evidence.Difference{Now: left.Sealed})
		}
	}
	p.drift(s, m, &state, func() (*past, error) { return then, nil })
	return state
}

// drift compares a seal's figures with the snapshot's.
func (p *Project) drift(s *Snapshot, m *Measures, state *evidence.SealState, sealed func() (*past, error)) {
	if s.History == nil {
		return
	}
	differences := evidence.Differences(state.Figures, figures(s.Definitions, m, state.Period))
	if len(differences) == 0 {
		return
	}
	position, held := evidence.Position(s.History, state.Commit)
	then, err := sealed()
	for _, difference := range differences {
		d := evidence.Drift{Difference: difference}
		if err == nil && held {
			was, now := then.result(difference.Sealed, state.Period), (&past{s, m}).result(difference.Sealed, state.Period)
			d.Touches = evidence.Since(s.History, position, evidence.Moved(was, now))
		}
		state.Drifts = append(state.Drifts, d)
	}
}

// result is the indicator of a figure as the snapshot computes it; without the
// indicator, one of its name alone.
func (t *past) result(f evidence.Figure, p calendar.Period) metric.Result {
	for _, d := range t.snapshot.Definitions {
		if d.ID == f.KPI {
			return t.measures.Result(d, p, metric.Basis(f.Basis))
		}
	}
	return metric.Result{KPI: f.KPI}
}

// sealTag finds the tag of a seal: where it leads, whether the tagged commit is on
// the snapshot's history and holds the seal, and what its signature is worth by the
// keys of the sealed commit, so that no seal admits its own key.
func (p *Project) sealTag(s *Snapshot, state *evidence.SealState) {
	name := evidence.Tag(state.Period)
	at, err := p.repo.Resolve("refs/tags/"+name, time.UTC)
	if err != nil {
		return
	}
	state.Tag, state.Signature.Status = at, signature.None
	position, held := evidence.Position(s.History, at)
	life := s.History.Timeline(state.Record)
	if held && life != nil && life.Created.MergedBy != nil {
		created, _ := evidence.Position(s.History, life.Created.MergedBy.Hash)
		state.Tagged = position >= created
	}
	tag, err := p.repo.Tag(name)
	if err != nil || tag.Signed.Signature == nil {
		return
	}
	state.Signature.Status = signature.Unknown
	files, err := p.repo.Files(state.Commit)
	if err != nil {
		return
	}
	keys, err := signature.Load(files, s.Config.Zone)
	if err != nil {
		return
	}
	state.Signature = keys.Verify(tag.Signed.Payload, tag.Signed.Signature, tag.Tagger.When)
	if state.Signature.Status == signature.Good && tag.Name != name {
		state.Signature = signature.Result{Status: signature.Bad, Reason: signature.Mismatch} // signed as another tag
	}
}

// states of the seals, worked out when a rule first asks.
func (s *Snapshot) sealStates() []evidence.SealState {
	if s.project == nil || s.Register.Count(record.SealKind) == 0 {
		return nil
	}
	return s.project.Seals(s, s.project.Measures(s))
}

// AnchorProof is what a commit kept elsewhere proves about a history.
type AnchorProof struct {
	Anchor gitrepo.Commit
	Head   gitrepo.Hash
	// Contained tells that the anchored commit is in the history of the head, and
	// with it everything before it.
	Contained bool
	Mainline  bool // on the line of first parents
	Later     int  // mainline commits after it, where contained
	Records   int  // record files of the anchored commit
	Losses    []evidence.Loss
}

// ErrNoAnchor tells that the anchored commit is not in the repository.
var ErrNoAnchor = errors.New("the anchored commit is not in this repository")

// Anchor proves that an anchored commit is contained in the history of a head, or
// names the records that the history lost or changed since.
func (p *Project) Anchor(anchor string, m Moment) (*AnchorProof, error) {
	s, err := p.Snapshot(Moment{At: m.At})
	if err != nil {
		return nil, err
	}
	hash, err := p.repo.Resolve(anchor, s.Config.Zone)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("find anchor %q: %w", anchor, err), ErrNoAnchor)
	}
	proof := &AnchorProof{Head: s.Commit.Hash}
	if proof.Anchor, err = p.repo.Commit(hash); err != nil {
		return nil, errors.Join(fmt.Errorf("read anchor %q: %w", anchor, err), ErrNoAnchor)
	}
	anchored, err := p.repo.Blobs(hash, record.Folder)
	if err != nil {
		return nil, fmt.Errorf("read files of anchor: %w", err)
	}
	proof.Records = len(anchored)
	position, held := evidence.Position(s.History, hash)
	if held {
		commits := s.History.Commits()
		proof.Contained, proof.Mainline = true, commits[position].Hash == hash
		proof.Later = len(commits) - 1 - position
		return proof, nil
	}
	here, err := p.repo.Blobs(s.Commit.Hash, record.Folder)
	if err != nil {
		return nil, fmt.Errorf("read files of head: %w", err)
	}
	known, err := p.everHeld(s.Commit.Hash)
	proof.Losses = evidence.Losses(anchored, here, known)
	return proof, err
}

// Findings are the anchor that the history does not contain, and each record that
// was lost or changed.
func (a *AnchorProof) Findings() finding.List {
	if a.Contained {
		return nil
	}
	name := locale.A("anchor", a.Anchor.Hash.Short())
	list := finding.List{{
		Position: finding.Position{Path: config.File, Line: 1, Column: 1}, Rule: anchorRule, Severity: finding.Error, Commit: string(a.Anchor.Hash),
		Key: "evidence.anchor.not-contained", Args: []locale.Arg{name, locale.A("head", a.Head.Short())},
	}}
	for _, l := range a.Losses {
		f := finding.Finding{
			Position: finding.Position{Path: l.Path, Line: 1, Column: 1}, Rule: anchorRule, Severity: finding.Error,
			Record: l.Record, Commit: string(a.Anchor.Hash), Key: "evidence.anchor.changed", Args: []locale.Arg{locale.A("record", l.Record), name},
		}
		if l.Gone {
			f.Key = "evidence.anchor.gone"
		}
		list = append(list, f)
	}
	return list
}

// anchorRule is the rule of what only an anchor can find.
const anchorRule = "audit-anchor"

// everHeld are the blobs that any version of a record has in a history.
func (p *Project) everHeld(head gitrepo.Hash) (map[gitrepo.Hash]bool, error) {
	known := map[gitrepo.Hash]bool{}
	for advance, err := range p.repo.Mainline(head, record.Folder) {
		if err != nil {
			return nil, err
		}
		for _, c := range advance.Changes {
			known[c.After] = true
		}
		for _, side := range advance.Side {
			for _, c := range side.Changes {
				known[c.After] = true
			}
		}
	}
	return known, nil
}

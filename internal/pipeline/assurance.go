package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/metric"
	"kept/internal/record"
)

// ErrLedger is a ledger that is neither a reference with the file, nor a file.
var ErrLedger = errors.New("no ledger there: name a reference whose tree holds " + evidence.LedgerFile + ", or a file")

// assure finds what stands behind the commits of the snapshot's history: their
// signatures, what CI saw, and what is anchored.
func (p *Project) assure(s *Snapshot, m Moment) error {
	var err error
	if s.Signatures, err = evidence.ReadSignatures(p.repo, s.History, s.Config.Zone); err != nil {
		return fmt.Errorf("read signatures: %w", err)
	}
	if m.Ledger != "" {
		if s.Ledger, err = p.ledger(m.Ledger); err != nil {
			return err
		}
	}
	anchors, err := p.anchors(s, m.Anchors)
	if err != nil {
		return err
	}
	s.Assurance = evidence.Assure(evidence.AssuranceRequest{
		History: s.History, Signatures: s.Signatures, Ledger: s.Ledger, Anchors: anchors, Clock: s.Config.FutureTolerance,
		Calendar: s.Calendar, Tolerance: calendar.Limit{Amount: 1, Unit: calendar.WorkingDays},
	})
	return nil
}

// largestLedger bounds what is read of a ledger: a million lines.
const largestLedger = 80 << 20

// ledger reads a ledger from a reference's tree or, where there is no such
// reference, from a file. Where the file lies reaches no output.
func (p *Project) ledger(name string) (*evidence.Ledger, error) {
	commit, err := p.repo.Resolve(name, time.UTC)
	if err == nil {
		ids, err := p.repo.Lookup(commit, evidence.LedgerFile)
		if err != nil {
			return nil, fmt.Errorf("read ledger %q: %w", name, err)
		}
		if ids[0] != "" {
			data, err := p.repo.Blob(ids[0])
			if err != nil {
				return nil, fmt.Errorf("read ledger %q: %w", name, err)
			}
			return evidence.ParseLedger(evidence.LedgerFile, data), nil
		}
	}
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > largestLedger {
		return nil, fmt.Errorf("read ledger %q: %w", name, ErrLedger)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return evidence.ParseLedger(filepath.Base(name), data), nil
}

// anchors are the commits that were named, in full, and those that seals name.
func (p *Project) anchors(s *Snapshot, named []string) ([]gitrepo.Hash, error) {
	var list []gitrepo.Hash
	for _, name := range named {
		h, err := p.repo.Resolve(name, time.UTC)
		if errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrAmbiguous) {
			return nil, fmt.Errorf("find anchor %q: %w", name, ErrNoAnchor)
		}
		if err != nil {
			return nil, fmt.Errorf("find anchor: %w", err)
		}
		list = append(list, h)
	}
	s.anchored = slices.Clone(list)
	for rec := range s.Register.Of(record.SealKind) {
		if seal, ok := evidence.ReadSeal(rec); ok {
			list = append(list, seal.Commit)
		}
	}
	return list, nil
}

// mailmap is what a tree's .mailmap makes of addresses, both in small letters, for
// people to see: `Name <proper> Other Name <as committed>`.
func mailmap(files fs.FS) map[string]string {
	data, err := fs.ReadFile(files, ".mailmap")
	if err != nil {
		return nil
	}
	known := map[string]string{}
	for line := range strings.Lines(string(data[:min(len(data), largest)])) {
		line, _, _ = strings.Cut(line, "#")
		_, rest, ok := strings.Cut(line, "<")
		proper, rest, closed := strings.Cut(rest, ">")
		_, rest, again := strings.Cut(rest, "<")
		committed, _, end := strings.Cut(rest, ">")
		if ok && closed && again && end && proper != "" && committed != "" {
			known[strings.ToLower(committed)] = strings.ToLower(proper)
		}
	}
	return known
}

// Figure writes a result for machines, as [Figure] does, with the levels of what it
// counts. The snapshot must have been read with its history.
func (s *Snapshot) Figure(d *metric.Definition, r metric.Result, members bool) FigureObject {
	o := Figure(d, r, members)
	if s.Assurance == nil {
		return o
	}
	tally := s.Assurance.Figure(&r)
	if lowest, ok := tally.Lowest(); ok {
		o.Level, o.Levels = lowest.String(), map[string]int{}
		for _, l := range evidence.Levels() {
			if tally[l] > 0 {
				o.Levels[l.String()] = tally[l]
			}
		}
	}
	for i := range o.Evidence {
		e := &o.Evidence[i]
		e.Level = s.Assurance.Member(metric.Evidence{Record: e.Record, Commit: gitrepo.Hash(e.Commit)}).Level.String()
	}
	return o
}

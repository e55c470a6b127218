// Package demo plays a scenario into a new repository: a company with its
// people, customers and records, and the history in which they came about. The
// scenario (templates/demo) holds every word, kind, field and state; this
// package chooses by chance, substitutes, schedules in working time, writes
// records and commits them. The same request gives the same commit ids on every
// machine and at any time.
package demo

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Request says what to make. The zero values of Records, Years and End mean
// [DefaultRecords], [DefaultYears] and [DefaultEnd].
type Request struct {
	Dir     string       // the new repository; must be empty or not there
	Records int          // about how many records, reached within a few in a hundred; a year of management alone brings some 200
	Years   int          // calendar years, the last one being End's
	Seed    uint64       // another seed, another company
	End     calendar.Day // the last day of the history

	Schemas   fs.FS // the kinds, as package kept/schemas embeds them
	Templates fs.FS // the folders demo and init, as package kept/templates embeds them
	Site      fs.FS // the folder content, with the company's documents; nil for none

	// Figures computes the figures of every issue of a report from the history in
	// a folder, by the id: the history is played once without them, then
	// with them. Nil leaves issues without figures.
	Figures func(dir string, asks []Ask) (map[string]map[string]any, error)
}

// Ask is one issue of a report that is drafted in the play.
type Ask struct {
	ID     string
	Fields map[string]any // of the record as far as it is
	At     time.Time      // the moment of the draft
}

// The defaults of a [Request].
const (
	DefaultRecords = 720
	DefaultYears   = 3
)

// DefaultEnd is the last day of the default history: within the calendars that
// kept ships, and the end of a month, a quarter and a working week.
func DefaultEnd() calendar.Day { return calendar.Day{Year: 2026, Month: time.September, Day: 30} }

// TruthSuffix is appended to the name of the folder for the name of the file
// that lists what is to be found in it.
const TruthSuffix = ".truth.json"

// Summary says what was made.
type Summary struct {
	Records int          // files below records/ at the end
	Commits int          // reachable from the branch
	Head    gitrepo.Hash // of the branch
	Branch  string
	End     time.Time // of the last commit
	Truth   string    // path of the truth file
}

// Play makes the repository and, beside it, the truth file.
func Play(req Request) (Summary, error) {
	if req.Figures == nil {
		sum, _, err := play(req, nil)
		return sum, err
	}
	figures, err := rehearse(req)
	if err != nil {
		return Summary{}, fmt.Errorf("compute figures of reports: %w", err)
	}
	sum, _, err := play(req, figures)
	return sum, err
}

// rehearse plays once elsewhere and has the figures computed from it.
func rehearse(req Request) (map[string]map[string]any, error) {
	top, err := os.MkdirTemp("", "kept-demo-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(top)
	first := req
	first.Dir = filepath.Join(top, "records")
	_, asks, err := play(first, nil)
	if err != nil || len(asks) == 0 {
		return nil, err
	}
	return req.Figures(first.Dir, asks)
}

func play(req Request, figures map[string]map[string]any) (Summary, []Ask, error) {
	sum := Summary{}
	s, err := newStage(req.withDefaults())
	if err != nil {
		return sum, nil, fmt.Errorf("prepare scenario: %w", err)
	}
	s.figures = figures
	if err := s.run(); err != nil {
		return sum, nil, err
	}
	sum = Summary{
		Records: s.tree.Len(record.Folder), Commits: s.commits, Head: s.head, Branch: s.scenario.branch,
		End: s.last, Truth: s.req.Dir + TruthSuffix,
	}
	return sum, s.asks, s.truth.write(sum)
}

// run plays everything into the repository.
func (s *stage) run() error {
	var err error
	if s.pack, err = gitrepo.NewPack(s.req.Dir); err != nil {
		return err
	}
	if err := s.setUp(); err != nil {
		return fmt.Errorf("set the company up: %w", err)
	}
	if err := s.schedulePlans(); err != nil {
		return fmt.Errorf("plan the years: %w", err)
	}
	if err := s.queue.run(s.end); err != nil {
		return fmt.Errorf("play scenario: %w", err)
	}
	if err := s.pack.Close(s.scenario.branch, s.head, s.tree); err != nil {
		return err
	}
	return s.store()
}

func (r Request) withDefaults() Request {
	if r.Records <= 0 {
		r.Records = DefaultRecords
	}
	if r.Years <= 0 {
		r.Years = DefaultYears
	}
	if r.End == (calendar.Day{}) {
		r.End = DefaultEnd()
	}
	return r
}

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
	"time"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/record"
)

// Request says what to make. The zero values of Records, Years and End mean
// [DefaultRecords], [DefaultYears] and [DefaultEnd].
type Request struct {
	Dir     string       // the new repository; must be empty or not there
	Records int          // about how many records, reached within a few in a hundred
	Years   int          // calendar years, the last one being End's
	Seed    uint64       // another seed, another company
	End     calendar.Day // the last day of the history

	Schemas   fs.FS // the kinds, as package kept/schemas embeds them
	Templates fs.FS // the folders demo and init, as package kept/templates embeds them
	Site      fs.FS // the folder content, with the company's documents; nil for none
}

// The defaults of a [Request].
const (
	DefaultRecords = 400
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
	s, err := newStage(req.withDefaults())
	if err != nil {
		return Summary{}, fmt.Errorf("prepare scenario: %w", err)
	}
	s.pack, err = gitrepo.NewPack(s.req.Dir)
	if err != nil {
		return Summary{}, err
	}
	if err := s.setUp(); err != nil {
		return Summary{}, fmt.Errorf("set the company up: %w", err)
	}
	if err := s.schedulePlans(); err != nil {
		return Summary{}, fmt.Errorf("plan the years: %w", err)
	}
	if err := s.queue.run(s.end); err != nil {
		return Summary{}, fmt.Errorf("play scenario: %w", err)
	}
	if err := s.pack.Close(s.scenario.branch, s.head, s.tree); err != nil {
		return Summary{}, err
	}
	sum := Summary{
		Records: s.tree.Len(record.Folder), Commits: s.commits, Head: s.head, Branch: s.scenario.branch,
		End: s.last, Truth: s.req.Dir + TruthSuffix,
	}
	return sum, s.truth.write(sum)
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

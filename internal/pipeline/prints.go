package pipeline

import (
	"errors"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
)

// PrintRequest names one print.
type PrintRequest struct {
	ID     string
	Period calendar.Period // zero: the print's own default
	Lang   locale.Lang
}

// Paper is one PDF.
type Paper struct {
	FileName string
	Title    string
	Bytes    []byte
	Findings finding.List // characters that the face lacks
}

// UnknownPrintError names a print that does not exist.
type UnknownPrintError struct {
	ID    string
	Known []string
}

func (e *UnknownPrintError) Error() string { return "find print " + e.ID }

// Print makes one PDF.
func (p *Project) Print(*Snapshot, PrintRequest) (*Paper, error) { return nil, errors.New("soon") }

// WriteFile is soon there.
func WriteFile(string, []byte) error { return nil }

func (b *builder) prints() error { return nil }

package pipeline

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"

	"kept/internal/calendar"
	"kept/internal/export"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/publish"
	"kept/internal/redact"
)

// The names of what is no kind; a kind of the same name goes before.
const (
	ExportEvents = portal.EventsName // the history of all records
	ExportAll    = "all"
)

// ExportRequest says what to write for other programs.
type ExportRequest struct {
	What   string // a kind, or [ExportEvents]
	Events bool   // the history of the kind's records, in place of the records
	Format export.Format
	Period calendar.Period // zero: everything
	Lang   locale.Lang
	Policy redact.Policy
	Name   string // that the file is given; "" for its own
}

// Exported is one file.
type Exported struct {
	FileName string
	Bytes    []byte
	Metadata []byte // of a text file, to be kept beside it; nil for what says by itself where it comes from
	export.Provenance
}

// UnknownKindError names a kind that does not exist.
type UnknownKindError struct {
	ID    string
	Known []string
}

// Error names the kind in English.
func (e *UnknownKindError) Error() string { return fmt.Sprintf("find kind %q", e.ID) }

// Export writes the records of a kind, or a history, of the edition. An edition that
// leaves the company may be refused with a [*PersonalDataError].
func (p *Project) Export(s *Snapshot, req ExportRequest) (*Exported, error) {
	view, err := p.exporting(s, req)
	if err != nil {
		return nil, err
	}
	return exported(s, view, req)
}

// ExportAll writes every kind that has records, and the history, into a folder with
// a manifest. It tells how many files. A folder with anything that kept did not make
// is left as it is.
func (p *Project) ExportAll(s *Snapshot, req ExportRequest, out string) (int, error) {
	view, err := p.exporting(s, req)
	if err != nil {
		return 0, err
	}
	stage, err := publish.Begin(out)
	if err != nil {
		return 0, err
	}
	defer stage.Abort()
	var names []string
	for kind := range s.Kinds.All() {
		if s.Register.Count(kind.ID) > 0 {
			names = append(names, kind.ID)
		}
	}
	names = append(names, ExportEvents)
	for i, name := range names {
		p.Progress.tell(stageExport, i+1, len(names))
		req.What, req.Events = name, false
		file, err := exported(s, view, req)
		if err != nil {
			return 0, err
		}
		if err := stage.Write(file.FileName, file.Bytes); err != nil {
			return 0, err
		}
		if file.Metadata == nil {
			continue
		}
		if err := stage.Write(file.FileName+export.MetadataSuffix, file.Metadata); err != nil {
			return 0, err
		}
	}
	m := (&builder{project: p, policy: req.Policy, snapshot: s}).manifest()
	m.Languages = []string{string(req.Lang)}
	if req.Period != (calendar.Period{}) {
		m.Period = req.Period.String()
	}
	return len(names), stage.Commit(m)
}

// exporting is the view of what an export shows.
func (p *Project) exporting(s *Snapshot, req ExportRequest) (*portal.View, error) {
	if err := s.admit(req.Policy); err != nil {
		return nil, err
	}
	source := p.Source(s, p.Measures(s))
	source.Policy = req.Policy
	return portal.New(source, req.Lang), nil
}

func exported(s *Snapshot, view *portal.View, req ExportRequest) (*Exported, error) {
	var e *portal.Extract
	switch kind := s.Kinds.Kind(req.What); {
	case kind == nil && req.What != ExportEvents:
		unknown := &UnknownKindError{ID: req.What}
		for kind := range s.Kinds.All() {
			unknown.Known = append(unknown.Known, kind.ID)
		}
		unknown.Known = append(unknown.Known, ExportEvents, ExportAll)
		return nil, unknown
	case kind == nil || req.Events:
		e = view.EventExtract(kind, req.Period)
	default:
		e = view.RecordExtract(kind, req.Period)
	}
	data, from, err := export.Write(e, req.Format)
	if err != nil {
		return nil, err
	}
	name := e.Name
	if from.Period != "" {
		name += "_" + from.Period
	}
	file := &Exported{FileName: name + "." + string(req.Format), Bytes: data, Provenance: from}
	if req.Format == export.CSV {
		file.Metadata, err = export.Metadata(e, from, cmp.Or(req.Name, file.FileName), data)
	}
	return file, err
}

// ShortCommit is the beginning of the commit's id.
func (e *Exported) ShortCommit() string { return gitrepo.Hash(e.Commit).Short() }

// ErrNotExport refuses to replace a file that is no export of the format.
var ErrNotExport = errors.New("the file that is there is no export of this format")

// WriteExport writes one file as a whole or not at all, in place of an earlier one of
// its format only; before a text file its description, beside it.
func WriteExport(name string, f export.Format, file *Exported) error {
	if file.Metadata != nil {
		err := replace(name+export.MetadataSuffix, file.Metadata, func(before []byte) error {
			if _, ours := export.ReadMetadata(before); ours {
				return nil
			}
			return ErrNotExport
		})
		if err != nil {
			return err
		}
	}
	return replace(name, file.Bytes, func(before []byte) error {
		if bytes.Equal(before, file.Bytes) || export.Ours(f, before) {
			return nil
		}
		return ErrNotExport
	})
}

package serve

import (
	"errors"
	"net/http"
	"os"

	"kept/internal/pipeline"
)

// importObject is what becomes of a ledger, in words. Its keys are shared with
// import.js.
type importObject struct {
	Digest   string        `json:"digest"` // to be sent along when it is to be written
	Tally    string        `json:"tally"`
	Said     string        `json:"said"`  // what hinders it, or is to be known first
	Write    string        `json:"write"` // on the button that writes; "" where nothing can be written
	Written  string        `json:"written"`
	Tables   []tableObject `json:"tables"`
	Findings []placeObject `json:"findings"`
	More     string        `json:"found_more"`
	Rows     [][5]string   `json:"rows"` // number, place, former number, what becomes of it, label
	MoreRows string        `json:"rows_more"`
	Left     []string      `json:"left"`
	Mend     string        `json:"mend"`      // the refused rows as CSV, "" for none
	MendName string        `json:"mend_name"` // of its file
	MendWord string        `json:"mend_word"` // on the link that saves it
	Notes    []string      `json:"notes"`
	Sheets   []sheetObject `json:"sheets"`
	Error    string        `json:"error,omitempty"`
}

// tableObject is one sheet: its columns with what they fill, and what is left out.
type tableObject struct {
	Title   string      `json:"title"`
	Columns [][2]string `json:"columns"`
	Out     []string    `json:"out"`
}

// placeObject is what is wrong at a place of the file.
type placeObject struct {
	Severity string `json:"severity"`
	Word     string `json:"word"`
	Place    string `json:"place"`
	Message  string `json:"message"`
}

type sheetObject struct {
	Name   string `json:"name"`
	Read   bool   `json:"read"`
	Hidden bool   `json:"hidden"`
}

// Bounds of what a page is sent, which shows a part of it at a time.
const (
	mostFindings = 1000
	mostRows     = 10000
)

// previewImport tells what would become of a file.
func (s *Server) previewImport(w http.ResponseWriter, r *http.Request) {
	s.imports(w, r, s.request.Live.PlanImport)
}

// writeImport writes what was previewed.
func (s *Server) writeImport(w http.ResponseWriter, r *http.Request) {
	s.imports(w, r, s.request.Live.WriteImport)
}

// imports reads a file into memory, one at a time, plans and answers. Nothing of it
// is put on the disk.
func (s *Server) imports(w http.ResponseWriter, r *http.Request, do func(pipeline.ImportEntry) (pipeline.ImportPlan, error)) {
	s.patient(w)
	under, end := s.jobs.begin(r)
	defer end()
	s.importing.Lock()
	defer s.importing.Unlock()
	e, ok := s.ledger(w, r)
	if e.Scans != "" {
		defer os.RemoveAll(e.Scans)
	}
	if !ok {
		return
	}
	e.Progress, e.Stopped = under.tell, func() bool { return r.Context().Err() != nil }
	plan, err := do(e)
	if errors.Is(err, pipeline.ErrStopped) {
		return // who asked has gone
	}
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	answer(w, http.StatusOK, previewOf(plan, e.Base, s.printer(r)))
}

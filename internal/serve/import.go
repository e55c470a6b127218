package serve

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
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

// mostFindings bounds how many findings a page lists.
const mostFindings = 200

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
	s.importing.Lock()
	defer s.importing.Unlock()
	e, ok := s.ledger(w, r)
	if e.Scans != "" {
		defer os.RemoveAll(e.Scans)
	}
	if !ok {
		return
	}
	plan, err := do(e)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	answer(w, http.StatusOK, previewOf(plan, e.Base, s.printer(r)))
}

// ledger reads what the page of an import sends.
func (s *Server) ledger(w http.ResponseWriter, r *http.Request) (pipeline.ImportEntry, bool) {
	var e pipeline.ImportEntry
	r.Body = http.MaxBytesReader(w, r.Body, pipeline.MostImport+intake.MaxEvidence+maxBody)
	form, err := r.MultipartReader()
	if err != nil {
		s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
		return e, false
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = takePart(&e, part.FormName(), part.FileName(), part)
		}
		var big *http.MaxBytesError
		if errors.As(err, &big) || errors.Is(err, errLong) {
			s.refuse(w, r, http.StatusRequestEntityTooLarge, "serve.too-big", locale.A("limit", "200 MiB"))
			return e, false
		}
		if err != nil {
			s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
			return e, false
		}
	}
	if e.File == "" {
		s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
		return e, false
	}
	return e, true
}

// errLong says that a part has more bytes than it may.
var errLong = errors.New("part is too long")

// mostField bounds what is no file.
const mostField = 4096

func takePart(e *pipeline.ImportEntry, name, file string, from io.Reader) error {
	if name == "scan" {
		return takeScan(e, file, from)
	}
	most := int64(mostField)
	if name == "file" {
		most = pipeline.MostImport
	}
	data, err := io.ReadAll(io.LimitReader(from, most+1))
	if err != nil {
		return err
	}
	if int64(len(data)) > most {
		return errLong
	}
	field, set := strings.CutPrefix(name, "set.")
	switch {
	case set:
		if e.Sets == nil {
			e.Sets = map[string]string{}
		}
		e.Sets[field] = string(data)
	case name == "scale":
		e.Scale = append(e.Scale, string(data))
	case name == "file":
		if e.File == "" {
			e.File, e.Data = file, data
		}
	case name == "kind":
		e.Kind = string(data)
	case name == "by":
		e.By = string(data)
	case name == "base":
		e.Base = string(data)
	case name == "sheet":
		e.Sheets = append(e.Sheets, string(data))
	}
	return nil
}

// takeScan keeps a file that rows name until the request is answered.
func takeScan(e *pipeline.ImportEntry, name string, from io.Reader) error {
	if e.Scans == "" {
		dir, err := os.MkdirTemp("", "kept-scans-")
		if err != nil {
			return err
		}
		e.Scans = dir
	}
	_, err := keepFile(e.Scans, name, from)
	return err
}

// template gives out the workbook in which staff fill in records of a kind.
func (s *Server) template(w http.ResponseWriter, r *http.Request) {
	asked := r.URL.Query()
	lang, err := locale.ParseLang(asked.Get("lang"))
	if err != nil {
		lang = s.lang()
	}
	var sets []intake.Set
	for _, name := range slices.Sorted(maps.Keys(asked)) {
		if field, is := strings.CutPrefix(name, "set."); is {
			set, err := intake.ParseSet(field + "=" + asked.Get(name))
			if err != nil {
				s.sorry(w, http.StatusBadRequest, "cli.bad-set", locale.A("value", field))
				return
			}
			sets = append(sets, set)
		}
	}
	file, err := s.request.Live.Template(asked.Get("kind"), lang, sets)
	var refused *pipeline.TemplateError
	switch {
	case errors.Is(err, pipeline.ErrUnknownKind):
		s.sorry(w, http.StatusNotFound, "serve.no-record")
	case errors.As(err, &refused):
		s.sorry(w, http.StatusUnprocessableEntity, refused.Key, refused.Args...)
	case err != nil:
		s.sorry(w, http.StatusInternalServerError, "serve.no-drawing", locale.T("reason", pipeline.Explain(s.request.Messages, err)))
	default:
		w.Header().Set("Content-Type", mediaType(file.FileName))
		w.Header().Set("Content-Disposition", disposition(file.FileName))
		_, _ = w.Write(file.Bytes)
	}
}

// previewOf words a plan; base is the digest that its page has seen.
func previewOf(plan pipeline.ImportPlan, base string, p *locale.Printer) importObject {
	v := plan.Preview(plan.Kind, p)
	o := importObject{
		Digest: plan.Digest, Tally: v.Tally, MoreRows: v.More, Tables: []tableObject{}, Findings: []placeObject{}, Rows: [][5]string{},
		Left: append([]string{}, v.Left...), Notes: append([]string{}, v.Notes...), Sheets: []sheetObject{},
	}
	for _, t := range v.Tables {
		o.Tables = append(o.Tables, tableOf(t, p))
	}
	for _, f := range v.Found {
		if f.Severity == finding.Info {
			continue
		}
		if len(o.Findings) < mostFindings {
			o.Findings = append(o.Findings, placeObject{f.Severity.String(), p.Say(severityKey(f.Severity)), placeIn(f, plan.File), f.Message(p)})
		}
	}
	if n := v.Found.Count(finding.Error) + v.Found.Count(finding.Warning) - len(o.Findings); n > 0 {
		o.More = p.Say("import.found-more", locale.N("n", n))
	}
	for _, r := range v.Rows {
		o.Rows = append(o.Rows, [5]string{r.ID, r.Place, r.Key, r.What, r.Label})
	}
	for _, sheet := range plan.Sheets {
		o.Sheets = append(o.Sheets, sheetObject(sheet))
	}
	n := v.New + v.Changed
	switch {
	case plan.Written && n > 0:
		o.Written = p.Say("import.written", locale.N("n", n))
	case v.Blocked:
		o.Said = p.Say("import.again")
	case n == 0:
		o.Said = p.Say("import.nothing")
	default:
		o.Write = p.Say("import.write", locale.N("n", n))
		if base != "" {
			o.Said = p.Say("import.changed-meanwhile")
		}
	}
	return o
}

func tableOf(t pipeline.PreviewTable, p *locale.Printer) tableObject {
	o := tableObject{Title: t.Title, Columns: [][2]string{}, Out: []string{}}
	for _, c := range t.Columns {
		o.Columns = append(o.Columns, [2]string{c.Column, c.Target})
	}
	comma := p.Say("import.comma")
	if len(t.Dropped) > 0 {
		o.Out = append(o.Out, p.Say("import.dropped", locale.A("columns", strings.Join(t.Dropped, comma))))
	}
	if len(t.Unmapped) > 0 {
		o.Out = append(o.Out, p.Say("import.unmapped", locale.A("columns", strings.Join(t.Unmapped, comma))))
	}
	return o
}

func severityKey(s finding.Severity) string {
	if s == finding.Error {
		return "portal.error"
	}
	return "portal.warning"
}

// placeIn is the place of a finding: its cell, or line and column where it is about
// the mapping; "" where it is about an option.
func placeIn(f finding.Finding, file string) string {
	at := f.Position
	cell, inside := strings.CutPrefix(at.Path, file)
	switch {
	case strings.HasPrefix(at.Path, "--"):
		return ""
	case inside && cell == "" && at.Line > 0:
		return ledger.Column(max(1, at.Column)) + strconv.Itoa(at.Line)
	case inside && cell != "":
		return strings.TrimSpace(cell)
	}
	return at.String()
}

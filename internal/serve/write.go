package serve

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/portal"
	"kept/internal/record"
)

// entryObject is what a form sends. Its keys are shared with form.js.
type entryObject struct {
	Kind string      `json:"kind"`
	ID   string      `json:"id"` // "" for a new record
	To   string      `json:"to"`
	By   string      `json:"by"`
	Role string      `json:"role"`
	At   string      `json:"at"` // RFC 3339 or local to the minute; "" is now
	Note string      `json:"note"`
	Sets [][2]string `json:"sets"` // path and value, as --set path=value
	Base string      `json:"base"` // of [recordObject]
}

// enteredObject is the answer.
type enteredObject struct {
	OK       bool            `json:"ok"`
	ID       string          `json:"id"`
	Path     string          `json:"path"`
	YAML     string          `json:"yaml"`
	Page     string          `json:"page"` // from the root of the site
	Findings []findingObject `json:"findings"`
}

type findingObject struct {
	Severity string `json:"severity"`
	Field    string `json:"field"` // dotted path, "by", "" where it is about none
	Message  string `json:"message"`
	Rule     string `json:"rule"`
}

// recordObject is a record's file with the digest that a change of it must name.
type recordObject struct {
	ID   string `json:"id"`
	Path string `json:"path"`
	YAML string `json:"yaml"`
	Base string `json:"base"`
}

type errorObject struct {
	Error    string `json:"error"`
	Conflict bool   `json:"conflict,omitempty"` // the record is no longer what the page saw
}

// printer speaks the language of the page that asks.
func (s *Server) printer(r *http.Request) *locale.Printer {
	lang, err := locale.ParseLang(r.Header.Get("X-Kept"))
	if err != nil {
		lang = s.lang()
	}
	return s.request.Messages.Printer(lang)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who asked has gone where it fails
}

// refuse answers with a message.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int, key string, args ...locale.Arg) {
	answer(w, status, errorObject{Error: s.printer(r).Say(key, args...)})
}

// record gives out one record's file.
func (s *Server) record(w http.ResponseWriter, r *http.Request) {
	rec := s.request.Live.Present().Register.Get(r.URL.Query().Get("id"))
	if rec == nil {
		s.refuse(w, r, http.StatusNotFound, "serve.no-record")
		return
	}
	answer(w, http.StatusOK, recordObject{rec.ID, rec.Path, string(rec.Source), pipeline.Digest(rec.Source)})
}

// plan tells what an entry would make, while it is typed.
func (s *Server) plan(w http.ResponseWriter, r *http.Request) {
	entry, ok := s.entry(w, r)
	if !ok {
		return
	}
	made, err := s.request.Live.Plan(entry)
	s.tell(w, r, made, err)
}

// write makes it.
func (s *Server) write(w http.ResponseWriter, r *http.Request) {
	entry, ok := s.entry(w, r)
	if !ok {
		return
	}
	made, err := s.request.Live.Write(entry)
	s.tell(w, r, made, err)
}

// entry reads what a form sends.
func (s *Server) entry(w http.ResponseWriter, r *http.Request) (pipeline.Entry, bool) {
	var o entryObject
	if !s.read(w, r, &o) {
		return pipeline.Entry{}, false
	}
	e := pipeline.Entry{Kind: o.Kind, ID: o.ID, To: o.To, By: o.By, Role: o.Role, Note: o.Note, Base: o.Base}
	for _, set := range o.Sets {
		parsed, err := intake.ParseSet(set[0] + "=" + set[1])
		if err != nil {
			s.refuse(w, r, http.StatusBadRequest, "cli.bad-set", locale.A("value", set[0]))
			return e, false
		}
		e.Sets = append(e.Sets, parsed)
	}
	if o.At != "" {
		var ok bool
		if e.At, ok = calendar.ParseInstant(o.At, s.request.Live.Present().Config.Zone); !ok {
			s.refuse(w, r, http.StatusBadRequest, "cli.bad-when", locale.A("value", o.At))
			return e, false
		}
	}
	return e, true
}

// read reads one JSON object of bounded size.
func (s *Server) read(w http.ResponseWriter, r *http.Request, into any) bool {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		s.refuse(w, r, http.StatusRequestEntityTooLarge, "serve.too-big", locale.A("limit", "1 MiB"))
		return false
	case err == nil:
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		s.refuse(w, r, http.StatusBadRequest, "serve.no-json")
		return false
	}
	return true
}

// tell answers with what was made, or why not.
func (s *Server) tell(w http.ResponseWriter, r *http.Request, made pipeline.Entered, err error) {
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	p := s.printer(r)
	o := enteredObject{
		OK: made.Findings.Count(finding.Error) == 0, ID: made.ID, Path: made.Path, YAML: string(made.Text), Findings: findings(made.Findings, p),
	}
	if made.Path != "" {
		o.Page = pageOf(p.Lang(), made.Path)
	}
	answer(w, http.StatusOK, o)
}

// pageOf is the page of a record's file.
func pageOf(lang locale.Lang, path string) string {
	return string(lang) + "/" + portal.FolderName(record.KindOf(path)) + "/" + portal.PageName(record.StemOf(path)) + ".html"
}

func findings(list finding.List, p *locale.Printer) []findingObject {
	out := []findingObject{}
	for _, f := range list {
		field := ""
		if name, ok := strings.CutPrefix(f.Position.Path, "--"); ok {
			field = strings.TrimPrefix(name, "set ")
		}
		out = append(out, findingObject{f.Severity.String(), field, f.Message(p), f.Rule})
	}
	return out
}

// trouble answers with an error in words.
func (s *Server) trouble(w http.ResponseWriter, r *http.Request, err error) {
	var conflict *pipeline.ConflictError
	switch {
	case errors.As(err, &conflict):
		said := s.printer(r).Say(s.conflictKey(conflict), locale.A("id", conflict.ID), locale.T("fields", locale.Listed(conflict.Fields...)))
		answer(w, http.StatusConflict, errorObject{said, true})
	case errors.Is(err, intake.ErrChanged):
		s.refuse(w, r, http.StatusConflict, "serve.busy")
	case errors.Is(err, pipeline.ErrUnknownKind), errors.Is(err, pipeline.ErrUnknownRecord):
		s.refuse(w, r, http.StatusNotFound, "serve.no-record")
	case errors.Is(err, pipeline.ErrNobody):
		s.refuse(w, r, http.StatusUnprocessableEntity, "serve.nobody")
	case errors.Is(err, pipeline.ErrNoStore):
		s.refuse(w, r, http.StatusUnprocessableEntity, "intake.cli.no-store")
	case errors.Is(err, pipeline.ErrStoreInside):
		s.refuse(w, r, http.StatusUnprocessableEntity, "intake.evidence_inside")
	default:
		s.refuse(w, r, http.StatusInternalServerError, "serve.trouble", locale.T("reason", pipeline.Explain(s.request.Messages, err)))
	}
}

func (s *Server) conflictKey(c *pipeline.ConflictError) string {
	if len(c.Fields) == 0 {
		return "serve.conflict"
	}
	return "serve.conflict-fields"
}

// attach takes an evidence file: it goes into the store outside git, and its digest
// into the record.
func (s *Server) attach(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, intake.MaxEvidence+maxBody)
	form, err := r.MultipartReader()
	if err != nil {
		s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
		return
	}
	dir, err := os.MkdirTemp("", "kept-attach-")
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	defer os.RemoveAll(dir)
	given := map[string]string{}
	file := ""
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && part.FormName() == "file" && file == "" {
			file, err = keepFile(dir, part.FileName(), part)
		} else if err == nil {
			var text []byte
			text, err = io.ReadAll(io.LimitReader(part, maxBody))
			given[part.FormName()] = string(text)
		}
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			s.refuse(w, r, http.StatusRequestEntityTooLarge, "serve.too-big", locale.A("limit", "200 MiB"))
			return
		}
		if err != nil {
			s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
			return
		}
	}
	if file == "" {
		s.refuse(w, r, http.StatusBadRequest, "serve.no-file")
		return
	}
	s.attached(w, r, file, given)
}

// keepFile writes an uploaded file under its own last name, whose extension the
// store keeps.
func keepFile(dir, name string, from io.Reader) (string, error) {
	name = filepath.Base(filepath.FromSlash(strings.ReplaceAll(name, `\`, "/")))
	if name == "" || name == "." || name == ".." || len(name) > 200 || strings.ContainsAny(name, ":\x00") {
		name = "file"
	}
	at := filepath.Join(dir, name)
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, from)
	return at, errors.Join(err, f.Close())
}

func (s *Server) attached(w http.ResponseWriter, r *http.Request, file string, given map[string]string) {
	req := intake.AttachRequest{Field: given["field"], Title: given["title"], Class: given["class"]}
	if req.Title == "" {
		req.Title = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	}
	if req.Class == "" {
		req.Class = "internal"
	}
	path, found, err := s.request.Live.Attach(file, given["base"], given["id"], req)
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	p := s.printer(r)
	o := enteredObject{OK: found.Count(finding.Error) == 0, ID: given["id"], Path: path, Findings: findings(found, p)}
	if rec := s.request.Live.Present().Register.Get(o.ID); rec != nil {
		o.YAML, o.Page = string(rec.Source), pageOf(p.Lang(), rec.Path)
	}
	answer(w, http.StatusOK, o)
}

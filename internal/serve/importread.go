package serve

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

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
	case name == "ended-by":
		e.Ended = string(data)
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

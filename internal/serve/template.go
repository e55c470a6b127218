package serve

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

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

package serve

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"kept/internal/pipeline"
)

// submitObject is what the buttons send. Its keys are shared with live.js.
type submitObject struct {
	Message string   `json:"message"`
	Records []string `json:"records"` // ids; none is all
	Push    bool     `json:"push"`    // push what was committed before, and commit nothing
}

// submittedObject is the answer. Said is what happened and what comes next; Waits
// says that a commit is not pushed, which can be tried again.
type submittedObject struct {
	OK       bool            `json:"ok"`
	Branch   string          `json:"branch"`
	Commit   string          `json:"commit"`
	URL      string          `json:"url"`
	Said     string          `json:"said"`
	Waits    string          `json:"waits"`
	Findings []findingObject `json:"findings"`
}

// submit hands changed records in, or pushes those that were committed before.
func (s *Server) submit(w http.ResponseWriter, r *http.Request) {
	var o submitObject
	if !s.read(w, r, &o) {
		return
	}
	p := s.printer(r)
	s.patient(w)
	// Who leaves the page does not break off a push.
	ctx := context.WithoutCancel(r.Context())
	done, err := s.request.Live.Submit(ctx, pipeline.SubmitRequest{
		Message: o.Message, Names: slices.Clone(o.Records), Push: o.Push, Lang: p.Lang(), Environment: s.request.Environment,
	})
	if err != nil {
		s.trouble(w, r, err)
		return
	}
	done.Page = true
	answer(w, http.StatusOK, submittedObject{
		OK: done.OK(), Branch: done.Branch, Commit: string(done.Commit), URL: done.URL, Said: strings.Join(done.Said(p), "\n"),
		Waits: s.request.Live.Waits(ctx, s.request.Environment, p), Findings: findings(done.Findings, p),
	})
}

// waits tells a page whether a commit of an earlier submission is not pushed, which
// only git knows: it may be of yesterday, or of a terminal.
func (s *Server) waits(w http.ResponseWriter, r *http.Request) {
	answer(w, http.StatusOK, submittedObject{Waits: s.request.Live.Waits(r.Context(), s.request.Environment, s.printer(r))})
}

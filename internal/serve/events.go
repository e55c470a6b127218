package serve

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// beat keeps a stream from being taken for dead.
const beat = 20 * time.Second

// events tells the state of the present, now and whenever there is a newer one, as
// a stream of server-sent events. A page that was made of another state loads
// anew.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	select {
	case s.streams <- struct{}{}:
		defer func() { <-s.streams }()
	default:
		s.sorry(w, http.StatusServiceUnavailable, "serve.streams")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	pulse := time.NewTicker(beat)
	defer pulse.Stop()
	told := ""
	for {
		p := s.request.Live.Present()
		line := ":\n\n"
		if told != p.State() {
			told = p.State()
			line = "data: " + told + "\n\n"
		}
		if !tellIn(beat, out, func() error {
			_, err := fmt.Fprint(w, line)
			return errors.Join(err, out.Flush())
		}) {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-pulse.C:
		case <-s.request.Live.Changed(p.Version):
		}
	}
}

// patient lets a request and its answer take longer than a page may: it waits for a remote, or for
// thousands of rows.
func (s *Server) patient(w http.ResponseWriter) {
	c := http.NewResponseController(w)
	_, _ = c.SetReadDeadline(time.Time{}), c.SetWriteDeadline(time.Time{})
}

// tellIn writes to a stream, whose whole answer has no end in time, and gives up where
// that takes longer than patience.
func tellIn(patience time.Duration, out *http.ResponseController, write func() error) bool {
	_ = out.SetWriteDeadline(time.Time{})
	late := time.AfterFunc(patience, func() { _ = out.SetWriteDeadline(time.Unix(1, 0)) })
	err := write()
	return late.Stop() && err == nil
}

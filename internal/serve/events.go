package serve

import (
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
		_ = out.SetWriteDeadline(time.Now().Add(beat))
		if _, err := fmt.Fprint(w, line); err != nil || out.Flush() != nil {
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

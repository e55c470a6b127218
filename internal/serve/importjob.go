package serve

import (
	"net/http"
	"sync"

	"kept/internal/pipeline"
)

// job is an import under way, whose page asks how far it is.
type job struct {
	mutex       sync.Mutex
	stage       string // a key of the catalogue; "" while another import is under way
	done, total int
}

func (j *job) tell(stage string, done, total int) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	j.stage, j.done, j.total = stage, done, total
}

// jobs are the imports under way by the names that their pages gave them.
type jobs struct {
	mutex sync.Mutex
	named map[string]*job
}

// mostName bounds the name of an import.
const mostName = 64

// begin makes an import known until end.
func (j *jobs) begin(r *http.Request) (under *job, end func()) {
	name, under := r.URL.Query().Get("job"), &job{}
	if name == "" || len(name) > mostName {
		return under, func() {}
	}
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.named == nil {
		j.named = map[string]*job{}
	}
	j.named[name] = under
	return under, func() {
		j.mutex.Lock()
		defer j.mutex.Unlock()
		if j.named[name] == under {
			delete(j.named, name)
		}
	}
}

// find is an import under way, nil for none.
func (j *jobs) find(name string) *job {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.named[name]
}

// progressObject says how far an import is; Total is 0 where that is not known before.
type progressObject struct {
	Said  string `json:"said"`
	Done  int    `json:"done"`
	Total int    `json:"total"`
}

// progress answers the page of an import; "" of one that has ended.
func (s *Server) progress(w http.ResponseWriter, r *http.Request) {
	under, p := s.jobs.find(r.URL.Query().Get("job")), s.printer(r)
	if under == nil {
		answer(w, http.StatusOK, progressObject{})
		return
	}
	under.mutex.Lock()
	defer under.mutex.Unlock()
	o := progressObject{Done: under.done, Total: under.total}
	if o.Said = p.Say("import.waits"); under.stage != "" {
		o.Said = pipeline.ProgressText(p, under.stage, o.Done, o.Total)
	}
	answer(w, http.StatusOK, o)
}

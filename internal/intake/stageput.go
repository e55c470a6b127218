package intake

import (
	"path"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
)

// put writes a plan's text beside its place and gives the name it has there, ""
// for a file that goes.
func (s *stage) put(p Plan) (string, error) {
	if p.After == nil {
		return "", nil
	}
	folder, err := s.folder(path.Dir(p.Path), true)
	if err != nil {
		return "", err
	}
	s.count++
	name := s.named(s.count)
	return name, s.write(folder, name, p.After)
}

func (s *stage) named(n int) string { return s.mark + "-" + strconv.Itoa(n) + stagedSuffix }

func (s *stage) write(folder *held, name string, data []byte) error {
	if s.many && flushesTogether {
		return folder.writeSoon(name, data)
	}
	return folder.write(name, data)
}

// puts are the texts of plans that are being written.
type puts struct {
	*stage
	plans  []Plan
	names  []string // where each lies, "" where none does
	errs   []error
	told   func(done int)
	mutex  sync.Mutex // of the stage's folders and of done
	done   int
	failed atomic.Bool
}

// putAll does for each plan what [stage.put] does, folder by folder and, where there
// are many, on every core. With an error, the names are those of the texts that lie
// there.
func (s *stage) putAll(plans []Plan, told func(done int)) (names []string, at int, err error) {
	p := &puts{stage: s, plans: plans, names: make([]string, len(plans)), errs: make([]error, len(plans)), told: told}
	s.count = len(plans)
	var folders []string
	in := map[string][]int{} // plans of a folder
	for n, plan := range plans {
		dir := path.Dir(plan.Path)
		if in[dir] == nil {
			folders = append(folders, dir)
		}
		in[dir] = append(in[dir], n)
	}
	put := func(n int) {
		if !p.failed.Load() {
			p.folder(folders[n], in[folders[n]])
		}
	}
	if s.many {
		everyCore(len(folders), put)
	} else {
		for n := range folders {
			put(n)
		}
	}
	at = max(slices.IndexFunc(p.errs, func(err error) bool { return err != nil }), 0)
	if len(plans) == 0 {
		return nil, 0, nil
	}
	return p.names, at, p.errs[at]
}

// folder writes the texts of one folder.
func (p *puts) folder(name string, plans []int) {
	shallMake := slices.ContainsFunc(plans, func(n int) bool { return p.plans[n].After != nil })
	p.mutex.Lock()
	folder, err := p.open(name, shallMake)
	p.mutex.Unlock()
	if err != nil {
		p.errs[plans[0]] = err
		p.failed.Store(true)
		return
	}
	if folder != nil {
		defer folder.close()
	}
	for _, n := range plans {
		if p.failed.Load() {
			return
		}
		if p.plans[n].After != nil {
			p.names[n] = p.named(n + 1)
			if p.errs[n] = p.write(folder, p.names[n], p.plans[n].After); p.errs[n] != nil {
				p.failed.Store(true)
			}
		}
		p.mutex.Lock()
		p.done++
		if p.told != nil {
			p.told(p.done)
		}
		p.mutex.Unlock()
	}
}

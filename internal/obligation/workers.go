package obligation

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/record"
)

// unrolled is what one definition owes, with what working it out found.
type unrolled struct {
	list  []Duty
	found finding.List
}

// unroll works out each definition by itself, on every core. Definitions share
// nothing but what is only read, so that the result is the same on one core.
func unroll(req Request, definitions []*Definition) []unrolled {
	out := make([]unrolled, len(definitions))
	share := most / max(1, repeated(req.Register, definitions))
	shelves := req.Memory.of(req)
	var next atomic.Int64
	var failed atomic.Pointer[string]
	work := func() {
		defer func() {
			if r := recover(); r != nil { // to be told where the caller can recover
				reason := fmt.Sprintf("%v\n%s", r, debug.Stack())
				failed.Store(&reason)
			}
		}()
		in := newInputs(req, share)
		in.shelves = shelves
		for i := int(next.Add(1)) - 1; i < len(definitions); i = int(next.Add(1)) - 1 {
			in.at, in.found = definitions[i], nil
			out[i] = unrolled{definitions[i].rule.duties(in, definitions[i]), in.found}
			if kept := shelves[definitions[i].record]; kept != nil && len(in.found) > 0 {
				kept.Forget()
			}
		}
	}
	var wg sync.WaitGroup
	for range min(len(definitions), runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	if reason := failed.Load(); reason != nil {
		panic(*reason)
	}
	return out
}

func newInputs(req Request, share int) *inputs {
	return &inputs{
		Request: req, cache: map[*record.Record]*known{}, share: share,
		others: record.NewOthers(req.Register, req.Calendar, req.AsOf), meters: map[*expr.Program]*expr.Meter{},
	}
}

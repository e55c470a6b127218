package record

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inOrder fills out[i] with do(in[i]), on every core, and returns the error of
// the first failing item, so that the result does not depend on the number of
// cores. Reading and validating is the one place where a check spends its time.
func inOrder[In, Out any](in []In, out []Out, do func(In) (Out, error)) error {
	errs := make([]error, len(in))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(in) {
					return
				}
				out[i], errs[i] = do(in[i])
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

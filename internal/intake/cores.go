package intake

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// everyCore calls do for each number below n, on every core. What it leaves must not
// depend on their order.
func everyCore(n int, do func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wg.Wait()
}

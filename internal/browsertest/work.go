package browsertest

import (
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
)

// Work is how long the page's main thread was busy with an act, until what it did
// is on the screen: time of the processor, so that other work on the machine does
// not count.
func (b *Browser) Work(act func()) time.Duration {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	b.must(err)
	before := b.busy()
	act()
	Eval[bool](b, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))`)
	return b.busy() - before
}

func (b *Browser) busy() time.Duration {
	b.t.Helper()
	got, err := chromedp.Call(b.ctx, performance.GetMetrics, cdp.Empty{})
	b.must(err)
	for _, m := range got.Metrics {
		if m.Name == "TaskDuration" {
			return time.Duration(m.Value * float64(time.Second))
		}
	}
	b.t.Fatal("headless Chromium does not measure its tasks")
	return 0
}

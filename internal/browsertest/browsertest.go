// Package browsertest looks at the portal as a reader does, in one headless
// Chromium that writes down whatever goes wrong in it: console messages, failed
// requests and requests to anywhere but the origin of the test. A missing
// browser fails the test with the command that installs it.
//
// A test opens the portal that one test process builds once (Demo), from the
// disk or over HTTP below a path (Serve):
//
//	site := browsertest.Demo(t)
//	b := browsertest.Start(t)
//	b.Origin(browsertest.Disk(site.Public))
//	b.Open("zh-CN/index.html")
//	title := browsertest.Eval[string](b, "document.title")
//	for _, said := range b.Complaints() { t.Error(said) }
package browsertest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"kept/internal/tooltest"
)

// patience is how long one action may take; a machine that runs other tests
// needs more than a page does.
const patience = time.Minute

// Browser is one tab of a headless Chromium. Whatever it cannot do ends its test.
type Browser struct {
	t      testing.TB
	ctx    context.Context
	mu     sync.Mutex
	origin string
	wrong  []string
}

// chromium is the one browser of a test process, in which every [Start] has a tab of its
// own; [Main] ends it.
var chromium struct {
	sync.Mutex
	ctx     context.Context // nil before the first
	stop    func()
	profile string
}

// Start opens a tab that ends with the test, with cookies and a storage of its own. It has
// no network but the loopback address.
func Start(t testing.TB) *Browser {
	t.Helper()
	ctx, end := chromedp.NewContext(running(t), chromedp.WithNewBrowserContext())
	t.Cleanup(end)
	b := &Browser{t: t, ctx: ctx}
	// The first action opens the tab, whose life must not end with patience.
	b.must(chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	b.must(chromedp.Listen(ctx, b.listen))
	_, err := chromedp.Call(ctx, log.Enable, cdp.Empty{})
	b.must(err)
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.must(err)
	b.Width(1440)
	return b
}

// running is the browser of the process, started anew where it has gone.
func running(t testing.TB) context.Context {
	t.Helper()
	chromium.Lock()
	defer chromium.Unlock()
	if chromium.ctx != nil && chromium.ctx.Err() == nil {
		return chromium.ctx
	}
	closeBrowser()
	profile, err := os.MkdirTemp("", "kept-chromium-")
	fatal(t, err)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags(t, profile)...)
	ctx, end := chromedp.NewContext(allocator)
	chromium.ctx, chromium.profile = ctx, profile
	chromium.stop = func() { end(); stop() }
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		closeBrowser()
		t.Fatal(fmt.Errorf("headless Chromium: %w", err))
	}
	return chromium.ctx
}

// closeBrowser ends the browser of the process, if there is one.
func closeBrowser() {
	if chromium.ctx == nil {
		return
	}
	chromium.stop()
	_ = os.RemoveAll(chromium.profile)
	chromium.ctx = nil
}

func flags(t testing.TB, profile string) []chromedp.ExecAllocatorOption {
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(tooltest.Need(t, "chromium"))}
	for _, flag := range tooltest.ChromiumFlags(profile) {
		name, value, given := strings.Cut(strings.TrimPrefix(flag, "--"), "=")
		if name == "host-resolver-rules" {
			value += ", EXCLUDE 127.0.0.1"
		}
		if given {
			options = append(options, chromedp.Flag(name, value))
		} else {
			options = append(options, chromedp.Flag(name, true))
		}
	}
	return options
}

// On makes t the test that the browser speaks to, for subtests.
func (b *Browser) On(t testing.TB) *Browser {
	b.t = t
	return b
}

// Origin sets what addresses begin with: Open takes its pages from there, and a
// request to elsewhere is a complaint.
func (b *Browser) Origin(base string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.origin = base
}

// Open goes to a page below the origin and waits until it and its scripts are
// loaded. The address may have a hash; a change of the hash alone loads nothing.
func (b *Browser) Open(page string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.origin+page), chromedp.WaitReady(chromedp.CSS("body")))
	b.Wait(`document.readyState === "complete" && !document.querySelector("meta[http-equiv=refresh]")`)
}

// Reload loads the page once more.
func (b *Browser) Reload() {
	b.t.Helper()
	b.do(chromedp.Reload(), chromedp.WaitReady(chromedp.CSS("body")))
}

// Eval is the value of an expression in the page; a promise is awaited.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluate %s: %v", expression, err)
	}
	return out
}

// Wait waits until an expression is true, in this page or in one that it leads
// to.
func (b *Browser) Wait(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")", chromedp.WithPollingTimeout(patience)))
		if err == nil {
			return
		}
		// The page that was asked has gone; the next one answers.
		gone := strings.Contains(err.Error(), "context") || strings.Contains(err.Error(), "navigated")
		if !gone || ctx.Err() != nil {
			b.t.Fatalf("wait for %s: %v", expression, err)
		}
	}
}

// Width makes the window so wide, and a telephone's below 500.
func (b *Browser) Width(px int64) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: px, Height: 900, DeviceScaleFactor: 1, Mobile: px < 500,
	})
	b.must(err)
}

// Dark says which of light and dark the reader prefers.
func (b *Browser) Dark(on bool) {
	b.t.Helper()
	scheme := "light"
	if on {
		scheme = "dark"
	}
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	b.must(err)
}

// Scripts turns JavaScript on or off for the pages opened next.
func (b *Browser) Scripts(on bool) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	b.must(err)
}

// Complaints gives out what went wrong since the last call.
func (b *Browser) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.wrong
	b.wrong = nil
	return said
}

func (b *Browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	b.must(chromedp.Do(ctx, actions...))
}

func (b *Browser) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(fmt.Errorf("headless Chromium: %w", err))
	}
}

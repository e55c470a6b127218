package browsertest

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys that have no character, for Keys and Type.
const (
	Tab    = kb.Tab
	Enter  = kb.Enter
	Escape = kb.Escape
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
)

// Click clicks the first element of a CSS selector, once it can be seen.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Type types into the first element of a CSS selector, once it can be seen.
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text, chromedp.NodeVisible))
}

// Keys strikes keys, for whatever has the focus.
func (b *Browser) Keys(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// PDF is the page as the browser prints it, on the paper that its style asks for.
func (b *Browser) PDF() []byte {
	b.t.Helper()
	return b.bytes(chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
}

// Picture is the whole page as a PNG.
func (b *Browser) Picture() []byte {
	b.t.Helper()
	return b.bytes(chromedp.FullScreenshot(100))
}

func (b *Browser) bytes(action chromedp.Action[[]byte]) []byte {
	b.t.Helper()
	data, err := chromedp.Run(b.ctx, action)
	b.must(err)
	return data
}

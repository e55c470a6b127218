package browsertest

import (
	"strconv"

	"github.com/chromedp/chromedp"
)

// Upload chooses a file of this machine in a control for files. A driver that still
// holds the page as it was before a reload tells nothing and chooses nothing, so it
// is asked until the page has the file.
func (b *Browser) Upload(selector, file string) {
	b.t.Helper()
	for range 5 {
		b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
		if Eval[int](b, "document.querySelector("+strconv.Quote(selector)+").files.length") == 1 {
			return
		}
	}
	b.t.Fatalf("%s takes no file", selector)
}

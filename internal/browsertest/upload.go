package browsertest

import "github.com/chromedp/chromedp"

// Upload chooses a file of this machine in a control for files.
func (b *Browser) Upload(selector, file string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(chromedp.CSS(selector), []string{file}))
}

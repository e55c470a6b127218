package cli

import (
	"io"
	"strings"
	"sync"
	"time"

	"kept/internal/locale"
	"kept/internal/pipeline"
)

// When the line of progress comes and how often it is written.
const (
	progressAfter = time.Second
	progressEvery = 100 * time.Millisecond
)

// progress shows on one line of a terminal how far long work is. The line comes once
// the work has taken a while, is written over as the work goes on, and goes before
// anything else is said. It is safe for concurrent use.
type progress struct {
	out     io.Writer
	now     func() time.Time
	columns func() int
	word    func(stage string, done, total int) string

	mutex   sync.Mutex
	began   time.Time
	written time.Time
	stage   string
	width   int // of the line that stands there, 0 for none
	quiet   bool
}

// showProgress begins to show progress on the terminal that talk goes to, if it is one.
func (a *app) showProgress() {
	if a.Columns == nil {
		return
	}
	p := &progress{out: a.Err, now: a.Now, columns: a.Columns, began: a.Now(), word: a.progressWord}
	a.progress, a.Out, a.Err = p, cleared{a.Out, p}, cleared{a.Err, p}
}

func (a *app) progressWord(stage string, done, total int) string {
	return pipeline.ProgressText(a.printer, stage, done, total)
}

// tell is a [kept/internal/pipeline.Progress].
func (p *progress) tell(stage string, done, total int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.now()
	if p.quiet || now.Sub(p.began) < progressAfter || stage == p.stage && now.Sub(p.written) < progressEvery {
		return
	}
	p.stage, p.written = stage, now
	line := shortened(p.word(stage, done, total), p.columns()-1)
	width := locale.Columns(line)
	_, _ = io.WriteString(p.out, "\r"+line+strings.Repeat(" ", max(0, p.width-width)))
	p.width = width
}

// clear takes the line away.
func (p *progress) clear() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.width > 0 {
		_, _ = io.WriteString(p.out, "\r"+strings.Repeat(" ", p.width)+"\r")
	}
	p.width, p.stage = 0, ""
}

// end takes the line away for good.
func (p *progress) end() {
	if p == nil {
		return
	}
	p.clear()
	p.mutex.Lock()
	p.quiet = true
	p.mutex.Unlock()
}

// shortened cuts a text to so many columns of a terminal.
func shortened(s string, columns int) string {
	for locale.Columns(s) > max(columns, 0) {
		runes := []rune(s)
		s = string(runes[:len(runes)-1])
	}
	return s
}

// cleared is a stream before whose texts the line of progress goes.
type cleared struct {
	io.Writer
	progress *progress
}

// Write takes the line away first.
func (c cleared) Write(data []byte) (int, error) {
	c.progress.clear()
	return c.Writer.Write(data)
}

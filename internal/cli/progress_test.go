package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"kept/internal/locale"
	"kept/internal/pipeline"
)

// screen is what a terminal of one line shows of what was written to it: a carriage
// return goes back to its beginning, and a line feed begins a new one.
func screen(text string) string {
	var lines []string
	var line []rune
	column := 0
	for _, r := range text {
		switch r {
		case '\r':
			column = 0
		case '\n':
			lines, line, column = append(lines, strings.TrimRight(string(line), " \x00")), nil, 0
		default:
			for len(line) <= column+1 {
				line = append(line, ' ')
			}
			line[column] = r
			if column++; locale.Columns(string(r)) == 2 {
				line[column] = 0
				column++
			}
		}
	}
	lines = append(lines, strings.TrimRight(string(line), " \x00"))
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\x00", "")
}

// terminal is an app that shows its progress, with a clock to be turned.
func terminal(t *testing.T, lang locale.Lang, columns int) (a *app, shown *bytes.Buffer, turn func(time.Duration)) {
	t.Helper()
	messages, err := pipeline.Messages()
	if err != nil {
		t.Fatal(err)
	}
	now := ledgerNow()
	shown = &bytes.Buffer{}
	a = &app{World: World{Out: shown, Err: shown, Columns: func() int { return columns }, Now: func() time.Time { return now }}, messages: messages, printer: messages.Printer(lang)}
	a.showProgress()
	return a, shown, func(d time.Duration) { now = now.Add(d) }
}

func TestProgressOnOneLine(t *testing.T) {
	a, shown, turn := terminal(t, locale.Chinese, 40)
	see := func(want string) {
		t.Helper()
		if got := screen(shown.String()); got != want {
			t.Errorf("the terminal shows %q, want %q", got, want)
		}
	}
	a.progress.tell("progress.records", 5, 10)
	see("") // work that takes no time says nothing
	turn(time.Second)
	a.progress.tell("progress.records", 6, 10)
	see("读取记录：6 / 10")
	a.progress.tell("progress.records", 7, 10)
	see("读取记录：6 / 10") // not more often than eyes follow
	a.progress.tell("progress.rules", 0, 0)
	see("按规则检查……") // another stage at once, and nothing of the longer line stays
	turn(time.Second)
	a.progress.tell("progress.pages", 1200, 0)
	see("生成页面：1200")
	a.tellErr("cli.import.nothing")
	see(a.say("cli.import.nothing") + "\n") // goes before what is said
	turn(time.Second)
	a.progress.tell("progress.write", 1, 2)
	a.progress.end()
	see(a.say("cli.import.nothing") + "\n")
	turn(time.Second)
	a.progress.tell("progress.write", 2, 2) // by what is still at work when the command has ended
	see(a.say("cli.import.nothing") + "\n")
}

// A line that is wider than the terminal would not be written over but scroll.
func TestProgressFitsTheTerminal(t *testing.T) {
	for _, columns := range []int{0, 1, 2, 10, 11} {
		a, shown, turn := terminal(t, locale.Chinese, columns)
		turn(time.Minute)
		a.progress.tell("progress.records", 123, 456)
		if got := locale.Columns(screen(shown.String())); got > max(columns-1, 0) {
			t.Errorf("%d columns are written to a terminal of %d", got, columns)
		}
	}
}

// Where nobody looks, in a pipe or in the log of CI, there is not one byte of it.
func TestProgressOnTerminalsAlone(t *testing.T) {
	dir := ledgerHome(t)
	later := ledgerNow()
	now := func() time.Time { later = later.Add(time.Minute); return later }
	for _, terminal := range []bool{false, true} {
		var out, talk bytes.Buffer
		w := World{Out: &out, Err: &talk, Now: now, Version: "test"}
		if terminal {
			w.Columns = func() int { return 60 }
		}
		if code := Main([]string{"check", "-C", dir, "--lang", "en"}, w); code != exitClean {
			t.Fatalf("check ended with %d: %s", code, talk.String())
		}
		if got := strings.Contains(talk.String(), "Reading records: 1 of "); got != terminal {
			t.Errorf("on a terminal %v: %q", terminal, talk.String())
		}
		if strings.ContainsAny(out.String(), "\r") {
			t.Errorf("the data has it: %q", out.String())
		}
		if seen := screen(talk.String()); strings.Contains(seen, "Reading") {
			t.Errorf("it stays: %q", seen)
		}
	}
}

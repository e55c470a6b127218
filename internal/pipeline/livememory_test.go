package pipeline

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/demo"
	"kept/internal/htmlsite"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/tooltest"
	"kept/schemas"
	"kept/templates"
)

// inView is a work tree in view, with a clock that the test moves.
type inView struct {
	t    *testing.T
	dir  string
	now  time.Time
	live *Live
}

func (v *inView) open() *Live {
	v.t.Helper()
	project, err := Open(v.dir, "test")
	if err != nil {
		v.t.Fatal(err)
	}
	live, err := project.Live(LiveRequest{Now: func() time.Time { return v.now }})
	if err != nil {
		v.t.Fatal(err)
	}
	return live
}

// settle looks at the disk and does what is to be done in the background.
func (v *inView) settle(l *Live) {
	v.t.Helper()
	if err := l.Look(); err != nil {
		v.t.Fatal(err)
	}
	for again := true; again; {
		again = false
		for i := range chores {
			again = l.work(&chores[i]) || again
		}
	}
	if p := l.Present(); p.Trouble != nil || !p.Judged || !p.Current() {
		v.t.Fatalf("trouble %v, judged %v, current %v", p.Trouble, p.Judged, p.Current())
	}
}

func (v *inView) git(args ...string) {
	v.t.Helper()
	cmd := exec.Command(tooltest.Need(v.t, "git"), append([]string{"-C", v.dir, "-c", "user.name=n", "-c", "user.email=n@example.cn"}, args...)...)
	moment := v.now.Format(time.RFC3339)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_DATE="+moment, "GIT_COMMITTER_DATE="+moment)
	if out, err := cmd.CombinedOutput(); err != nil {
		v.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// shown is every page in a language that any state of records could reach, by name,
// with what tells the state taken out. The files of the search are those of drawer,
// where there is one: a build makes all their rows anew.
func (v *inView) shown(l *Live, lang locale.Lang, drawer *htmlsite.Drawer) map[string][]byte {
	v.t.Helper()
	p := l.Present()
	tpl, err := p.PageTemplates()
	if err != nil {
		v.t.Fatal(err)
	}
	pages := map[string][]byte{}
	source := *p.Source()
	live := *source.Live
	live.State, source.Live = "state", &live
	err = htmlsite.Render(portal.New(&source, lang), tpl, os.DirFS(v.t.TempDir()), func(name string, data []byte) error {
		if drawer == nil || !strings.HasPrefix(name, string(lang)+"/search/") {
			pages[name] = bytes.Clone(data)
		}
		return nil
	})
	if err != nil {
		v.t.Fatal(err)
	}
	if drawer != nil {
		v.index(pages, drawer, portal.New(&source, lang), tpl)
	}
	if pages["obligations.ics"], err = p.File(lang, portal.CalendarFile); err != nil {
		v.t.Fatal(err)
	}
	return pages
}

// index adds the files of the search as they are drawn one by one.
func (v *inView) index(pages map[string][]byte, drawer *htmlsite.Drawer, view *portal.View, tpl fs.FS) {
	v.t.Helper()
	single, err := drawer.Pages(view, tpl)
	if err != nil {
		v.t.Fatal(err)
	}
	for n := -1; ; n++ {
		name := fmt.Sprintf("search/%d.js", n)
		if n < 0 {
			name = "search/words.js"
		}
		data, err := single.Page(name)
		if err != nil {
			v.t.Fatal(err)
		}
		if data == nil {
			return
		}
		pages[string(view.Lang())+"/"+name] = data
	}
}

// change alters the files of some records as an editor might.
func (v *inView) change(dice *rand.Rand) {
	v.t.Helper()
	paths := slices.Sorted(maps.Keys(v.live.files))
	for range 1 + dice.IntN(4) {
		name := filepath.Join(v.dir, filepath.FromSlash(paths[dice.IntN(len(paths))]))
		text, err := os.ReadFile(name)
		if err != nil {
			continue // removed a moment ago
		}
		lines := strings.Split(string(text), "\n")
		switch at := dice.IntN(len(lines)); dice.IntN(8) {
		case 0:
			text = nil
		case 1:
			text = []byte(strings.Join(slices.Delete(lines, at, at+1), "\n"))
		case 2:
			text = append(text, "broken: [\n"...)
		default:
			day := v.now.AddDate(0, 0, dice.IntN(60)-30).Format(time.DateOnly)
			for i := range lines {
				line := &lines[(at+i)%len(lines)]
				if n := strings.Index(*line, "20"); n >= 0 && len(*line) >= n+10 && (*line)[n+4] == '-' && (*line)[n+7] == '-' {
					*line = (*line)[:n] + day + (*line)[n+10:]
					break
				}
			}
			text = []byte(strings.Join(lines, "\n"))
		}
		if text == nil {
			err = os.Remove(name)
		} else {
			err = os.WriteFile(name, text, 0o666)
		}
		if err != nil {
			v.t.Fatal(err)
		}
	}
}

// A work tree that stayed in view through saves, commits and hours shows what one
// shows that was opened just now, byte for byte.
func TestLiveEqualsFresh(t *testing.T) {
	v := &inView{t: t, dir: filepath.Join(t.TempDir(), "ledger")}
	if _, err := demo.Play(demo.Request{Dir: v.dir, Records: 230, Years: 1, Schemas: schemas.FS, Templates: templates.FS}); err != nil {
		t.Fatal(err)
	}
	project, err := Open(v.dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	merged, err := project.merged(headOf(project))
	if err != nil {
		t.Fatal(err)
	}
	v.now = merged.Add(time.Minute)
	v.live = v.open()
	v.settle(v.live)
	dice := rand.New(rand.NewPCG(3, 1))
	drawer := new(htmlsite.Drawer)
	for round := range 6 {
		lang := []locale.Lang{locale.Chinese, locale.English}[round%2]
		v.change(dice)
		v.now = v.now.Add([]time.Duration{time.Second, 40 * time.Minute, 30 * time.Hour, 9 * 24 * time.Hour}[dice.IntN(4)])
		switch round {
		case 1, 3:
			v.git("add", "-A")
			v.git("commit", "-q", "-m", fmt.Sprint("round ", round))
			v.now = v.now.Add(time.Second)
		case 4:
			v.git("reset", "-q", "--soft", "HEAD~1")
		}
		v.settle(v.live)
		fresh := v.open()
		v.settle(fresh)
		got, want := v.shown(v.live, lang, drawer), v.shown(fresh, lang, nil)
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if !bytes.Equal(got[name], want[name]) {
				at := 0
				for at < min(len(got[name]), len(want[name])) && got[name][at] == want[name][at] {
					at++
				}
				t.Fatalf("round %d: %s differs at %d:\n%.300s\nwant\n%.300s", round, name, at, got[name][max(0, at-100):], want[name][max(0, at-100):])
			}
		}
		if len(got) != len(want) {
			t.Fatalf("round %d: %d pages, want %d", round, len(got), len(want))
		}
	}
}

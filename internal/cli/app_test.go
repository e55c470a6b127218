package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
)

// call runs kept in dir and returns its exit code and both streams.
func call(t *testing.T, args ...string) (code int, out, talk string) {
	t.Helper()
	var o, e bytes.Buffer
	now := func() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC) }
	code = Main(args, World{Out: &o, Err: &e, Now: now, Version: "test"})
	return code, o.String(), e.String()
}

func TestExitCodes(t *testing.T) {
	empty := t.TempDir()
	put(t, empty, map[string]string{"kept.yaml": "languages: [zh-CN]\n"})
	for name, tc := range map[string]struct {
		args []string
		want int
		talk string
	}{
		"help":                         {[]string{"--help"}, exitClean, ""},
		"version":                      {[]string{"version"}, exitClean, ""},
		"settings alone are clean":     {[]string{"check", "-C", empty}, exitClean, ""},
		"unknown command":              {[]string{"chekc"}, exitUsage, "chekc"},
		"unknown flag":                 {[]string{"check", "--frmat", "json"}, exitUsage, "frmat"},
		"unknown format":               {[]string{"check", "-C", empty, "--format", "pdf"}, exitUsage, "pdf"},
		"unknown language":             {[]string{"check", "-C", empty, "--lang", "fr"}, exitUsage, "fr"},
		"too few arguments":            {[]string{"trail"}, exitUsage, ""},
		"history without git":          {[]string{"kpi", "-C", empty}, exitTrouble, "git"},
		"a moment that cannot be read": {[]string{"check", "-C", empty, "--as-of", "soon"}, exitUsage, "soon"},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, talk := call(t, tc.args...)
			if code != tc.want || !strings.Contains(talk, tc.talk) {
				t.Errorf("kept %q ended with %d and said %q; want %d and %q", tc.args, code, talk, tc.want, tc.talk)
			}
		})
	}
}

// The version is told as most programs tell it, too.
func TestVersion(t *testing.T) {
	_, want, _ := call(t, "version")
	if code, out, talk := call(t, "--version"); code != exitClean || out != want || talk != "" {
		t.Errorf("--version ended with %d and said %q%q, version says %q", code, out, talk, want)
	}
}

// The language is known before the flags are parsed, so that help speaks it.
func TestGuessLang(t *testing.T) {
	english := t.TempDir()
	if err := os.WriteFile(filepath.Join(english, "kept.yaml"), []byte("languages: [en]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args []string
		want locale.Lang
	}{
		{[]string{"--lang", "en", "check"}, locale.English},
		{[]string{"check", "--lang=en"}, locale.English},
		{[]string{"check", "--lang", "xx"}, locale.Chinese},
		{[]string{"check", "--lang"}, locale.Chinese},
		{[]string{"-C", english, "check"}, locale.English},
		{[]string{"-C", english, "--lang", "zh-CN"}, locale.Chinese},
		{[]string{"-C", t.TempDir()}, locale.Chinese},
	} {
		if got := guessLang(tc.args, ""); got != tc.want {
			t.Errorf("%q speaks %s, want %s", tc.args, got, tc.want)
		}
	}
}

// Outside a repository kept speaks what the environment asks for.
func TestGuessLangOfTheEnvironment(t *testing.T) {
	chinese := t.TempDir()
	put(t, chinese, map[string]string{"kept.yaml": "languages: [zh-CN]\n"})
	for _, tc := range []struct {
		args []string
		want locale.Lang
	}{
		{[]string{"-C", t.TempDir(), "doctor"}, locale.English},
		{[]string{"-C", t.TempDir(), "check"}, locale.English},
		{[]string{"-C" + t.TempDir()}, locale.English},
		{[]string{"-C", chinese, "doctor"}, locale.Chinese},
		{[]string{"--directory=" + filepath.Join(chinese, "records"), "check"}, locale.Chinese},
		{[]string{"-C", t.TempDir(), "doctor", "--lang", "zh-CN"}, locale.Chinese},
	} {
		if got := guessLang(tc.args, "en_GB.UTF-8"); got != tc.want {
			t.Errorf("%q speaks %s, want %s", tc.args, got, tc.want)
		}
	}
}

// A date stands for its end: --as-of 2026-09-30 knows all of that day.
func TestParseMoment(t *testing.T) {
	zone := time.FixedZone("", 8*60*60)
	for s, want := range map[string]time.Time{
		"2026-09-30":                time.Date(2026, 10, 1, 0, 0, 0, 0, zone),
		"2026-09-30 17:30":          time.Date(2026, 9, 30, 17, 30, 0, 0, zone),
		"2026-09-30T00:00:00+00:00": time.Date(2026, 9, 30, 8, 0, 0, 0, zone),
	} {
		if got, ok := parseMoment(s, zone); !ok || !got.Equal(want) {
			t.Errorf("%q is %v (%v), want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "2026-02-30", "yesterday", "2026"} {
		if _, ok := parseMoment(s, zone); ok {
			t.Errorf("%q was read as a moment", s)
		}
	}
}

func TestBelow(t *testing.T) {
	at := func(p string) finding.Finding { return finding.Finding{Position: finding.Position{Path: p}} }
	list := finding.List{at("records/complaint/2026/09/TS-2026-0001.yaml"), at("records/complaint-note/a.yaml"), at("kept.yaml")}
	for _, tc := range []struct {
		paths []string
		want  []string
	}{
		{nil, []string{"records/complaint/2026/09/TS-2026-0001.yaml", "records/complaint-note/a.yaml", "kept.yaml"}},
		{[]string{"."}, []string{"records/complaint/2026/09/TS-2026-0001.yaml", "records/complaint-note/a.yaml", "kept.yaml"}},
		{[]string{"./records/complaint/"}, []string{"records/complaint/2026/09/TS-2026-0001.yaml", "kept.yaml"}},
		{[]string{`records\complaint`}, []string{"records/complaint/2026/09/TS-2026-0001.yaml", "kept.yaml"}},
		{[]string{"kept.yaml", "records/complaint-note"}, []string{"records/complaint-note/a.yaml", "kept.yaml"}},
		{[]string{"records/complain"}, []string{"kept.yaml"}},
	} {
		var got []string
		for _, f := range below(list, tc.paths) {
			got = append(got, f.Position.Path)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("below %q: %q, want %q", tc.paths, got, tc.want)
		}
	}
}

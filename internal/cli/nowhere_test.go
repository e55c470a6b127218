package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/locale"
)

// anywhere are the commands that need no records.
var anywhere = map[string]bool{"init": true, "demo": true, "doctor": true, "version": true, "help": true, "completion": true}

// Each command says alike that a folder belongs to no repository of records: where it
// looked and what to run. A command that nobody thought of here fails.
func TestOutsideARepositoryAllCommandsSayTheSame(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "a", "b")
	ledger := filepath.Join(t.TempDir(), "x.csv")
	put(t, filepath.Dir(ledger), map[string]string{"x.csv": "a,b\n"})
	if err := os.MkdirAll(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	calls := map[string][]string{
		"new": {"new complaint"}, "import": {"import complaint " + ledger}, "advance": {"advance TS-2026-0001"}, "fmt": {"fmt", "fmt records"},
		"renumber": {"renumber TS-2026-0001"}, "attach": {"attach TS-2026-0001 " + ledger}, "serve": {"serve"}, "submit": {"submit"},
		"check":  {"check", "check records", "check --rules", "check --clauses", "check --evidence", "check --base HEAD", "check --json"},
		"audit":  {"audit"},
		"seal":   {"seal 2026-08", "seal 2026-08 --confirm"},
		"verify": {"verify " + ledger, "verify KEPT-ABC"}, "kpi": {"kpi", "kpi --explain K01"}, "due": {"due"}, "trail": {"trail TS-2026-0001"},
		"build": {"build"}, "print": {"print complaint-register", "print complaint --blank"}, "export": {"export all", "export complaint", "export complaint --template"}, "pack": {"pack 2026-08"},
	}
	said := ""
	for _, c := range tree(t, locale.English).Commands() {
		lines, known := calls[c.Name()]
		if !known && !anywhere[c.Name()] && !strings.HasPrefix(c.Name(), "__") {
			t.Errorf("nobody says what kept %s does outside a repository", c.Name())
		}
		for _, line := range lines {
			code, out, talk := call(t, append(strings.Fields(line), "-C", empty, "--lang", "en")...)
			if said == "" {
				said = talk
			}
			if code != exitTrouble || out != "" || talk != said {
				t.Errorf("kept %s ended with %d and said %q%q; others say %q", line, code, out, talk, said)
			}
		}
	}
	for _, want := range []string{empty, "kept.yaml", "kept init", "-C"} {
		if !strings.Contains(said, want) {
			t.Errorf("it says %q without %q", said, want)
		}
	}
	if entries, err := os.ReadDir(empty); err != nil || len(entries) > 0 {
		t.Errorf("there is %v (%v)", entries, err)
	}
}

// Where the folder lies decides what is said: in a git repository of something else, in
// a larger one, at no place at all; below a folder of records all is well.
func TestWhereRecordsAreLookedFor(t *testing.T) {
	top := t.TempDir()
	quiet(t)
	plain, code, larger, bare := filepath.Join(top, "plain"), filepath.Join(top, "code"), filepath.Join(top, "larger"), filepath.Join(top, "bare.git")
	put(t, plain, map[string]string{"kept.yaml": "languages: [en]\n", "records/customer/deep/x.txt": ""})
	put(t, code, map[string]string{"src/main.go": ""})
	put(t, larger, map[string]string{"docs/kept.yaml": "languages: [en]\n", "docs/records/x.txt": ""})
	git(t, top, "init", "-q", code)
	git(t, top, "init", "-q", larger)
	git(t, top, "init", "-q", "--bare", bare)
	for _, tc := range []struct {
		dir  string
		code int
		say  string
	}{
		{filepath.Join(plain, "records", "customer", "deep"), exitClean, ""},
		{filepath.Join(code, "src"), exitTrouble, "the git repository " + code + " holds no records"},
		{filepath.Join(larger, "docs"), exitTrouble, "run git init -b main in " + filepath.Join(larger, "docs")},
		{bare, exitTrouble, "is in no repository of records"},
		{filepath.Join(top, "nowhere"), exitTrouble, "there is no folder " + filepath.Join(top, "nowhere")},
		{filepath.Join(plain, "kept.yaml"), exitTrouble, "there is no folder"},
	} {
		code, out, talk := call(t, "check", "-C", tc.dir, "--lang", "en")
		if code != tc.code || !strings.Contains(talk, tc.say) {
			t.Errorf("in %s check ended with %d and said %q%q; want %d and %q", tc.dir, code, out, talk, tc.code, tc.say)
		}
	}
	if code, _, talk := call(t, "kpi", "-C", plain, "--lang", "en"); code != exitTrouble || !strings.Contains(talk, "git init -b main") {
		t.Errorf("without git kpi ended with %d and said %q", code, talk)
	}
}

// A path may be typed as Windows writes it: what is found there is judged, and is no
// slip of the call.
func TestPathsWithBackslashes(t *testing.T) {
	dir := sample(t)
	for _, line := range []string{`check records\customer\KH-0001.yaml`, `check records\customer`, `fmt records\customer\KH-0001.yaml`, `fmt records\customer`, `renumber records\customer\KH-0001.yaml --to KH-0002`} {
		if code, _, talk := call(t, append(strings.Fields(line), "-C", dir, "--lang", "en")...); code != exitClean && code != exitFindings {
			t.Errorf("kept %s ended with %d and said %q", line, code, talk)
		}
	}
}

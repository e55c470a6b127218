package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kept/internal/cli"
)

// shape is one way in which a repository may lie on a disk, made by git from the
// same honest history.
type shape struct {
	name string
	// make turns $SRC, the healthy repository, into $DST.
	make string
	// wants is what the command must say where it cannot do its work; "" where all
	// commands do as in the healthy repository.
	wants string
	// stops names the commands that are stopped: "history" for those that read it,
	// "all", "files" for those that read the work tree, or one by its name.
	stops string
	// differs are commands that are right to say something else here, and what.
	differs map[string]telling
	// whole runs the costly commands, too, where nothing stops and nothing differs.
	whole bool
	env   string // NAME=$DST/...
}

// telling is what a command must say where it is right to say something else than in
// the healthy repository: its exit code, and what the lines that only one of the two
// says, and its talk, must match.
type telling struct {
	code int
	diff string
}

// The commands, and what each of them reads.
var everyCommand = []struct {
	name, reads string
	args        string
	costly      bool
}{
	{"check", "files", "check", false},
	{"base", "files history", "check --base main~1", true},
	{"audit", "history", "audit --info", false},
	{"anchor", "history", "audit --anchor main~2", true},
	{"due", "history", "due --all", true},
	{"kpi", "history", "kpi --period 2026-09", false},
	{"trail", "history", "trail TS-2026-0001", false},
	{"build", "history writes", "build --out OUT/site", true},
	{"print", "history writes", "print complaint-register -o OUT/p.pdf", true},
	{"verify", "history", "verify CODE", true},
	{"pack", "history writes", "pack 2026-09 --out OUT/pack", true},
	{"seal", "files history writes", "seal 2026-08 --by u-admin", true},
	{"advance", "files writes", "advance TS-2026-0001 acknowledged --by u-admin --set ack_content=已答复", false},
	{"new", "files writes", "new customer --by u-admin --set title=示例·三 --set type=enterprise", false},
	{"renumber", "files writes", "renumber KH-0002", false},
}

// ran is what a command did.
type ran struct {
	code   int
	out    string // standard output and the files that it wrote, by name
	talk   string
	panics any
}

// TestEveryShapeOfRepository runs every command that reads history on repositories
// of every shape: right as in the healthy one, or stopped and said so, with nothing
// half written.
func TestEveryShapeOfRepository(t *testing.T) {
	top := t.TempDir()
	source := filepath.Join(top, "source")
	honest(t, source)
	code := codeOf(t, source, top)
	healthy := map[string]ran{}
	for _, c := range everyCommand {
		dir := copied(t, source, filepath.Join(top, "healthy-"+c.name))
		healthy[c.name], _ = runIn(t, dir, strings.ReplaceAll(c.args, "CODE", code), tree(t, dir))
		if healthy[c.name].code > 1 {
			t.Fatalf("%s in the healthy repository: %+v", c.name, healthy[c.name])
		}
	}
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			harmless := s.stops == "" && s.differs == nil
			at := filepath.Join(t.TempDir(), "at")
			shell(t, top, "set -eu\nSRC="+source+"\nDST="+at+"\n"+s.make)
			if name, value, ok := strings.Cut(s.env, "="); ok {
				t.Setenv(name, strings.ReplaceAll(value, "$DST", at))
			}
			before := tree(t, at)
			for _, c := range everyCommand {
				if c.costly && harmless && !s.whole {
					continue
				}
				got, after := runIn(t, at, strings.ReplaceAll(c.args, "CODE", code), before)
				judgeRun(t, &s, c.name, c.reads, got, healthy[c.name])
				if got.code > 1 && after != before {
					t.Errorf("%s stopped and left something behind: %s", c.name, differing(before, after))
				}
				if strings.Contains(c.reads, "writes") && strings.Contains(c.reads, "files") {
					restore(t, at, differing(before, after))
				} else {
					before = after
				}
			}
		})
	}
}

func judgeRun(t *testing.T, s *shape, name, reads string, got, want ran) {
	t.Helper()
	stopped := s.stops == "all" || s.stops != "" && strings.Contains(reads+" "+name, s.stops)
	special, known := s.differs[name]
	both := differing(want.out, got.out) + got.talk
	switch {
	case known && (got.code != special.code || !regexp.MustCompile(special.diff).MatchString(both)):
		t.Errorf("%s ended with %d, not %d and %q: %.1200s", name, got.code, special.code, special.diff, both)
	case known:
	case stopped && (got.code < 2 || !regexp.MustCompile(s.wants).MatchString(got.talk)):
		t.Errorf("%s ended with %d, which should stop and say %q: %.300s\n%s", name, got.code, s.wants, got.talk, got.out)
	case !stopped && (got.code != want.code || got.out != want.out):
		t.Errorf("%s ended with %d, not %d as in the healthy repository: %s\n%.600s", name, got.code, want.code, got.talk, differing(want.out, got.out))
	}
}

// runIn runs a command in a folder whose tree is given, and gathers what it said and
// wrote, places left out, and the folder's tree after it.
func runIn(t *testing.T, dir, args, before string) (r ran, after string) {
	t.Helper()
	out := t.TempDir()
	defer func() {
		if r.panics = recover(); r.panics != nil {
			t.Errorf("kept %s: panic: %v", args, r.panics)
		}
	}()
	var said, talk bytes.Buffer
	now := func() time.Time { return time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC) }
	r.code = cli.Main(append([]string{"-C", dir, "--lang", "en"}, strings.Fields(strings.ReplaceAll(args, "OUT", out))...), cli.World{Out: &said, Err: &talk, Now: now, Version: "test"})
	plain := strings.NewReplacer(dir, "DIR", out, "OUT")
	r.out, r.talk = plain.Replace(said.String()), plain.Replace(talk.String())
	after = tree(t, dir)
	r.out += differing(before, after) + tree(t, out)
	return r, after
}

// tree is every file of a folder, .git left out, with its digest.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() == ".git" {
			if d != nil && d.IsDir() && d.Name() == ".git" {
				return fs.SkipDir
			}
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		if top, _, _ := strings.Cut(rel, string(filepath.Separator)); top == "objects" || top == "refs" || top == "hooks" || top == "info" {
			return nil // of a bare repository
		}
		if d.Type().IsRegular() {
			data, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%s\t%s\n", rel, fingerprint(data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func fingerprint(data []byte) string { return fmt.Sprintf("%x", sha256.Sum256(data))[:16] }

// differing are the lines that only one of two lists has.
func differing(before, after string) string {
	was := map[string]bool{}
	for line := range strings.Lines(before) {
		was[line] = true
	}
	var b strings.Builder
	for line := range strings.Lines(after) {
		if !was[line] {
			b.WriteString("+" + line)
		}
		delete(was, line)
	}
	for line := range strings.Lines(before) {
		if was[line] {
			b.WriteString("-" + line)
		}
	}
	return b.String()
}

// restore undoes what a command wrote into a folder, told by the lines that differ.
func restore(t *testing.T, dir, changed string) {
	t.Helper()
	for line := range strings.Lines(changed) {
		name, _, _ := strings.Cut(line[1:], "\t")
		data, known := saved[name]
		var err error
		switch full := filepath.Join(dir, name); {
		case known:
			if err = os.MkdirAll(filepath.Dir(full), 0o777); err == nil {
				err = os.WriteFile(full, data, 0o666)
			}
		default:
			err = os.Remove(full)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// saved are the files of the honest repository by name.
var saved = map[string][]byte{}

func copied(t *testing.T, from, to string) string {
	t.Helper()
	shell(t, filepath.Dir(to), "cp -a "+from+" "+to)
	return to
}

// honest makes the healthy repository: a small company with a merge, a renumbered
// customer to be, and a paper that was printed.
func honest(t *testing.T, dir string) {
	t.Helper()
	at := func(when string, args ...string) {
		t.Helper()
		now, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		if code := cli.Main(args, cli.World{Out: &said, Err: &said, Now: func() time.Time { return now }, Version: "test"}); code != 0 {
			t.Fatalf("kept %v: %s", args, said.String())
		}
	}
	commit := func(when, script string) {
		t.Helper()
		shell(t, dir, "set -eu\nexport GIT_AUTHOR_DATE="+when+" GIT_COMMITTER_DATE="+when+"\n"+script)
	}
	at("2026-08-31T09:00:00+08:00", "init", dir, "--organisation", "示例公司", "--person", "u-admin=示例管理员,wangl@example.cn")
	commit("2026-08-31T09:00:00+08:00", `git init -q -b main; sed -i 's/^languages:.*/languages: [en]/' kept.yaml
cd records; rm -r report; find kpi obligation clause -name '*.yaml' ! -name K01.yaml ! -name OB-27.yaml ! -name C-8.3.2.yaml -delete; cd ..
git config user.name a; git config user.email a@example.cn; git add -A; git commit -qm base`)
	at("2026-09-01T09:00:00+08:00", "-C", dir, "new", "customer", "--by", "u-admin", "--set", "title=示例·一", "--set", "type=enterprise")
	commit("2026-09-01T09:00:00+08:00", "git add -A; git commit -qm 'customer: KH-0001'")
	commit("2026-09-02T09:00:00+08:00", "git checkout -q -b work")
	at("2026-09-02T09:00:00+08:00", "-C", dir, "new", "customer", "--by", "u-admin", "--set", "title=示例·二", "--set", "type=enterprise")
	commit("2026-09-02T09:00:00+08:00", "sed -i 's/示例·一/示例·甲/' records/customer/KH-0001.yaml; git add -A; git commit -qm 'customer: KH-0002'; git checkout -q main")
	commit("2026-09-03T09:00:00+08:00", "git merge -q --no-ff -m 'Merge work' work; git branch -q -D work")
	at("2026-09-18T17:42:00+08:00", "-C", dir, "new", "complaint", "--by", "u-admin", "--set", "customer=KH-0001", "--set", "title=示例投诉", "--set", "subject=示例投诉",
		"--set", "channel=hotline", "--set", "received_at=2026-09-18T17:30:00+08:00", "--set", "description=示例", "--set", "remedy_sought=未提出")
	commit("2026-09-18T17:42:00+08:00", "git add -A; git commit -qm 'complaint: TS-2026-0001'; git tag v1")
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.Contains(p, "/.git/") {
			rel, _ := filepath.Rel(dir, p)
			saved[rel], err = os.ReadFile(p)
		}
		return err
	})
}

// codeOf prints a paper and reads its code.
func codeOf(t *testing.T, source, top string) string {
	t.Helper()
	if _, talk, code := kept(t, source, "print", "complaint-register", "-o", filepath.Join(top, "paper.pdf")); code != 0 {
		t.Fatal(talk)
	}
	out, err := exec.Command("pdfinfo", filepath.Join(top, "paper.pdf")).Output()
	word := regexp.MustCompile(`(?m)^Keywords: +(\S+)`).FindSubmatch(out)
	if err != nil || word == nil {
		t.Fatalf("pdfinfo: %v\n%s", err, out)
	}
	return string(word[1])
}

// shapes lists the ways in which a repository may lie there.
func shapes() []shape {
	const (
		// With files of its own: what is damaged below must not be damaged in $SRC.
		clone   = `git clone -q --no-hardlinks "$SRC" "$DST"; cd "$DST"; `
		damaged = "it is damaged. Run git fsck --full"
		missing = "git fetch --refetch"
		other   = `^\+[^\n]*: warning: [^\n]*\[audit-replaced\]\n([^+-]|$)` // one line more, and nothing else
		format  = "this format of a repository is not read"
	)
	return []shape{
		{name: "clone", make: clone, whole: true},
		{name: "linked work tree", make: `git clone -q "$SRC" "$DST.main"; git -C "$DST.main" checkout -q --detach; git -C "$DST.main" worktree add -q "$DST" main`},
		{name: "alternates", make: `git clone -q --shared "$SRC" "$DST"`},
		{name: "quoted relative alternates", make: `git clone -q --shared "$SRC" "$DST"; cd "$DST/.git/objects"; printf '"%s"\n' "$(realpath --relative-to=. "$SRC/.git/objects")" >info/alternates`},
		{name: "alternates that are gone", make: `git clone -q --shared "$SRC" "$DST"; echo /nowhere >"$DST/.git/objects/info/alternates"`, stops: "history", wants: missing},
		{name: "detached", make: clone + `git checkout -q --detach`},
		{name: "merge of a pull request", make: `git clone -q "$SRC" "$DST"; cd "$DST"; git checkout -q --detach main~1; git -c user.name=a -c user.email=a@example.cn merge -q --no-ff -m 'Merge main' main || true; git checkout -q --detach main`},
		{name: "submodule", make: `git init -q "$DST.super"; cd "$DST.super"; git -c protocol.file.allow=always submodule --quiet add "$SRC" at; mv "$DST.super" "$DST.moved"; ln -s "$DST.moved/at" "$DST"`},
		{name: "one pack with bitmaps, commit graph and index of packs", make: clone + `git -c repack.writeBitmaps=true repack -qadb; git commit-graph write --reachable; git multi-pack-index write`},
		{name: "many packs", make: clone + `git repack -qd; git -c pack.packSizeLimit=1m repack -qad --max-pack-size=1m; git prune-packed -q`},
		{name: "cruft pack, packed references, reverse index", make: clone + `git config pack.writeReverseIndex true; git gc -q --cruft; git pack-refs --all`},
		{name: "pack index of version 1", make: clone + `git -c pack.indexVersion=1 repack -qad`, stops: "all", wants: format},
		{name: "index of version 4 without sum", make: clone + `git config index.skipHash true; git update-index --index-version 4 --force-write-index`},
		{name: "split index", make: clone + `git update-index --split-index`, stops: "renumber", wants: "git update-index --no-split-index"},
		{name: "untracked cache, file monitor that is not there", make: clone + `git update-index --untracked-cache; git config core.fsmonitor /nowhere/monitor`},
		{name: "sparse checkout", make: clone + `git sparse-checkout set schemas`, stops: "files", wants: "git sparse-checkout disable"},
		{name: "sparse index", make: clone + `git sparse-checkout set --cone --sparse-index schemas`, stops: "files", wants: "git sparse-checkout disable"},
		{name: "sparse checkout that has all that counts", make: clone + `git sparse-checkout set records schemas templates site ci`},
		{name: "work tree elsewhere", make: clone + `mkdir "$DST.else"; git config core.worktree "$DST.else"`, stops: "all", wants: "core.worktree"},
		{name: "work tree named", make: clone + `git config core.worktree "$DST"`},
		{name: "GIT_DIR names another", make: clone + `git init -q "$DST.other"`, env: "GIT_DIR=$DST.other/.git"},
		{name: "somebody else's", make: clone + `chown -R 12345 "$DST" 2>/dev/null || true`},
		{name: "replaced", make: clone + `git -c user.name=a -c user.email=a@example.cn commit -q --allow-empty -m other; git replace main~1 main~2; git reset -q --hard main~1 2>/dev/null || GIT_NO_REPLACE_OBJECTS=1 git reset -q --hard HEAD~1; GIT_NO_REPLACE_OBJECTS=1 git reset -q --hard origin/main`, differs: map[string]telling{"audit": {0, other}, "anchor": {0, other}, "build": {0, `(?s)^[+-]site/.*site/en/audit\.html`}, "pack": {0, `(?s)^[+-]pack/.*pack/en/findings\.txt`}}},
		{name: "grafted", make: clone + `echo "$(git rev-parse HEAD)" >.git/info/grafts`, differs: map[string]telling{"audit": {0, other}, "anchor": {0, other}, "build": {0, `(?s)^[+-]site/.*site/en/audit\.html`}, "pack": {0, `(?s)^[+-]pack/.*pack/en/findings\.txt`}}},
		{name: "shallow", make: `git clone -q --depth 1 "file://$SRC" "$DST"`, stops: "history", wants: "git fetch --unshallow"},
		{name: "shallow, two commits", make: `git clone -q --depth 2 "file://$SRC" "$DST"`, stops: "history", wants: "git fetch --unshallow"},
		{name: "without blobs", make: `git -C "$SRC" config uploadpack.allowFilter true; git clone -q --filter=blob:none "file://$SRC" "$DST"`, stops: "history", wants: "git fetch --refetch --no-filter"},
		{name: "without trees", make: `git -C "$SRC" config uploadpack.allowFilter true; git clone -q --filter=tree:0 "file://$SRC" "$DST"`, stops: "history", wants: "git fetch --refetch --no-filter"},
		{name: "an old commit is missing", make: clone + `git unpack-objects -q </dev/null 2>/dev/null || true; h=$(git rev-parse main~2); for p in .git/objects/pack/*.pack; do [ -e "$p" ] && mv "$p" p.tmp && rm -f .git/objects/pack/* && git unpack-objects -q <p.tmp; done; rm -f p.tmp ".git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-)"`, stops: "history", wants: missing},
		{name: "an old commit is garbage", make: clone + `h=$(git rev-parse main~2); f=".git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-)"; chmod u+w "$f"; echo garbage >"$f"`, stops: "history", wants: damaged},
		{name: "an old commit is another object", make: clone + `h=$(git rev-parse main~2); o=$(git rev-parse main~1); f=".git/objects/$(echo $h | cut -c1-2)/$(echo $h | cut -c3-)"; rm -f "$f"; cp ".git/objects/$(echo $o | cut -c1-2)/$(echo $o | cut -c3-)" "$f"`, stops: "history", wants: damaged},
		{name: "a pack cut short", make: clone + `git repack -qad; p=$(ls .git/objects/pack/*.pack); chmod u+w "$p"; truncate -s 40 "$p"`, stops: "history", wants: damaged},
		{name: "the index of a pack is damaged", make: clone + `git repack -qad; p=$(ls .git/objects/pack/*.idx); chmod u+w "$p"; printf x | dd of="$p" bs=1 seek=1200 conv=notrunc status=none`, stops: "all", wants: damaged},
		{name: "no commit yet", make: `git init -q -b main "$DST"; cd "$SRC"; git archive main | tar -x -C "$DST"`, stops: "history", wants: `no commit|HEAD`, differs: map[string]telling{"due": {0, `\+As of 2026-10-20 17:00 · There is no history, and so no proof by commits`}}},
		{name: "references in a table", make: `git init -q --ref-format=reftable -b main "$DST" 2>/dev/null || { git init -q -b main "$DST"; git -C "$DST" config core.repositoryFormatVersion 1; git -C "$DST" config extensions.refStorage reftable; }`, stops: "all", wants: format},
		{name: "ids of SHA-256", make: `git init -q --object-format=sha256 -b main "$DST"`, stops: "all", wants: format},
		{name: "bare", make: `git clone -q --bare "$SRC" "$DST"`, stops: "files", wants: "this is a bare repository", differs: map[string]telling{"base": {1, `^review: routine`}}},
	}
}

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kept/internal/cli"
	"kept/internal/tooltest"
)

// shellBlock is a block of commands on a page.
var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestVerifyPageToTheLetter runs the commands of the page 如何核验, in both
// languages, as they stand there, against a demo whose July is sealed with a
// signed tag, and holds what they say against the page's promises.
func TestVerifyPageToTheLetter(t *testing.T) {
	dir := sealedDemo(t)
	// The same by kept: the file by its seal, whose tag is signed by a key that counts.
	var said strings.Builder
	code := cli.Main([]string{"-C", filepath.Join(dir, "company"), "--lang", "en", "verify", filepath.Join(dir, "kpi-monthly_2026-07.pdf")},
		cli.World{Out: &said, Err: &said, Now: time.Now, Version: "test"})
	if code != 0 || !strings.Contains(said.String(), "signed by zhoum@example.cn") {
		t.Errorf("kept verify ended with %d: %s", code, said.String())
	}
	for page, say := range map[string]struct{ contained, unaltered, sealed, tagged, files, pack, drawn string }{
		"verify.md":    {"包含", "未改写", "与封存相同", "标签在历史中", "文件未改动", "资料包未改动\n资料包的提交在历史中\n提交清单齐全", "总体相符\n抽样相符"},
		"verify.en.md": {"contained", "not rewritten", "as sealed", "the tag is in the history", "files unaltered", "pack unaltered\nthe commit of the pack is in the history\nlist of commits complete", "population as counted\nsample as drawn"},
	} {
		t.Run(page, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("..", "..", "site", "content", page))
			if err != nil {
				t.Fatal(err)
			}
			var script strings.Builder
			script.WriteString("set -eu\n")
			blocks := shellBlock.FindAllStringSubmatch(string(text), -1)
			for i, b := range blocks {
				fmt.Fprintf(&script, "echo '@@ %d'\n%s", i+1, b[1])
			}
			auditor := filepath.Join(dir, "auditor-"+page)
			if err := os.Mkdir(auditor, 0o777); err != nil {
				t.Fatal(err)
			}
			out := shell(t, auditor, script.String())
			steps := strings.Split(out, "@@ ")[1:]
			if len(steps) != 15 {
				t.Fatalf("the page has %d blocks: adapt the promises below", len(steps))
			}
			for _, p := range []struct {
				step int
				want string
			}{
				{2, "false"},
				{3, `kpi-monthly\.2026-07\.[0-9a-f]{12}\.[0-9a-f]{10}\ncommit\n` + say.contained},
				{4, say.unaltered + `\n[0-9a-f]{40} 2026`},
				{5, `commit: "?[0-9a-f]{40}`},
				{5, `kpi: K01`},
				{5, `2026-10-08T10:00:00\+08:00`},
				{5, say.sealed},
				{6, say.tagged},
				{7, `records/complaint/2026/`},
				{7, `exclude:`},
				{8, `TS-2026-[0-9]+ [a-z]+ 2026-07-[^ ]+ 2026-07-[^ ]+ [0-9]+\n`},
				{9, `response_due`},
				{9, `kpi: K01, version: 1, basis: declared, .*numerator: 3, denominator: 3`},
				{10, `2026-0[67]-`},
				{11, `provenance.yaml`},
				{11, `data_version: "[0-9a-f]{40}"`},
				{11, `- "TS-2026-`},
				{12, say.files},
				{13, say.pack},
				{14, say.drawn},
				{15, `records/seal/2026-07.yaml`},
			} {
				if !regexp.MustCompile(p.want).MatchString(steps[p.step-1]) {
					t.Errorf("step %d does not say %q:\n%s", p.step, p.want, steps[p.step-1])
				}
			}
		})
	}
}

// sealedDemo plays a demo, seals its July, signs the seal, and lays a paper, a
// portal and an audit pack beside it.
func sealedDemo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	kept := func(args ...string) {
		t.Helper()
		var said strings.Builder
		now := func() time.Time { return time.Date(2026, 10, 8, 2, 0, 0, 0, time.UTC) }
		if code := cli.Main(args, cli.World{Out: &said, Err: &said, Now: now, Version: "test"}); code != 0 {
			t.Fatalf("kept %s ended with %d: %s", strings.Join(args, " "), code, said.String())
		}
	}
	company := filepath.Join(dir, "company")
	kept("demo", company, "--records", "60", "--years", "1")
	shell(t, company, `ssh-keygen -q -t ed25519 -N '' -C '' -f ../key
printf 'zhoum@example.cn %s\n' "$(cut -d' ' -f1,2 ../key.pub)" >allowed_signers
git add allowed_signers
git commit -q -m 'allowed_signers: the key of zhoum'`)
	kept("-C", company, "seal", "2026-07", "--by", "u-zhoum")
	shell(t, company, `git add records && git commit -q -m 'seal: 2026-07'
git -c gpg.format=ssh -c user.signingkey=../key tag -s kept/seal/2026-07 -m 'kept/seal/2026-07'`)
	kept("-C", company, "print", "kpi-monthly", "--period", "2026-07", "-o", filepath.Join(dir, "kpi-monthly_2026-07.pdf"))
	kept("-C", company, "build", "-o", filepath.Join(dir, "portal"))
	kept("-C", company, "pack", "2026-07", "--sample", "2", "--seed", "audit 2026", "-o", filepath.Join(dir, "pack"))
	return dir
}

// shell runs a script with the machine's own settings kept out.
func shell(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "TZ=Asia/Shanghai", "LC_ALL=C.UTF-8",
		"GIT_AUTHOR_NAME=周敏", "GIT_AUTHOR_EMAIL=zhoum@example.cn", "GIT_COMMITTER_NAME=周敏", "GIT_COMMITTER_EMAIL=zhoum@example.cn",
		"GIT_AUTHOR_DATE=2026-10-08T10:00:00+08:00", "GIT_COMMITTER_DATE=2026-10-08T10:00:00+08:00")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n(%s)", err, out, tooltest.Missing("bash"))
	}
	return string(out)
}

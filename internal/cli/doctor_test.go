package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/locale"
	"kept/internal/pipeline"
)

// TestDoctor makes a healthy repository once; each test harms a copy.
func TestDoctor(t *testing.T) {
	quiet(t)
	well := filepath.Join(t.TempDir(), "records")
	code, out, talk := call(t, "init", well, "--yes", "--organisation", "示例公司", "--forge", "gitea", "--hook",
		"--person", "u-wangl=王磊,wangl@example.cn", "--person", "u-lim=李敏,lim@example.cn,process_owner+brm+complaint_handler+management_rep+doc_controller")
	if code != exitClean {
		t.Fatalf("init ended with %d: %s%s", code, out, talk)
	}
	put(t, well, map[string]string{"records/calendar/CN-2027.yaml": strings.NewReplacer("2026", "2027").Replace(read(t, well, "records/calendar/CN-2026.yaml"))})
	git(t, well, "add", "-A")
	git(t, well, "commit", "-q", "-m", "Begin")
	t.Run("finds", func(t *testing.T) { doctorFinds(t, well) })
	t.Run("finds nothing", func(t *testing.T) { doctorFindsNothing(t, well) })
	t.Run("page", func(t *testing.T) { doctorPage(t, well) })
}

// patient is a healthy repository in a folder of its own.
func patient(t *testing.T, well string) string {
	t.Helper()
	quiet(t)
	dir := filepath.Join(t.TempDir(), "records")
	if err := os.CopyFS(dir, os.DirFS(well)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// quiet keeps the machine's git settings out, and says who commits.
func quiet(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	for name, value := range map[string]string{
		"HOME": home, "XDG_CONFIG_HOME": home, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": filepath.Join(home, "gitconfig"),
		"GIT_AUTHOR_NAME": "王磊", "GIT_AUTHOR_EMAIL": "wangl@example.cn", "GIT_COMMITTER_NAME": "王磊", "GIT_COMMITTER_EMAIL": "wangl@example.cn",
		"GIT_AUTHOR_DATE": "2026-09-01T09:00:00+08:00", "GIT_COMMITTER_DATE": "2026-09-01T09:00:00+08:00", "EMAIL": "",
	} {
		t.Setenv(name, value)
	}
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "core.hooksPath=/dev/null", "-c", "protocol.file.allow=always"}, args...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// edit replaces text in a file that must hold it.
func edit(t *testing.T, dir, name, before, after string) {
	t.Helper()
	text := read(t, dir, name)
	if !strings.Contains(text, before) {
		t.Fatalf("%s lacks %q:\n%s", name, before, text)
	}
	put(t, dir, map[string]string{name: strings.Replace(text, before, after, 1)})
}

// examined runs doctor for machines.
func examined(t *testing.T, dir, lang string) (int, examinedObject) {
	t.Helper()
	code, out, talk := call(t, "doctor", "--json", "-C", dir, "--lang", lang)
	var o examinedObject
	if err := json.Unmarshal([]byte(out), &o); err != nil || talk != "" {
		t.Fatalf("doctor ended with %d: %v\n%s%s", code, err, out, talk)
	}
	return code, o
}

// told is what doctor must say of a defect, in both languages, and part of a command
// that mends it.
type told struct{ id, verdict, zh, en, command string }

// Each defect is found, told in both languages, with the command that mends it. Defects
// that do not touch each other share a repository.
func doctorFinds(t *testing.T, well string) {
	for name, tc := range map[string]struct {
		harm func(t *testing.T, dir string)
		want []told
	}{
		"tools": {func(t *testing.T, dir string) {
			git(t, dir, "config", "--unset", "core.hooksPath")
			git(t, dir, "config", "core.ignorecase", "true")
			git(t, dir, "config", "core.autocrlf", "true")
			remove(t, dir, ".gitattributes")
			remove(t, dir, ".vscode")
			remove(t, dir, ".gitea/CODEOWNERS")
			remove(t, dir, ".gitea/workflows")
			text := read(t, dir, "records/person/u-lim.yaml")
			put(t, dir, map[string]string{
				"records/person/u-lim.yaml": text[strings.Index(text, "\n")+1:],
				"records/person/u-x.yaml":   "# yaml-language-server: $schema=x\nid: [\n",
			})
			unset(t, dir, "branch")
			edit(t, dir, "kept.yaml", "evidence_store: ../evidence", "evidence_store: ../proof\ncontacts: ../c.yaml")
			t.Setenv("GIT_COMMITTER_DATE", "2026-10-01T09:00:00+08:00")
			git(t, dir, "commit", "-q", "--allow-empty", "-m", "X", "--author", "X <x@example.cn>")
			t.Setenv("GIT_AUTHOR_EMAIL", "else@example.cn")
		}, []told{
			{"clock", "missing", "早于最近一次提交（2026-10-01 09:00 +08:00）", "before the newest commit (2026-10-01 09:00 +08:00)", ""},
			{"remote", "notice", "没有远程仓库", "there is no remote", `git remote add origin "…"`},
			{"branch", "notice", "没有写受保护分支，按默认的 main 处理", "names no protected branch", ""},
			{"line-ends", "notice", "git 检出时会改换行符", "git changes line ends", "git config core.autocrlf false"},
			{"letter-case", "notice", "core.ignorecase 为 true", "core.ignorecase says", "git config core.ignorecase false"},
			{"hook", "notice", "备有提交前检查，但没有启用", "and it is off", "git config core.hooksPath .githooks"},
			{"editor", "notice", "没有 .vscode/settings.json", "there is no .vscode/settings.json", "kept init --update"},
			{"schema-lines", "notice", "1 条记录的首行没有写明 schema", "1 record without the line", "kept fmt"},
			{"records", "missing", "1 条记录读不出来", "1 record cannot be read", "kept check"},
			{"evidence-store", "notice", "还没有证据文件夹 ../proof", "there is no evidence folder ../proof", "mkdir -p ../proof"},
			{"contacts", "notice", "没有联系人文件 ../c.yaml", "there is no contacts file", ""},
			{"identity-person", "missing", "else@example.cn 不在任何人员记录中", "no person record lists else@example.cn", "--set identities+=else@example.cn"},
			{"author-unmapped", "missing", "提交作者 x@example.cn 不是已登记的人员（1 次提交", "author x@example.cn is no registered person (1 commit", "--set identities+=x@example.cn"},
			{"role-unheld", "notice", "个角色无人担任", "held by nobody", "roles+:="},
			{"code-owners", "notice", "没有 gitea 的 CODEOWNERS", "no CODEOWNERS for gitea", "kept init --update"},
			{"ci", "notice", "缺少 gitea 的文件：.gitea/workflows/kept.yaml", "files for gitea are not there", "kept init --update"},
		}},
		"settings that do not parse": {func(t *testing.T, dir string) {
			put(t, dir, map[string]string{"kept.yaml": "branch: [main\n"})
			remove(t, dir, ".git")
			remove(t, dir, "records/person/u-lim.yaml")
		}, []told{
			{"settings", "missing", "kept.yaml:", "kept.yaml:", "kept check"},
			{"repository", "missing", "还不是 git 仓库", "is no git repository", "git init -b main"},
			{"persons", "notice", "只登记了一名人员", "one person alone", "kept new person"},
		}},
		"settings that cannot be": {func(t *testing.T, dir string) {
			edit(t, dir, "kept.yaml", "Asia/Shanghai", "Asia/Changzhou")
			edit(t, dir, "kept.yaml", "evidence_store: ../evidence", "evidence_store: proof")
			put(t, dir, map[string]string{"schemas/complaint.kind.yaml": "kind: [\n"})
			remove(t, dir, "records/calendar/CN-2026.yaml")
			git(t, dir, "branch", "-m", "trunk")
			git(t, dir, "remote", "add", "a", "git@GitHub.com:example/records.git")
			git(t, dir, "remote", "add", "b", "https://x:secret@ssh.dev.azure.com/v3/a")
			git(t, dir, "remote", "add", "c", "https://gitee.com/e/r.git")
			git(t, dir, "remote", "add", "d", "ssh://git@notgithub.com:2222/e/r.git")
			git(t, dir, "remote", "add", "e", "../elsewhere.git")
		}, []told{
			{"settings", "missing", "kept.yaml:", "kept.yaml:", "kept check"},
			{"settings", "missing", "schemas/complaint.kind.yaml", "schemas/complaint.kind.yaml", "kept check"},
			{"evidence-store", "missing", "证据文件夹在仓库之内", "lies in the repository", ""},
			{"calendar-missing", "missing", "没有 2026 年工作日历", "no working calendar of 2026", " -- records/calendar/CN-2026.yaml"},
			{"branch", "missing", "受保护分支是 main，但本机和远程都没有", "the protected branch is main, and neither", "git branch main"},
			{"remote-abroad", "notice", "github.com 的服务器在境外（美国）", "the servers of github.com stand abroad (United States)", ""},
			{"remote-abroad", "notice", "ssh.dev.azure.com 的服务器在境外", "ssh.dev.azure.com stand abroad", ""},
			{"remote", "fine", "gitee.com（gitee.com），服务器在中国境内", "in mainland China", ""},
			{"remote", "fine", "notgithub.com；kept 不知道其服务器在哪里", "notgithub.com; kept does not know where", ""},
			{"remote", "fine", "远程仓库 e：本机或共享文件夹", "remote e: a folder", ""},
		}},
		"nothing committed": {func(t *testing.T, dir string) {
			remove(t, dir, ".git")
			git(t, dir, "init", "-q", "-b", "main")
			edit(t, dir, "kept.yaml", "forge: gitea", "forge: ''")
			git(t, dir, "remote", "add", "origin", "https://code.example.cn/e/r.git")
			edit(t, dir, "kept.yaml", "evidence_store: ../evidence", "evidence_store: ../proof")
			put(t, dir, map[string]string{
				"../proof": "x", "c.yaml": "contacts: {}\n",
				"kept.yaml": read(t, dir, "kept.yaml") + "contacts: ../records/c.yaml\nfonts:\n  regular: {file: ../a.ttf, sha256: " + strings.Repeat("0", 64) + "}\n",
			})
			remove(t, dir, "records/person")
		}, []told{
			{"history", "notice", "还没有任何提交", "nothing is committed yet", "git add -A"},
			{"forge", "notice", "不知道远程仓库用的是哪种托管平台", "the forge of the remote is not known", ""},
			{"evidence-store", "missing", "../proof 不是文件夹", "is no folder", ""},
			{"contacts", "missing", "在仓库之内", "lies in the repository", ""},
			{"fonts", "missing", "打印用的字体不可用", "the faces of papers cannot be used", "sha256sum"},
			{"persons", "missing", "没有登记任何人员", "no person is registered", "kept new person"},
		}},
		"shallow, another's": {func(t *testing.T, dir string) {
			unset(t, dir, "evidence_store")
			put(t, dir, map[string]string{"kept.yaml": read(t, dir, "kept.yaml") + "contacts: ../c.yaml\n", "../c.yaml": "contacts: {}\n"})
			git(t, dir, "commit", "-q", "-a", "-m", "More")
			git(t, dir, "clone", "-q", "--depth", "1", "file://"+dir, dir+"-clone")
			swapFor(t, dir, dir+"-clone")
			t.Setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
		}, []told{
			{"history", "missing", "这是浅克隆", "this is a shallow clone", "git fetch --unshallow"},
			{"repository-owner", "missing", "属于另一个用户", "belongs to another user", "git config --global --add safe.directory "},
			{"evidence-store", "notice", "没有写 evidence_store", "names no evidence_store", ""},
			{"contacts", "notice", "其他用户也能读联系人文件", "others on this machine may read", "chmod 600 ../c.yaml"},
		}},
		"sparse": {func(t *testing.T, dir string) {
			git(t, dir, "update-index", "-q", "--refresh")
			git(t, dir, "sparse-checkout", "set", "schemas")
			if err := os.Mkdir(filepath.Join(dir, "../evidence"), 0o555); err != nil {
				t.Fatal(err)
			}
		}, []told{
			{"work-tree", "missing", "这是稀疏检出", "this is a sparse checkout", "git sparse-checkout disable"},
			{"evidence-store", "missing", "证据文件夹 ../evidence 不可写", "cannot be written to", "chmod u+w ../evidence"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := patient(t, well)
			tc.harm(t, dir)
			diagnosed(t, dir, tc.want)
		})
	}
}

// The machine is looked at where there are no records, too.
func TestDoctorFindsOnTheMachine(t *testing.T) {
	dir := t.TempDir()
	for name, tc := range map[string]struct {
		harm func(t *testing.T)
		want told
	}{
		"no git":   {func(t *testing.T) { t.Setenv("PATH", dir) }, told{"git", "missing", "没有找到 git 程序", "the program git is not there", ""}},
		"old git":  {func(t *testing.T) { fakeGit(t, "git version 2.20.1.windows.1") }, told{"git", "missing", "git 2.20.1.windows.1 太旧，kept submit 需要 2.26", "is too old", ""}},
		"no name":  {func(t *testing.T) { t.Setenv("GIT_AUTHOR_NAME", "") }, told{"git-identity", "missing", "git 还不知道提交人是谁", "git does not know who commits", `git config --global user.name "…"`}},
		"no email": {func(t *testing.T) { t.Setenv("GIT_AUTHOR_EMAIL", "") }, told{"git-identity", "missing", "git 还不知道提交人是谁", "git does not know who commits", `git config --global user.email "…"`}},
	} {
		t.Run(name, func(t *testing.T) {
			quiet(t)
			tc.harm(t)
			diagnosed(t, dir, []told{tc.want})
		})
	}
}

// diagnosed demands that each defect is told, in both languages.
func diagnosed(t *testing.T, dir string, want []told) {
	t.Helper()
	_, points, err := pipeline.Doctor(t.Context(), pipeline.DoctorRequest{Dir: dir, Version: "test", OS: "linux", Now: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC), Environment: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	messages, err := pipeline.Messages()
	if err != nil {
		t.Fatal(err)
	}
	for lang, pick := range map[locale.Lang]func(told) string{locale.Chinese: func(w told) string { return w.zh }, locale.English: func(w told) string { return w.en }} {
		a := &app{messages: messages, printer: messages.Printer(lang)}
		o := a.examined(dir, points)
		for _, w := range want {
			i := slices.IndexFunc(o.Points, func(p pointObject) bool { return p.ID == w.id && strings.Contains(p.Text, pick(w)) })
			if i < 0 {
				t.Errorf("in %s nothing is told of %s: %q; it says %+v", lang, w.id, pick(w), o.Points)
				continue
			}
			if p := o.Points[i]; p.Verdict != w.verdict || w.command != "" && !slices.ContainsFunc(p.Commands, func(c string) bool { return strings.Contains(c, w.command) }) {
				t.Errorf("in %s it is told as %+v", lang, p)
			}
		}
		for _, p := range o.Points {
			if strings.Contains(p.Text+p.Advice, "secret") || strings.Contains(p.Text+p.Advice, "⟦") {
				t.Errorf("in %s it says %+v", lang, p)
			}
		}
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
		t.Fatal(err)
	}
}

// unset takes a key of one line out of kept.yaml.
func unset(t *testing.T, dir, key string) {
	t.Helper()
	var kept []string
	for line := range strings.Lines(read(t, dir, "kept.yaml")) {
		if !strings.HasPrefix(line, key+":") {
			kept = append(kept, line)
		}
	}
	put(t, dir, map[string]string{"kept.yaml": strings.Join(kept, "")})
}

// swapFor puts another folder in the place of dir.
func swapFor(t *testing.T, dir, other string) {
	t.Helper()
	remove(t, dir, ".")
	if err := os.Rename(other, dir); err != nil {
		t.Fatal(err)
	}
}

// fakeGit is a program git that knows its version alone.
func fakeGit(t *testing.T, version string) {
	t.Helper()
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "git"), []byte("#!/bin/sh\necho '"+version+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+":/usr/bin:/bin")
}

// A healthy repository has nothing missing; a folder without records is no defect, and
// looks at the machine alone. Nothing is written.
func doctorFindsNothing(t *testing.T, well string) {
	dir := patient(t, well)
	before := stamps(t, dir)
	code, o := examined(t, dir, "zh-CN")
	if code != exitClean || o.Missing > 0 {
		t.Errorf("a healthy repository ends with %d: %+v", code, o)
	}
	if after := stamps(t, dir); after != before {
		t.Errorf("doctor wrote: %s became %s", before, after)
	}
	empty := t.TempDir()
	code, o = examined(t, empty, "en")
	if code != exitClean || slices.ContainsFunc(o.Points, func(p pointObject) bool { return p.Group != "machine" && p.Group != "repository" }) {
		t.Errorf("outside a repository: %d, %+v", code, o)
	}
	if entries, _ := os.ReadDir(empty); len(entries) > 0 {
		t.Errorf("doctor wrote %v", entries)
	}
}

// stamps are every file of a folder with its size and time.
func stamps(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			b.WriteString(p + " " + info.ModTime().String() + " " + info.Mode().String() + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// For people the points stand in groups, with words in the place of signs.
func doctorPage(t *testing.T, well string) {
	dir := patient(t, well)
	t.Setenv("GIT_AUTHOR_EMAIL", "e\u001b[31m'l@example.cn")
	code, out, talk := call(t, "doctor", "-C", dir, "--lang", "zh-CN")
	for _, want := range []string{"\n本机\n  正常  git ", "\n仓库\n", "\n人员与角色\n", "\n  缺少  您提交用的邮箱 ", "\n        kept new person --by u-… --set id=u-… --set title=… --set 'identities+=e\\u{1b}[31m'\\''l@example.cn'\n", "\n  提醒  没有远程仓库"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %q:\n%s", want, out)
		}
	}
	if code != exitFindings || !strings.Contains(talk, "缺少 1 项，提醒 ") || strings.Contains(out, "\u001b") {
		t.Errorf("it ends with %d and %q", code, talk)
	}
}

package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// answered runs init as somebody at a terminal who types the lines.
func answered(t *testing.T, lines string, args ...string) (dir, said string, code int) {
	t.Helper()
	for _, name := range []string{"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"} {
		t.Setenv(name, os.DevNull)
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_AUTHOR_NAME", "")
	t.Setenv("GIT_AUTHOR_EMAIL", "")
	dir = filepath.Join(t.TempDir(), "新 公司")
	var talk bytes.Buffer
	w := World{
		In: strings.NewReader(lines), Asks: true, Out: &talk, Err: &talk, Version: "test",
		Now: func() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC) },
	}
	code = Main(append([]string{"init", dir}, args...), w)
	return dir, talk.String(), code
}

// holds is the text of a file of a new repository.
func holds(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Everything is asked in the language that was chosen first, what is wrong is said
// and asked again, and Enter takes what stands in brackets.
func TestInitAsks(t *testing.T) {
	dir, said, code := answered(t, strings.Join([]string{
		"7", "2", // languages
		"", "甲 \"乙\": {{branch}} # 公司", "", // organisation, no English name
		"Mars/Base", "", // zone
		"svn", "gitea", // forge
		"a b", "", // branch
		"王磊", "wangl", "Wang.L@example.cn", "", "wangl", "99", "1 投诉处理人+brm", // the first person
		"maybe", "y",
		"李敏", "lim@example.cn", "u-wangl", "lim", "", "", // the second
		"n", "n", "n", "y",
	}, "\n")+"\n")
	if code != exitClean {
		t.Fatalf("%d\n%s", code, said)
	}
	for _, want := range []string{
		"请写 1 到 4 之间的序号", "这一项必须填写", "没有这个时区", "请写 1 到 6 之间的序号", "分支名只能用", "邮箱的写法不对", "[u-wangl]", "没有角色“99”", "请写 y（是）或 n（否）", "u-wangl 已经用于另一人",
		"业务关系管理流程负责人", "cd \"" + dir + "\"", "git config core.hooksPath .githooks", "git commit -m", "docs/quick-start.zh-CN.md",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if strings.Contains(said, "登记审核人") {
		t.Errorf("there are two people:\n%s", said)
	}
	if text := holds(t, dir, "kept.yaml"); !strings.Contains(text, "甲 \"乙\": {{branch}} # 公司") || !strings.Contains(text, "\nlanguages: [zh-CN, en] ") || !strings.Contains(text, "\nforge: gitea") {
		t.Errorf("settings are\n%s", text)
	}
	if text := holds(t, dir, "records/person/u-wangl.yaml"); !strings.Contains(text, "role: process_owner") || !strings.Contains(text, "role: complaint_handler") || !strings.Contains(text, "Wang.L@example.cn") {
		t.Errorf("the person is\n%s", text)
	}
	if text := holds(t, dir, "records/person/u-lim.yaml"); !strings.Contains(text, "role: management_rep") {
		t.Errorf("the second person is\n%s", text)
	}
	if text := holds(t, dir, ".gitea/CODEOWNERS"); !strings.Contains(text, "\nkept\\\\.yaml @wangl\n") {
		t.Errorf("owners are\n%s", text)
	}
	if text := holds(t, dir, ".git/HEAD"); text != "ref: refs/heads/main\n" {
		t.Errorf("HEAD is %q", text)
	}
}

// All answers are shown before anything is written, and each is asked again by its
// number; what is wrong there is said, too.
func TestInitReviewsTheAnswers(t *testing.T) {
	answers := []string{"3", "Exmaple Ltd", "", "6", "", "Wang", "wang@example.com", "", "", "n", "n", "n"}
	dir, said, code := answered(t, strings.Join(append(answers,
		"9", "x", "2", "Example Ltd", // the name
		"3", "Mars/Base", "Europe/Berlin", // the zone
		"6", "Wang Lei", "wang@example.com", "", "", "y", "Lee", "", "lee", "", "n", // the people, anew
		"y"), "\n")+"\n")
	if code != exitClean {
		t.Fatalf("%d\n%s", code, said)
	}
	for _, want := range []string{
		"  2  Organisation: Exmaple Ltd", "write y to go on, n to stop, or a number from 1 to 7", "  2  Organisation: Example Ltd",
		"there is no such zone", "  3  Time zone: Europe/Berlin", "  6  People: Wang  u-wang  wang@example.com", "Wang Lei  u-wang  wang@example.com  process_owner", "\n       Lee  u-lee", "  7  Check before commits; first commit: no / no",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said in\n%s", want, said)
		}
	}
	if text := holds(t, dir, "kept.yaml"); !strings.Contains(text, "\norganisation: Example Ltd\n") || !strings.Contains(text, "\ntime_zone: Europe/Berlin\n") {
		t.Errorf("settings are\n%s", text)
	}
	if text := holds(t, dir, "records/person/u-wang.yaml"); !strings.Contains(text, "Wang Lei") {
		t.Errorf("the person is\n%s", text)
	}
	// another language asks for the names that go with it; what the command line says stays
	// and who is asked for one more person has none with Enter
	dir, said, code = answered(t, strings.Join(append(answers, "1", "2", "示例公司", "", "4", "6", "王磊", "wang@example.com", "", "", "", "", "y"), "\n")+"\n", "--forge", "none")
	if text := holds(t, dir, "kept.yaml"); code != exitClean || !strings.Contains(text, "zh-CN: 示例公司\n  en: Exmaple Ltd") {
		t.Errorf("%d\n%s\n%s", code, said, text)
	}
}

// A company founded in the language of the call has its texts in that language first.
func TestInitTakesTheLanguageOfTheCall(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	for lang, want := range map[string]string{"en": "languages: [en, zh-CN]", "zh-CN": "languages: [zh-CN, en]"} {
		dir := filepath.Join(t.TempDir(), "records")
		var talk bytes.Buffer
		w := World{In: strings.NewReader(""), Out: &talk, Err: &talk, Version: "test", Now: func() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC) }}
		code := Main([]string{"init", dir, "--lang", lang, "--organisation", "A", "--person", "u-a=A"}, w)
		if text := holds(t, dir, "kept.yaml"); code != exitClean || !strings.Contains(text, want) {
			t.Errorf("%s: %d, %s\n%s", lang, code, talk.String(), text)
		}
	}
}

// What stands in the way is told before a question is asked, and nothing is touched.
func TestInitRefusesAPlaceThatIsTaken(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	folder := t.TempDir()
	run := func(dir string, args ...string) (string, int) {
		var talk bytes.Buffer
		w := World{In: strings.NewReader(""), Out: &talk, Err: &talk, Version: "test", Now: func() time.Time { return time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC) }}
		code := Main(append([]string{"init", dir, "--lang", "en", "--organisation", "A", "--person", "u-a=A"}, args...), w)
		return talk.String(), code
	}
	strangers, repository, file := filepath.Join(folder, "theirs"), filepath.Join(folder, "git"), filepath.Join(folder, "file")
	for name, text := range map[string]string{filepath.Join(strangers, "letter.txt"): "x", filepath.Join(repository, "src.go"): "x", filepath.Join(repository, ".git", "HEAD"): "ref: refs/heads/main\n", file: "x"} {
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{strangers, repository} {
		said, code := run(dir)
		entries, err := os.ReadDir(dir)
		if code != exitUsage || !strings.Contains(said, dir+" is not empty") || err != nil || len(entries) > 2 {
			t.Errorf("%s: %d, %s, %d entries", dir, code, said, len(entries))
		}
	}
	records := filepath.Join(folder, "records of mine")
	put(t, records, map[string]string{"kept.yaml": "organisation: A\n"})
	if said, code := run(records); code != exitUsage || !strings.Contains(said, `kept init --update "`+records+`"`) {
		t.Errorf("%d %s", code, said)
	}
	if said, code := run(file); code == exitClean {
		t.Errorf("a file was taken for a folder: %s", said)
	}
	if said, code := run(strangers, "--update"); code != exitUsage || !strings.Contains(said, "--organisation does not go with --update") {
		t.Errorf("%d %s", code, said)
	}
	// the calendars are China's, which is told abroad alone
	for zone, told := range map[string]bool{"Europe/Berlin": true, "Asia/Shanghai": false, "Asia/Urumqi": false, "Asia/Hong_Kong": true} {
		said, code := run(filepath.Join(folder, strings.ReplaceAll(zone, "/", "-")), "--time-zone", zone)
		if code != exitClean || strings.Contains(said, "are China's") != told {
			t.Errorf("%s: %d %s", zone, code, said)
		}
	}
}

// Whoever ends it, at any question or at the last, leaves nothing behind; what the
// command line says is not asked.
func TestInitEnded(t *testing.T) {
	for _, lines := range []string{"", "3\n", "3\nExample Ltd\n\n6\n\nWang\n", "3\nExample Ltd\n\n6\n\nWang\n\nwang\n1\nn\nn\nn\nn\n"} {
		dir, said, code := answered(t, lines)
		if _, err := os.Stat(dir); err == nil || code != exitTrouble {
			t.Errorf("after %q there is a folder, or the code is %d", lines, code)
		}
		if strings.Contains(said, "usage") || strings.Contains(said, "用法") {
			t.Errorf("after %q it calls that a mistake in the call:\n%s", lines, said)
		}
		if !strings.Contains(said, "nothing was written") && !strings.Contains(said, "没有写任何文件") {
			t.Errorf("after %q it says\n%s", lines, said)
		}
	}
	dir, said, code := answered(t, "", "--yes", "--language", "en", "--organisation-en", "Example Ltd", "--person", "u-wang=Wang,wang@example.com")
	if code != exitClean || strings.Contains(said, "[") && strings.Contains(said, "Time zone") {
		t.Fatalf("%d\n%s", code, said)
	}
	if text := holds(t, dir, "kept.yaml"); !strings.Contains(text, "\nlanguages: [en] ") || !strings.Contains(text, "# the first is the default") {
		t.Errorf("settings are\n%s", text)
	}
	for want, args := range map[string][]string{
		"请写明单位名称":   {"--person", "u-a=A"},
		"请至少写明一人":   {"--organisation", "甲"},
		"分支名只能用":    {"--organisation", "甲", "--person", "u-a=A", "--branch=-x"},
		"请写成一行文字":   {"--organisation", "甲\n乙", "--person", "u-a=A"},
		"最多 100 个字": {"--organisation", strings.Repeat("甲", 300), "--person", "u-a=A"},
		"已经用于另一人":   {"--organisation", "甲", "--person", "u-a=A,a@example.cn", "--person", "u-b=B,A@example.cn"},
		"平台账号的写法不对": {"--organisation", "甲", "--person", "u-a=A,@a b"},
		"没有这个时区":    {"--organisation", "甲", "--person", "u-a=A", "--time-zone", "Local"},
		"没有平台 svn":  {"--organisation", "甲", "--person", "u-a=A", "--forge", "svn"},
		"语言只能是":     {"--organisation", "甲", "--person", "u-a=A", "--language", "fr"},
	} {
		dir, said, code := answered(t, "", append(args, "--yes")...)
		if code != exitFindings && code != exitUsage || !strings.Contains(said, want) {
			t.Errorf("%d, without %q\n%s", code, want, said)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q: something was written", args)
		}
	}
}

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// put writes files below a folder.
func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, body := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// sample is a folder with a few records of the kinds that the program carries.
func sample(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, map[string]string{
		"kept.yaml": "languages: [zh-CN, en]\n",
		"records/complaint/2026/09/TS-2026-0001.yaml":      "schema: complaint/v1\nid: TS-2026-0001\ntitle: 电话有杂音\ntitle_en: Noise on the line\nstatus: in_handling\n",
		"records/complaint/2026/09/TS-2026-0002.yaml":      "schema: complaint/v1\nid: TS-2026-0002\ntitle: \"一\\t二\\n三\"\nstatus: registered\n",
		"records/complaint/2026/09/TS-2026-0003.yaml":      "schema: complaint/v1\nid: TS-2026-0003\ntitle: 已了结\nstatus: closed\n",
		"records/complaint/2026/09/TS-2026-9;reboot.yaml":  "title: 坏编号\nstatus: registered\n",
		"records/complaint/2026/09/TS-2026-0004.yaml":      "title: [\nstatus: {{{\n",
		"records/complaint/2026/09/TS-2026-0005.yaml":      "title: \"清\\u001b[2J屏\"\nstatus: registered\n",
		"records/customer/KH-0001.yaml":                    "schema: customer/v1\nid: KH-0001\ntitle: 运河医院\nstatus: active\n",
		"records/person/u-wangl.yaml":                      "schema: person/v1\nid: u-wangl\ntitle: 王磊\nstatus: active\n",
		"records/person/u-lim.yaml":                        "schema: person/v1\nid: u-lim\ntitle: 李敏\nstatus: active\n",
		"records/publication/2026/09/FB-2026-0001.yaml":    "schema: publication/v1\nid: FB-2026-0001\ntitle: 月报\nstatus: drafted\n",
		"records/kpi/K01.yaml":                             "schema: kpi/v1\nid: K01\ntitle: 响应及时率\nstatus: active\n",
		"records/complaint-like/2026/09/TS-2026-0099.yaml": "title: 没有这个种类\nstatus: registered\n",
	})
	return dir
}

// completed asks as a shell does. Nothing may be said on standard error but cobra's
// own remark about the directive.
func completed(t *testing.T, args ...string) (lines []string, directive string) {
	t.Helper()
	code, out, talk := call(t, append([]string{"__complete"}, args...)...)
	if code != exitClean || strings.Count(talk, "\n") > 1 || !strings.HasPrefix(talk, "Completion ended with directive") {
		t.Errorf("completing %q ended with %d and said %q", args, code, talk)
	}
	lines = strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	return lines[:len(lines)-1], lines[len(lines)-1]
}

func TestCompletion(t *testing.T) {
	dir := sample(t)
	const noFiles, noSpace = ":4", ":6"
	for _, tc := range []struct {
		args string
		want string // lines that must be there, separated by |
		not  string // beginnings of lines that must not
		how  string
	}{
		{"advance TS-", "TS-2026-0001\t电话有杂音|TS-2026-0002\t一 二 三|TS-2026-0005\t清 [2J屏", "TS-2026-0003|TS-2026-9|TS-2026-0099|TS-2026-0004", noFiles},
		{"advance ?", "FB-2026-0001\t月报|TS-2026-0001\t电话有杂音", "KH-", noFiles},
		{"--lang en advance TS-2026-0001", "TS-2026-0001\tNoise on the line", "TS-2026-0002", noFiles},
		{"advance TS-2026-0001 ?", "resolved\t处理完成|escalate\t升级|extend\t延期", "closed", noFiles},
		{"advance TS-2026-0001 ex", "extend\t延期", "escalate", noFiles},
		{"advance TS-2026-0001 extend --set ?", "to=\t|reason=\t", "customer=", noSpace},
		{"advance TS-2026-0001 extend --by u-", "u-lim\t李敏|u-wangl\t王磊", "", noFiles},
		{"advance TS-2026-0001 extend --role comp", "complaint_handler\t", "brm", noFiles},
		{"new comp", "complaint\t投诉", "customer", noFiles},
		{"new complaint --set ch", "channel=\t投诉渠道", "customer=", noSpace},
		{"new complaint --set ?", "customer=\t客户名称|impact.text=\t影响说明|severity_criteria+=\t定级依据", "id=|status=|schema=|transitions|imported_from", noSpace},
		{"new complaint --set channel=", "channel=hotline\t热线电话", "hotline", noFiles},
		{"new complaint --set is_repeat=", "is_repeat=true|is_repeat=false", "", noFiles},
		{"new complaint --set customer=KH", "customer=KH-0001\t运河医院", "", noFiles},
		{"new complaint --set customer=x", "", "customer", noFiles},
		{"new nothing --set ?", "", "c", noFiles},
		{"trail TS-2026-0003", "TS-2026-0003\t已了结", "", noFiles},
		{"kpi --explain K", "K01\t响应及时率", "", noFiles},
		{"kpi --period 2026-0", "2026-08|2026-07", "2026-09", noFiles},
		{"kpi --basis ?", "declared|submitted|merged", "", noFiles},
		{"seal 2026-Q", "2026-Q2", "2026-Q3", noFiles},
		{"print complaint-", "complaint-register\t投诉台账|complaint-form\t", "TS-", noFiles},
		{"print TS-2026-0001", "TS-2026-0001\t电话有杂音", "", noFiles},
		{"export ev", "events", "customer", noFiles},
		{"export complaint --format ?", "xlsx|csv|jsonl|parquet", "pdf", noFiles},
		{"check --format s", "sarif", "json", noFiles},
		{"attach TS-2026-0001 x.pdf --field ?", "attachments\t", "", noFiles},
		{"attach TS-2026-0001 x.pdf --class ?", "internal\t内部", "", noFiles},
		{"pack 2026 --records TS-2026-0001,KH", "TS-2026-0001,KH-0001\t运河医院", "KH", noFiles},
		{"build --edition ?", "internal|audit", "", noFiles},
		{"init x --forge git", "github|gitlab|gitea|gitee", "none", noFiles},
		{"import complaint ?", "xlsx|csv", "", ":8"},
		{"--lang ?", "zh-CN|en", "", noFiles},
		{"help adv", "advance\t", "attach", noFiles},
	} {
		var args []string
		for _, word := range strings.Fields(tc.args) {
			args = append(args, strings.TrimPrefix(word, "?"))
		}
		lines, how := completed(t, append([]string{"-C", dir}, args...)...)
		text := "\n" + strings.Join(lines, "\n") + "\n"
		for want := range strings.SplitSeq(tc.want, "|") {
			if tc.want != "" && !strings.Contains(text, "\n"+want) {
				t.Errorf("completing %q lacks %q:%s", tc.args, want, text)
			}
		}
		for not := range strings.SplitSeq(tc.not, "|") {
			if not != "" && strings.Contains(text, "\n"+not) {
				t.Errorf("completing %q offers %q:%s", tc.args, not, text)
			}
		}
		if how != tc.how {
			t.Errorf("completing %q ends with %s, want %s", tc.args, how, tc.how)
		}
	}
}

// What is broken completes nothing and says nothing.
func TestCompletionIsSilent(t *testing.T) {
	broken := sample(t)
	put(t, broken, map[string]string{
		"kept.yaml":                     "languages: [[\n",
		"schemas/complaint.kind.yaml":   "kind: complaint\nstates: 7\nid: {pattern: '('}\n",
		"schemas/complaint.schema.json": "{",
	})
	for _, dir := range []string{broken, filepath.Join(broken, "nowhere"), filepath.Join(broken, "kept.yaml")} {
		for _, args := range [][]string{
			{"advance", ""}, {"advance", "TS-2026-0001", ""}, {"new", "complaint", "--set", ""}, {"new", "complaint", "--set", "channel="}, {"advance", "TS-2026-0001", "extend", "--set", ""}, {"attach", "TS-2026-0001", "x", "--field", ""},
		} {
			lines, how := completed(t, append([]string{"-C", dir}, args...)...)
			if len(lines) > 0 && lines[0] != "" || !strings.HasPrefix(how, ":") {
				t.Errorf("completing %q in %s gives %q %s", args, dir, lines, how)
			}
		}
	}
}

// The scripts of all shells are there, and help says in both languages where they go.
// None takes --set=a= of --set=a=b for the flag.
func TestCompletionScripts(t *testing.T) {
	for shell, where := range map[string]string{
		"bash": "source ~/.local/share/bash-completion/completions/kept", "zsh": "~/.zsh/completions/_kept",
		"fish": "~/.config/fish/completions/kept.fish", "powershell": "Add-Content $PROFILE",
	} {
		if code, out, _ := call(t, "completion", shell); code != exitClean || !strings.Contains(out, "__complete") || strings.Contains(out, "'-.*='") {
			t.Errorf("script for %s: %d, %d bytes", shell, code, len(out))
		}
		if _, plain, _ := call(t, "completion", shell, "--no-descriptions"); !strings.Contains(plain, "__completeNoDesc") {
			t.Errorf("plain script for %s asks for titles", shell)
		}
		for _, lang := range []string{"zh-CN", "en"} {
			if _, page, _ := call(t, "completion", shell, "--help", "--lang", lang); !strings.Contains(page, where) {
				t.Errorf("help for %s in %s lacks %q", shell, lang, where)
			}
		}
	}
}

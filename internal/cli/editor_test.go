package cli

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/evidence"
	"kept/internal/locale"
	"kept/internal/tooltest"
	"kept/schemas"
)

// What somebody sees who writes records in an editor, with the language server that
// editors run: in a repository that kept made, by the schema line of each file and by
// the settings of the folder alone.
func TestEditor(t *testing.T) {
	browsertest.Modules(t)
	dir := filepath.Join(t.TempDir(), "ledger")
	run := func(args ...string) string {
		t.Helper()
		code, out, talk := call(t, args...)
		if code != 0 {
			t.Fatalf("kept %q: %d %s%s", args, code, out, talk)
		}
		return out
	}
	run("init", dir, "--organisation", "示例公司", "--person", "u-wangl=王磊,wangl@example.cn")
	tooltest.Run(t, dir, "git", "init", "-q", "-b", "main")
	table := filepath.Join(t.TempDir(), "客户.csv")
	if err := os.WriteFile(table, []byte("客户名称,客户类型,状态\n示例二,企业,潜在\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run("import", "customer", table, "-C", dir, "--by", "u-wangl")
	run("new", "customer", "-C", dir, "--by", "u-wangl", "--set", "title=示例·江南精密", "--set", "type=enterprise")
	run("new", "complaint", "-C", dir, "--by", "u-wangl", "--set", "customer=KH-0002", "--set", "title=示例", "--set", "subject=示例", "--set", "channel=hotline", "--set", "received_at=2026-09-01T08:30:00+08:00", "--set", "description=示例", "--set", "remedy_sought=未提出", "--set", "is_repeat=false", "--set", "provisional_severity=general")
	var settings map[string]any
	data, err := os.ReadFile(filepath.Join(dir, ".vscode", "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &settings); err != nil {
		t.Fatal(err)
	}
	quiet := map[string]any{"schemaStore": map[string]any{"enable": false}, "validate": true, "hover": true, "completion": true}
	t.Run("schema line", func(t *testing.T) {
		s := startServer(t, dir, map[string]any{"yaml": quiet})
		written(t, s)
		shippedRecords(t, s)
		writing(t, s, "# yaml-language-server: $schema=../../schemas/customer.schema.json\n")
	})
	t.Run("settings", func(t *testing.T) {
		quiet["schemas"] = settings["yaml.schemas"]
		writing(t, startServer(t, dir, map[string]any{"yaml": quiet}), "")
	})
}

// written opens what kept wrote, at each depth: nothing is wrong, and the schema is
// the one that the first line names.
func written(t *testing.T, s *languageServer) {
	t.Helper()
	for _, file := range []string{"records/customer/KH-0001.yaml", "records/customer/KH-0002.yaml", "records/complaint/2026/09/TS-2026-0001.yaml", "records/person/u-wangl.yaml"} {
		data, err := os.ReadFile(filepath.Join(s.root, file))
		if err != nil {
			t.Fatal(err)
		}
		s.open(file, string(data))
		if wrong := s.errors(file); len(wrong) > 0 {
			t.Errorf("%s: %q", file, wrong)
		}
		if said := s.hover(file, 2, 2); !strings.Contains(said, "记录格式版本") {
			t.Errorf("%s: its first key is explained by %q", file, said)
		}
	}
}

// shippedRecords opens a record of every kind: the server takes each as kept does.
// One that it must not take stands beside each, for a server that read no schema
// finds nothing either.
func shippedRecords(t *testing.T, s *languageServer) {
	t.Helper()
	texts := map[string]string{}
	for _, from := range []string{"../../records", "../../templates/init/records"} {
		err := fs.WalkDir(os.DirFS(from), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path.Ext(name) != ".yaml" {
				return err
			}
			data, err := os.ReadFile(filepath.Join(from, name))
			texts["records/"+name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	seal := &evidence.Seal{Commit: "1234567890123456789012345678901234567890", AsOf: time.Unix(0, 0), At: time.Unix(0, 0), Tool: "kept", By: "u-wangl"}
	texts["records/seal/2026-08.yaml"] = strings.NewReplacer(`id: ""`, "id: 2026-08", `period: ""`, "period: 2026-08").Replace(string(seal.Write(locale.Text{ZH: "示例", EN: "Sample"})))
	seen := map[string]bool{}
	for name, text := range texts {
		seen[strings.Split(name, "/")[1]] = true
		s.open(name, text)
		wrong := path.Join(path.Dir(name), "wrong-"+path.Base(name))
		s.open(wrong, text+"no_such_key: 1\n")
	}
	for name := range texts {
		if wrong := s.errors(name); len(wrong) > 0 {
			t.Errorf("%s: %q\n%s", name, wrong, texts[name])
		}
		if wrong := s.errors(path.Join(path.Dir(name), "wrong-"+path.Base(name))); len(wrong) != 1 || !strings.Contains(wrong[0], "no_such_key") {
			t.Errorf("%s with a key that there is not: %q", name, wrong)
		}
	}
	kinds, err := fs.Glob(schemas.FS, "*.kind.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		if kind = strings.TrimSuffix(kind, ".kind.yaml"); !seen[kind] {
			t.Errorf("no sample of %s was opened", kind)
		}
	}
}

// writing types a wrong record and looks at what the editor says, offers and explains.
func writing(t *testing.T, s *languageServer, head string) {
	t.Helper()
	const file = "records/customer/KH-0009.yaml"
	first := strings.Count(head, "\n")
	s.open(file, head+`schema: customer/v1
id: KH-9
title: 12345
type: nonsense
no_such_key: 1
since: 2026-13-45

`)
	wrong := s.errors(file)
	for _, want := range []struct {
		line, column int
		words        []string
	}{
		{1, 1, []string{"status"}},
		{2, 5, []string{"记录编号", "应形如 KH-0001"}},
		{3, 8, []string{"客户名称", "string"}},
		{4, 7, []string{"客户类型", "enterprise", "institution"}},
		{5, 1, []string{"no_such_key"}},
		{6, 8, []string{"建立关系日期", "日期格式"}},
	} {
		at := place{want.line + first, want.column}
		if !slices.ContainsFunc(wrong, func(said string) bool { return saysAt(said, at, want.words) }) {
			t.Errorf("nothing at %v says %q: %q", at, want.words, wrong)
		}
	}
	if len(wrong) != 6 {
		t.Errorf("%d things are wrong: %q", len(wrong), wrong)
	}
	for key, words := range map[string]string{"status": "**状态**（必填）", "title_en": "**客户名称（英文）**", "owner": "person"} {
		if said := s.offers(file, first+7, 1)[key]; !strings.Contains(said, words) {
			t.Errorf("the key %s is offered with %q", key, said)
		}
	}
	for value, meaning := range map[string]string{"enterprise": "企业", "government": "政府", "other": "其他"} {
		if said := s.offers(file, first+4, 7)[value]; said != meaning {
			t.Errorf("the value %s is offered with %q", value, said)
		}
	}
	for place, words := range map[place][]string{{3, 2}: {"客户名称", "（必填）"}, {4, 2}: {"客户类型", "`enterprise`: 企业"}, {2, 2}: {"KH-0000 专指不明或匿名客户"}} {
		said := s.hover(file, place.Line+first, place.Char)
		for _, word := range words {
			if !strings.Contains(said, word) {
				t.Errorf("line %d is explained by %q, without %q", place.Line, said, word)
			}
		}
	}
}

func saysAt(said string, at place, words []string) bool {
	return strings.HasPrefix(said, at.String()+" ") && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) })
}

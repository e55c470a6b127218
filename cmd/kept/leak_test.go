package main

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"html"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kept/internal/cli"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/internal/tooltest"
	"kept/schemas"
)

// canary is a value that stands in one place of one record.
type canary struct {
	token string
	class string // of the field; "number" for the number of a phone, "author", "address", "message", "comment"
	place string
}

// aviary makes a repository in which every field of every kind holds a canary, and
// a history in which each of them changes.
type aviary struct {
	dir  string
	list []canary
	kind string
}

func (a *aviary) add(class, place, format string) string {
	token := fmt.Sprintf(format, len(a.list))
	a.list = append(a.list, canary{token, class, place})
	return token
}

func (a *aviary) record(kind *schema.Kind, id string) string {
	var b strings.Builder
	a.kind = kind.ID
	fmt.Fprintf(&b, "# comment %s %s\n", a.add("comment", kind.ID, "Ycomment%04d"), a.add("number", kind.ID+" comment", "1390001%04d"))
	fmt.Fprintf(&b, "schema: %s/v1\nid: %s\nstatus: %s\n", kind.ID, id, kind.States[0].ID)
	for _, f := range kind.Fields {
		if !slices.Contains([]string{"schema", "id", "status", "transitions", "renumbered_from", "from", "until"}, f.Name) {
			a.field(&b, "", f, f.Class, f.Name)
		}
	}
	return b.String()
}

func (a *aviary) field(b *strings.Builder, indent string, f schema.Field, class, place string) {
	if f.Class != "" {
		class = f.Class
	}
	if f.Type == schema.ObjectField {
		fmt.Fprintf(b, "%s%s:\n", indent, f.Name)
		first, inner := indent+"  ", indent+"  "
		if f.List {
			first, inner = indent+"  - ", indent+"    "
		}
		for i, m := range f.Fields {
			var one strings.Builder
			a.field(&one, inner, m, class, place+"."+m.Name)
			text := one.String()
			if i == 0 {
				text = first + strings.TrimPrefix(text, inner)
			}
			b.WriteString(text)
		}
		return
	}
	value := a.value(f, class, place)
	if f.List {
		fmt.Fprintf(b, "%s%s:\n%s- %s\n", indent, f.Name, indent, value) // the dash where the key stands, as some people write
		return
	}
	fmt.Fprintf(b, "%s%s: %s\n", indent, f.Name, value)
}

func (a *aviary) value(f schema.Field, class, place string) string {
	place = a.kind + " " + place
	switch f.Type {
	case schema.EnumField:
		return f.Options[0].Value
	case schema.FlagField:
		return "true"
	case schema.IntegerField, schema.NumberField:
		return "1"
	case schema.DateField, schema.MomentField:
		return `"2026-09-10"`
	case schema.InstantField:
		return `"2026-09-10T10:00:00+08:00"`
	case schema.DecimalField:
		if class == redact.ClassMoney {
			return `"` + a.add(class, place, "7301%04d") + `"`
		}
		return `"1"`
	case schema.RefField:
		if gatherer := gatherers[strings.Join(f.Refs, " ")]; class == redact.Open && gatherer != "" {
			return gatherer
		}
		if class == redact.Open || class == redact.ClassStaff {
			return "u-admin"
		}
		return a.add(class, place, "u-zq%04d")
	}
	if f.Name == "identities" {
		return a.add("address", place, "zq%04d@mail.example")
	}
	text := a.add(class, place, "Yq%04dvalue")
	if class == redact.Open && !f.Long && f.Name != "title" && f.Name != "title_en" && f.Name != "period" && !strings.HasSuffix(f.Name, "_en") {
		text += " " + a.add("number", place, "1380001%04d")
	}
	return text
}

// gatherers are records that others name and that stay, so that the pages which
// gather them are built, too.
var gatherers = map[string]string{"service": "FW-001", "supplier": "GYS-001"}

func (a *aviary) run(t *testing.T, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = a.dir, append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func (a *aviary) commit(t *testing.T, author string) {
	t.Helper()
	name, address := a.add("author", "author", "Yauthor%04d"), a.add("address", "author", "yb%04d@mail.example")
	if author != "" {
		name = author
	}
	env := []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		env = append(env, "GIT_"+who+"_NAME="+name, "GIT_"+who+"_EMAIL="+address, "GIT_"+who+"_DATE=2026-09-1"+fmt.Sprint(len(a.list)%9)+"T10:00:00+08:00")
	}
	a.run(t, env, "git", "add", "-A")
	a.run(t, env, "git", "commit", "-qm", "all: "+a.add("message", "message", "Ymessage%04d")+" "+a.add("number", "message", "1370001%04d"))
}

func kept(t *testing.T, dir string, args ...string) (string, string, int) {
	t.Helper()
	var out, talk bytes.Buffer
	code := cli.Main(append([]string{"-C", dir}, args...), cli.World{
		Out: &out, Err: &talk, Version: "test", Now: func() time.Time { return time.Date(2026, 9, 30, 9, 0, 0, 0, time.UTC) },
	})
	return out.String(), talk.String(), code
}

// TestNothingLeaks builds every edition of a repository full of canaries and looks
// for them in every byte that comes out: the matrix of domain.md §10 says where
// each may stand.
func TestNothingLeaks(t *testing.T) {
	a, ids := populate(t)
	for _, edition := range []struct {
		name  string
		flags []string
		shown []string // classes that may stand, and must somewhere
		pages []string // what this edition has beside what each has
	}{
		{"internal", nil, []string{redact.Open, redact.ClassText, redact.ClassComment, "comment", "author", "document"}, []string{"form/complaint.html", "form/customer.html"}},
		{"audit", []string{"--edition", "audit"}, []string{redact.Open}, nil},
		{"audit with money", []string{"--edition", "audit", "--money", "--lang", "en"}, []string{redact.Open, redact.ClassMoney}, nil},
	} {
		out := filepath.Join(t.TempDir(), "portal")
		if _, talk, code := kept(t, a.dir, append([]string{"build", "--out", out}, edition.flags...)...); code != 0 {
			t.Fatalf("%s: exit %d\n%s", edition.name, code, talk)
		}
		made := outputs(t, out)
		for _, page := range append(edition.pages,
			"audit.html", "findings.html", "service/FW-001~all.html", "supplier/GYS-001~all.html", "~history.html", "period/2026-09.html",
			"figures.js", "search/0.js", "search.html", "-register.xlsx", "-register.csv", "obligations.ics", "manifest.json") {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(made)), func(name string) bool { return strings.HasSuffix(name, filepath.FromSlash(page)) }) {
				t.Errorf("%s: %s is not built, the test does not look at it", edition.name, page)
			}
		}
		a.judge(t, edition.name, edition.shown, made)
		// Papers say less than pages, and what travels in them no more than they.
		papers := maps.Clone(made)
		maps.DeleteFunc(papers, func(name, _ string) bool { return filepath.Ext(name) != ".pdf" })
		shown := slices.DeleteFunc(slices.Clone(edition.shown), func(class string) bool {
			return slices.Contains([]string{redact.ClassComment, "comment", "author", "document"}, class)
		})
		a.judge(t, edition.name+" on paper", shown, papers)
	}
	machines := map[string]string{}
	for i, id := range ids {
		for _, args := range [][]string{{"trail", id, "--json"}, {"trail", id}}[:1+(i+1)%2] {
			machines["kept "+strings.Join(args, " ")], _, _ = kept(t, a.dir, args...)
		}
	}
	for _, args := range [][]string{{"due", "--json", "--all"}, {"due", "--all", "--ics", "-"}, {"kpi", "--json"}, {"check", "--json"}, {"check", "--format", "markdown"}, {"check", "--format", "sarif"}, {"check", "--base", "HEAD~1", "--json"}} {
		machines["kept "+strings.Join(args, " ")], _, _ = kept(t, a.dir, args...)
	}
	a.judge(t, "machines", []string{redact.Open, redact.ClassText, redact.ClassComment, "author"}, machines)
}

// judge looks for every canary in every output.
func (a *aviary) judge(t *testing.T, edition string, shown []string, outputs map[string]string) {
	t.Helper()
	seen := map[string]bool{}
	byToken := map[string]canary{}
	for _, c := range a.list {
		byToken[c.token] = c
	}
	for name, text := range outputs {
		for token := range tokens(plain(text)) {
			c, known := byToken[token]
			if !known {
				continue
			}
			seen[c.class] = true
			if !slices.Contains(append(shown, redact.ClassStaff), c.class) {
				t.Errorf("%s: %s: %s %q of %s", edition, name, c.class, token, c.place)
			}
		}
	}
	for _, class := range shown {
		if class != redact.ClassComment && !seen[class] {
			t.Errorf("%s: nothing of class %q is shown, the test sees nothing", edition, class)
		}
	}
}

// plain is a text followed by itself without the escapes of pages, scripts and
// addresses, behind which a value would still be one to its reader.
func plain(text string) string {
	loose := html.UnescapeString(text)
	for escape, sign := range map[string]string{"%40": "@", `\u0040`: "@", "%2D": "-", `\u002d`: "-", `\/`: "/"} {
		loose = strings.ReplaceAll(loose, escape, sign)
	}
	return text + "\n" + loose
}

// canaryForms are how canaries look: words that each holds, found fast, how far
// before the words it begins, and the whole.
var canaryForms = []struct {
	words  string
	before int
	whole  *regexp.Regexp
}{
	{"Yq", 0, regexp.MustCompile(`^Yq[0-9]{4}value`)},
	{"Ycomment", 0, regexp.MustCompile(`^Ycomment[0-9]{4}`)},
	{"Yauthor", 0, regexp.MustCompile(`^Yauthor[0-9]{4}`)},
	{"Ymessage", 0, regexp.MustCompile(`^Ymessage[0-9]{4}`)},
	{"0001", 3, regexp.MustCompile(`^13[0-9]0001[0-9]{4}`)},
	{"u-zq", 0, regexp.MustCompile(`^u-zq[0-9]{4}`)},
	{"7301", 0, regexp.MustCompile(`^7301[0-9]{4}`)},
	{"@mail.example", 6, regexp.MustCompile(`^[yz][bq][0-9]{4}@mail\.example`)},
}

// tokens yields what looks like a canary in a text.
func tokens(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, form := range canaryForms {
			for at := 0; ; at++ {
				next := strings.Index(text[at:], form.words)
				if next < 0 {
					break
				}
				at += next
				if at < form.before {
					continue
				}
				if token := form.whole.FindString(text[at-form.before:]); token != "" && !yield(token) {
					return
				}
			}
		}
	}
}

// document writes a controlled document that names people and numbers wherever one can:
// in its control data, in headings, text, code, links and tables.
func (a *aviary) document(t *testing.T) {
	t.Helper()
	number := func(place string) string { return a.add("document", "document "+place, "1360001%04d") }
	address := func(place string) string { return a.add("document", "document "+place, "zq%04d@mail.example") }
	text := "---\nnumber: SD-09999\ntitle: 手册 " + number("title") + "\ntitle_en: Manual " + number("title_en") + "\nversion: \"0.1\"\nowner: " + address("owner") +
		"\nversions:\n  - {version: \"0.1\", author: " + address("author") + ", change: " + number("change") + ", date: 2026-09-01}\n" +
		"distribution:\n  - {reader: " + number("reader") + "}\n---\n\n# " + number("heading") + "\n\n## 二级 " + number("heading") + "\n\n电话 " + number("text") + "、" + number("text") +
		"，邮箱 <" + address("autolink") + ">、[信箱](mailto:" + address("link") + ")。\n\n```\n" + number("code") + "\n```\n\n| a | b |\n|---|---|\n| " + number("cell") + " | " + address("cell") + " |\n"
	folder := filepath.Join(a.dir, "site", "content")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "manual.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// populate returns the repository, which no test changes, and the ids of its records.
// It is filled once.
func populate(t *testing.T) (*aviary, []string) {
	t.Helper()
	if filled.aviary == nil {
		filled.aviary, filled.ids = fill(t)
	}
	return filled.aviary, filled.ids
}

var filled struct {
	aviary *aviary
	ids    []string
}

func fill(t *testing.T) (*aviary, []string) {
	a := &aviary{dir: filepath.Join(sharedFolder, "aviary")}
	if _, talk, code := kept(t, ".", "init", a.dir, "--organisation", "示例公司", "--person", "u-admin=示例管理员,wangl@example.cn"); code != 0 {
		t.Fatal(talk)
	}
	a.run(t, nil, "git", "init", "-q", "-b", "main")
	yaml := filepath.Join(a.dir, "kept.yaml")
	config, err := os.ReadFile(yaml)
	if err != nil || !bytes.Contains(config, []byte("languages:")) {
		t.Fatalf("kept.yaml: %v\n%s", err, config)
	}
	a.document(t)
	kinds, _ := schema.Load(schemas.FS)
	var ids []string
	for range 2 {
		ids = nil
		for kind := range kinds.All() {
			if slices.Contains([]string{"calendar", "kpi", "obligation"}, kind.ID) {
				continue
			}
			id := strings.NewReplacer("{year}", "2026", "{seq:4}", "0001", "{seq:3}", "001").Replace(kind.IDs.Template)
			if strings.ContainsAny(id, "{}") || id == "" {
				id = "X-" + kind.ID
			}
			ids = append(ids, id)
			folder := filepath.Join(a.dir, "records", kind.ID)
			if kind.Dated {
				folder = filepath.Join(folder, "2026", "09")
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, id+".yaml"), []byte(a.record(kind, id)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		a.commit(t, "")
	}
	if err := os.WriteFile(filepath.Join(a.dir, "note.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	a.commit(t, a.add("address", "name of an author", "yb%04d@mail.example"))
	// Gone with what they held; the pages of deleted records tell the rest.
	for _, id := range ids[:8] {
		_ = filepath.WalkDir(filepath.Join(a.dir, "records"), func(p string, _ fs.DirEntry, _ error) error {
			if filepath.Base(p) == id+".yaml" {
				return os.Remove(p)
			}
			return nil
		})
	}
	a.commit(t, "")
	return a, ids
}

// outputs is every file of a folder by its name, and of PDFs also the text, the
// attachments and what the streams hold.
func outputs(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	var papers []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		found[rel] = rel + "\n" + string(data)
		if filepath.Ext(p) == ".pdf" {
			papers = append(papers, p)
			found[rel] += inflate(data)
		}
		if filepath.Ext(p) == ".xlsx" {
			found[rel] += unzip(t, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var mutex sync.Mutex
	var group sync.WaitGroup
	gate := make(chan struct{}, 4)
	for _, p := range papers {
		group.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			text := readPaper(t, p)
			mutex.Lock()
			defer mutex.Unlock()
			found[p] = text
		})
	}
	group.Wait()
	return found
}

// readPaper is what readers of PDF see: the text, once in order and once as laid out,
// where lines may break a word, and the attachments.
func readPaper(t *testing.T, p string) string {
	var b strings.Builder
	out, err := exec.Command("pdftotext", "-raw", p, "-").Output()
	if err != nil {
		t.Errorf("run pdftotext: %v (%s)", err, tooltest.Missing("pdftotext"))
	}
	b.Write(out)
	b.WriteString(strings.Join(strings.Fields(string(out)), ""))
	if !strings.Contains(p, "complaint") && !strings.Contains(p, "kpi") {
		return b.String() // their attachments are among the streams
	}
	dir := t.TempDir()
	if err := exec.Command("pdfdetach", "-saveall", "-o", dir, p).Run(); err != nil {
		t.Errorf("run pdfdetach: %v (%s)", err, tooltest.Missing("pdfdetach"))
	}
	for name, sign := range map[string]string{"provenance.yaml": "data_version", "sources.yaml": "\nschema: "} {
		if name == "sources.yaml" && strings.Contains(p, "-form") {
			continue // blank
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !bytes.Contains(data, []byte(sign)) {
			t.Errorf("detach %s from %s: %v %s", name, p, err, data)
		}
		b.Write(data)
	}
	return b.String()
}

// unzip is what the parts of a workbook hold.
func unzip(t *testing.T, data []byte) string {
	var b strings.Builder
	book, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Error(err)
		return ""
	}
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Error(err)
			continue
		}
		_, _ = io.Copy(&b, r)
	}
	return b.String()
}

// inflate is what the compressed streams of a PDF hold.
func inflate(data []byte) string {
	var b strings.Builder
	for _, part := range bytes.Split(data, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue
		}
		_, _ = io.Copy(&b, r)
	}
	return b.String()
}

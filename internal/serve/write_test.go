package serve

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kept/internal/intake"
	"kept/internal/pipeline"
)

// What the server writes is byte for byte what kept new and kept advance write with
// the same values.
func TestWritesWhatTheCommandsWrite(t *testing.T) {
	h, other := open(t, repository(t)), repository(t)
	project, err := pipeline.Open(other, "test")
	if err != nil {
		t.Fatal(err)
	}
	desk := func() *pipeline.Snapshot {
		s, err := project.WorkTree(time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		s.Now = now
		return s
	}
	sets := func(e entryObject) (list []intake.Set) {
		for _, pair := range e.Sets {
			set, err := intake.ParseSet(pair[0] + "=" + pair[1])
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, set)
		}
		return list
	}
	compare := func(path string) {
		t.Helper()
		want, err := os.ReadFile(filepath.Join(other, filepath.FromSlash(path)))
		if err != nil {
			t.Fatal(err)
		}
		if got := h.file(path); got != string(want) {
			t.Errorf("%s is\n%s\nwant\n%s", path, got, want)
		}
	}
	for _, e := range []entryObject{customer("示例·江南精密"), complaint()} {
		s := desk()
		path, found, err := project.New(s, intake.NewRequest{Kind: s.Kinds.Kind(e.Kind), Sets: sets(e), By: e.By, Now: now})
		if err != nil || path == "" {
			t.Fatal(err, found)
		}
		if made := h.write(e); made.Path != path || made.YAML != h.file(path) {
			t.Errorf("it wrote %q, want %q", made.Path, path)
		}
		compare(path)
	}
	at := now.Add(2 * time.Minute)
	step := entryObject{
		ID: "TS-2026-0001", To: "acknowledged", By: "u-wangl", At: at.Format("2006-01-02 15:04"), Note: "电话答复", Base: h.recordOf("TS-2026-0001").Base,
		Sets: [][2]string{{"ack_content", "已受理"}},
	}
	s := desk()
	paths, found, err := project.Advance(s, intake.AdvanceRequest{Record: s.Register.Get(step.ID), To: step.To, Sets: sets(step), At: at, By: step.By, Note: step.Note})
	if err != nil || len(paths) != 1 {
		t.Fatal(err, found)
	}
	h.write(step)
	compare(paths[0])
	if page := h.page("/zh-CN/complaint/TS-2026-0001.html"); !strings.Contains(page, "这条记录有尚未提交的修改") || !strings.Contains(page, "已响应") {
		t.Errorf("its page does not say that it is not committed:\n%s", page)
	}
	if page := h.page("/zh-CN/complaint/index.html"); !strings.Contains(page, ">未提交<") {
		t.Error("the register does not mark it")
	}
}

// A dry run tells what is missing, by the field, and writes nothing.
func TestPlanTellsAndWritesNothing(t *testing.T) {
	h := watched(t)
	status, out := post[written](h, "/_kept/plan", entryObject{Kind: "customer", By: "u-wangl", Sets: [][2]string{{"title", "示例"}, {"colour", "red"}}})
	fields := []string{}
	for _, f := range out.Findings {
		fields = append(fields, f.Field)
	}
	if status != http.StatusOK || out.OK || out.YAML != "" || !slices.Contains(fields, "type") || !slices.Contains(fields, "colour") {
		t.Errorf("plan: %d %+v", status, out)
	}
	if _, good := post[written](h, "/_kept/plan", customer("示例")); !good.OK || good.ID != "KH-0001" || !strings.Contains(good.YAML, "title: 示例") {
		t.Errorf("a good plan: %+v", good)
	}
	if _, err := os.Stat(filepath.Join(h.dir, "records/customer/KH-0001.yaml")); err == nil {
		t.Error("a plan wrote a file")
	}
	for _, wrong := range []entryObject{{Kind: "nothing", By: "u-wangl"}, {ID: "KH-9999", To: "x", By: "u-wangl"}} {
		if status, out := post[written](h, "/_kept/write", wrong); status != http.StatusNotFound || out.Error == "" {
			t.Errorf("%+v: %d %+v", wrong, status, out)
		}
	}
}

// Two windows lose nothing: who saw an older file is told what is different.
func TestTwoWindows(t *testing.T) {
	h := open(t, repository(t))
	h.write(customer("示例"))
	h.write(complaint())
	seen := h.recordOf("TS-2026-0001").Base
	step := func(text string) entryObject {
		return entryObject{ID: "TS-2026-0001", To: "acknowledged", By: "u-wangl", Base: seen, Sets: [][2]string{{"ack_content", text}}}
	}
	h.write(step("第一个窗口"))
	first := h.file("records/complaint/2026/09/TS-2026-0001.yaml")
	for _, path := range []string{"/_kept/plan", "/_kept/write"} {
		status, out := post[written](h, path, step("第二个窗口"))
		if status != http.StatusConflict || !strings.Contains(out.Error, "状态") {
			t.Errorf("%s in the second window: %d %q", path, status, out.Error)
		}
	}
	// An editor counts as a window, too, even where nobody has looked since.
	seen = h.recordOf("TS-2026-0001").Base
	h.save("records/complaint/2026/09/TS-2026-0001.yaml", first+"# 编辑器\n")
	if status, out := post[written](h, "/_kept/write", entryObject{ID: "TS-2026-0001", To: "accepted", By: "u-wangl", Base: seen, Sets: [][2]string{{"acceptance", "accepted"}}}); status != http.StatusConflict {
		t.Errorf("after an editor: %d %+v", status, out)
	}
	if got := h.file("records/complaint/2026/09/TS-2026-0001.yaml"); got != first+"# 编辑器\n" {
		t.Errorf("the file is now\n%s", got)
	}
}

// Two servers in one work tree and many windows give every record a number of its
// own.
func TestWritesAtTheSameTime(t *testing.T) {
	one := open(t, repository(t))
	two := open(t, one.dir)
	const each = 6
	ids := make(chan string, 2*each)
	var wg sync.WaitGroup
	for _, h := range []*house{one, two} {
		for i := range each {
			wg.Go(func() {
				status, out := post[written](h, "/_kept/write", customer(fmt.Sprintf("示例 %d", i)))
				if status != http.StatusOK || !out.OK {
					t.Errorf("write: %d %+v", status, out)
				}
				ids <- out.ID
			})
		}
	}
	wg.Wait()
	close(ids)
	var all []string
	for id := range ids {
		all = append(all, id)
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != 2*each || all[len(all)-1] != fmt.Sprintf("KH-%04d", 2*each) {
		t.Errorf("the numbers are %q", all)
	}
	names, err := filepath.Glob(filepath.Join(one.dir, "records/customer/KH-00[01][0-9].yaml"))
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "KH-0000.yaml") }) // the unknown customer of a new repository
	if err != nil || len(names) != 2*each {
		t.Errorf("there are %d files: %v", len(names), err)
	}
}

// An evidence file goes into the store outside git, its digest into the record.
func TestAttach(t *testing.T) {
	dir := repository(t)
	config, err := os.ReadFile(filepath.Join(dir, "kept.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(config), "evidence_store") {
		config = append(config, "evidence_store: ../store\n"...)
	}
	if err := os.WriteFile(filepath.Join(dir, "kept.yaml"), config, 0o666); err != nil {
		t.Fatal(err)
	}
	h := open(t, dir)
	h.write(customer("示例"))
	h.write(complaint())
	send := func(base, name string) reply {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for key, value := range map[string]string{"id": "TS-2026-0001", "base": base} {
			_ = form.WriteField(key, value)
		}
		file, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = file.Write([]byte("%PDF-1.4 signed"))
		_ = form.Close()
		r := h.request(http.MethodPost, "/_kept/attach", &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		return h.send(r)
	}
	base := h.recordOf("TS-2026-0001").Base
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte("%PDF-1.4 signed")))
	if a := send(base, `..\..\签字件.pdf`); a.status != http.StatusOK || !strings.Contains(a.body, `"ok":true`) {
		t.Fatalf("attach: %d %s", a.status, a.body)
	}
	if text := h.file("records/complaint/2026/09/TS-2026-0001.yaml"); !strings.Contains(text, digest) || !strings.Contains(text, "title: 签字件") {
		t.Errorf("the record does not name it:\n%s", text)
	}
	stores, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "*", digest+".pdf"))
	if err != nil || len(stores) != 1 {
		t.Errorf("the store holds %q (%v)", stores, err)
	}
	if a := send(base, "second.pdf"); a.status != http.StatusConflict {
		t.Errorf("a window that saw the record before: %d %s", a.status, a.body)
	}
}

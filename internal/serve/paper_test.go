package serve

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kept/internal/pipeline"
)

const mark = "工作区，未提交"

// committed is a tree with one customer, all of it in HEAD and its history read.
func committed(t *testing.T) *house {
	t.Helper()
	h := open(t, repository(t))
	h.write(customer("示例·江南精密"))
	git(t, h.dir, "add", "-A")
	git(t, h.dir, "commit", "-q", "-m", "customer: register KH-0001")
	for at := h.live.Present(); len(at.Uncommitted) > 0 || !at.Current() || !at.Judged; at = h.live.Present() {
		<-h.live.Changed(at.Version)
	}
	return h
}

func (h *house) get(path string) reply {
	h.t.Helper()
	return h.send(h.request(http.MethodGet, path, nil))
}

// verified is what the repository says of a file that was downloaded.
func (h *house) verified(name, data string) *pipeline.Verdict {
	h.t.Helper()
	file := filepath.Join(h.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(data), 0o666); err != nil {
		h.t.Fatal(err)
	}
	project, err := pipeline.Open(h.dir, "test")
	if err != nil {
		h.t.Fatal(err)
	}
	v, err := project.VerifyFile(file, pipeline.VerifyRequest{})
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// Each link of the pages to a paper or a sheet is answered with one.
func TestPapersBehindTheLinks(t *testing.T) {
	h := committed(t)
	link := regexp.MustCompile(`href="(?:\.\./)?((?:pdf|sheet)/[^"]+)"`)
	begins := map[string]string{".pdf": "%PDF-", ".xlsx": "PK", ".csv": "\ufeff"}
	seen := map[string]int{}
	for _, page := range []string{
		"customer/index.html", "customer/KH-0001.html", "kpi/index.html", "due/index.html", "clauses.html",
	} {
		for _, found := range link.FindAllStringSubmatch(h.page("/zh-CN/"+page), -1) {
			a := h.get("/zh-CN/" + found[1])
			ext := filepath.Ext(found[1])
			if a.status != http.StatusOK || !strings.HasPrefix(a.body, begins[ext]) {
				t.Errorf("%s leads to %s: %d %.200q", page, found[1], a.status, a.body)
			}
			if name := filepath.Base(found[1]); !strings.Contains(a.header.Get("Content-Disposition"), name) {
				t.Errorf("%s is called %q", name, a.header.Get("Content-Disposition"))
			}
			seen[ext]++
		}
	}
	if seen[".pdf"] < 4 || seen[".xlsx"] < 2 || seen[".csv"] < 2 {
		t.Errorf("links found: %v", seen)
	}
	for _, missing := range []string{"pdf/nothing.pdf", "sheet/nothing.csv", "pdf/customer-register.csv", "sheet/customer-register.pdf", "pdf/customer-register_2026-13.pdf", "pdf/KH-0001_2026-09.pdf"} {
		if a := h.get("/zh-CN/" + missing); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", missing, a.status)
		}
	}
	stranger := h.request(http.MethodGet, "/zh-CN/sheet/customer-register.csv", nil)
	stranger.Header.Del("Cookie")
	if a := h.send(stranger); a.status != http.StatusForbidden {
		t.Errorf("without the cookie: %d", a.status)
	}
}

// A paper of what HEAD holds is proven from the repository; one of anything else says
// on its face that it is of a work tree, and is not.
func TestPapersOfTheWorkTree(t *testing.T) {
	h := committed(t)
	const paper, record, text = "/zh-CN/pdf/customer-register.pdf", "/zh-CN/pdf/KH-0001.pdf", "/zh-CN/sheet/customer-register.csv"
	for _, path := range []string{paper, record} {
		if v := h.verified("a.pdf", h.page(path)); v.Outcome != pipeline.Proven {
			t.Errorf("%s: %+v", path, v)
		}
	}
	if csv := h.page(text); strings.Contains(csv, mark) || !strings.Contains(csv, "江南精密") {
		t.Errorf("the register in HEAD:\n%s", csv)
	}
	if err := os.MkdirAll(filepath.Join(h.dir, "templates/print"), 0o777); err != nil {
		t.Fatal(err)
	}
	h.save("templates/print/customer-register.yaml", "title: {zh-CN: 客户一览, en: Customers}\nof: customer\n")
	h.until(text, mark) // for no commit holds that layout
	if err := os.Remove(filepath.Join(h.dir, "templates/print/customer-register.yaml")); err != nil {
		t.Fatal(err)
	}
	h.write(customer("示例·塞北精密"))
	h.until("/zh-CN/customer/KH-0002.html", "塞北精密")
	csv := h.page(text)
	if !strings.Contains(csv, mark) || !strings.Contains(csv, "塞北精密") || !strings.Contains(csv, "customer-register.-.-.") {
		t.Errorf("the register of the work tree:\n%s", csv)
	}
	if v := h.verified("b.pdf", h.page(paper)); v.Outcome != pipeline.Cannot || v.Said[0].Key != "evidence.verify.no-commit" {
		t.Errorf("a paper of the work tree: %+v", v)
	}
}

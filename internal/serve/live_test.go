package serve

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stream gives the states that the server tells.
func (h *house) stream(t *testing.T) <-chan string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	r := h.request(http.MethodGet, "/_kept/events", nil).WithContext(ctx)
	res, err := h.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("events are %q", got)
	}
	states := make(chan string, 1000)
	go func() {
		defer close(states)
		defer res.Body.Close()
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if state, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				states <- state
			}
		}
	}()
	return states
}

// Pages follow what is saved on disk; the stream tells the state that a page was
// made of, and then the next.
func TestPagesFollowTheDisk(t *testing.T) {
	h := open(t, repository(t))
	made := h.write(customer("示例·江南精密"))
	h.until("/zh-CN/customer/KH-0001.html", "示例·江南精密")
	states := h.stream(t)
	state := <-states
	h.save(made.Path, strings.Replace(made.YAML, "江南精密", "塞北精密", 1))
	for next := range states {
		if next == state {
			continue
		}
		body := h.page("/zh-CN/customer/KH-0001.html")
		if !strings.Contains(body, "塞北精密") {
			continue // judged, or the history read
		}
		if strings.Contains(body, "江南精密</h1>") {
			t.Error("the page shows both")
		}
		break
	}
	h.save("records/customer/KH-0002.yaml", strings.ReplaceAll(made.YAML, "KH-0001", "KH-0002"))
	h.until("/zh-CN/customer/index.html", "KH-0002")
	if err := os.Remove(filepath.Join(h.dir, "records/customer/KH-0002.yaml")); err != nil {
		t.Fatal(err)
	}
	git(t, h.dir, "add", "-A")
	git(t, h.dir, "commit", "-q", "-m", "customer: register KH-0001")
	h.until("/zh-CN/customer/KH-0001.html", "本机工作区")
	for at := h.live.Present(); len(at.Uncommitted) > 0; at = h.live.Present() {
		<-h.live.Changed(at.Version)
	}
	if body := h.page("/zh-CN/customer/KH-0001.html"); strings.Contains(body, "这条记录有尚未提交的修改") {
		t.Errorf("a committed record is marked:\n%s", body)
	}
}

// Whatever is broken shows on a page, with its place, and goes when it is mended.
func TestBrokenFilesShow(t *testing.T) {
	h := open(t, repository(t))
	made := h.write(customer("示例"))
	h.save(made.Path, made.YAML+"title: twice\n")
	h.until("/zh-CN/findings.html", "KH-0001.yaml:7:1")
	if body := h.page("/zh-CN/customer/KH-0001.html"); !strings.Contains(body, "KH-0001.yaml:7") {
		t.Errorf("its page does not say what is wrong:\n%s", body)
	}
	h.save(made.Path, made.YAML)
	for _, broken := range []string{"kept.yaml", "schemas/customer.kind.yaml", "schemas/customer.schema.json"} {
		text := ""
		if data, err := os.ReadFile(filepath.Join(h.dir, filepath.FromSlash(broken))); err == nil {
			text = string(data)
		}
		h.save(broken, "{ this is : [ no such file\n")
		body := h.until("/zh-CN/customer/index.html", broken)
		if !strings.Contains(body, "示例公司") || !strings.Contains(body, "暂按上一次正确的内容显示") || !strings.Contains(body, "KH-0001</a>") {
			t.Errorf("with a broken %s the register is\n%s", broken, body)
		}
		h.until("/zh-CN/findings.html", broken)
		if again := h.write(customer("示例二")); again.ID == "" {
			t.Errorf("with a broken %s nothing can be written", broken)
		}
		h.save(broken, text)
		body = h.until("/zh-CN/customer/index.html", "示例二")
		for range 50 {
			if !strings.Contains(body, "暂按上一次正确的内容显示") {
				break
			}
			<-h.live.Changed(h.live.Present().Version)
			body = h.page("/zh-CN/customer/index.html")
		}
	}
}

// A page that is asked for before the rules have spoken says so, and shows nothing
// that the rules said of the files as they were.
func TestNothingStaleIsShown(t *testing.T) {
	h := open(t, repository(t))
	made := h.write(customer("示例"))
	c := complaint()
	c.Sets = append(c.Sets, [2]string{"form_no", "SD-02004-F01"})
	step := h.write(c)
	h.save(step.Path, strings.Replace(step.YAML, "customer: KH-0001", "customer: KH-0009", 1))
	h.until("/zh-CN/findings.html", "reference-missing")
	h.server.request.Patience = 1 // a nanosecond
	h.save(step.Path, step.YAML)
	for {
		at := h.live.Present()
		body := h.page("/zh-CN/findings.html")
		if p := h.live.Present(); p.Version == at.Version {
			judging := strings.Contains(body, "判定中")
			if judging == p.Judged {
				t.Errorf("judged is %v, the page says judging: %v", p.Judged, judging)
			}
			if rec := p.Register.Get("TS-2026-0001"); string(rec.Source) == step.YAML {
				if strings.Contains(body, "reference-missing</a>") {
					t.Errorf("a finding that is gone is shown:\n%s", body)
				}
				if p.Judged {
					break
				}
			}
		}
		<-h.live.Changed(at.Version)
	}
	_ = made
}

// A folder without git has no history and nothing to submit, and its records show.
func TestWithoutGit(t *testing.T) {
	dir := repository(t)
	if err := os.RemoveAll(filepath.Join(dir, ".git")); err != nil {
		t.Fatal(err)
	}
	h := open(t, dir)
	h.write(customer("示例"))
	h.until("/zh-CN/customer/KH-0001.html", "示例")
	if body := h.page("/zh-CN/uncommitted.html"); !strings.Contains(body, "没有 git 仓库") || strings.Contains(body, `id="submit"`) {
		t.Errorf("the list of what is not committed:\n%s", body)
	}
}

// Every link of every page that a link of the first leads to resolves.
func TestLinksResolve(t *testing.T) {
	h := open(t, repository(t))
	h.write(customer("示例"))
	h.write(complaint())
	h.until("/zh-CN/index.html", "本机工作区")
	seen, queue := map[string]bool{"/zh-CN/index.html": true}, []string{"/zh-CN/index.html"}
	for len(queue) > 0 && len(seen) < 400 {
		at := queue[0]
		queue = queue[1:]
		a := h.send(h.request(http.MethodGet, at, nil))
		if a.status != http.StatusOK {
			t.Errorf("%s: %d", at, a.status)
			continue
		}
		if !strings.HasSuffix(at, ".html") {
			continue
		}
		for _, attribute := range []string{` href="`, ` src="`} {
			for _, part := range strings.Split(a.body, attribute)[1:] {
				to, _, _ := strings.Cut(part, `"`)
				to, _, _ = strings.Cut(to, "#")
				if to == "" || strings.Contains(to, "://") {
					continue
				}
				if to = filepath.ToSlash(filepath.Join(filepath.Dir(at), to)); !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
	}
	if len(seen) < 100 {
		t.Errorf("only %d pages were found", len(seen))
	}
}

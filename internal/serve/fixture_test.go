package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/tooltest"
)

// now is the clock of the tests: a working day in a year with a calendar.
var now = time.Date(2026, 9, 18, 17, 42, 0, 0, time.FixedZone("", 8*60*60))

// house is a records repository that a server shows, and a browser of its own.
type house struct {
	t      *testing.T
	dir    string
	base   string // http://127.0.0.1:port
	server *Server
	live   *pipeline.Live
	client *http.Client
	cookie *http.Cookie
}

// environment is git's, with nothing of the machine in it.
func environment() []string {
	moment := now.Format(time.RFC3339)
	return append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_AUTHOR_NAME=王磊", "GIT_AUTHOR_EMAIL=wangl@example.cn",
		"GIT_COMMITTER_NAME=王磊", "GIT_COMMITTER_EMAIL=wangl@example.cn", "GIT_AUTHOR_DATE="+moment, "GIT_COMMITTER_DATE="+moment)
}

func git(t testing.TB, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(tooltest.Need(t, "git"), args...)
	cmd.Dir, cmd.Env = dir, environment()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// begun is the repository that all tests begin with, made once in the process.
var begun struct {
	once sync.Once
	dir  string
}

// repository is a new one with one person and one commit.
func repository(t testing.TB) string {
	t.Helper()
	begun.once.Do(func() {
		var err error
		if begun.dir, err = os.MkdirTemp("", "kept-serve-"); err != nil {
			t.Fatal(err)
		}
		begin(t, begun.dir)
	})
	dir := filepath.Join(t.TempDir(), "ledger")
	if err := os.CopyFS(dir, os.DirFS(begun.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func begin(t testing.TB, dir string) {
	t.Helper()
	found, err := pipeline.Init(pipeline.InitRequest{
		Dir: dir, Organisation: locale.Plain("示例公司"), Branch: "main", Now: now,
		People: []intake.Founder{{ID: "u-wangl", Name: "王磊", Email: "wangl@example.cn", Roles: []string{"process_owner", "brm", "complaint_handler", "satisfaction_keeper", "doc_controller"}}},
	})
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	git(t, dir, "init", "-q", "-b", "main")
	git(t, dir, "add", "-A")
	git(t, dir, "commit", "-q", "-m", "config: begin")
}

// open serves a work tree until the test ends, and lets the browser in.
func open(t *testing.T, dir string) *house {
	t.Helper()
	h := serving(t, dir)
	h.enter()
	return h
}

func (h *house) enter() {
	h.t.Helper()
	answer := h.send(h.request(http.MethodGet, strings.TrimPrefix(h.server.Address(), h.base), nil))
	if answer.status != http.StatusOK || len(answer.cookies) != 1 {
		h.t.Fatalf("the printed address answers %d %s", answer.status, answer.body)
	}
	h.cookie = answer.cookies[0]
}

func serving(t *testing.T, dir string) *house {
	t.Helper()
	h, stop, err := start(dir)
	if err != nil {
		t.Fatal(err)
	}
	h.t = t
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// start serves a work tree until stop.
func start(dir string) (h *house, stop func() error, err error) {
	project, err := pipeline.Open(dir, "test")
	if err != nil {
		return nil, nil, err
	}
	live, err := project.Live(pipeline.LiveRequest{Now: func() time.Time { return now }, Email: "wangl@example.cn"})
	if err != nil {
		return nil, nil, err
	}
	listener, err := Listen(0)
	if err != nil {
		return nil, nil, err
	}
	server, err := New(Request{Live: live, Messages: project.Messages, Environment: environment(), Patience: time.Minute}, listener)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { live.Run(ctx); ended <- nil }()
	go func() { ended <- server.Serve(ctx) }()
	stop = func() error {
		cancel()
		return errors.Join(<-ended, <-ended)
	}
	return &house{dir: dir, base: "http://" + listener.Addr().String(), server: server, live: live, client: &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, stop, nil
}

// common is a server that tests share which change nothing of what it shows.
var common struct {
	once sync.Once
	h    *house
	stop func() error
}

// watched lets the test's browser in to the common server.
func watched(t *testing.T) *house {
	t.Helper()
	common.once.Do(func() {
		dir, err := os.MkdirTemp("", "kept-common-")
		if err == nil {
			err = os.CopyFS(dir, os.DirFS(repository(t)))
		}
		if err == nil {
			common.h, common.stop, err = start(dir)
		}
		if err != nil {
			t.Fatal(err)
		}
		common.h.t = t
		common.h.enter()
	})
	h := *common.h
	h.t = t
	return &h
}

// TestMain ends and removes what tests shared.
func TestMain(m *testing.M) {
	code := browsertest.Main(m)
	if common.h != nil {
		if err := common.stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		_ = os.RemoveAll(common.h.dir)
	}
	_ = os.RemoveAll(begun.dir)
	os.Exit(code)
}

// reply is an answer, read whole.
type reply struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// request is one that a page of the server makes.
func (h *house) request(method, path string, body io.Reader) *http.Request {
	h.t.Helper()
	r, err := http.NewRequest(method, h.base+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	if h.cookie != nil {
		r.AddCookie(&http.Cookie{Name: h.cookie.Name, Value: h.cookie.Value})
	}
	if method == http.MethodPost {
		r.Header.Set("Origin", h.base)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("X-Kept", "zh-CN")
	}
	return r
}

func (h *house) send(r *http.Request) reply {
	h.t.Helper()
	res, err := h.client.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, res.Cookies(), string(body)}
}

func (h *house) page(path string) string {
	h.t.Helper()
	a := h.send(h.request(http.MethodGet, path, nil))
	if a.status != http.StatusOK {
		h.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	return a.body
}

// post sends an object and reads the answer into another.
func post[T any](h *house, path string, body any) (int, T) {
	h.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		h.t.Fatal(err)
	}
	a := h.send(h.request(http.MethodPost, path, bytes.NewReader(data)))
	var out T
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		h.t.Fatalf("%s: %d %s", path, a.status, a.body)
	}
	return a.status, out
}

// written is what both sorts of answers say.
type written struct {
	enteredObject
	errorObject
}

// write makes an entry, which must succeed.
func (h *house) write(e entryObject) enteredObject {
	h.t.Helper()
	status, out := post[written](h, "/_kept/write", e)
	if status != http.StatusOK || !out.OK {
		h.t.Fatalf("write: %d %+v", status, out)
	}
	return out.enteredObject
}

func (h *house) recordOf(id string) recordObject {
	h.t.Helper()
	var o recordObject
	if err := json.Unmarshal([]byte(h.page("/_kept/record?id="+id)), &o); err != nil {
		h.t.Fatal(err)
	}
	return o
}

func (h *house) file(path string) string {
	h.t.Helper()
	data, err := os.ReadFile(filepath.Join(h.dir, filepath.FromSlash(path)))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(data)
}

func (h *house) save(path, text string) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.dir, filepath.FromSlash(path)), []byte(text), 0o666); err != nil {
		h.t.Fatal(err)
	}
}

// until asks for a page until it says something, at every change of what is shown.
func (h *house) until(path, says string) string {
	h.t.Helper()
	limit := time.After(2 * time.Minute)
	for {
		at := h.live.Present().Version
		body := h.page(path)
		if strings.Contains(body, says) {
			return body
		}
		select {
		case <-h.live.Changed(at):
		case <-limit:
			h.t.Fatalf("%s never says %q:\n%s", path, says, body)
		}
	}
}

// customer is an entry that registers one.
func customer(title string) entryObject {
	return entryObject{Kind: "customer", By: "u-wangl", Sets: [][2]string{{"title", title}, {"type", "enterprise"}}}
}

func complaint() entryObject {
	return entryObject{Kind: "complaint", By: "u-wangl", Sets: [][2]string{
		{"customer", "KH-0001"},
		{"title", "示例投诉"},
		{"subject", "示例投诉"},
		{"channel", "hotline"},
		{"received_at", "2026-09-18 17:30"},
		{"description", "示例"},
		{"remedy_sought", "未提出"},
		{"is_repeat", "false"},
		{"provisional_severity", "major"},
	}}
}

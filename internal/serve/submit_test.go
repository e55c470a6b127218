package serve

import (
	"encoding/json"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/tooltest"
)

// The button hands in over the file system and over git's own HTTP: the branch is
// on the remote, the protected branch where it was, and the marks go.
func TestSubmit(t *testing.T) {
	backend := strings.TrimSpace(git(t, "", "--exec-path")) + "/git-http-backend"
	if _, err := os.Stat(backend); err != nil {
		t.Fatalf("%v: %s", err, tooltest.Missing("git"))
	}
	for name, address := range map[string]func(t *testing.T, root string) string{
		"file": func(_ *testing.T, root string) string { return filepath.Join(root, "remote.git") },
		"HTTP": func(t *testing.T, root string) string {
			server := httptest.NewServer(&cgi.Handler{Path: backend, Root: "/", Env: []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=wangl"}})
			t.Cleanup(server.Close)
			return server.URL + "/remote.git"
		},
	} {
		t.Run(name, func(t *testing.T) {
			root, dir := t.TempDir(), repository(t)
			remote := filepath.Join(root, "remote.git")
			git(t, root, "init", "-q", "--bare", "-b", "main", remote)
			git(t, remote, "config", "http.receivepack", "true")
			git(t, dir, "remote", "add", "origin", address(t, root))
			git(t, dir, "push", "-q", "-u", "origin", "main")
			h := open(t, dir)
			if _, out := post[submittedObject](h, "/_kept/submit", submitObject{}); out.OK || !strings.Contains(out.Said, "没有改动") {
				t.Errorf("nothing to submit: %+v", out)
			}
			made := h.write(customer("示例·江南精密"))
			h.save("notes.txt", "mine")
			h.until("/zh-CN/uncommitted.html", made.Path)
			status, out := post[submittedObject](h, "/_kept/submit", submitObject{})
			if status != http.StatusOK || !out.OK || out.Branch != "kept/KH-0001" || !strings.Contains(out.Said, "已推送到 origin") {
				t.Fatalf("submit: %d %+v", status, out)
			}
			if got := strings.TrimSpace(git(t, remote, "rev-parse", "kept/KH-0001")); got != out.Commit {
				t.Errorf("the remote's branch is at %s, want %s", got, out.Commit)
			}
			if got := git(t, remote, "show", "--name-only", "--format=%s", "kept/KH-0001"); !strings.HasPrefix(got, "customer: 登记 KH-0001") || !strings.HasSuffix(got, "\n"+made.Path+"\n") {
				t.Errorf("the commit is\n%s", got)
			}
			if got := git(t, remote, "rev-list", "--count", "main"); got != "1\n" {
				t.Errorf("main has %s commits", got)
			}
			if got := git(t, dir, "status", "--porcelain"); got != "?? notes.txt\n" {
				t.Errorf("left over: %q", got)
			}
			if body := h.page("/zh-CN/customer/index.html"); strings.Contains(body, ">未提交<") {
				t.Error("the register still marks it")
			}
			h.write(complaint())
			if _, more := post[submittedObject](h, "/_kept/submit", submitObject{Message: "登记一起投诉"}); !more.OK || more.Branch != out.Branch {
				t.Errorf("the second submission: %+v", more)
			}
			if got := git(t, remote, "log", "-1", "--format=%s %ae", "kept/KH-0001"); got != "登记一起投诉 wangl@example.cn\n" {
				t.Errorf("its commit says %q", got)
			}
		})
	}
}

// Records with errors are not handed in, and the branch stays as it is.
func TestSubmitRefusesErrors(t *testing.T) {
	h := open(t, repository(t))
	made := h.write(customer("示例"))
	h.save(made.Path, strings.Replace(made.YAML, "type: enterprise", "type: nonsense", 1))
	_, out := post[submittedObject](h, "/_kept/submit", submitObject{})
	if out.OK || out.Commit != "" || len(out.Findings) == 0 || !strings.Contains(out.Said, "没有提交") {
		t.Errorf("submit: %+v", out)
	}
	if got := git(t, h.dir, "branch", "--format=%(refname:short)"); got != "main\n" {
		t.Errorf("the branches are %q", got)
	}
}

// A push that the remote refuses is told with its reason and can be tried again from
// the page, also by a server that was started anew; the second takes no record along
// that was written meanwhile.
func TestARefusedPushIsTriedAgain(t *testing.T) {
	root, dir := t.TempDir(), repository(t)
	remote := filepath.Join(root, "remote.git")
	git(t, root, "init", "-q", "--bare", "-b", "main", remote)
	git(t, dir, "remote", "add", "origin", remote)
	git(t, dir, "push", "-q", "-u", "origin", "main")
	hook := filepath.Join(remote, "hooks", "pre-receive")
	if err := os.MkdirAll(filepath.Dir(hook), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(hook, []byte("#!/bin/sh\necho 仓库维护中 >&2\nexit 1\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	waits := func(h *house) string {
		var o submittedObject
		if err := json.Unmarshal([]byte(h.page("/_kept/waits")), &o); err != nil {
			t.Fatal(err)
		}
		return o.Waits
	}
	h := open(t, dir)
	if said := waits(h); said != "" {
		t.Errorf("before anything: %q", said)
	}
	if _, none := post[submittedObject](h, "/_kept/submit", submitObject{Push: true}); none.OK || !strings.Contains(none.Said, "没有等待推送的提交") {
		t.Errorf("nothing to push: %+v", none)
	}
	h.write(customer("示例·江南精密"))
	_, refused := post[submittedObject](h, "/_kept/submit", submitObject{})
	for _, want := range []string{"没有推送到 origin", "仓库维护中", "再按“再次推送”"} {
		if !strings.Contains(refused.Said, want) {
			t.Errorf("a refused push does not say %q: %s", want, refused.Said)
		}
	}
	if strings.Contains(refused.Said, "kept submit") || !strings.Contains(refused.Waits, "kept/KH-0001") {
		t.Errorf("a refused push: %+v", refused)
	}

	h = open(t, dir) // another day
	if said := waits(h); !strings.Contains(said, "kept/KH-0001") || !strings.Contains(said, "只在这台电脑上") {
		t.Errorf("after a new start: %q", said)
	}
	later := h.write(customer("示例·塞北机械"))
	if err := os.Remove(hook); err != nil {
		t.Fatal(err)
	}
	_, pushed := post[submittedObject](h, "/_kept/submit", submitObject{Push: true})
	if !pushed.OK || pushed.Waits != "" || !strings.Contains(pushed.Said, "已推送到 origin") || pushed.Commit != refused.Commit {
		t.Fatalf("pushed again: %+v", pushed)
	}
	if got := git(t, remote, "rev-parse", "kept/KH-0001"); strings.TrimSpace(got) != refused.Commit {
		t.Errorf("the remote has %s, want %s", got, refused.Commit)
	}
	if got := git(t, dir, "status", "--porcelain", "-uall"); got != "?? "+later.Path+"\n" {
		t.Errorf("what was written meanwhile: %q", got)
	}
}

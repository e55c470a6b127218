package submit_test

import (
	"io"
	"net"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/submit"
	"kept/internal/tooltest"
)

// forge is a git server over HTTP with a login: wangl may push, guest may read.
type forge struct {
	t           *testing.T
	root, seed  string
	environment []string
	server      *httptest.Server
	stop        chan struct{}
}

const password = "geheim-8241"

func newForge(t *testing.T) *forge {
	t.Helper()
	root, home := t.TempDir(), t.TempDir()
	f := &forge{t: t, root: root, stop: make(chan struct{}), environment: []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + filepath.Join(home, "gitconfig"), "LC_ALL=zh_CN.UTF-8", "LANGUAGE=zh_CN",
		"GIT_AUTHOR_NAME=王磊", "GIT_AUTHOR_EMAIL=wangl@example.cn", "GIT_COMMITTER_NAME=王磊", "GIT_COMMITTER_EMAIL=wangl@example.cn",
	}}
	backend := strings.TrimSpace(f.git("", "--exec-path")) + "/git-http-backend"
	if _, err := os.Stat(backend); err != nil {
		t.Fatalf("%v: %s", err, tooltest.Missing("git"))
	}
	f.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, given, _ := r.BasicAuth()
		switch {
		case strings.HasPrefix(r.URL.Path, "/slow"):
			<-f.stop
		case given != password:
			w.Header().Set("WWW-Authenticate", `Basic realm="forge"`)
			http.Error(w, "log in", http.StatusUnauthorized)
		case user != "wangl" && strings.Contains(r.URL.RequestURI(), "receive-pack"):
			http.Error(w, "read only", http.StatusForbidden)
		default:
			(&cgi.Handler{Path: backend, Root: "/", Stderr: io.Discard, Env: []string{"GIT_PROJECT_ROOT=" + root, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER=" + user}}).ServeHTTP(w, r)
		}
	}))
	t.Cleanup(func() {
		close(f.stop)
		f.server.Close()
	})
	f.git(root, "init", "-q", "--bare", "-b", "main", "remote.git")
	f.git(filepath.Join(root, "remote.git"), "config", "http.receivepack", "true")
	return f
}

func (f *forge) git(dir string, args ...string) string {
	f.t.Helper()
	cmd := exec.Command(tooltest.Need(f.t, "git"), args...)
	cmd.Dir, cmd.Env = dir, append(f.environment, "GIT_TERMINAL_PROMPT=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		f.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (f *forge) remote(args ...string) string {
	f.t.Helper()
	return f.git(filepath.Join(f.root, "remote.git"), args...)
}

// clone is a work tree with one commit on main, which the remote has, and one file
// that nobody has; a credential helper knows the login. address is the remote's, ""
// for that of the forge.
func (f *forge) clone(address, user, secret string) string {
	f.t.Helper()
	if f.seed == "" {
		f.seed = f.t.TempDir()
		f.git(f.seed, "init", "-q", "-b", "main", "--template=")
		f.save(f.seed, "records/a.yaml", "a: 1\n")
		f.git(f.seed, "add", ".")
		f.git(f.seed, "commit", "-q", "-m", "begin")
		f.git(f.seed, "push", "-q", filepath.Join(f.root, "remote.git"), "main")
		f.save(f.seed, "records/b.yaml", "b: 1\n")
	}
	dir := f.t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(f.seed)); err != nil {
		f.t.Fatal(err)
	}
	if address == "" {
		address = f.server.URL + "/remote.git"
	}
	settings := "[remote \"origin\"]\n\turl = " + address + "\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
	if user != "" {
		settings += "[credential]\n\thelper = \"!f() { echo username=" + user + "; echo password=" + secret + "; }; f\"\n"
	}
	config, err := os.ReadFile(filepath.Join(dir, ".git", "config"))
	if err != nil {
		f.t.Fatal(err)
	}
	f.save(dir, ".git/config", string(config)+settings)
	return dir
}

func (f *forge) save(dir, name, text string) {
	f.t.Helper()
	at := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forge) hook(name, script string) {
	f.t.Helper()
	f.save(filepath.Join(f.root, "remote.git"), "hooks/"+name, "#!/bin/sh\n"+script+"\n")
	if err := os.Chmod(filepath.Join(f.root, "remote.git", "hooks", name), 0o755); err != nil {
		f.t.Fatal(err)
	}
}

func (f *forge) request(dir string, paths ...string) submit.Request {
	return submit.Request{Dir: dir, Environment: f.environment, Protected: "main", Paths: paths, Branch: "kept/b", Message: "records: b\n"}
}

func (f *forge) run(req submit.Request) submit.Result {
	f.t.Helper()
	res, err := submit.Run(f.t.Context(), req)
	if err != nil {
		f.t.Fatal(err)
	}
	return res
}

// A remote refuses for one of many reasons. Each is told from the others, whatever the
// language of the machine; the commit stays on its branch, no password is shown, and
// once the reason is gone the same commit is pushed.
func TestRefusals(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	f := newForge(t)
	for name, c := range map[string]struct {
		user, secret string
		address      string // "" is the forge's
		patience     time.Duration
		hook         string
		want         submit.Why
		reason       string
	}{
		"no login":       {"", "", "", 0, "", submit.LoginRefused, ""},
		"wrong password": {"wangl", "wrong-" + password, "", 0, "", submit.LoginRefused, "Authentication failed"},
		"read only":      {"guest", password, "", 0, "", submit.Forbidden, "403"},
		"no repository":  {"wangl", password, f.server.URL + "/other.git", 0, "", submit.NotThere, "not found"},
		"no folder":      {"", "", filepath.Join(f.root, "other.git"), 0, "", submit.NotThere, ""},
		"nobody listens": {"wangl", password, "http://wangl:" + password + "@" + closed.Addr().String() + "/remote.git", 0, "", submit.Unreachable, ""},
		"no answer":      {"wangl", password, f.server.URL + "/slow.git", 300 * time.Millisecond, "", submit.OutOfPatience, ""},
		"hook":           {"wangl", password, "", 0, `echo "提交说明必须以编号开头" >&2; exit 1`, submit.Turned, "提交说明必须以编号开头"},
		"protected":      {"wangl", password, "", 0, `echo "GitLab: You are not allowed to push code to protected branches on this project." >&2; exit 1`, submit.Turned, "protected branches"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := f.clone(c.address, c.user, c.secret)
			if c.hook != "" {
				f.hook("pre-receive", c.hook)
			}
			req := f.request(dir, "records/b.yaml")
			req.Patience = c.patience
			res := f.run(req)
			if c.hook != "" {
				f.hook("pre-receive", "exit 0")
			}
			if res.Pushed || res.Why != c.want || !strings.Contains(res.Reason(), c.reason) {
				t.Errorf("pushed %v, %q, want %q: %s", res.Pushed, res.Why, c.want, res.Refused)
			}
			if strings.Contains(res.Refused, password) {
				t.Errorf("it shows the password: %s", res.Refused)
			}
			if submit.Waiting(t.Context(), f.request(dir)) == "" {
				t.Error("the commit does not wait")
			}
		})
	}
}

// Once the reason is gone, the commit that waits is pushed, and nothing is committed.
func TestSecondTry(t *testing.T) {
	f := newForge(t)
	dir := f.clone("", "guest", password)
	first := f.run(f.request(dir, "records/b.yaml"))
	f.git(dir, "config", "--unset-all", "credential.helper")
	f.git(dir, "remote", "set-url", "--push", "origin", strings.Replace(f.server.URL, "//", "//wangl:"+password+"@", 1)+"/remote.git")
	second := f.run(f.request(dir))
	if first.Pushed || !second.Pushed || second.Commit != first.Commit || second.Branch != "kept/b" || second.NewBranch || strings.TrimSpace(f.remote("rev-parse", "kept/b")) != first.Commit {
		t.Errorf("%+v and %+v", first, second)
	}
	if submit.Waiting(t.Context(), f.request(dir)) != "" {
		t.Error("it waits still")
	}
	if got := f.remote("rev-list", "--count", "main"); got != "1\n" {
		t.Errorf("main has %s commits", got)
	}
}

// A colleague pushed to the same branch: nothing of theirs is lost, and the command
// that is told leads on.
func TestMovedOn(t *testing.T) {
	f := newForge(t)
	dir := f.clone("", "wangl", password)
	if res := f.run(f.request(dir, "records/b.yaml")); !res.Pushed || !res.NewBranch {
		t.Fatalf("%+v", res)
	}
	colleague := filepath.Join(t.TempDir(), "colleague")
	f.git("", "clone", "-q", "-b", "kept/b", filepath.Join(f.root, "remote.git"), colleague)
	f.save(colleague, "records/c.yaml", "c: 1\n")
	f.git(colleague, "add", ".")
	f.git(colleague, "commit", "-q", "-m", "c")
	f.git(colleague, "push", "-q")
	theirs := strings.TrimSpace(f.remote("rev-parse", "kept/b"))
	f.save(dir, "records/d.yaml", "d: 1\n")
	res := f.run(f.request(dir, "records/d.yaml"))
	if res.Pushed || res.Why != submit.MovedOn {
		t.Fatalf("%+v", res)
	}
	if got := strings.TrimSpace(f.remote("rev-parse", "kept/b")); got != theirs {
		t.Fatalf("the colleague's commit %s is gone for %s", theirs, got)
	}
	f.git(dir, "pull", "-q", "--no-rebase", "--no-edit", "origin", "kept/b")
	if res := f.run(f.request(dir)); !res.Pushed {
		t.Fatalf("after the merge: %+v", res)
	}
	if got := f.remote("ls-tree", "-r", "--name-only", "kept/b"); got != "records/a.yaml\nrecords/b.yaml\nrecords/c.yaml\nrecords/d.yaml\n" {
		t.Errorf("the branch holds %q", got)
	}
}

// Somebody else's new branch has the name already: the next one is taken, and theirs
// stays as it is.
func TestNameTaken(t *testing.T) {
	f := newForge(t)
	dir, other := f.clone("", "wangl", password), f.clone("", "wangl", password)
	f.save(other, "records/b.yaml", "b: 2\n")
	theirs := f.run(f.request(other, "records/b.yaml"))
	mine := f.run(f.request(dir, "records/b.yaml"))
	if !mine.Pushed || mine.Branch != "kept/b-2" || !mine.NewBranch || mine.Why != "" {
		t.Errorf("%+v", mine)
	}
	for branch, want := range map[string]string{"kept/b": theirs.Commit, "kept/b-2": mine.Commit} {
		if got := strings.TrimSpace(f.remote("rev-parse", branch)); got != want {
			t.Errorf("%s is at %s, want %s", branch, got, want)
		}
	}
	if got := f.git(dir, "branch", "--format=%(refname:short) %(upstream:short)"); got != "kept/b-2 origin/kept/b-2\nmain \n" {
		t.Errorf("the branches here are %q", got)
	}
}

// What a forge says while it takes the branch comes through, and what the protected
// branch brought meanwhile is seen before anything is committed.
func TestForgeSpeaks(t *testing.T) {
	f := newForge(t)
	dir := f.clone("", "wangl", password)
	f.hook("post-receive", `echo "Create a new pull request for 'kept/b':" >&2; echo "  http://127.0.0.1:3000/team/ledger/compare/main...kept/b" >&2`)
	req := f.request(dir, "records/b.yaml")
	if a := submit.Fetch(t.Context(), req, "records"); a.Commits || a.Remote != "origin" {
		t.Errorf("nothing is new: %+v", a)
	}
	res := f.run(req)
	if got, _ := submit.Offered(res.Told, submit.Web(res.RemoteURL)); got != "http://127.0.0.1:3000/team/ledger/compare/main...kept/b" {
		t.Errorf("offered is %q in %q", got, res.Told)
	}
	other := f.clone("", "wangl", password)
	f.save(other, "records/a.yaml", "a: 2\n")
	f.save(other, "notes.txt", "no record\n")
	f.git(other, "add", ".")
	f.git(other, "commit", "-q", "-m", "goes on")
	f.git(other, "push", "-q", "origin", "main")
	before := f.git(dir, "for-each-ref", "refs/heads")
	a := submit.Fetch(t.Context(), req, "records")
	if !a.Commits || !slices.Equal(a.Mine, []string{"records/b.yaml"}) || !slices.Contains(a.Added, "records/b.yaml") || !slices.Contains(a.Changed, "records/a.yaml") {
		t.Errorf("ahead: %+v", a)
	}
	if got := f.git(dir, "for-each-ref", "refs/heads"); got != before {
		t.Errorf("fetching moved a branch: %s", got)
	}
}

package main

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kept/internal/cli"
)

// The scripts start kept some six hundred times. Most of what a start costs is not
// the command's work but a process that begins with nothing: so a command is given
// to a worker, this program started once, which runs one command after the other
// and moves into each one's folder and environment. What only a process of its own
// can show still starts one: "exec kept", a shell or a hook that calls kept, and a
// script that changes what a process reads but once (readOnce).

// asKept and asWorker are the names under which this program is kept, or a worker.
const asKept, asWorker = "kept", "kept-worker"

// TestMain lets a script call kept. The clock is what the script's command "at"
// has set.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case asKept:
		debug.SetGCPercent(200) // as the program does
		os.Exit(cli.Main(os.Args[1:], world(os.Stdout, os.Stderr)))
	case asWorker:
		debug.SetGCPercent(200)
		work(os.Stdin, os.Stdout)
		os.Exit(0)
	}
	os.Exit(withPrograms(m.Run))
}

func world(out, talk io.Writer) cli.World {
	return cli.World{Out: out, Err: talk, Now: scriptNow, Version: "test"}
}

func scriptNow() time.Time {
	t, err := time.Parse(time.RFC3339, os.Getenv("KEPT_TEST_NOW"))
	if err != nil {
		return time.Date(2026, 9, 1, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
	}
	return t
}

// withPrograms runs the tests with kept in the path and the workers in reach.
func withPrograms(run func() int) int {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	bin, err := os.MkdirTemp("", "kept-bin-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(bin)
	if err := os.Mkdir(filepath.Join(bin, "shared"), 0o777); err != nil {
		panic(err)
	}
	for _, name := range []string{asKept, asWorker} {
		if err := os.Symlink(self, filepath.Join(bin, name)); err != nil {
			panic(err)
		}
	}
	if err := os.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH")); err != nil {
		panic(err)
	}
	workers.program, sharedFolder = filepath.Join(bin, asWorker), filepath.Join(bin, "shared")
	defer workers.stop()
	return run()
}

// sharedFolder lasts as long as the tests run: it holds what several look at and none
// changes.
var sharedFolder string

// call is one command given to a worker, and said what came of it.
type (
	call struct {
		Dir       string
		Env, Args []string
	}
	said struct {
		Code      int
		Out, Talk []byte
	}
)

// work runs one command after the other until nobody gives one.
func work(in io.Reader, out io.Writer) {
	os.Stdout = os.Stderr // what is not written to the streams of a world is seen
	calls, answers := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var c call
		if err := calls.Decode(&c); err != nil {
			return
		}
		os.Clearenv()
		for _, pair := range c.Env {
			name, value, _ := strings.Cut(pair, "=")
			if err := os.Setenv(name, value); err != nil {
				panic(err)
			}
		}
		if err := os.Chdir(c.Dir); err != nil {
			panic(err)
		}
		var stdout, talk bytes.Buffer
		code := cli.Main(c.Args, world(&stdout, &talk))
		if err := answers.Encode(said{code, stdout.Bytes(), talk.Bytes()}); err != nil {
			panic(err)
		}
	}
}

// worker is a process that works for the scripts.
type worker struct {
	cmd     *exec.Cmd
	in      io.Closer
	calls   *gob.Encoder
	answers *gob.Decoder
	talk    bytes.Buffer // what it says before it breaks
}

// pool holds the workers that rest; as many are started as scripts run at once.
type pool struct {
	program string
	resting chan *worker
}

var workers = pool{resting: make(chan *worker, runtime.GOMAXPROCS(0)+1)}

func (p *pool) take() (*worker, error) {
	select {
	case w := <-p.resting:
		return w, nil
	default:
	}
	w := &worker{cmd: exec.Command(p.program)}
	w.cmd.Stderr = &w.talk
	for _, name := range []string{"GORACE", "GOCOVERDIR"} {
		w.cmd.Env = append(w.cmd.Env, name+"="+os.Getenv(name))
	}
	for _, name := range readOnce {
		if first := firstSetting(name); first != "" {
			w.cmd.Env = append(w.cmd.Env, name+"="+first)
		}
	}
	in, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.in, w.calls, w.answers = in, gob.NewEncoder(in), gob.NewDecoder(out)
	return w, w.cmd.Start()
}

func (p *pool) rest(w *worker) {
	select {
	case p.resting <- w:
	default:
		w.stop()
	}
}

func (p *pool) stop() {
	for {
		select {
		case w := <-p.resting:
			w.stop()
		default:
			return
		}
	}
}

func (w *worker) stop() {
	_ = w.in.Close()
	_ = w.cmd.Wait()
}

// run gives a command to a worker. One that breaks is gone, and what it said is the
// error.
func (p *pool) run(c call) (*said, error) {
	w, err := p.take()
	if err != nil {
		return nil, err
	}
	var answer said
	if err = w.calls.Encode(c); err == nil {
		err = w.answers.Decode(&answer)
	}
	if err != nil {
		w.stop()
		return nil, fmt.Errorf("kept %q broke: %w\n%s", c.Args, err, w.talk.String())
	}
	p.rest(w)
	return &answer, nil
}

// readOnce are the settings that a process reads when it starts: a script that
// changes one has kept started anew.
var readOnce = []string{"TZ", "LANG", "LC_ALL", "GOMAXPROCS", "GOGC", "GODEBUG", "GOMEMLIMIT"}

// firstSetting is what a script begins with (isolate).
func firstSetting(name string) string {
	if name == "TZ" {
		return scriptZone
	}
	return ""
}

// settings are the names of the variables of a script, those it is given and those
// it sets itself.
type settings struct{}

var setsVariable = regexp.MustCompile(`(?m)^env ([A-Za-z_][A-Za-z0-9_]*)=`)

func settingsOf(env *testscript.Env) ([]string, error) {
	var names []string
	for _, pair := range env.Vars {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	scripts, err := filepath.Glob(filepath.Join(scriptFolder, "*.txt"))
	if err != nil {
		return nil, err
	}
	for _, file := range scripts {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range setsVariable.FindAllStringSubmatch(string(text), -1) {
			names = append(names, m[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// keptIn runs kept where the script stands and returns its exit code; ok is false
// where the script wants a process of its own.
func keptIn(ts *testscript.TestScript, args []string) (code int, ok bool) {
	c := call{Dir: ts.MkAbs("."), Args: args}
	for _, name := range ts.Value(settings{}).([]string) {
		value := ts.Getenv(name)
		if slices.Contains(readOnce, name) && value != firstSetting(name) {
			return 0, false
		}
		if value != "" {
			c.Env = append(c.Env, name+"="+value)
		}
	}
	c.Env = append(c.Env, "PWD="+c.Dir)
	answer, err := workers.run(c)
	ts.Check(err)
	_, _ = ts.Stdout().Write(answer.Out) // into memory
	_, _ = ts.Stderr().Write(answer.Talk)
	return answer.Code, true
}

// runKept is the command kept of a script.
func runKept(ts *testscript.TestScript, neg bool, args []string) {
	code, ok := keptIn(ts, args)
	if !ok {
		err := ts.Exec(asKept, args...)
		if (err != nil) != neg {
			ts.Fatalf("kept %q: %v", args, err)
		}
		return
	}
	if (code != 0) != neg {
		ts.Fatalf("kept %q ended with exit code %d", args, code)
	}
}

package watch

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// told runs a tree and gives what it tells.
func told(t *testing.T, tree Tree) <-chan []string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	news, ended := make(chan []string, 100), make(chan bool)
	go func() {
		defer close(ended)
		tree.Run(ctx, func(names []string) {
			select {
			case news <- names:
			default:
			}
		})
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return news
}

// await waits until a name is told, changing the file again as long as the watch
// has not begun.
func await(t *testing.T, news <-chan []string, name string, change func()) {
	t.Helper()
	change()
	deadline := time.After(30 * time.Second)
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case names := <-news:
			if Below(name, names) {
				return
			}
		case <-again.C:
			change()
		case <-deadline:
			t.Fatalf("nobody told of %s", name)
		}
	}
}

func write(t *testing.T, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(time.Now().String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestTellsOfFilesAndNewFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "records/a/one.yaml"))
	news := told(t, Tree{Dir: dir, Poll: time.Hour})
	await(t, news, "records/a/one.yaml", func() { write(t, filepath.Join(dir, "records/a/one.yaml")) })
	await(t, news, "records/b/2026/two.yaml", func() { write(t, filepath.Join(dir, "records/b/2026/two.yaml")) })
	await(t, news, "records/b/2026/three.yaml", func() { write(t, filepath.Join(dir, "records/b/2026/three.yaml")) })
	await(t, news, "records/a", func() {
		if err := os.RemoveAll(filepath.Join(dir, "records/a")); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "records/a/four.yaml"))
	})
}

func TestSkipsWhatNobodyWants(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site/public/index.html"))
	write(t, filepath.Join(dir, "records/one.yaml"))
	news := told(t, Tree{Dir: dir, Poll: time.Hour, Skip: func(name string) bool { return name == "site/public" }})
	await(t, news, "records/one.yaml", func() {
		write(t, filepath.Join(dir, "site/public/index.html"))
		write(t, filepath.Join(dir, "records/one.yaml"))
	})
	for {
		select {
		case names := <-news:
			for _, name := range names {
				if strings.HasPrefix(name, "site/public") {
					t.Errorf("it told of %s", name)
				}
			}
			continue
		default:
		}
		break
	}
}

// A file elsewhere, as git's HEAD, is told by its whole path, and what lies beside
// it not at all.
func TestExtraFiles(t *testing.T) {
	dir, extra := t.TempDir(), t.TempDir()
	head := filepath.Join(extra, "HEAD")
	news := told(t, Tree{Dir: dir, Extra: []string{head, filepath.Join(extra, "not-there", "file")}, Poll: time.Hour})
	for range 3 {
		await(t, news, filepath.ToSlash(head), func() {
			write(t, filepath.Join(extra, "index"))
			write(t, head)
		})
	}
	write(t, filepath.Join(extra, "index"))
	write(t, filepath.Join(dir, "last"))
	for names := range news {
		for _, name := range names {
			if name != filepath.ToSlash(head) && name != "last" {
				t.Errorf("it told of %s", name)
			}
		}
		if Below("last", names) {
			break
		}
	}
}

// Where the operating system tells nothing, everything is looked at.
func TestPolls(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	n := 0
	Tree{Poll: time.Millisecond}.poll(ctx, func(names []string) {
		if names != nil {
			t.Errorf("it told of %q", names)
		}
		if n++; n == 3 {
			stop()
		}
	})
	if n < 3 {
		t.Errorf("looked %d times", n)
	}
}

func TestBelow(t *testing.T) {
	for _, c := range []struct {
		name  string
		names []string
		want  bool
	}{
		{"records/a.yaml", nil, true},
		{"records/a.yaml", []string{"records/a.yaml"}, true},
		{"records/a/b.yaml", []string{"kept.yaml", "records/a"}, true},
		{"records/ab.yaml", []string{"records/a"}, false},
	} {
		if got := Below(c.name, c.names); got != c.want {
			t.Errorf("Below(%q, %q) = %v", c.name, c.names, got)
		}
	}
}

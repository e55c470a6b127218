package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// childEnv makes the test binary a child that prints one digest and ends.
const childEnv = "KEPT_PDF_CHILD"

// TestDigestOfAnotherProcess is the child's part of the test below.
func TestDigestOfAnotherProcess(t *testing.T) {
	got := papersDigest(t)
	if os.Getenv(childEnv) != "" {
		fmt.Printf("\ndigest=%s;\n", got)
	}
}

// papersDigest is of a register, a report and a paper that holds a long run.
func papersDigest(t *testing.T) string {
	sum := sha256.New()
	sum.Write(mustPrint(t, register(t, 200)))
	sum.Write(mustPrint(t, report(t)))
	p := register(t, 1)
	everywhere(p, "𠮷一丁丂七丄丅丆万\u202e投诉")
	sum.Write(mustPrint(t, p))
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// TestSameBytesInOtherProcesses prints under other zones, locales and numbers of
// processors, each in a process of its own, with maps in another order.
func TestSameBytesInOtherProcesses(t *testing.T) {
	want := fmt.Appendf(nil, "digest=%s;", papersDigest(t))
	for _, env := range [][]string{
		{"TZ=UTC", "GOMAXPROCS=1", "LC_ALL=C"},
		{"TZ=Pacific/Kiritimati", "GOMAXPROCS=4", "LC_ALL=zh_CN.UTF-8"},
		{"TZ=America/St_Johns", "GOGC=10", "LANG=de_DE.UTF-8"},
	} {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestDigestOfAnotherProcess$", "-test.count=1")
		cmd.Env = append(append(os.Environ(), env...), childEnv+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		if !bytes.Contains(out, want) {
			t.Errorf("%v prints other bytes:\n%s\nwant %s", env, out, want)
		}
	}
}

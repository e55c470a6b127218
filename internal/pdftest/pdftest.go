// Package pdftest reads a PDF the way people do, through poppler and qpdf, so
// that tests judge what a reader gets and not what was meant. A missing tool
// fails the test with the command that installs it.
package pdftest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// Text is all text in the order of the content streams, pages parted by \f.
func Text(t testing.TB, pdf []byte) string {
	t.Helper()
	return string(run(t, "pdftotext", "-raw", "-enc", "UTF-8", save(t, pdf), "-"))
}

// Layout is all text as it stands on the pages.
func Layout(t testing.TB, pdf []byte) string {
	t.Helper()
	return string(run(t, "pdftotext", "-layout", "-enc", "UTF-8", save(t, pdf), "-"))
}

// Pages is the text of each page.
func Pages(t testing.TB, pdf []byte) []string {
	t.Helper()
	return strings.Split(strings.TrimSuffix(Text(t, pdf), "\f"), "\f")
}

// Info is what pdfinfo says, by label: Title, Author, Pages, PDF version.
func Info(t testing.TB, pdf []byte) map[string]string {
	t.Helper()
	info := map[string]string{}
	for line := range strings.Lines(string(run(t, "pdfinfo", "-isodates", save(t, pdf)))) {
		if label, value, ok := strings.Cut(line, ":"); ok {
			info[label] = strings.TrimSpace(value)
		}
	}
	return info
}

// PageCount is the number of pages.
func PageCount(t testing.TB, pdf []byte) int {
	t.Helper()
	n, err := strconv.Atoi(Info(t, pdf)["Pages"])
	if err != nil {
		t.Fatalf("read page count: %v", err)
	}
	return n
}

// Metadata is the XMP packet.
func Metadata(t testing.TB, pdf []byte) string {
	t.Helper()
	return string(run(t, "pdfinfo", "-meta", save(t, pdf)))
}

// Font is one face of a file.
type Font struct {
	Name     string
	Type     string
	Embedded bool
	Unicode  bool // its text copies back
}

// Fonts lists the faces.
func Fonts(t testing.TB, pdf []byte) []Font {
	t.Helper()
	var fonts []Font
	lines := strings.Split(string(run(t, "pdffonts", save(t, pdf))), "\n")
	for _, line := range lines[min(2, len(lines)):] {
		f := strings.Fields(line)
		if len(f) < 8 {
			continue
		}
		tail := f[len(f)-5:] // emb sub uni object-number generation
		fonts = append(fonts, Font{f[0], strings.Join(f[1:len(f)-6], " "), tail[0] == "yes", tail[2] == "yes"})
	}
	return fonts
}

// Check fails the test where qpdf finds anything wrong with the file.
func Check(t testing.TB, pdf []byte) {
	t.Helper()
	out := string(run(t, "qpdf", "--check", save(t, pdf)))
	if !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Fatalf("qpdf finds fault:\n%s", out)
	}
}

// Attachments are the embedded files by name.
func Attachments(t testing.TB, pdf []byte) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	run(t, "pdfdetach", "-saveall", "-o", dir, save(t, pdf))
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if files[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Squeeze takes all blanks out of a text, to compare what line breaks have
// parted.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// JSON is qpdf's description of the whole file's structure.
func JSON(t testing.TB, pdf []byte) []byte {
	t.Helper()
	return run(t, "qpdf", "--json=2", save(t, pdf))
}

func save(t testing.TB, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "print.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// run returns a tool's output. C.UTF-8 is set, because poppler writes file
// names in the locale's encoding.
func run(t testing.TB, tool string, args ...string) []byte {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Fatalf("%s is missing; install it: apt-get install %s", tool, packageOf(tool))
	}
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("run %s: %v\n%s%s", tool, err, out.String(), complaint.String())
	}
	return out.Bytes()
}

func packageOf(tool string) string {
	if tool == "qpdf" {
		return "qpdf"
	}
	return "poppler-utils"
}

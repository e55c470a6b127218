package pdf

import (
	"fmt"
	"strings"
	"testing"

	"kept/internal/pdftest"
)

// completed is a paper's file with additions of its own.
func completed(t *testing.T, add additions) string {
	t.Helper()
	data, d := framed(t)
	f, err := readFrame(data, len(d.pages))
	if err != nil {
		t.Fatal(err)
	}
	add.faces, add.used, add.stamps = d.faces, &d.used, d.stamps
	out, err := complete(f, d.pages, add)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestComplete(t *testing.T) {
	file := attachment{name: "来源.yaml", kind: "application/yaml", data: []byte("a: 1\n")}
	out := completed(t, additions{lang: "zh-CN", xmp: []byte("<x/>"), files: []attachment{file}})
	pdftest.Check(t, []byte(out))
	for _, want := range []string{
		"/Type /Metadata /Subtype /XML /Length 4 >>\nstream\n<x/>\nendstream",
		"/Subtype /application#2Fyaml /Params << /Size 5 >>",
		"/UF <FEFF67656E90002E00790061006D006C>", "/Lang (zh-CN)", "/AF [",
	} {
		if n := strings.Count(out, want); n != 1 {
			t.Errorf("the file holds %q %d times", want, n)
		}
	}
	for _, never := range []string{"/Prev ", "/OpenAction", "/JavaScript"} {
		if strings.Contains(out, "\n"+never) {
			t.Errorf("the file holds %q", never)
		}
	}
	if got := pdftest.Attachments(t, []byte(out))["来源.yaml"]; string(got) != "a: 1\n" {
		t.Errorf("the attachment holds %q", got)
	}
}

// Every entry of the table leads to the object it names, and there is one table.
func TestCompleteOffsets(t *testing.T) {
	out := completed(t, additions{lang: "en", xmp: []byte("x")})
	start := 0
	if _, err := fmt.Sscan(out[strings.LastIndex(out, "startxref")+10:], &start); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out[start:], "\n")
	count := 0
	if _, err := fmt.Sscanf(lines[1], "0 %d", &count); err != nil || lines[0] != "xref" || strings.Count(out, "startxref") != 1 {
		t.Fatalf("the table begins %q: %v", lines[:2], err)
	}
	for n := 1; n < count; n++ {
		offset, line := 0, lines[2+n]
		if _, err := fmt.Sscanf(line, "%d 00000 n", &offset); err != nil || len(line) != 19 {
			t.Fatalf("entry %q of object %d: %v", line, n, err)
		}
		if head := fmt.Sprintf("%d 0 obj\n", n); !strings.HasPrefix(out[offset:], head) {
			t.Errorf("object %d is not at %d", n, offset)
		}
	}
}

func TestCompleteWithoutAttachment(t *testing.T) {
	out := completed(t, additions{lang: "en", xmp: []byte("x")})
	for _, never := range []string{"EmbeddedFile", "/AF", "Filespec"} {
		if strings.Contains(out, never) {
			t.Errorf("a file without attachment holds %q", never)
		}
	}
}

func TestCompleteRefuses(t *testing.T) {
	for want, spoil := range map[string]func(frame){
		"no catalogue": func(f frame) { f.bodies[f.root] = []byte("<< /Type /Pages >>") },
		"no resources": func(f frame) { f.bodies[resourceNumber] = []byte("<< >>") },
		"page 2":       func(f frame) { f.bodies[contentsOf(1)] = []byte("<< >>") },
	} {
		data, d := framed(t)
		f, err := readFrame(data, len(d.pages))
		if err != nil {
			t.Fatal(err)
		}
		spoil(f)
		if _, err := complete(f, d.pages, additions{lang: "en"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("complete says %v, want %q", err, want)
		}
	}
}

func TestUTF16Hex(t *testing.T) {
	for s, want := range map[string]string{"": "<FEFF>", "A": "<FEFF0041>", "投": "<FEFF6295>", "𠮷": "<FEFFD842DFB7>"} {
		if got := utf16Hex(s); got != want {
			t.Errorf("utf16Hex(%q) = %q, want %q", s, got, want)
		}
	}
}

package pdf

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kept/internal/pdftest"
	"kept/internal/portal"
	"kept/internal/tooltest"
)

// Several files travel in a paper, each under a name that leads nowhere: poppler lists
// and saves them, and nothing of theirs lies outside of the folder asked for.
func TestAttachmentsOfAPaper(t *testing.T) {
	p := register(t, 1)
	p.Sources = []portal.PrintAttachment{
		{Name: "sources.yaml", Data: bytes.Repeat([]byte("a: 甲\n"), 1000)},
		{Name: "../../外面/办法(1).md", Type: "text/markdown", Data: []byte("# 甲\n")},
		{Name: `C:\x.md`, Data: []byte("b")},
		{Name: ".hidden\u202e\n", Data: []byte("c")},
		{Name: "", Data: []byte("none")},
	}
	want := map[string]string{
		"sources.yaml": string(p.Sources[0].Data), "_.._外面_办法(1).md": "# 甲\n", "C__x.md": "b", "hidden_": "c", p.Attachment.Name: string(p.Attachment.Data),
	}
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	got := pdftest.Attachments(t, data)
	for name, text := range want {
		if string(got[name]) != text {
			t.Errorf("%q holds %q", name, got[name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("the files are %v", slices.Sorted(maps.Keys(got)))
	}
	if bytes.Contains(data, []byte("a: 甲\na: 甲\n")) {
		t.Error("what travels is not compressed")
	}
	if !bytes.Equal(mustPrint(t, p), data) {
		t.Error("another time there are other bytes")
	}
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if list := tooltest.Run(t, "", "pdfdetach", "-list", file); !strings.HasPrefix(list, "5 embedded files") {
		t.Errorf("poppler lists %q", list)
	}
}

// A name is ASCII where a reader knows no other.
func TestPlainNames(t *testing.T) {
	for in, want := range map[string]string{"sources.yaml": "sources.yaml", "办法(1).md": "___1_.md"} {
		if got := plainName(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	if attachmentName(" .. ") != "source" || len([]rune(attachmentName(strings.Repeat("长", 500)))) > 121 {
		t.Error("a name of dots, or a long one, stays")
	}
}

package pdf

import (
	"fmt"
	"strings"
	"testing"
)

// small is the least file that can be amended: a catalogue, its pages and the
// information.
func small(names string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.3\n")
	var at [4]int
	for i, body := range []string{"", "<</Type /Pages /Kids [] /Count 0>>", "<</Title (x)>>", "<<\n/Type /Catalog\n/Pages 1 0 R\n" + names + ">>"} {
		if i == 0 {
			continue
		}
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i, body)
	}
	start := b.Len()
	b.WriteString("xref\n0 4\n0000000000 65535 f \n")
	for _, o := range at[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<<\n/Size 4\n/Root 3 0 R\n/Info 2 0 R\n>>\nstartxref\n%d\n%%%%EOF\n", start)
	return b.String()
}

func TestAmendAppends(t *testing.T) {
	in := small("/Names <</EmbeddedFiles 9 0 R>>\n")
	add := additions{lang: "zh-CN", xmp: []byte("<x/>"), name: "来源.yaml", data: []byte("a: 1\n")}
	data, err := amend([]byte(in), add)
	if err != nil {
		t.Fatal(err)
	}
	out := string(data)
	if !strings.HasPrefix(out, in) {
		t.Fatal("the bytes before are not kept")
	}
	added := out[len(in):]
	for _, want := range []string{
		"4 0 obj\n<< /Type /Metadata /Subtype /XML /Length 4 >>\nstream\n<x/>\nendstream",
		"/Params << /Size 5 >> /Length 5 >>\nstream\na: 1\n\nendstream",
		"/UF <FEFF67656E90002E00790061006D006C>",
		"/Lang (zh-CN) /Metadata 4 0 R", "/Pages 1 0 R", "/AF [6 0 R]",
		"/Size 7 /Root 3 0 R /Info 2 0 R /Prev " + fmt.Sprint(strings.LastIndex(in, "xref\n0")),
	} {
		if !strings.Contains(added, want) {
			t.Errorf("the update lacks %q:\n%s", want, added)
		}
	}
	if strings.Contains(added, "9 0 R") {
		t.Error("the names of the file before are kept beside the new ones")
	}
}

// Every entry of the new table leads to the object it names.
func TestAmendOffsets(t *testing.T) {
	data, err := amend([]byte(small("")), additions{lang: "en", xmp: []byte("x"), name: "a", data: []byte("b")})
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(data[strings.LastIndex(string(data), "startxref"):]))
	var start int
	if _, err := fmt.Sscan(fields[1], &start); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data[start:]), "\n")
	if lines[0] != "xref" || lines[1] != "3 1" || lines[3] != "4 3" {
		t.Fatalf("the table begins %q", lines[:4])
	}
	for object, line := range map[int]string{3: lines[2], 4: lines[4], 5: lines[5], 6: lines[6]} {
		var offset int
		if _, err := fmt.Sscanf(line, "%d 00000 n", &offset); err != nil || len(line) != 19 {
			t.Fatalf("entry %q of object %d: %v", line, object, err)
		}
		if head := fmt.Sprintf("%d 0 obj\n", object); !strings.HasPrefix(string(data[offset:]), head) {
			t.Errorf("object %d is not at %d", object, offset)
		}
	}
}

func TestAmendWithoutAttachment(t *testing.T) {
	data, err := amend([]byte(small("")), additions{lang: "en", xmp: []byte("x")})
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"EmbeddedFile", "/AF", "Filespec"} {
		if strings.Contains(string(data), never) {
			t.Errorf("a file without attachment holds %q", never)
		}
	}
}

func TestAmendRefuses(t *testing.T) {
	whole := small("")
	for name, c := range map[string]struct{ in, want string }{
		"nothing":         {"", "has no trailer"},
		"no trailer":      {strings.ReplaceAll(whole, "trailer", "tailer"), "has no trailer"},
		"no size":         {strings.Replace(whole, "/Size 4", "/Size x", 1), "trailer is incomplete"},
		"no root":         {strings.Replace(whole, "/Root", "/Rood", 1), "trailer is incomplete"},
		"no cross table":  {whole[:strings.LastIndex(whole, "startxref")], "trailer is incomplete"},
		"other catalogue": {strings.Replace(whole, "/Root 3", "/Root 8", 1), "no catalogue"},
		"endless":         {strings.ReplaceAll(whole, "endobj", "endob"), "no end"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := amend([]byte(c.in), additions{lang: "en"})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("amend says %v, want %q", err, c.want)
			}
		})
	}
}

func TestUTF16Hex(t *testing.T) {
	for s, want := range map[string]string{"": "<FEFF>", "A": "<FEFF0041>", "投": "<FEFF6295>", "𠮷": "<FEFFD842DFB7>"} {
		if got := utf16Hex(s); got != want {
			t.Errorf("utf16Hex(%q) = %q, want %q", s, got, want)
		}
	}
}

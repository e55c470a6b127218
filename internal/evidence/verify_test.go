package evidence

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestTextChanges(t *testing.T) {
	words := func(s string) []string { return strings.Fields(s) }
	for _, c := range []struct{ a, b, want string }{
		{"", "", "[]"},
		{"a b c", "a b c", "[]"},
		{"a b c d", "a x c d", "[{a b x}]"},
		{"a b c d", "a c d", "[{a b }]"},
		{"a c d", "a b c d", "[{a  b}]"},
		{"a b", "a b c", "[{b  c}]"},
		{"a b c", "a b", "[{b c }]"},
		{"a b c d e f", "a x c d y f", "[{a b x} {d e y}]"},
		{"a b", "c d", "[{ a c} { b d}]"},
	} {
		if got := fmt.Sprint(TextChanges(words(c.a), words(c.b), 9)); got != c.want {
			t.Errorf("%q and %q differ by %s, want %s", c.a, c.b, got, c.want)
		}
	}
	if got := TextChanges(words("a b c d e f"), words("x b c y e f"), 1); len(got) != 1 {
		t.Errorf("%d differences where one was asked for", len(got))
	}
}

func TestRowChanges(t *testing.T) {
	paper := func(rows ...string) Content {
		var c Content
		for _, r := range rows {
			id, cells, _ := strings.Cut(r, ":")
			c.Lines = append(c.Lines, Line{"row", id})
			for cell := range strings.SplitSeq(cells, ",") {
				c.Lines = append(c.Lines, Line{"cell", cell})
			}
		}
		return c
	}
	for _, c := range []struct {
		a, b Content
		want string
	}{
		{paper("A:x=1,y=2"), paper("A:x=1,y=2"), "[]"},
		{paper("A:x=1,y=2", "B:x=1"), paper("A:x=1,y=3", "B:x=1"), "[{A y=2 y=3}]"},
		{paper("A:x=1", "B:x=2"), paper("B:x=2"), "[{A x=1 }]"},
		{paper("B:x=2"), paper("A:x=1", "B:x=2"), "[{A  x=1}]"},
		{paper("K:b=1", "K:b=2"), paper("K:b=1", "K:b=3"), "[{K b=2 b=3}]"},
	} {
		if got := fmt.Sprint(RowChanges(c.a, c.b)); got != c.want {
			t.Errorf("rows differ by %s, want %s", got, c.want)
		}
	}
}

func packed(text string) string {
	var b strings.Builder
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

// attached is an object that holds a file.
func attached(body string) string {
	return "9 0 obj\n<< /Type /EmbeddedFile >>\nstream\n" + body + "\nendstream\nendobj\n"
}

// madeUp is a PDF of as little as is read of one.
func madeUp(xmp string, texts ...string) []byte {
	var page bytes.Buffer
	for _, text := range texts {
		page.WriteString("BT 9 0 0 9 1 1 Tm (")
		for _, u := range utf16.Encode([]rune(text)) {
			for _, b := range []byte{byte(u >> 8), byte(u)} {
				if strings.IndexByte(`()\`, b) >= 0 {
					page.WriteByte('\\')
				}
				if b == '\r' {
					page.WriteString(`\r`)
					continue
				}
				page.WriteByte(b)
			}
		}
		page.WriteString(")Tj ET\n")
	}
	return []byte("%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + packed(page.String()) + "\nendstream\n" + xmp + "\ntrailer\n<< >>\n%%EOF\n")
}

const code = "kpi-monthly.2026-07.0123456789ab.0123456789"

func TestReadPaper(t *testing.T) {
	xmp := "<dc:identifier>" + code + "</dc:identifier><xmp:CreatorTool>kept 1.2 &amp; 3</xmp:CreatorTool>" +
		"<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language><dc:source>git:" + strings.Repeat("0a", 20) + "</dc:source>" +
		"<dc:date><rdf:Seq><rdf:li>2026-10-08T10:00:00+08:00</rdf:li></rdf:Seq></dc:date>\n"
	// The provenance, and a source that says what pages say, which is no text of a page.
	const yaml = "data_version: \"0a\"\nedition: \"audit\"\ncontacts: true\n"
	source := attached(packed("Tm (\x00a)Tj\nedition: \"internal\"\n"))
	for _, provenance := range []string{yaml, packed(yaml)} { // as earlier versions wrote it, and as this one does
		p, _ := ReadPaper(madeUp(xmp+attached(provenance)+source, "页"))
		if p.Edition != "audit" || !p.Contacts || strings.TrimSpace(string(p.Provenance)) != strings.TrimSpace(yaml) || len(p.Texts) != 1 {
			t.Errorf("read %+v", p)
		}
	}
	p, fault := ReadPaper(madeUp(xmp+attached(yaml), "投诉(台账)", `a\b`, "页"))
	if fault != Whole || p.Code.String() != code || p.Tool != "1.2 & 3" || p.Lang != "zh-CN" || p.Commit != strings.Repeat("0a", 20) ||
		p.AsOf != "2026-10-08T10:00:00+08:00" || p.Edition != "audit" || fmt.Sprintf("%q", p.Texts) != `["投诉(台账)" "a\\b" "页"]` {
		t.Errorf("read %+v, %q", p, fault)
	}
	// The last statement counts: an update of a PDF stands at its end.
	if p, _ := ReadPaper(madeUp("<dc:identifier>x.-.-.0000000000</dc:identifier>" + xmp)); p.Code.String() != code {
		t.Errorf("the code is %q", p.Code)
	}
}

func TestReadPaperFaults(t *testing.T) {
	whole := madeUp("<dc:identifier>" + code + "</dc:identifier>")
	for name, c := range map[string]struct {
		data []byte
		want FileFault
	}{
		"empty":         {nil, NoPDF},
		"text":          {[]byte("id: x\n"), NoPDF},
		"cut off":       {whole[:len(whole)-8], CutOff},
		"foreign":       {madeUp("<dc:identifier>urn:isbn:1</dc:identifier>"), Foreign},
		"hostile code":  {madeUp("<dc:identifier>" + strings.Repeat("a.", 190) + "</dc:identifier>"), Foreign},
		"encrypted":     {bytes.Replace(madeUp(""), []byte("trailer\n<< "), []byte("trailer\n<< /Encrypt 9 0 R "), 1), Encrypted},
		"broken stream": {bytes.Replace(whole, []byte("stream\n"), []byte("stream\nx"), 1), Whole},
	} {
		if p, got := ReadPaper(c.data); got != c.want {
			t.Errorf("%s: %q, want %q (%+v)", name, got, c.want, p)
		}
	}
}

// Whatever the bytes, reading ends, and without a panic.
func FuzzReadPaper(f *testing.F) {
	f.Add(madeUp("<dc:identifier>"+code+"</dc:identifier>", "a(b"))
	f.Add([]byte("%PDF-1.7 stream\nTm (\\ %%EOF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, fault := ReadPaper(data); fault == Whole && p.Code.Digest == "" {
			t.Error("a whole paper has no code")
		}
	})
}

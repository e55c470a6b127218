package pdf

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"kept/internal/pdftest"
	"kept/internal/portal"
)

// properties reads a packet as a reader of XML does: each property's text by
// its local name.
func properties(t *testing.T, packet []byte) map[string]string {
	t.Helper()
	found := map[string]string{}
	var path []string
	for d := xml.NewDecoder(strings.NewReader(string(packet))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("the packet is no XML: %v\n%s", err, packet)
		}
		switch token := token.(type) {
		case xml.StartElement:
			path = append(path, token.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if len(path) > 3 {
				found[path[3]] += string(token)
			}
		}
	}
}

func TestXMP(t *testing.T) {
	p := register(t, 1)
	p.Title = `<台账> & "投诉"]]>`
	got := properties(t, newPaper(faces(), p).xmp())
	for name, want := range map[string]string{
		"title": p.Title + " 2026年9月", "creator": p.Organisation, "language": "zh-CN", "format": "application/pdf",
		"identifier": p.Code(), "Keywords": p.Code(), "source": "git:" + p.DataVersion,
		"CreateDate": "2026-10-01T00:30:00Z", "ModifyDate": "2026-10-01T00:30:00Z", "CreatorTool": "kept",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

// A paper of no commit names none, and its moment is a fixed one.
func TestXMPOfNoCommit(t *testing.T) {
	p := register(t, 1)
	p.DataVersion, p.Created = "", time.Time{}
	got := properties(t, newPaper(faces(), p).xmp())
	if source, known := got["source"]; known {
		t.Errorf("the source is %q", source)
	}
	if got["CreateDate"] != "1970-01-01T00:00:00Z" {
		t.Errorf("the moment is %q", got["CreateDate"])
	}
}

func TestElement(t *testing.T) {
	var b strings.Builder
	element(&b, "dc:title", `rdf:Alt/rdf:li xml:lang="x-default"`, "a<b")
	element(&b, "dc:format", "", "x")
	want := `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">a&lt;b</rdf:li></rdf:Alt></dc:title><dc:format>x</dc:format>`
	if b.String() != want {
		t.Errorf("element writes %s, want %s", b.String(), want)
	}
}

// The information and the outline say what the page's face may lack; what would act is
// named.
func TestInformationSaysRareCharacters(t *testing.T) {
	p := register(t, 1)
	p.Title, p.Organisation = "𠮷野家台账", "好😀公司\u202e"
	p.Sections = append(p.Sections, portal.PrintSection{Heading: "𠮷野家小结"})
	data := mustPrint(t, p)
	pdftest.Check(t, data)
	info := pdftest.Info(t, data)
	if want := "𠮷野家台账 2026年9月"; info["Title"] != want {
		t.Errorf("the title is %q, want %q", info["Title"], want)
	}
	if want := "好😀公司[U+202E]"; info["Author"] != want {
		t.Errorf("the author is %q, want %q", info["Author"], want)
	}
	structure := string(pdftest.JSON(t, data))
	for _, want := range []string{`"title": "𠮷野家台账"`, `"title": "𠮷野家小结"`} {
		if !strings.Contains(structure, want) {
			t.Errorf("no bookmark says %s", want)
		}
	}
}

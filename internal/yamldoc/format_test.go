package yamldoc_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kept/internal/yamldoc"
)

var formatOrder = []string{"schema", "id", "title", "when", "list", "list.id", "list.text", "map", "map.a", "map.b", "text", "note"}

func format(t testing.TB, text string) (string, bool) {
	t.Helper()
	out, found := yamldoc.Format("x.yaml", []byte(text), yamldoc.FormatOptions{Order: formatOrder})
	if (out == nil) != (len(found) > 0) {
		t.Errorf("both or neither of a text and a finding: %q %v", out, found)
	}
	return string(out), out != nil
}

func TestFormat(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"order, quotes, indentation": {
			"title: 'x'\nid:   A1\nwhen: 2026-09-01\nmap:\n    b: no\n    a: \"text\"\n",
			"id: A1\ntitle: x\nwhen: \"2026-09-01\"\nmap:\n  a: text\n  b: \"no\"\n",
		},
		"unknown keys keep their order behind": {"z: 1\nw: 2\nid: a\n", "id: a\nz: 1\nw: 2\n"},
		"flow stays, blocks stay": {
			"list:\n- {text: a,id: \"1\"}\n- id: b\n  text: c\nmap: { b: 1 , a: [x,z] }\n",
			"list:\n  - {id: \"1\", text: a}\n  - id: b\n    text: c\nmap: {a: [x, z], b: 1}\n",
		},
		"long flow opens": {
			"map: {a: " + strings.Repeat("甲", 90) + ", b: " + strings.Repeat("乙", 90) + "}\n",
			"map:\n  a: " + strings.Repeat("甲", 90) + "\n  b: " + strings.Repeat("乙", 90) + "\n",
		},
		"comments go with their keys": {
			"# head\n\n# of title\ntitle: x   # behind\n# of id\nid: a\nlist: # list\n  # first\n  - b # item\n  # after\n# end\n",
			"# head\n\n# of id\nid: a\n# of title\ntitle: x   # behind\nlist: # list\n  # first\n  - b # item\n  # after\n# end\n",
		},
		"comments in items": {
			"list:\n  # one\n  - text: a # ta\n    # of id\n    id: b\n    # last of item\n",
			"list:\n  # one\n  -\n    # of id\n    id: b\n    text: a # ta\n    # last of item\n",
		},
		"hash is not always a comment": {"title: a#b\ntext: \"x # y\"\nnote: it's # c\n", "title: a#b\ntext: \"x # y\"\nnote: it's # c\n"},
		"blank lines":                  {"id: a\n\n\n\ntitle: b\n\n", "id: a\n\ntitle: b\n"},
		"CRLF and BOM":                 {"\ufeffid: a\r\ntext: |\r\n  x\r\n  y\r\n", "id: a\ntext: |\n  x\n  y\n"},
		"literal":                      {"text: |-   # c\n     # no comment\n       deeper\n\n     x\nid: a\n", "id: a\ntext: |-   # c\n  # no comment\n    deeper\n\n  x\n"},
		"folded":                       {"text: >\n    a\n    b\n\n    c\nid: a\n", "id: a\ntext: >\n  a\n  b\n\n  c\n"},
		"kept line feeds":              {"text: |+\n  a\n\n\nid: a\n", "id: a\ntext: |+\n  a\n\n\n"},
		"escaped line feeds":           {"text: \"a\\nb\\n\"\n", "text: |\n  a\n  b\n"},
		"quoted over lines":            {"text: \"a\n  b\" # c\nid: 'it''s\n\n  so'\n", "id: |-\n  it's\n  so\ntext: a b # c\n"},
		"flow over lines":              {"list: [a,\n  b,\n  c] # d\n", "list: [a, b, c] # d\n"},
		"anchors keep the order":       {"title: &t x\nid: *t\nmap: &m\n  b: 1\nlist:\n  - *m\n", "title: &t x\nid: *t\nmap: &m\n  b: 1\nlist:\n  - *m\n"},
		"anchored list":                {"list: &l # a\n  # b\n  - x # c\n  -\n    - |\n      # no\n  # d\nmap: *l\n", "list: &l # a\n  # b\n  - x # c\n  -\n    - |\n      # no\n  # d\nmap: *l\n"},
		"nothing and flags":            {"id:\ntitle: null\nmap: {a: , b: true}\ntext: ~\n", "id:\ntitle: null\nmap: {a: null, b: true}\ntext: \"~\"\n"},
		"emoji":                        {"title: \"😀 a\" # 😀\n", "title: 😀 a # 😀\n"},
		"document marks":               {"---\nid: a\n...\n", "id: a\n"},
		"empty collections":            {"list: [ ]\nmap: { }\n", "list: []\nmap: {}\n"},
		"behind a bare dash":           {"list:\n  - a\n  - # c\n    id: b\n", "list:\n  - a\n  - # c\n    id: b\n"},
		"lists in lists":               {"list:\n  - - a\n    - b # c\n  -\n    - d\n", "list:\n  -\n    - a\n    - b # c\n  -\n    - d\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := format(t, c.text)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatal(diff)
			}
			if again, _ := format(t, got); again != got {
				t.Errorf("a second time: %s", again)
			}
		})
	}
}

// What has no certain place is left alone.
func TestFormatRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"comment in brackets":      "list: [a, # first\n  b]\n",
		"comment line in brackets": "list: [a,\n  # first\n  b]\n",
		"two behind one value":     "list: # one\n  [a, b] # two\n",
		"comment behind a mark":    "--- # c\nid: a\n",
		"no mapping":               "- a\n",
		"flow mapping":             "{a: 1}\n",
		"broken":                   "a: [\n",
		"tagged":                   "a: !!str 1\n",
		"duplicate":                "a: 1\na: 2\n",
		"nothing":                  "# only\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := format(t, text); ok {
				t.Errorf("was formatted:\n%s", got)
			}
		})
	}
}

// A large file of many comments takes no more than its size allows.
func TestFormatLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString("list:\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "  - a: %d # c\n    # x\n # y\n", i)
	}
	began := time.Now()
	if _, ok := format(t, b.String()); !ok {
		t.Error("was not formatted")
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestFormatHeading(t *testing.T) {
	o := yamldoc.FormatOptions{Heading: "yaml-language-server: $schema=../x.json"}
	for text, want := range map[string]string{
		"id: a\n":         "# yaml-language-server: $schema=../x.json\nid: a\n",
		"# note\nid: a\n": "# yaml-language-server: $schema=../x.json\n# note\nid: a\n",
		"# yaml-language-server: $schema=other.json\nid: a\n": "# yaml-language-server: $schema=other.json\nid: a\n",
	} {
		got, found := yamldoc.Format("x.yaml", []byte(text), o)
		if string(got) != want || len(found) > 0 {
			t.Errorf("%q became %q, %v", text, got, found)
		}
	}
}

// same demands equal values and the same comments at the same values.
func sameContent(t *testing.T, before, after string) {
	t.Helper()
	was, _ := yamldoc.Parse("x", []byte(before))
	is, found := yamldoc.Parse("x", []byte(after))
	if len(found) > 0 || !reflect.DeepEqual(was.Plain(), is.Plain()) {
		t.Fatalf("values changed:\n%s\nto\n%s", before, after)
	}
	// counted apart from what the formatter knows of comments
	if had, has := hashes(before), hashes(after); had != has {
		t.Errorf("comments changed from %s to %s:\n%s\nto\n%s", had, has, before, after)
	}
}

// hashes are the generated comments, c1, c2 …, in sorted order.
func hashes(text string) string {
	var list []string
	for i := range 200 {
		list = append(list, fmt.Sprint(strings.Count(text, fmt.Sprintf("# c%d.", i))))
	}
	return strings.Join(list, "")
}

// generator writes odd but valid documents.
type generator struct {
	rng      *rand.Rand
	b        strings.Builder
	comments int
	anchors  int
}

func (g *generator) comment(before string) string {
	if g.rng.IntN(4) > 0 {
		return ""
	}
	g.comments++
	return before + fmt.Sprintf("# c%d. %s", g.comments, []string{"说明", "a: b", "'x", "\"y", "[", "😀"}[g.rng.IntN(6)])
}

func (g *generator) between(indent string) {
	for g.rng.IntN(4) == 0 {
		if g.rng.IntN(3) == 0 {
			g.b.WriteString("\n")
		} else if c := g.comment(strings.Repeat(" ", g.rng.IntN(len(indent)+3))); c != "" {
			g.b.WriteString(c + "\n")
		}
	}
}

func (g *generator) scalar() string {
	return []string{"x", "甲 乙", "2026-09-01", "no", "'it''s # not'", "\"a # b\\n\"", "08", "1.50", "true", "null", "~", "😀", "a#b", "x:y", "it's", "'[a'", "\"q\\\"r\"", "http://a/b"}[g.rng.IntN(18)]
}

func (g *generator) value(indent string, depth int) {
	anchor := ""
	if g.rng.IntN(12) == 0 {
		g.anchors++
		anchor = fmt.Sprintf(" &n%d", g.anchors)
	} else if g.anchors > 0 && g.rng.IntN(15) == 0 {
		fmt.Fprintf(&g.b, " *n%d%s\n", 1+g.rng.IntN(g.anchors), g.comment(" "))
		return
	}
	kind := g.rng.IntN(10)
	if depth > 3 {
		kind %= 4
	}
	g.b.WriteString(anchor)
	switch {
	case kind < 4:
		g.b.WriteString(" " + g.scalar() + g.comment("  ") + "\n")
	case kind == 4:
		g.b.WriteString(" [" + "a, {b: 1, a: 'x, y'}, \"#\"]" + g.comment(" ") + "\n")
	case kind == 5:
		g.b.WriteString(" {b: 2026-01-01, a: [x, 1]}" + g.comment(" ") + "\n")
	case kind == 6:
		header := []string{"|", "|-", "|+", ">", ">-"}[g.rng.IntN(5)]
		fmt.Fprintf(&g.b, " %s%s\n%s    text # no\n%s    more: x\n\n%s    - end\n", header, g.comment(" "), indent, indent, indent)
	case kind == 7:
		g.b.WriteString(g.comment(" ") + "\n")
		for range 1 + g.rng.IntN(3) {
			g.between(indent + "  ")
			g.b.WriteString(indent + "  -")
			g.value(indent+"  ", depth+1)
		}
	default:
		g.b.WriteString(g.comment(" ") + "\n")
		g.mapping(indent+"   ", depth+1)
	}
}

func (g *generator) mapping(indent string, depth int) {
	keys := append([]string(nil), formatOrder...)
	g.rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for _, key := range keys[:1+g.rng.IntN(4)] {
		g.between(indent)
		g.b.WriteString(indent + strings.ReplaceAll(key, ".", "_") + ":")
		g.value(indent, depth)
	}
}

// Of some thousand odd documents every one is either formatted without a change
// of value or comment, to a form that stays, or left alone; few are.
func TestFormatKeepsGeneratedDocuments(t *testing.T) {
	done, all := 0, 0
	for seed := range uint64(3000) {
		g := &generator{rng: rand.New(rand.NewPCG(seed, 7))}
		g.mapping("", 0)
		g.between("")
		text := g.b.String()
		if seed%5 == 0 {
			text = strings.ReplaceAll(text, "\n", "\r\n")
		}
		if _, found := yamldoc.Parse("x", []byte(text)); len(found) > 0 {
			continue
		}
		all++
		out, ok := format(t, text)
		if !ok {
			continue
		}
		done++
		sameContent(t, text, out)
		if again, _ := format(t, out); again != out {
			t.Fatalf("not stable:\n%s\nthen\n%s", out, again)
		}
	}
	if all < 1500 || done*10 < all*8 {
		t.Errorf("of %d documents only %d were formatted", all, done)
	}
}

// The samples, as they are shipped, keep their values and comments.
func TestFormatKeepsSamples(t *testing.T) {
	n := 0
	for _, top := range []string{"../../records", "../../templates/init/records"} {
		files := os.DirFS(top)
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			n++
			data, err := fs.ReadFile(files, path)
			if err != nil {
				return err
			}
			out, ok := format(t, string(data))
			if !ok {
				t.Errorf("%s cannot be formatted", path)
				return nil
			}
			sameContent(t, string(data), out)
			if diff := cmp.Diff(len(yamldoc.CommentsOf(data)), len(yamldoc.CommentsOf([]byte(out)))); diff != "" {
				t.Errorf("%s: %s", path, diff)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 50 {
		t.Errorf("only %d samples", n)
	}
}

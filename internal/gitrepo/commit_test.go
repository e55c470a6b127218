package gitrepo

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseCommit(t *testing.T) {
	east := time.FixedZone("", 8*3600)
	person := Person{"王磊", "wl@example.cn", time.Unix(1767000000, 0).In(east)}
	headless := []Flaw{NoAuthor, NoCommitter}
	tests := []struct {
		name, data string
		want       Commit
	}{
		{
			"plain", "tree t\nparent p\nauthor 王磊 <wl@example.cn> 1767000000 +0800\ncommitter 王磊 <wl@example.cn> 1767000000 +0800\n\nadd\n\nbody\n\nReviewed-by: 周敏 <zm@example.cn>\nRefs: a\n  b\n",
			Commit{
				Tree: "t", Parents: []Hash{"p"}, Author: person, Committer: person,
				Message:  "add\n\nbody\n\nReviewed-by: 周敏 <zm@example.cn>\nRefs: a\n  b",
				Trailers: []Trailer{{"Reviewed-by", "周敏 <zm@example.cn>"}, {"Refs", "a b"}},
			},
		},
		{
			"signed", "tree t\nauthor 王磊 <wl@example.cn> 1767000000 +0800\ncommitter 王磊 <wl@example.cn> 1767000000 +0800\ngpgsig -----BEGIN\n parent fake\n -----END\n\nm",
			Commit{Tree: "t", Author: person, Committer: person, Message: "m", Signed: true},
		},
		{
			"two authors", "tree t\nauthor 王磊 <wl@example.cn> 1767000000 +0800\nauthor B <b> 1 +0000\ncommitter 王磊 <wl@example.cn> 1767000000 +0800\n\nm",
			Commit{Tree: "t", Author: person, Committer: person, Message: "m", Flaws: []Flaw{SecondAuthor}},
		},
		{
			"a parent after the author", "tree t\nparent p\nauthor 王磊 <wl@example.cn> 1767000000 +0800\nparent q\ncommitter 王磊 <wl@example.cn> 1767000000 +0800\nparent r\n\nm",
			Commit{Tree: "t", Parents: []Hash{"p"}, Author: person, Committer: person, Message: "m", Flaws: []Flaw{LateParent}},
		},
		{
			"odd dates", "tree t\nauthor A <a> x +0800\ncommitter C <c> 99999999999999999999 +0800\n\nm",
			Commit{Tree: "t", Author: Person{Name: "A", Email: "a"}, Committer: Person{Name: "C", Email: "c"}, Message: "m", Flaws: []Flaw{AuthorDate, CommitterDate}},
		},
		{
			"no mail, no date", "author nobody\ncommitter <> 5\n\n",
			Commit{Author: Person{Name: "nobody"}, Committer: Person{When: time.Unix(5, 0).UTC()}, Flaws: []Flaw{AuthorDate}},
		},
		{"not UTF-8", "author \xff <a>\n\n\xff", Commit{Author: Person{Name: "\uFFFD", Email: "a"}, Message: "\uFFFD", Flaws: []Flaw{AuthorDate, NoCommitter}}},
		{"a subject is no trailer", "tree t\n\nfix: this", Commit{Tree: "t", Message: "fix: this", Flaws: headless}},
		{"prose is no trailer", "tree t\n\ns\n\nKey: a\nand prose", Commit{Tree: "t", Message: "s\n\nKey: a\nand prose", Flaws: headless}},
		{"empty", "", Commit{Flaws: headless}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, parseCommit("", []byte(tt.data))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseWhenKeepsZone(t *testing.T) {
	tests := []struct{ in, want string }{
		{"1767000000 +0800", "2025-12-29T17:20:00+08:00"},
		{"1767000000 -0330", "2025-12-29T05:50:00-03:30"},
		{"1767000000 +0000", "2025-12-29T09:20:00Z"},
		{"1767000000 +9999", "2025-12-29T09:20:00Z"},
		{"1767000000 +051800", "2025-12-29T09:20:00Z"},
		{"1767000000", "2025-12-29T09:20:00Z"},
		{"-100 +0000", "1969-12-31T23:58:20Z"},
		{"253402300800 +0000", "0001-01-01T00:00:00Z"},
		{"-9223372036854775808 +0000", "0001-01-01T00:00:00Z"},
		{"", "0001-01-01T00:00:00Z"},
	}
	for _, tt := range tests {
		if got := parseWhen(tt.in).Format(time.RFC3339); got != tt.want {
			t.Errorf("parseWhen(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func FuzzParseCommit(f *testing.F) {
	f.Add([]byte("tree t\nauthor A <a> 1 +0800\n\ns\n\nK: v\n"))
	f.Add([]byte("author >\ncommitter <\n\n\n\n: :"))
	f.Fuzz(func(_ *testing.T, data []byte) { parseCommit("", data) })
}

func FuzzTree(f *testing.F) {
	f.Add([]byte("100644 a\x0001234567890123456789"))
	f.Fuzz(func(t *testing.T, data []byte) {
		list := entries{rest: data}
		for e, ok := list.next(); ok; e, ok = list.next() {
			if !usable(e.name) {
				t.Errorf("name %q let through", e.name)
			}
		}
	})
}

package annotate_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"kept/internal/annotate"
)

// Rendered as a forge renders it, tags allowed, a comment holds kept's own elements
// and links, and every attack as the text that it is.
func TestHostileMarkdownRendered(t *testing.T) {
	var b strings.Builder
	forge := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := forge.Convert([]byte(report(t, hostile(), annotate.Markdown)), &b); err != nil {
		t.Fatal(err)
	}
	own := []string{"h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "a"}
	page := strings.ReplaceAll(b.String(), "<!-- kept -->", "")
	for _, tag := range regexp.MustCompile(`<[^>]*>?`).FindAllString(page, -1) {
		name := regexp.MustCompile(`^</?([a-z0-9]+)`).FindStringSubmatch(tag)
		if name == nil || !slices.Contains(own, name[1]) {
			t.Errorf("a comment holds %q", tag)
		}
		if strings.HasPrefix(tag, "<a ") && !regexp.MustCompile(`^<a href="https://git\.example\.cn/[^" ]*">$`).MatchString(tag) {
			t.Errorf("a comment links %q", tag)
		}
	}
	if lists := strings.Count(page, "<ul>"); lists != 2 {
		t.Errorf("%d lists, not those of reasons and rules", lists)
	}
	if rows := strings.Count(page, "<tr>"); strings.Count(page, "<td>") != 3*(rows-strings.Count(page, "<thead>")) || rows < len(attacks) {
		t.Errorf("%d rows hold %d cells", rows, strings.Count(page, "<td>"))
	}
}

package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// tame takes out of the tree what a page may not hold: images, and links that
// lead nowhere it may lead.
func tame(root ast.Node, source []byte, link func(string) string) error {
	var images []*ast.Image
	var links []*ast.Link
	err := ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch x := n.(type) {
			case *ast.Image:
				images = append(images, x)
			case *ast.Link:
				links = append(links, x)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, x := range links {
		if to := target(string(x.Destination), link); to != "" {
			x.Destination = []byte(to)
		} else {
			unwrap(x)
		}
	}
	for _, x := range images {
		x.Parent().ReplaceChild(x.Parent(), x, ast.NewString([]byte(escape(plain(x, source)))))
	}
	return err
}

// target is where a link may lead, "" for nowhere.
func target(to string, link func(string) string) string {
	lower := strings.ToLower(to)
	for _, scheme := range []string{"https://", "http://", "mailto:", "#"} {
		if strings.HasPrefix(lower, scheme) {
			return to
		}
	}
	if link == nil || strings.ContainsAny(to, ":\\") || strings.HasPrefix(to, "/") {
		return ""
	}
	return link(to)
}

// unwrap puts a node's children in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}

// escape writes text as HTML: the renderer gives out [ast.String] as it is.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

package portal

import (
	"net/url"
	"strings"

	"kept/internal/config"
)

// pathMark stands in an address for the file, textMark for what it holds.
const (
	pathMark = "-path-"
	textMark = "{text}"
)

// newFilePage is the page on which the forge makes a new file of the protected
// branch, "" where that is not known. GitHub and Gitea fill in path and text,
// GitLab the path alone, Gitee neither.
func newFilePage(c *config.Config) string {
	file := c.EditURL(pathMark)
	base, _, known := strings.Cut(file, map[config.Forge]string{config.GitHub: "/edit/", config.GitLab: "/-/edit/", config.Gitea: "/_edit/", config.Gitee: "/edit/"}[c.Forge])
	if file == "" || !known {
		return ""
	}
	branch := url.PathEscape(c.Branch)
	switch c.Forge {
	case config.GitHub:
		return base + "/new/" + branch + "?filename=" + pathMark + "&value=" + textMark
	case config.Gitea:
		return base + "/_new/" + branch + "/?filename=" + pathMark + "&value=" + textMark
	case config.GitLab:
		return base + "/-/new/" + branch + "?file_name=" + pathMark
	}
	return base + "/new/" + branch
}

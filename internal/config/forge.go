package config

import (
	"net/url"
	"slices"
	"strings"

	"kept/internal/yamldoc"
)

// Forge is the software behind repository_url, which decides how addresses of files
// look there.
type Forge string

// The forges. Gitea is Forgejo and Codeberg, too; OtherForge is one that nobody
// named and whose host says nothing.
const (
	OtherForge Forge = ""
	GitHub     Forge = "github"
	GitLab     Forge = "gitlab"
	Gitea      Forge = "gitea"
	Gitee      Forge = "gitee"
)

// forge reads which software the forge runs: as written, else as its host says.
func (r *reader) forge(root yamldoc.Object) {
	name := Forge(root.Text("forge"))
	switch {
	case name == "forgejo":
		r.config.Forge = Gitea
	case slices.Contains([]Forge{GitHub, GitLab, Gitea, Gitee}, name):
		r.config.Forge = name
	case root.Has("forge") && name != OtherForge:
		r.report(r.doc.Position("/forge"), "config.forge")
	default:
		r.config.Forge = ForgeOf(r.config.RepositoryURL)
	}
}

// ForgeOf guesses the forge by the host of an address.
func ForgeOf(address string) Forge {
	u, err := url.Parse(address)
	if err != nil {
		return OtherForge
	}
	host := strings.ToLower(u.Hostname())
	for _, known := range []struct {
		word  string
		forge Forge
	}{{"github", GitHub}, {"gitlab", GitLab}, {"gitee", Gitee}, {"gitea", Gitea}, {"forgejo", Gitea}, {"codeberg", Gitea}} {
		if strings.Contains(host, known.word) {
			return known.forge
		}
	}
	return OtherForge
}

// onForge is the head of the addresses of the repository, "" where repository_url is
// none that a page may lead to.
func (c *Config) onForge() string {
	if !strings.HasPrefix(c.RepositoryURL, "https://") && !strings.HasPrefix(c.RepositoryURL, "http://") {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(c.RepositoryURL, "/"), ".git")
}

// FileURL is where the forge shows a file of the protected branch, "" for nowhere
// known.
func (c *Config) FileURL(file string) string {
	return c.fileURL(file, map[Forge]string{GitLab: "/-/blob/", Gitea: "/src/branch/"}, "/blob/")
}

// EditURL is where the forge lets people edit a file of the protected branch and
// propose the change, "" where that is not known.
func (c *Config) EditURL(file string) string {
	return c.fileURL(file, map[Forge]string{GitHub: "/edit/", GitLab: "/-/edit/", Gitea: "/_edit/", Gitee: "/edit/"}, "")
}

// NewFileURL is where the forge lets people make a file on a branch off the protected
// one, "" where that is not known. GitHub and Gitea fill in name and text, GitLab the
// name alone, Gitee neither. Both stand as given: escaped, or marks to be replaced.
func (c *Config) NewFileURL(file, text string) string {
	if c.onForge() == "" {
		return ""
	}
	branch := Escaped(c.Branch)
	switch c.Forge {
	case GitHub:
		return c.onForge() + "/new/" + branch + "?filename=" + file + "&value=" + text
	case Gitea:
		return c.onForge() + "/_new/" + branch + "/?filename=" + file + "&value=" + text
	case GitLab:
		return c.onForge() + "/-/new/" + branch + "?file_name=" + file
	case Gitee:
		return c.onForge() + "/new/" + branch
	}
	return ""
}

func (c *Config) fileURL(file string, ways map[Forge]string, otherwise string) string {
	way, ok := ways[c.Forge]
	if !ok {
		way = otherwise
	}
	if c.onForge() == "" || way == "" {
		return ""
	}
	return c.onForge() + way + Escaped(c.Branch) + "/" + Escaped(file)
}

// Escaped is a path, or the name of a branch, with each of its parts escaped.
func Escaped(file string) string {
	parts := strings.Split(file, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}

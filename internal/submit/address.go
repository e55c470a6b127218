package submit

import (
	"net/url"
	"regexp"
	"strings"

	"kept/internal/config"
)

// Web is the page on the forge that belongs to a remote's address, "" where it
// belongs to none: an ssh address, or one in the short form of ssh, has the page of
// the same path. Names and passwords in it are left out.
func Web(remote string) string {
	remote = strings.TrimSpace(remote)
	if !strings.Contains(remote, "://") {
		host, path, ok := shortForm(remote)
		if !ok || len(host) < 2 || strings.ContainsAny(host, `/\`) || strings.HasPrefix(path, ":") {
			return "" // a path, a drive, or a helper of git
		}
		remote = "ssh://" + host + "/" + strings.TrimPrefix(path, "/")
	}
	u, err := url.Parse(remote)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	web := url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), ".git")}
	switch u.Scheme {
	case "https", "http":
	case "ssh", "git", "git+ssh", "ssh+git":
		web.Scheme, web.Host = "https", pageHost(u)
	default:
		return ""
	}
	return web.String()
}

// shortForm parts [user@]host:path; a host may be an address in brackets.
func shortForm(remote string) (host, path string, ok bool) {
	_, rest := lastCut(strings.SplitN(remote, "/", 2)[0], "@")
	rest += strings.TrimPrefix(remote, strings.SplitN(remote, "/", 2)[0])
	if end := strings.Index(rest, "]:"); strings.HasPrefix(rest, "[") && end > 0 {
		return rest[:end+1], rest[end+2:], true
	}
	return strings.Cut(rest, ":")
}

// pageHost is the host of the pages that belong to an ssh address: without its port,
// and by the name of the pages where a forge listens for ssh on another.
func pageHost(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	switch host {
	case "ssh.github.com":
		return "github.com"
	case "altssh.gitlab.com":
		return "gitlab.com"
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// lastCut cuts at the last separator; without one, all is after it.
func lastCut(s, separator string) (before, after string) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+len(separator):]
}

// Target is where a pull request goes and where its branch lies.
type Target struct {
	Web    string // the repository's page
	From   string // page of the repository that was pushed to, "" for the same
	Forge  config.Forge
	Branch string // that was pushed
	Into   string
}

// Address is the page on which a pull request is opened, as the forge's own pages
// name it; "" is a forge of which that is not known. Of a branch in a fork it is the
// page that knows both repositories.
func (t Target) Address() string {
	web := page(t.Web)
	if web == "" {
		return ""
	}
	forge := t.Forge
	if forge == config.OtherForge {
		forge = config.ForgeOf(web)
	}
	from, fork := page(t.From), ""
	if from == "" || sameRepository(web, from) {
		from = web
	} else {
		fork = owner(from) + ":"
	}
	into, branch := config.Escaped(t.Into), config.Escaped(t.Branch)
	switch forge {
	case config.GitHub, config.Gitea:
		return web + "/compare/" + into + "..." + fork + branch + "?expand=1"
	case config.GitLab:
		q := url.Values{"merge_request[source_branch]": {t.Branch}, "merge_request[target_branch]": {t.Into}}
		return from + "/-/merge_requests/new?" + q.Encode()
	case config.Gitee:
		return web + "/pull/new/" + owner(from) + ":" + branch + "..." + owner(web) + ":" + into
	}
	return ""
}

// page is an address of the web without what is not part of it, "" for any other.
func page(address string) string {
	address = strings.TrimSuffix(strings.TrimSuffix(address, "/"), ".git")
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return ""
	}
	return address
}

// sameRepository tells two addresses of one repository: the hosts of ssh and of pages
// may differ, and pages may lie below a folder.
func sameRepository(web, from string) bool {
	a, b := pathOf(web), pathOf(from)
	return a == b || strings.HasSuffix(a, "/"+b) || strings.HasSuffix(b, "/"+a)
}

// pathOf is the path of an address in small letters, as forges compare them.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.Trim(u.Path, "/"))
}

// owner is the part before the repository's own name, escaped.
func owner(web string) string {
	u, err := url.Parse(web)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(parts) < 2 {
		return ""
	}
	return url.PathEscape(parts[len(parts)-2])
}

// Offered is an address that a forge told while a branch was pushed, on its own
// host; there tells that it is of a pull request that is open already. Of several the
// first that leads to a pull request counts, and one that does not is none: hooks tell
// addresses of help pages, too.
func Offered(told, web string) (address string, there bool) {
	home, err := url.Parse(web)
	if err != nil || home.Hostname() == "" {
		return "", false
	}
	for line := range strings.Lines(told) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "remote:")
		if !ok {
			continue
		}
		for word := range strings.FieldsSeq(rest) {
			u, err := url.Parse(word)
			if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.EqualFold(u.Hostname(), home.Hostname()) || u.User != nil {
				continue
			}
			switch path := u.EscapedPath(); {
			case requests.MatchString(path):
				return u.String(), true
			case proposals.MatchString(path):
				return u.String(), false
			}
		}
	}
	return "", false
}

var (
	requests  = regexp.MustCompile(`/(?:pull|pulls|merge_requests)/[0-9]+/?$`)
	proposals = regexp.MustCompile(`/(?:compare/|pull/new/|pulls/new|pulls/compare/|merge_requests/new)`)
)

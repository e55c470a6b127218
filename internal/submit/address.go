package submit

import (
	"net/url"
	"strings"

	"kept/internal/config"
)

// Web is the page on the forge that belongs to a remote's address, "" where it
// belongs to none: an ssh address, or one in the short form of ssh, has the page of
// the same path. Names and passwords in it are left out.
func Web(remote string) string {
	remote = strings.TrimSpace(remote)
	if !strings.Contains(remote, "://") {
		host, path, ok := strings.Cut(remote, ":")
		if !ok || len(host) < 2 || strings.ContainsAny(host, `/\`) {
			return "" // a path, or a drive
		}
		_, host = lastCut(host, "@")
		remote = "ssh://" + host + "/" + strings.TrimPrefix(path, "/")
	}
	u, err := url.Parse(remote)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	web := url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), ".git")}
	switch u.Scheme {
	case "https", "http":
	case "ssh", "git", "git+ssh":
		web.Scheme, web.Host = "https", u.Hostname()
	default:
		return ""
	}
	return web.String()
}

// lastCut cuts at the last separator; without one, all is after it.
func lastCut(s, separator string) (before, after string) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+len(separator):]
}

// Address is the page on which a pull request of a branch into another is opened.
// web is the repository's page. "" is a forge of which that is not known.
func Address(web string, forge config.Forge, branch, into string) string {
	web = strings.TrimSuffix(strings.TrimSuffix(web, "/"), ".git")
	if !strings.HasPrefix(web, "https://") && !strings.HasPrefix(web, "http://") {
		return ""
	}
	if forge == config.OtherForge {
		forge = config.ForgeOf(web)
	}
	switch forge {
	case config.GitHub:
		return web + "/compare/" + config.Escaped(into) + "..." + config.Escaped(branch) + "?expand=1"
	case config.GitLab:
		q := url.Values{"merge_request[source_branch]": {branch}, "merge_request[target_branch]": {into}}
		return web + "/-/merge_requests/new?" + q.Encode()
	case config.Gitea:
		return web + "/compare/" + config.Escaped(into) + "..." + config.Escaped(branch)
	case config.Gitee:
		owner := ""
		if u, err := url.Parse(web); err == nil {
			owner, _, _ = strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		}
		return web + "/pull/new/" + url.PathEscape(owner) + ":" + config.Escaped(branch) + "..." + url.PathEscape(owner) + ":" + config.Escaped(into)
	}
	return ""
}

// Offered is an address that a forge told while a branch was pushed, on its own
// host, "" for none: it knows best.
func Offered(told, web string) string {
	home, err := url.Parse(web)
	if err != nil || home.Hostname() == "" {
		return ""
	}
	for line := range strings.Lines(told) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "remote:")
		if !ok {
			continue
		}
		for word := range strings.FieldsSeq(rest) {
			u, err := url.Parse(word)
			if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() == home.Hostname() {
				return u.String()
			}
		}
	}
	return ""
}

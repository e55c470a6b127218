package annotate

import (
	"net/url"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// Report is findings with what is known beside them. Only Findings must be set.
type Report struct {
	Findings finding.List // sorted
	Review   *Review      // nil where no change was judged
	Version  string       // of kept
	Rules    []Rule       // those that may have been broken, and others
	Reading  locale.Text  // purpose of the rules that Rules lacks: those of reading files
	Links    Links
	// Spill says that [Report.Summary] takes what GitHub does not show; without it
	// the rest stands in the log.
	Spill bool
}

// Review says who must look at a change before it is merged.
type Review struct {
	Routine bool
	Reasons []string // why a second person is needed, in the reader's language
}

// Rule is what a report says of a rule.
type Rule struct {
	ID       string
	Severity finding.Severity
	Purpose  locale.Text
}

// Links knows the addresses of what a report names. Each may be "", and is used
// only where it is an address of the web.
type Links struct {
	Repository string // the forge's page of the repository
	Revision   string // commit whose files are shown
	Portal     string // where the portal is published
	Lang       locale.Lang
}

// Rule is the address of a rule's page in the portal, "" where it is not known.
func (l Links) Rule(id string) string {
	base := webAddress(l.Portal)
	if base == "" || !plainID(id) {
		return ""
	}
	return base + "/" + string(l.Lang) + "/rule/" + id + ".html"
}

// Commit is the address of a commit. Forges agree on /commit/<id>.
func (l Links) Commit(hash string) string {
	base := webAddress(l.Repository)
	if base == "" || !plainID(hash) {
		return ""
	}
	return base + "/commit/" + hash
}

// File is the address of a line of a file at the report's revision. Where each
// forge has it is told from the name of the host; Gitea and Forgejo have names of
// every kind.
func (l Links) File(path string, line int) string {
	base := webAddress(l.Repository)
	if base == "" || path == "" || !plainID(l.Revision) {
		return ""
	}
	infix := "/src/commit/"
	switch host := strings.ToLower(base); {
	case strings.Contains(host, "github") || strings.Contains(host, "gitee"):
		infix = "/blob/"
	case strings.Contains(host, "gitlab") || strings.Contains(host, "jihulab"):
		infix = "/-/blob/"
	}
	address := base + infix + l.Revision + "/" + uriPath(path)
	if line > 0 {
		address += "#L" + strconv.Itoa(line)
	}
	return address
}

// webAddress makes an address of the web harmless for HTML and Markdown, without
// a name, a query or a slash at its end; "" for anything else.
func webAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsFunc(u.Host, unsafeHost) {
		return ""
	}
	return u.Scheme + "://" + u.Host + strings.TrimSuffix("/"+uriPath(strings.TrimPrefix(u.Path, "/")), "/")
}

func unsafeHost(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:[]", r))
}

// uriPath escapes a slash-separated path for a relative URI: all but letters,
// digits and a few marks.
func uriPath(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(path) {
		if c := path[i]; plainByte(c) || c == '/' {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

func plainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}

// plainID tells an id that stands for itself in an address.
func plainID(s string) bool {
	for i := range len(s) {
		if !plainByte(s[i]) {
			return false
		}
	}
	return s != "" && s[0] != '.'
}

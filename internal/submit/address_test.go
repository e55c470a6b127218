package submit

import (
	"testing"

	"kept/internal/config"
)

func TestWeb(t *testing.T) {
	for remote, want := range map[string]string{
		"https://github.com/team/ledger.git":             "https://github.com/team/ledger",
		"https://user:secret@gitee.com/team/ledger.git":  "https://gitee.com/team/ledger",
		"https://forge.example:8443/git/team/ledger.git": "https://forge.example:8443/git/team/ledger",
		"git@gitlab.example:group/sub/ledger.git":        "https://gitlab.example/group/sub/ledger",
		"git@gitee.com:/team/ledger.git":                 "https://gitee.com/team/ledger",
		"gitee.com:team/ledger":                          "https://gitee.com/team/ledger",
		"git@[2001:db8::1]:team/ledger.git":              "https://[2001:db8::1]/team/ledger",
		"git@forge.example:team/a@b.git":                 "https://forge.example/team/a@b",
		"ssh://git@git.example:2222/team/ledger.git":     "https://git.example/team/ledger",
		"ssh://git@ssh.github.com:443/team/ledger.git":   "https://github.com/team/ledger",
		"git+ssh://git@altssh.gitlab.com:443/a/b.git/":   "https://gitlab.com/a/b",
		"git@forge.example:团队/台账.git":                    "https://forge.example/%E5%9B%A2%E9%98%9F/%E5%8F%B0%E8%B4%A6",
		"http://127.0.0.1:3000/team/ledger":              "http://127.0.0.1:3000/team/ledger",
		"../remote.git":                                  "",
		`C:\repositories\remote.git`:                     "",
		"C:/repositories/remote.git":                     "",
		"/srv/git/remote.git":                            "",
		"/srv/git:old/remote.git":                        "",
		"file:///srv/git/remote.git":                     "",
		"ext::sh -c evil":                                "",
		"javascript:alert(1)":                            "https://javascript/alert%281%29",
		"":                                               "",
	} {
		if got := Web(remote); got != want {
			t.Errorf("Web(%q) = %q, want %q", remote, got, want)
		}
	}
}

// Each form of a remote leads to the page on which its forge opens a pull request.
func TestAddress(t *testing.T) {
	const plain, odd = "kept/TS-2026-0001", `kept/a#b%c&d+e=中`
	for name, c := range map[string]struct {
		web, remote string
		forge       config.Forge
		branch      string
		into, want  string
	}{
		"GitHub":           {"", "https://github.com/team/ledger.git", "", plain, "main", "https://github.com/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"GitHub, ssh":      {"", "git@github.com:team/ledger.git", "", plain, "main", "https://github.com/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"GitHub, 443":      {"", "ssh://git@ssh.github.com:443/team/ledger.git", "", plain, "main", "https://github.com/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"GitHub, own":      {"https://code.example/team/ledger", "git@code.example:team/ledger.git", config.GitHub, plain, "release/1", "https://code.example/team/ledger/compare/release/1...kept/TS-2026-0001?expand=1"},
		"GitHub, fork":     {"https://github.com/team/ledger", "git@github.com:wangl/ledger.git", "", plain, "main", "https://github.com/team/ledger/compare/main...wangl:kept/TS-2026-0001?expand=1"},
		"GitHub, capitals": {"https://github.com/Team/Ledger", "git@github.com:team/ledger.git", "", plain, "main", "https://github.com/Team/Ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"GitHub, odd":      {"", "https://github.com/team/ledger.git", "", odd, "main", "https://github.com/team/ledger/compare/main...kept/a%23b%25c&d+e=%E4%B8%AD?expand=1"},
		"GitLab":           {"", "https://gitlab.com/group/sub/ledger.git", "", plain, "main", "https://gitlab.com/group/sub/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2FTS-2026-0001&merge_request%5Btarget_branch%5D=main"},
		"GitLab, below":    {"https://intra.example:8443/gitlab/group/ledger", "git@intra.example:group/ledger.git", config.GitLab, plain, "main", "https://intra.example:8443/gitlab/group/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2FTS-2026-0001&merge_request%5Btarget_branch%5D=main"},
		"GitLab, fork":     {"https://gitlab.com/group/ledger", "git@gitlab.com:wangl/ledger.git", "", plain, "main", "https://gitlab.com/wangl/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2FTS-2026-0001&merge_request%5Btarget_branch%5D=main"},
		"GitLab, odd":      {"", "git@gitlab.com:team/ledger.git", "", odd, "main", "https://gitlab.com/team/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2Fa%23b%25c%26d%2Be%3D%E4%B8%AD&merge_request%5Btarget_branch%5D=main"},
		"Gitea, port":      {"", "http://gitea.example:3000/team/ledger.git", "", plain, "main", "http://gitea.example:3000/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"Gitea, below":     {"https://intra.example/git/team/ledger", "ssh://git@intra.example:2222/team/ledger.git", config.Gitea, plain, "main", "https://intra.example/git/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"Forgejo":          {"", "git@codeberg.org:team/ledger.git", "", plain, "main", "https://codeberg.org/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		"Forgejo, fork":    {"https://forgejo.example/team/ledger", "https://forgejo.example/wangl/ledger.git", "", plain, "main", "https://forgejo.example/team/ledger/compare/main...wangl:kept/TS-2026-0001?expand=1"},
		"Gitee":            {"", "git@gitee.com:team/ledger.git", "", plain, "master", "https://gitee.com/team/ledger/pull/new/team:kept/TS-2026-0001...team:master"},
		"Gitee, fork":      {"https://gitee.com/team/ledger", "https://gitee.com/wangl/ledger.git", "", plain, "main", "https://gitee.com/team/ledger/pull/new/wangl:kept/TS-2026-0001...team:main"},
		"another":          {"", "https://forge.example/team/ledger", "", plain, "main", ""},
		"a folder":         {"", "/srv/git/ledger.git", config.GitHub, plain, "main", ""},
		"no page":          {"javascript:alert(1)", "/srv/git/ledger.git", config.GitHub, plain, "main", ""},
	} {
		target := Target{Web: c.web, From: Web(c.remote), Forge: c.forge, Branch: c.branch, Into: c.into}
		if target.Web == "" {
			target.Web = target.From
		}
		if got := target.Address(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What forges say while a branch is pushed: the address of a new pull request, or of
// one that is open; never one elsewhere, nor a page of help.
func TestOffered(t *testing.T) {
	for name, c := range map[string]struct {
		told, want string
		there      bool
	}{
		"GitHub":    {"remote: \nremote: Create a pull request for 'kept/a' on GitHub by visiting:\nremote:      https://forge.example/team/ledger/pull/new/kept/a\nremote: \n", "https://forge.example/team/ledger/pull/new/kept/a", false},
		"GitLab":    {"remote: To create a merge request for kept/a, visit:\nremote:   https://forge.example:8443/team/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2Fa\n", "https://forge.example:8443/team/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2Fa", false},
		"open":      {"remote: View merge request for kept/a:\nremote:   https://forge.example/team/ledger/-/merge_requests/12\n", "https://forge.example/team/ledger/-/merge_requests/12", true},
		"Gitea":     {"remote: Create a new pull request for 'kept/a':\nremote:   http://forge.example:3000/team/ledger/compare/main...kept/a\n", "http://forge.example:3000/team/ledger/compare/main...kept/a", false},
		"visit":     {"remote: Visit the existing pull request:\nremote:   https://forge.example/team/ledger/pulls/3\nremote: . Processing 1 references\n", "https://forge.example/team/ledger/pulls/3", true},
		"Gitee":     {"remote: Powered by GITEE.COM [1.1.23]\nremote: Create a pull request for 'a' on Gitee by visiting:\nremote: https://forge.example/team/ledger/pull/new/team:a...team:master\n", "https://forge.example/team/ledger/pull/new/team:a...team:master", false},
		"help":      {"remote: see https://forge.example/help/rules\nremote: https://forge.example/team/ledger/pull/new/a\n", "https://forge.example/team/ledger/pull/new/a", false},
		"help only": {"remote: see https://forge.example/help/rules\n", "", false},
		"elsewhere": {"remote: https://evil.example/team/ledger/pull/new/a\nremote: https://forge.example@evil.example/pull/new/a\nremote: javascript://forge.example/pull/new/a\n", "", false},
		"by itself": {"https://forge.example/team/ledger/pull/new/a\n", "", false},
	} {
		got, there := Offered(c.told, "https://forge.example/team/ledger")
		if got != c.want || there != c.there {
			t.Errorf("%s: %q %v, want %q %v", name, got, there, c.want, c.there)
		}
	}
	if got, _ := Offered("remote: https://forge.example/team/ledger/pull/new/a\n", ""); got != "" {
		t.Errorf("without a page of its own: %q", got)
	}
}

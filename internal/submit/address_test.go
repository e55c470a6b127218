package submit

import (
	"testing"

	"kept/internal/config"
)

func TestWeb(t *testing.T) {
	for remote, want := range map[string]string{
		"https://github.com/team/ledger.git":            "https://github.com/team/ledger",
		"https://user:secret@gitee.com/team/ledger.git": "https://gitee.com/team/ledger",
		"git@gitlab.example:group/sub/ledger.git":       "https://gitlab.example/group/sub/ledger",
		"ssh://git@git.example:2222/team/ledger.git":    "https://git.example/team/ledger",
		"http://127.0.0.1:3000/team/ledger":             "http://127.0.0.1:3000/team/ledger",
		"../remote.git":                                 "",
		`C:\repositories\remote.git`:                    "",
		"/srv/git/remote.git":                           "",
		"file:///srv/git/remote.git":                    "",
		"javascript:alert(1)":                           "https://javascript/alert%281%29",
	} {
		if got := Web(remote); got != want {
			t.Errorf("Web(%q) = %q, want %q", remote, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		web   string
		forge config.Forge
		want  string
	}{
		{"https://github.com/team/ledger", config.GitHub, "https://github.com/team/ledger/compare/main...kept/TS-2026-0001?expand=1"},
		{"https://git.example/team/ledger/", config.GitLab, "https://git.example/team/ledger/-/merge_requests/new?merge_request%5Bsource_branch%5D=kept%2FTS-2026-0001&merge_request%5Btarget_branch%5D=main"},
		{"https://codeberg.org/team/ledger.git", config.OtherForge, "https://codeberg.org/team/ledger/compare/main...kept/TS-2026-0001"},
		{"https://gitee.com/team/ledger", config.OtherForge, "https://gitee.com/team/ledger/pull/new/team:kept/TS-2026-0001...team:main"},
		{"https://forge.example/team/ledger", config.OtherForge, ""},
		{"javascript:alert(1)", config.GitHub, ""},
	} {
		if got := Address(c.web, c.forge, "kept/TS-2026-0001", "main"); got != c.want {
			t.Errorf("Address(%q, %q) = %q, want %q", c.web, c.forge, got, c.want)
		}
	}
}

func TestOffered(t *testing.T) {
	told := "remote: \nremote: Create a pull request:\nremote:   https://forge.example/team/ledger/pulls/new/kept\nremote: https://evil.example/\n"
	if got := Offered(told, "https://forge.example/team/ledger"); got != "https://forge.example/team/ledger/pulls/new/kept" {
		t.Errorf("Offered is %q", got)
	}
	if got := Offered("remote: https://evil.example/x\n", "https://forge.example/team/ledger"); got != "" {
		t.Errorf("an address elsewhere is taken: %q", got)
	}
}

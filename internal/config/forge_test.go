package config_test

import (
	"strings"
	"testing"
)

func TestAddressesOfEachForge(t *testing.T) {
	const file = "records/complaint/2026/09/TS 1.yaml"
	for _, c := range []struct{ yaml, view, edit string }{
		{
			"repository_url: https://github.com/a/b.git\n",
			"https://github.com/a/b/blob/main/records/complaint/2026/09/TS%201.yaml", "https://github.com/a/b/edit/main/records/complaint/2026/09/TS%201.yaml",
		},
		{
			"repository_url: https://git.example/a/b/\nforge: gitlab\nbranch: 主干\n",
			"https://git.example/a/b/-/blob/%E4%B8%BB%E5%B9%B2/records/complaint/2026/09/TS%201.yaml", "https://git.example/a/b/-/edit/%E4%B8%BB%E5%B9%B2/records/complaint/2026/09/TS%201.yaml",
		},
		{
			"repository_url: http://codeberg.org/a/b\n",
			"http://codeberg.org/a/b/src/branch/main/records/complaint/2026/09/TS%201.yaml", "http://codeberg.org/a/b/_edit/main/records/complaint/2026/09/TS%201.yaml",
		},
		{
			"repository_url: https://gitee.com/a/b\n",
			"https://gitee.com/a/b/blob/main/records/complaint/2026/09/TS%201.yaml", "https://gitee.com/a/b/edit/main/records/complaint/2026/09/TS%201.yaml",
		},
		{"repository_url: https://git.example/a/b\n", "https://git.example/a/b/blob/main/records/complaint/2026/09/TS%201.yaml", ""},
		{"repository_url: javascript:alert(1)\nforge: github\n", "", ""},
		{"forge: github\n", "", ""},
	} {
		config, found := load(t, c.yaml)
		if len(found) > 0 {
			t.Errorf("%q: %v", c.yaml, found)
		}
		if got := config.FileURL(file); got != c.view {
			t.Errorf("%q: shown at %q, want %q", c.yaml, got, c.view)
		}
		if got := config.EditURL(file); got != c.edit {
			t.Errorf("%q: edited at %q, want %q", c.yaml, got, c.edit)
		}
	}
	if _, found := load(t, "forge: sourceforge\n"); len(found) != 1 || !strings.HasSuffix(found[0], "config.forge") {
		t.Errorf("an unknown forge: %v", found)
	}
}

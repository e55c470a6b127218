package intake_test

import (
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"kept/internal/intake"
)

// planned is the text of a planned file, "" where there is none.
func planned(plans []intake.Plan, name string) string {
	if i := slices.IndexFunc(plans, func(p intake.Plan) bool { return p.Path == name }); i >= 0 {
		return string(plans[i].After)
	}
	return ""
}

// Each forge has its files at the top, filled in, and none of another's.
func TestInitWritesCI(t *testing.T) {
	own := map[string][]string{
		"github":  {".github/workflows/kept.yaml", ".github/CODEOWNERS", ".github/pull_request_template.md"},
		"gitlab":  {".gitlab-ci.yml", ".gitlab/CODEOWNERS", ".gitlab/merge_request_templates/Default.md"},
		"gitea":   {".gitea/workflows/kept.yaml", ".gitea/CODEOWNERS", ".gitea/pull_request_template.md"},
		"forgejo": nil,
		"gitee":   {".workflow/kept-pr.yml", ".workflow/kept-main.yml", ".gitee/CODEOWNERS", ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md"},
	}
	r := initRequest(t)
	forges, err := intake.Forges(r.Template)
	if err != nil || len(forges) != len(own) {
		t.Fatalf("forges are %v: %v", forges, err)
	}
	own["forgejo"] = own["gitea"] // which Forgejo reads
	for _, forge := range forges {
		r.Forge = forge
		plans, found, err := intake.Init(r)
		if err != nil || len(found) > 0 {
			t.Fatal(forge, err, tell(t, found))
		}
		for other, names := range own {
			for _, name := range names {
				if text := planned(plans, name); (text != "") != slices.Equal(own[other], own[forge]) {
					t.Errorf("%s: %s is %q", forge, name, text)
				}
			}
		}
		for _, name := range []string{"ci/README.md", "ci/check.sh", "ci/comment.sh", "ci/observed.sh", "ci/portal.sh", "ci/robot.sh", "ci/install.sh"} {
			if planned(plans, name) == "" {
				t.Errorf("%s: no %s", forge, name)
			}
		}
		for _, p := range plans {
			if text := strings.ReplaceAll(string(p.After), "${{", ""); path.Ext(p.Path) != ".png" && !strings.HasPrefix(p.Path, "schemas/") && !strings.HasPrefix(p.Path, "records/") && strings.Contains(text, "{{") {
				t.Errorf("%s: %s is not filled in", forge, p.Path)
			}
		}
	}
}

func TestInitWithoutForge(t *testing.T) {
	plans, _, err := intake.Init(initRequest(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plans {
		if strings.HasPrefix(p.Path, "ci/") || strings.HasPrefix(p.Path, ".gi") && !slices.Contains([]string{".gitignore", ".gitattributes", intake.HookFolder + "/pre-commit"}, p.Path) {
			t.Errorf("%s was planned", p.Path)
		}
	}
	r := initRequest(t)
	for _, forge := range []string{"shared", "..", "GitHub", "x"} {
		r.Forge = forge
		if _, _, err := intake.Init(r); !errors.Is(err, intake.ErrNoForge) {
			t.Errorf("%q: %v", forge, err)
		}
	}
}

// Owners follow from the roles; where the forge cannot know a person, a comment
// says who is meant. Nothing that is typed breaks out of its place.
func TestInitNamesOwners(t *testing.T) {
	r := initRequest(t)
	r.Forge, r.Branch = "github", "版本/一"
	owners := func() string {
		plans, found, err := intake.Init(r)
		if err != nil || len(found) > 0 {
			t.Fatal(err, tell(t, found))
		}
		if text := planned(plans, ".github/workflows/kept.yaml"); strings.Count(text, `branches: ["版本/一"]`) != 2 {
			t.Errorf("the branch is not quoted:\n%s", text)
		}
		return planned(plans, ".github/CODEOWNERS")
	}
	text := owners()
	if !strings.Contains(text, "\n/records/document/ zhangw@example.com\n") || !strings.Contains(text, "\n# /schemas/ @ process_owner\n") {
		t.Errorf("owners are\n%s", text)
	}
	r.People[0].Email = ""
	if text := owners(); !strings.Contains(text, "\n# /records/document/ @ doc_controller: 张伟 u-zhangw\n") {
		t.Errorf("owners are\n%s", text)
	}
}

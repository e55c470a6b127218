package intake_test

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/internal/locale"
	"kept/schemas"
)

// forgeAndLanguage are the files that a company of one language gets with each forge.
func forgeAndLanguage(t *testing.T, lang locale.Lang, see func(forge string, p intake.Plan)) {
	t.Helper()
	r := initRequest(t)
	r.Languages, r.Branch = []locale.Lang{lang}, "main"
	r.Organisation = locale.Text{ZH: "甲", EN: "A"}
	r.People = []intake.Founder{{ID: "u-lee", Name: "Lee", Email: "lee@example.com", Roles: []string{"process_owner"}}}
	forges, err := intake.Forges(r.Template)
	if err != nil {
		t.Fatal(err)
	}
	for _, forge := range forges {
		if r.Forge = forge; forge == "forgejo" {
			continue // has the files of Gitea
		}
		plans, found, err := intake.Init(r)
		if err != nil || len(found) > 0 {
			t.Fatal(forge, err, tell(t, found))
		}
		for _, p := range plans {
			see(forge, p)
		}
	}
}

// bilingual is a line whose Chinese is one half of a pair, of which the English half is
// shown, or the name of a Chinese source.
var bilingual = regexp.MustCompile(`zh-CN: |^title: |^source: |^ *"zh-CN"`)

// An English company meets Chinese in pairs of labels alone.
func TestAnEnglishCompanyReadsEnglish(t *testing.T) {
	forgeAndLanguage(t, locale.English, func(forge string, p intake.Plan) {
		if path.Ext(p.Path) == ".png" || strings.HasSuffix(p.Path, ".schema.json") {
			return
		}
		if strings.HasPrefix(p.Path, "schemas/") {
			if remark := regexp.MustCompile(`(?m)^ *#.*\p{Han}.*$`).Find(p.After); remark != nil {
				t.Errorf("%s: %s: %s", forge, p.Path, remark)
			}
			return
		}
		for line := range strings.Lines(string(p.After)) {
			if han.MatchString(line) && !bilingual.MatchString(line) {
				t.Errorf("%s: %s: %s", forge, p.Path, line)
			}
		}
		if strings.Contains(string(p.After), "\ntitle: ") && !strings.Contains(string(p.After), "\ntitle_en: ") && han.Match(p.After) {
			t.Errorf("%s: %s has no English title", forge, p.Path)
		}
		if p.Path == "kept.yaml" && !strings.Contains(string(p.After), "\norganisation: A\nsystem: IT service management system\n") {
			t.Errorf("settings are\n%s", p.After)
		}
	})
}

// A Chinese company meets no English remark, and nobody a page that is not theirs.
func TestAChineseCompanyReadsChinese(t *testing.T) {
	remark := regexp.MustCompile(`(?m)(?:^|\s)#+ (?:[A-Za-z,'-]+[ .]){3,}`)
	forgeAndLanguage(t, locale.Chinese, func(forge string, p intake.Plan) {
		if path.Ext(p.Path) == ".png" || strings.HasSuffix(p.Path, ".schema.json") {
			return
		}
		for line := range strings.Lines(string(p.After)) {
			if remark.MatchString(line) && !han.MatchString(line) && !strings.Contains(line, "# shellcheck ") && !strings.Contains(line, " curl ") {
				t.Errorf("%s: %s: %s", forge, p.Path, line)
			}
			if strings.Contains(line, "domain.md") {
				t.Errorf("%s: %s: %s", forge, p.Path, line)
			}
		}
	})
}

// What stands twice in the template, once for each language, says the same but for
// its words; each kind is told of in English.
func TestTheEnglishRecordsAreTheSame(t *testing.T) {
	template := initRequest(t).Template
	words := regexp.MustCompile(`(?m)^remark: .*\n`)
	count := 0
	err := fs.WalkDir(template, "en", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.Contains(name, "records/") {
			return err
		}
		count++
		english, err := fs.ReadFile(template, name)
		if err != nil {
			return err
		}
		other, err := fs.ReadFile(template, strings.TrimPrefix(name, "en/"))
		if words.ReplaceAllString(string(english), "") != words.ReplaceAllString(string(other), "") {
			t.Errorf("%s differs in more than its remark", name)
		}
		return err
	})
	if err != nil || count < 3 {
		t.Fatal(count, err)
	}
	says, err := fs.ReadFile(template, "en/kinds.txt")
	if err != nil {
		t.Fatal(err)
	}
	kinds, err := fs.Glob(schemas.FS, "*.kind.yaml")
	if err != nil || strings.Count(string(says), "\n") != len(kinds)+1 {
		t.Errorf("%d kinds, and %d lines: %v", len(kinds), strings.Count(string(says), "\n")-1, err)
	}
}

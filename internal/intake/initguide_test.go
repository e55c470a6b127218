package intake_test

import (
	"bytes"
	"image/png"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/internal/locale"
	"kept/schemas"
	"kept/site"
)

// screenTexts are the texts that a reader of one language may see: messages, and the
// titles of kinds, states, steps and fields.
func screenTexts(t *testing.T, lang locale.Lang) []string {
	t.Helper()
	messages, err := fs.Sub(site.FS, "i18n")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := locale.Load(messages)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, key := range catalogue.Keys() {
		texts = append(texts, catalogue.Message(key).In(lang))
	}
	title := regexp.MustCompile(`(?:zh-CN|"title"): "?([^",}\n]+)`)
	if lang == locale.English {
		title = regexp.MustCompile(`(?:\ben|"x-en"): "?([^",}\n]+)`)
	}
	names, _ := fs.Glob(schemas.FS, "*.kind.yaml")
	for _, name := range names {
		data, err := fs.ReadFile(schemas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range title.FindAllStringSubmatch(string(data), -1) {
			texts = append(texts, found[1])
		}
	}
	return texts
}

// The guides name what stands on the screen: a button that gets another name makes
// this test fail, not the reader.
func TestTheGuidesSayWhatIsOnTheScreen(t *testing.T) {
	plans, found, err := intake.Init(initRequest(t))
	if err != nil || len(found) > 0 {
		t.Fatal(err, tell(t, found))
	}
	bold := regexp.MustCompile(`\*\*([^*]+)\*\*`)
	for _, lang := range []locale.Lang{locale.Chinese, locale.English} {
		texts := screenTexts(t, lang)
		guide := planned(plans, "docs/quick-start."+string(lang)+".md")
		words := bold.FindAllStringSubmatch(guide, -1)
		if len(words) < 15 {
			t.Errorf("%s: the guide names %d things only", lang, len(words))
		}
		for _, word := range words {
			whole := regexp.MustCompile(`(^|[\pP\s])` + regexp.QuoteMeta(word[1]) + `($|[\pP\s])`)
			if !slices.ContainsFunc(texts, whole.MatchString) {
				t.Errorf("%s: nothing on the screen says %q", lang, word[1])
			}
		}
	}
	if slices.ContainsFunc(screenTexts(t, locale.Chinese), regexp.MustCompile(`(^|[\pP\s])没有这个按钮($|[\pP\s])`).MatchString) {
		t.Error("any word is on the screen")
	}
}

// Pictures are small, and each that a guide shows is there, in its language.
func TestTheGuidesHaveTheirPictures(t *testing.T) {
	plans, _, err := intake.Init(initRequest(t))
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile(`!\[[^\]]+\]\(([^)]+)\)`)
	for _, lang := range []string{"zh-CN", "en"} {
		guide, total := planned(plans, "docs/quick-start."+lang+".md"), 0
		pictures := shown.FindAllStringSubmatch(guide, -1)
		if len(pictures) != 5 {
			t.Errorf("%s: %d pictures", lang, len(pictures))
		}
		for _, p := range pictures {
			data := planned(plans, path.Join("docs", p[1]))
			total += len(data)
			if c, err := png.DecodeConfig(bytes.NewReader([]byte(data))); err != nil || c.Width > 1000 || c.Width < 600 || len(data) > 40<<10 || !strings.Contains(p[1], "/"+lang+"-") {
				t.Errorf("%s: %s is %d bytes, %d wide: %v", lang, p[1], len(data), c.Width, err)
			}
		}
		if total > 160<<10 {
			t.Errorf("%s: the pictures have %d bytes", lang, total)
		}
	}
	r := initRequest(t)
	r.Languages = []locale.Lang{locale.English}
	english, found, err := intake.Init(r)
	if err != nil || len(found) > 0 {
		t.Fatal(err, tell(t, found))
	}
	for _, p := range english {
		if strings.Contains(p.Path, "zh-CN") {
			t.Errorf("a company without Chinese has %s", p.Path)
		}
		if han.Match(p.After) && path.Ext(p.Path) != ".png" && !strings.HasPrefix(p.Path, "records/") && !strings.HasPrefix(p.Path, "schemas/") && p.Path != "kept.yaml" {
			t.Errorf("a company without Chinese reads Chinese in %s", p.Path)
		}
	}
}

var han = regexp.MustCompile(`\p{Han}`)

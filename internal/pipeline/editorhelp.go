package pipeline

import (
	"path"
	"strings"

	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/schema"
)

// helpEditors adds to the kinds of a new repository what an editor shows about each
// key, in its first language, else in Chinese.
func helpEditors(plans []intake.Plan, languages []locale.Lang) error {
	messages, err := Messages()
	if err != nil {
		return err
	}
	say := messages.Printer(append(languages, locale.Chinese)[0])
	for i, p := range plans {
		if path.Dir(p.Path) != schema.Folder || !strings.HasSuffix(p.Path, ".schema.json") {
			continue
		}
		if plans[i].After, err = schema.EditorHelp(p.After, say); err != nil {
			return err
		}
	}
	return nil
}

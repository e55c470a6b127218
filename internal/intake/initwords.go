package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"kept/internal/config"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

const (
	kindSuffix  = ".kind.yaml"
	kindRemarks = englishFolder + "/kinds.txt" // what each kind is, in English
)

// remarked is the file of a kind with the comment at its head in the language that
// comes first, without references to pages that only the makers of kept have. Any
// other file stays as it is.
func (r InitRequest) remarked(place string, data []byte) ([]byte, error) {
	kind, isKind := strings.CutSuffix(path.Base(place), kindSuffix)
	if !isKind || path.Dir(place) != schema.Folder {
		return data, nil
	}
	head := headRemark.FindString(string(data))
	rest := pageAlone.ReplaceAll(data[len(head):], nil)
	if r.Languages[0] != locale.English {
		head = designPage.ReplaceAllString(head, "")
		return append([]byte(head), innerRemark.ReplaceAll(rest, nil)...), nil // those inside are in English
	}
	says, err := fs.ReadFile(r.Template, kindRemarks)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(says)) {
		if text, ok := strings.CutPrefix(line, kind+" "); ok {
			return append([]byte("# "+text), rest...), nil
		}
	}
	return nil, fmt.Errorf("%s: %w", kind, ErrNoRemark)
}

// ErrNoRemark is a kind of which the template does not say what it is.
var ErrNoRemark = errors.New("the template does not say in English what this kind is")

var (
	headRemark  = regexp.MustCompile(`\A(?:#[^\n]*\n)+`)
	innerRemark = regexp.MustCompile(`(?m)^ *#[^\n]*\n|   # [^\n'"]*$`)
	pageAlone   = regexp.MustCompile(`domain\.md[^\n]*?\d\. `)
	// designPage is what a comment says of domain.md: alone in its brackets, before or
	// behind what else stands there.
	designPage = regexp.MustCompile(`（domain\.md[^（），\n]*(?:，§[^（），\n]*)*）|，domain\.md[^（），\n]*(?:，§[^（），\n]*)*|domain\.md[^（），\n]*，`)
)

// named is a bilingual name as kept.yaml has it: one text where the company has one
// language.
func (r InitRequest) named(t locale.Text) any {
	if len(r.Languages) == 1 {
		return t.In(r.Languages[0])
	}
	return map[string]any{string(locale.Chinese): t.ZH, string(locale.English): t.EN}
}

// names writes the names of the organisation and of its management system.
func (r InitRequest) names(e *yamldoc.Edit, template []byte) error {
	doc, _ := yamldoc.Parse(config.File, template)
	if doc == nil {
		return fmt.Errorf("read the template of a repository: %q is no YAML", config.File)
	}
	system := doc.Root().Object("system")
	order := []string{string(locale.Chinese), string(locale.English)}
	return errors.Join(
		e.Set("organisation", r.named(r.Organisation), "", order),
		e.Set("system", r.named(locale.Text{ZH: system.Text(order[0]), EN: system.Text(order[1])}), "", order),
	)
}

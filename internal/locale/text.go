package locale

import (
	"fmt"
	"strings"
)

// Lang is a language that kept speaks, written as its BCP 47 tag.
type Lang string

// The languages of the catalogue.
const (
	Chinese Lang = "zh-CN"
	English Lang = "en"
)

// Langs lists the languages in the order in which they are offered.
func Langs() []Lang { return []Lang{Chinese, English} }

// ParseLang accepts the tags of [Langs].
func ParseLang(s string) (Lang, error) {
	switch l := Lang(s); l {
	case Chinese, English:
		return l, nil
	}
	return "", fmt.Errorf("choose language zh-CN or en, not %q", s)
}

// Text is one piece of text in both languages, as schemas, kinds and KPI
// definitions carry it.
type Text struct {
	ZH string `json:"zh-CN"`
	EN string `json:"en"`
}

// Plain is text that reads the same in both languages: an id, a number.
func Plain(s string) Text { return Text{ZH: s, EN: s} }

// In returns the text in l, or the other language's where l has none.
func (t Text) In(l Lang) string {
	if l == English && t.EN != "" || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// IsZero tells whether there is no text in either language.
func (t Text) IsZero() bool { return t == Text{} }

// Listed is texts one after another, parted as each language does.
func Listed(texts ...Text) Text {
	var zh, en []string
	for _, t := range texts {
		zh, en = append(zh, t.In(Chinese)), append(en, t.In(English))
	}
	return Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

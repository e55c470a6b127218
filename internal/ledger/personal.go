package ledger

import (
	"slices"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// masksPersonal is the word of a mapping whose rows lose what looks like personal data
// in free text, and are imported. Without it such a row is refused by the rules.
const masksPersonal = "mask"

// cover takes what looks like personal data out of a text that a row says in a column,
// from 0, and warns of it: git keeps for ever what it once has (domain.md §10). The
// text as it was stays in the file alone.
func (t *table) cover(e *Entry, column int, text string) string {
	if t.mapping.Personal != masksPersonal {
		return text
	}
	masked := redact.Policy{Paper: true}.Text(text)
	if masked == text {
		return text
	}
	at := Place(t.request.File, t.page.Name, e.Row, column+1)
	if !slices.ContainsFunc(e.Found, func(f finding.Finding) bool { return f.Position == at }) {
		f := refusal(at, "ledger.personal-masked", locale.A("heading", shortened(t.head.texts[column])))
		f.Severity = finding.Warning
		e.Found = append(e.Found, f)
	}
	return masked
}

// covered is a value of a field without what looks like personal data in free text.
func (t *table) covered(e *Entry, column int, f schema.Field, v any) any {
	if t.mapping.Personal != masksPersonal || !t.free(f) {
		return v
	}
	switch v := v.(type) {
	case string:
		return t.cover(e, column, v)
	case []any:
		for i, item := range v {
			if text, ok := item.(string); ok {
				v[i] = t.cover(e, column, text)
			}
		}
	}
	return v
}

// coverAnswer does the same for the words of an answer.
func (t *table) coverAnswer(e *Entry, column, question int) {
	form := t.asks.questions[question].Form
	if t.mapping.Personal != masksPersonal || form == NumberAnswer || form == DateAnswer {
		return
	}
	for _, a := range e.replies {
		if a.question == question {
			a.text = t.cover(e, column, a.text)
		}
	}
}

// free tells a field of free text, as the rule about personal data reads it.
func (t *table) free(f schema.Field) bool {
	if f.Type != schema.TextField {
		return false
	}
	titled := f.Name == titleField || f.Name == titleField+"_en" || f.Name == t.request.Kind.Label
	return f.Class == redact.ClassText || f.Class == redact.ClassComment || f.Class == redact.Open && (f.Long || titled)
}

// isPersonal tells a row's number that looks like somebody's: a telephone or identity
// number, an address of mail. Other sorts are too much like numbers of tickets.
func isPersonal(key string) bool {
	return slices.ContainsFunc(redact.Scan(key), func(h redact.Hit) bool {
		return h.Sort == redact.Mobile || h.Sort == redact.Resident || h.Sort == redact.Email
	})
}

package ledger

import (
	"math/big"
	"strings"

	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// unit is what an amount in a column is multiplied by, and the currency that it is
// not in.
type unit struct {
	size  int64
	other string
}

// unitOf is the unit that the heading of a column, from 0, gives an amount, or a line
// above the header does: 合同金额（万元）, 单位：万元.
func (t *table) unitOf(column int, f schema.Field) unit {
	u, known := t.units[column]
	if !known {
		if t.units == nil {
			t.units = map[int]unit{}
		}
		u = t.unitSaid(column, f)
		t.units[column] = u
	}
	return u
}

func (t *table) unitSaid(column int, f schema.Field) unit {
	if f.Class != redact.ClassMoney || f.Type == schema.TextField {
		return unit{size: 1}
	}
	said := Fold(t.head.texts[column])
	if other := otherMoney.FindString(said); other != "" {
		return unit{1, other}
	}
	if m := unitAside.FindStringSubmatch(said); m != nil {
		return unit{size: max(1, unitSizes[m[2]+m[4]])}
	}
	for _, r := range t.rows[:t.head.last] {
		for _, c := range r.Cells {
			if m := unitAbove.FindStringSubmatch(Fold(c.Text)); m != nil {
				return unit{size: unitSizes[m[1]]}
			}
		}
	}
	return unit{size: 1}
}

// inUnit is an amount in the unit of its column. A cell that says its own unit is
// taken at its word.
func (t *table) inUnit(e *Entry, column int, f schema.Field, cell Cell, v any) (any, *fault) {
	text, isText := v.(string)
	u := t.unitOf(column, f)
	switch {
	case u.other != "":
		return nil, faulty("ledger.currency", locale.A("currency", u.other), locale.A("text", Tidy(cell.Text)))
	case !isText || u.size == 1 || ownUnit.MatchString(locale.Narrow(cell.Text)):
		return v, nil
	}
	n, ok := new(big.Rat).SetString(text)
	if !ok {
		return v, nil
	}
	t.tell("ledger.unit-read", column, locale.A("text", Tidy(cell.Text)), locale.A("value", trimmed(n.Mul(n, big.NewRat(u.size, 1)))), locale.N("row", e.Row))
	return trimmed(n), nil
}

// tell notes something of a column, once.
func (t *table) tell(key string, column int, args ...locale.Arg) {
	for _, n := range t.told {
		if n.Key == key && n.Column == column {
			return
		}
	}
	t.told = append(t.told, columnNote{Note{key, append([]locale.Arg{locale.A("heading", shortened(t.head.texts[column])), locale.A("column", Column(column+1))}, args...)}, column})
}

// columnNote is a note of one column.
type columnNote struct {
	Note
	Column int
}

// longWhole is the least number of which a spreadsheet, that keeps fifteen digits,
// does not hold every digit.
const longWhole = 1e15

// digitsLost tells a text or a number of the ledger's own whose last digits a
// spreadsheet has replaced by zeros.
func digitsLost(f schema.Field, to string, cell Cell, plain bool) bool {
	if f.Type != schema.TextField && to != KeyTarget || cell.Dated {
		return false
	}
	if n, ok := new(big.Float).SetString(strings.TrimSpace(cell.Number)); ok && cell.Number != "" {
		return n.IsInt() && n.Abs(n).Cmp(big.NewFloat(longWhole)) >= 0
	}
	return (plain || cell.Number != "") && lostDigits.MatchString(Tidy(cell.Text))
}

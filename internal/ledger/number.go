package ledger

import (
	"encoding/json"
	"math/big"
	"strings"

	"kept/internal/locale"
	"kept/internal/schema"
)

// number reads a number, with thousands, a unit that its field counts in, or percent.
func number(f schema.Field, cell Cell, text string) (any, notes, *fault) {
	s, ok := figures(f, cell, strings.ToLower(locale.Narrow(text)))
	if !ok || !plainNumber.MatchString(s) || f.Type == schema.IntegerField && strings.Contains(s, ".") {
		return nil, notes{}, faulty("ledger.number", locale.T("field", f.Title), locale.A("text", text))
	}
	s = canonical(s)
	if f.Type == schema.DecimalField {
		return s, notes{}, nil
	}
	return json.Number(s), notes{}, nil
}

// figures is the number that a cell says, without thousands and unit.
func figures(f schema.Field, cell Cell, said string) (string, bool) {
	s := strings.TrimSpace(strings.Trim(said, money))
	if m := tenThousands.FindStringSubmatch(strings.ReplaceAll(s, ",", "")); m != nil {
		return inTenThousands(m[1], cell.Number)
	}
	percent := strings.HasSuffix(s, "%")
	if cell.Number != "" && !percent {
		if exact, ok := new(big.Rat).SetString(cell.Number); ok {
			return trimmed(exact), true
		}
	}
	s = strings.TrimSuffix(s, "%")
	if m := counted.FindStringSubmatch(s); m != nil {
		if !countsIn(f, m[2]) {
			return "", false
		}
		s = m[1]
	}
	if strings.Contains(s, ",") && !thousands.MatchString(s) {
		return "", false // 1,5 and 12.000,50 are not what they would be without the comma
	}
	return strings.ReplaceAll(s, ",", ""), true
}

// inTenThousands is an amount that is shown in ten thousands. Behind it may stand the amount
// itself, which the format divides, or the number that is shown.
func inTenThousands(shown, stored string) (string, bool) {
	n, ok := new(big.Rat).SetString(shown)
	if !ok {
		return "", false
	}
	whole := new(big.Rat).Mul(n, big.NewRat(10000, 1))
	if exact, ok := new(big.Rat).SetString(stored); ok && stored != "" {
		if half := new(big.Rat).Quo(exact, big.NewRat(2, 1)); half.Cmp(n) > 0 {
			whole = exact
		} else {
			whole = exact.Mul(exact, big.NewRat(10000, 1))
		}
	}
	return trimmed(whole), true
}

// countsIn tells that a field counts in a unit: of two hours a field of days is not 2.
func countsIn(f schema.Field, unit string) bool {
	if some := titlesOfUnit[unit]; some != "" && !strings.ContainsAny(f.Title.ZH, some) {
		return false
	}
	none := otherTitles[unit]
	return none == "" || !strings.ContainsAny(f.Title.ZH, none)
}

// mostDecimals is how many decimals a stored number is read to: a spreadsheet
// keeps fifteen digits, and writes 0.1 as 0.1, or as 0.10000000000000001.
const mostDecimals = 9

// trimmed writes a number without needless zeros.
func trimmed(n *big.Rat) string {
	s := n.FloatString(mostDecimals)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// canonical is a number without plus sign and leading zeros.
func canonical(s string) string {
	s = strings.TrimPrefix(s, "+")
	sign := ""
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, s = "-", rest
	}
	whole, decimals, point := strings.Cut(s, ".")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if point {
		whole += "." + decimals
	}
	return sign + whole
}

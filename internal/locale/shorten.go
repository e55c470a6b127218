package locale

// Shorten is a text of which at most so many characters stand, with a sign of what
// was left out behind them.
func Shorten(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Within is a text of at most so many characters, the sign of what was left out among
// them.
func Within(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return Shorten(s, most-1)
	}
	return s
}

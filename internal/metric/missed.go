package metric

// Missed is the denominator without the numerator.
func (r *Result) Missed() []Evidence {
	type key struct{ record, item string }
	in := make(map[key]bool, len(r.Numerator))
	for _, e := range r.Numerator {
		in[key{e.Record, e.Item}] = true
	}
	var rest []Evidence
	for _, e := range r.Denominator {
		if !in[key{e.Record, e.Item}] {
			rest = append(rest, e)
		}
	}
	return rest
}

package schema

// gathers compares what a kind gathers with the kinds that it names.
func (l *loader) gathers(kind *Kind, g Gathered, at string) {
	if other := l.other(kind, at+"/kind", g.Kind); other != nil && l.name(kind, other, at+"/by", g.By) {
		l.reference(kind, other, at+"/by", g.By)
	}
	if g.Through == "" {
		return
	}
	if other := l.other(kind, at+"/through", g.Through); other != nil && l.name(kind, other, at+"/via", g.Via) {
		l.reference(kind, other, at+"/via", g.Via)
	}
}

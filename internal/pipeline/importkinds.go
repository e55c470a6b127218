package pipeline

import (
	"kept/internal/doctor"
	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/schema"
)

// How many more headings of a file must suit another kind before that one is named,
// and what a tool's own heading counts.
const (
	betterBy  = 2
	toolCount = 3
)

// otherKind names the kind whose headings a file has, where it is not the one that was
// asked for. A file that lacks what a record must have is refused at once, for all its
// rows would be, one by one; so is one that suits the other twice as well. Any other is
// warned of.
func (s *Snapshot) otherKind(req ImportRequest, l ledger.Request) (finding.List, error) {
	if req.template {
		return nil, nil
	}
	own := ledger.Suit(l)
	if len(own.Lacking) == 0 && own.Strange < betterBy {
		return nil, nil // no other can suit better
	}
	var best *schema.Kind
	var found ledger.Suits
	for k := range s.Kinds.All() {
		if k.ID == req.Kind.ID {
			continue
		}
		m, wrong, err := s.mapping(ImportRequest{Kind: k})
		if err != nil {
			return nil, err
		}
		if len(wrong) > 0 {
			continue
		}
		l.Kind, l.Mapping = k, m
		if f := ledger.Suit(l); weight(f) > weight(found) || weight(f) == weight(found) && len(f.Lacking) < len(found.Lacking) {
			best, found = k, f
		}
	}
	if best == nil || weight(found) < weight(own)+betterBy || len(found.Lacking) > len(own.Lacking) {
		return nil, nil
	}
	severity, key := finding.Error, "import.kind-other"
	if len(own.Lacking) == 0 {
		key = "import.kind-rather"
		if weight(found) < 2*weight(own)+betterBy {
			severity = finding.Warning
		}
	}
	command := "kept import " + best.ID + " " + doctor.Quoted("", req.File)
	for _, f := range ImportAsks(best) {
		command += " --set " + f.Name + "=…"
	}
	shown := found.Headings[:min(len(found.Headings), 6)]
	if len(shown) == 0 {
		return nil, nil
	}
	list := make([]locale.Text, len(shown))
	for i, h := range shown {
		list[i] = locale.Plain(h)
	}
	f := importFault(req.File, key,
		locale.T("kind", req.Kind.Title), locale.T("other", best.Title), locale.T("headings", locale.Listed(list...)),
		locale.T("lacking", locale.Listed(own.Lacking[:min(len(own.Lacking), 4)]...)), locale.A("command", command))
	f.Severity = severity
	return finding.List{f}, nil
}

func weight(s ledger.Suits) int {
	n := len(s.Headings)
	if s.Tool {
		n += toolCount
	}
	return n
}

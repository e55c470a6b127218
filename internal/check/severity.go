package check

import (
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
)

// Severities gives findings the severity that the organisation's settings name for
// their rule. What an exception accepts stays information. The list is changed and
// returned.
func Severities(list finding.List, settings []config.Rule) finding.List {
	if len(settings) == 0 {
		return list
	}
	for i := range list {
		f := &list[i]
		if k := slices.IndexFunc(settings, func(r config.Rule) bool { return r.ID == f.Rule }); k >= 0 && f.Accepted == "" && !fixed(f.Rule) {
			f.Severity = settings[k].Severity
		}
	}
	return list
}

// fixed tells whether a rule's severity may not be changed: what reading needs, so
// that every other rule knows what it looks at.
func fixed(id string) bool {
	if slices.Contains([]string{"id-duplicate", "id-file", "id-pattern", "path", "kind-unknown", "kind-expression", "config", "calendar"}, id) {
		return true
	}
	return slices.ContainsFunc([]string{"schema-", "yaml-", "kind-"}, func(p string) bool { return strings.HasPrefix(id, p) })
}

// unknownSettings finds settings for rules that do not exist, or that may not be
// changed.
func unknownSettings(req Request) finding.List {
	if len(req.Settings) == 0 {
		return nil
	}
	known := map[string]bool{}
	for _, l := range Lines(req.Register.Kinds(), nil) {
		known[l.ID] = true
	}
	var found finding.List
	for _, s := range req.Settings {
		key := ""
		switch {
		case fixed(s.ID):
			key = "check.setting-fixed"
		case !known[s.ID] && ofRefused(req.Register.Kinds(), s.ID):
			// its kind was refused, and that has been reported there
		case !known[s.ID]:
			key = "check.setting-unknown"
		}
		if key != "" {
			found = append(found, finding.Finding{
				Position: s.Position, Rule: "config", Severity: finding.Error, Key: key, Args: []locale.Arg{locale.A("rule", s.ID)},
			})
		}
	}
	return found
}

// ofRefused tells whether a rule may be one of a kind that did not load: such rules
// begin with the kind's name.
func ofRefused(kinds *schema.Registry, id string) bool {
	for i, c := range id {
		if c == '-' && kinds.Refused(id[:i]) {
			return true
		}
	}
	return false
}

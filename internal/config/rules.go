package config

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// rules reads the severities that the organisation changed: each once, with a
// severity and a reason. None can be switched off.
func (r *reader) rules(root yamldoc.Object) {
	if _, list := root.Plain("rules").([]any); root.Has("rules") && !list {
		r.report(r.doc.Position("/rules"), "config.rules")
		return
	}
	for i, item := range root.Items("rules") {
		at := "/rules/" + strconv.Itoa(i)
		for _, key := range item.Keys() {
			if !slices.Contains([]string{"id", "severity", "reason"}, key) {
				r.report(r.doc.KeyPosition(yamldoc.Pointer(at, key)), "config.unknown-key", locale.A("key", key))
			}
		}
		rule := Rule{ID: item.Text("id"), Reason: strings.TrimSpace(item.Text("reason")), Position: r.doc.Position(at + "/id")}
		severity, ok := severityOf(item.Text("severity"))
		rule.Severity = severity
		switch {
		case rule.ID == "":
			r.report(r.doc.Position(at), "config.rule-id")
		case !ok:
			r.report(r.doc.Position(at+"/severity"), "config.rule-severity")
		case rule.Reason == "":
			r.report(r.doc.Position(at), "config.rule-reason", locale.A("rule", rule.ID))
		case slices.ContainsFunc(r.config.Rules, func(o Rule) bool { return o.ID == rule.ID }):
			r.report(rule.Position, "config.rule-twice", locale.A("rule", rule.ID))
		default:
			r.config.Rules = append(r.config.Rules, rule)
		}
	}
}

func severityOf(word string) (finding.Severity, bool) {
	for _, s := range []finding.Severity{finding.Info, finding.Warning, finding.Error} {
		if s.String() == word {
			return s, true
		}
	}
	return finding.Info, false
}

// outside reads a place relative to the repository's top. What it holds is
// personal and never enters git, so that it may not lie inside.
func (r *reader) outside(key string) string {
	root := r.doc.Root()
	if !root.Has(key) {
		return ""
	}
	p := root.Text(key)
	clean := path.Clean(p)
	if p == "" || strings.ContainsAny(p, "\\\x00") || !path.IsAbs(clean) && clean != ".." && !strings.HasPrefix(clean, "../") {
		r.report(r.doc.Position("/"+key), "config.outside", locale.A("key", key))
		return ""
	}
	return clean
}

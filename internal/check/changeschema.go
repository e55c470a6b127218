package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// governance compares what governs the records before and after a change.
type governance struct {
	request ChangeRequest
	rules   []Rule
	found   finding.List
	reasons []Reason
}

func (g *governance) judge() {
	before, after := g.request.Before, g.request.After
	for _, path := range union(before.Files, after.Files) {
		if before.Files[path] != after.Files[path] {
			g.reasons = append(g.reasons, Reason{Key: "audit.review.file", Args: []locale.Arg{locale.A("path", path)}})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(before.Schemas)) {
		now, ok := after.Schemas[path]
		if !ok {
			g.report(0, path, "audit.change.schema-gone")
			continue
		}
		g.object(path, "", before.Schemas[path], now)
	}
	for kind := range before.Kinds.All() {
		if now := after.Kinds.Kind(kind.ID); now != nil {
			g.kind("schemas/"+kind.ID+".kind.yaml", kind, now)
		}
	}
	for _, key := range []string{"time_zone", "branch", "future_tolerance", "rules", "signatures", "robots", "evidence_store", "contacts"} {
		if old, now := before.Config.Plain(key), after.Config.Plain(key); !equal(old, now) {
			g.report(2, config.File, "audit.change.config", locale.A("key", key))
		}
	}
}

func union[V any](a, b map[string]V) []string {
	keys := slices.Sorted(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// report adds a finding of one of the change rules.
func (g *governance) report(rule int, path, key string, args ...locale.Arg) {
	r := g.rules[rule]
	g.found = append(g.found, finding.Finding{
		Position: finding.Position{Path: path, Line: 1, Column: 1}, Rule: r.ID, Severity: r.Severity, Key: key, Args: args,
	})
}

// bounds are the keywords of a schema that hold values back; a change of one may
// let in what was refused.
func bounds() []string {
	return []string{
		"type", "pattern", "format", "const", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "uniqueItems",
		"additionalProperties", "x-class", "x-ref", "x-decimal", "x-moment", "anyOf", "oneOf", "allOf", "if", "then", "else", "$ref", "dependentRequired",
	}
}

// object compares one schema, and those inside it.
func (g *governance) object(path, at string, before, after yamldoc.Object) {
	where := locale.A("at", strings.Trim(at, "."))
	if at == "" {
		where = locale.A("at", "—")
	}
	for _, name := range before.Texts("required") {
		if !slices.Contains(after.Texts("required"), name) {
			g.report(0, path, "audit.change.required", where, locale.A("field", name))
		}
	}
	if len(before.Texts("enum")) > 0 {
		for _, value := range after.Texts("enum") {
			if !slices.Contains(before.Texts("enum"), value) {
				g.report(0, path, "audit.change.enum", where, locale.A("value", value))
			}
		}
		if len(after.Texts("enum")) == 0 {
			g.report(0, path, "audit.change.bound", where, locale.A("keyword", "enum"))
		}
	}
	for _, keyword := range bounds() {
		if before.Has(keyword) && !equal(before.Plain(keyword), after.Plain(keyword)) {
			g.report(0, path, "audit.change.bound", where, locale.A("keyword", keyword))
		}
	}
	for _, folder := range []string{"properties", "$defs"} {
		old, now := before.Object(folder), after.Object(folder)
		for _, name := range old.Keys() {
			if !now.Has(name) {
				continue // what is no longer allowed is stricter
			}
			g.object(path, at+"."+name, old.Object(name), now.Object(name))
		}
	}
	if before.Has("items") {
		g.object(path, at+"[]", before.Object("items"), after.Object("items"))
	}
}

// kind compares the lives that two versions of a kind allow.
func (g *governance) kind(path string, before, after *schema.Kind) {
	for _, old := range before.Rules {
		i := slices.IndexFunc(after.Rules, func(r schema.Rule) bool { return r.ID == old.ID })
		switch {
		case i < 0:
			g.report(1, path, "audit.change.rule-gone", locale.A("rule", old.ID))
		case after.Rules[i].Severity < old.Severity || after.Rules[i].When != old.When || after.Rules[i].Require != old.Require:
			g.report(1, path, "audit.change.rule", locale.A("rule", old.ID))
		}
	}
	for _, now := range after.Steps {
		for _, from := range now.From {
			g.step(path, before, after, from, now)
		}
	}
	for _, old := range before.States {
		if now, ok := after.State(old.ID); ok && now.Phase != old.Phase {
			g.report(1, path, "audit.change.phase", locale.T("state", stateName(before, old.ID)), locale.A("before", string(old.Phase)), locale.A("after", string(now.Phase)))
		}
	}
	for _, old := range before.Limits {
		if now, ok := after.Limit(old.Name); !ok || !equal(plainLimit(old), plainLimit(now)) {
			g.report(1, path, "audit.change.limit", locale.T("limit", old.Title))
		}
	}
	for _, name := range before.Order {
		if !slices.Contains(after.Order, name) {
			g.report(1, path, "audit.change.order", locale.T("field", before.NameTitle(name)))
		}
	}
	if before.Retention.Years > after.Retention.Years {
		g.report(1, path, "audit.change.retention", locale.N("before", before.Retention.Years), locale.N("after", after.Retention.Years))
	}
	g.operations(path, before, after)
}

// plainLimit is a limit without its words.
func plainLimit(l schema.TimeLimit) string {
	l.Title = locale.Text{}
	return fmt.Sprintf("%v", l)
}

// step compares one step with that of the same way before.
func (g *governance) step(path string, before, after *schema.Kind, from string, now schema.Step) {
	way := []locale.Arg{locale.T("from", stateName(after, from)), locale.T("to", stateName(after, now.To))}
	old, ok := before.Step(from, now.To)
	if !ok {
		g.report(1, path, "audit.change.step-new", way...)
		return
	}
	for _, name := range old.Requires {
		if !slices.Contains(now.Requires, name) {
			g.report(1, path, "audit.change.step-requires", append(way, locale.T("field", before.NameTitle(name)))...)
		}
	}
	if wider(old.Roles, now.Roles) {
		g.report(1, path, "audit.change.step-roles", way...)
	}
	if old.Guard != "" && now.Guard != old.Guard {
		g.report(1, path, "audit.change.step-guard", way...)
	}
}

// wider tells whether roles were added, where none means anyone.
func wider(before, after []string) bool {
	if len(before) == 0 {
		return false
	}
	return len(after) == 0 || slices.ContainsFunc(after, func(r string) bool { return !slices.Contains(before, r) })
}

func (g *governance) operations(path string, before, after *schema.Kind) {
	for _, now := range after.Operations {
		i := slices.IndexFunc(before.Operations, func(o schema.Operation) bool { return o.ID == now.ID })
		if i < 0 || wider(before.Operations[i].Roles, now.Roles) || wider(before.Operations[i].States, now.States) {
			g.report(1, path, "audit.change.operation", locale.A("operation", now.ID))
		}
	}
}

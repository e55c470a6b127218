package schema

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"kept/internal/calendar"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// decode turns a kind file that its meta-schema allows into a Kind.
func decode(o yamldoc.Object) (*Kind, error) {
	id, register := o.Object("id"), o.Object("register")
	pattern, err := regexp.Compile(id.Text("pattern"))
	if err != nil {
		return nil, fmt.Errorf("compile id pattern: %w", err)
	}
	return &Kind{
		ID:         o.Text("kind"),
		Version:    integer(o, "version"),
		Title:      text(o, "title"),
		Envelope:   Envelope(o.Text("envelope")),
		FormNo:     o.Text("form_no"),
		IDs:        IDPattern{Pattern: pattern, Template: id.Text("template")},
		Dated:      o.Flag("dated"),
		Date:       o.Text("date"),
		Label:      o.Text("label"),
		States:     each(o, "states", state),
		Initial:    o.Text("initial"),
		Steps:      each(o, "steps", step),
		Derived:    each(o, "derived", derived),
		Limits:     each(o, "limits", limit),
		Order:      o.Texts("order"),
		Rules:      each(o, "rules", rule),
		Lookups:    each(o, "lookups", othersOf),
		Operations: each(o, "operations", operation),
		Retention:  retention(o.Object("retention")),
		Answers:    answering(o.Object("answers")),
		Columns:    each(register, "columns", column),
		Facets:     register.Texts("facets"),
		Blocks:     each(o, "blocks", block),
		Texts:      each(o, "texts", letter),
		Gathers:    each(o, "gathers", gathered),
		Register:   text(register, "title"),
		PrintID:    register.Text("print"),
	}, nil
}

func each[T any](o yamldoc.Object, key string, read func(yamldoc.Object) T) []T {
	items := o.Items(key)
	list := make([]T, len(items))
	for i, item := range items {
		list[i] = read(item)
	}
	return list
}

func text(o yamldoc.Object, key string) locale.Text {
	t := o.Object(key)
	return locale.Text{ZH: t.Text("zh-CN"), EN: t.Text("en")}
}

func integer(o yamldoc.Object, key string) int {
	n, ok := o.Number(key)
	if !ok || !n.IsInt() || !n.Num().IsInt64() {
		return 0
	}
	return int(n.Num().Int64())
}

func state(o yamldoc.Object) State {
	return State{ID: o.Text("id"), Title: text(o, "title"), Phase: Phase(o.Text("phase"))}
}

func step(o yamldoc.Object) Step {
	return Step{
		From: o.Texts("from"), To: o.Text("to"), Title: text(o, "title"),
		Roles: o.Texts("roles"), Requires: o.Texts("requires"),
		Guard: o.Text("guard"), GuardText: text(o, "guard_text"),
		Opens: o.Text("opens"), Closes: o.Text("closes"), Link: o.Text("link"),
	}
}

func operation(o yamldoc.Object) Operation {
	op := Operation{
		ID: o.Text("id"), Title: text(o, "title"), States: o.Texts("states"), Roles: o.Texts("roles"),
		Add: o.Text("add"), Opens: o.Text("opens"), Moves: o.Text("moves"),
	}
	set := o.Object("set")
	for _, key := range set.Keys() {
		op.Set = append(op.Set, Setting{key, set.Text(key)})
	}
	return op
}

func retention(o yamldoc.Object) Retention {
	return Retention{Years: integer(o, "years"), From: o.Text("from")}
}

func othersOf(o yamldoc.Object) Lookup {
	return Lookup{
		Name: o.Text("name"), Kind: o.Text("kind"), From: o.Text("from"), Back: o.Text("back"),
		Rel: o.Text("rel"), Match: o.Text("match"), All: o.Flag("all"), Take: o.Texts("take"),
	}
}

func derived(o yamldoc.Object) Derived {
	return Derived{
		Name: o.Text("name"), Title: text(o, "title"), State: o.Text("state"),
		First: o.Text("take") == "first", Actor: o.Flag("actor"),
	}
}

func limit(o yamldoc.Object) TimeLimit {
	amounts := o.Object("amounts")
	limits := make(map[string]calendar.Limit, len(amounts.Keys()))
	for _, key := range amounts.Keys() {
		amount, unit, _ := strings.Cut(amounts.Text(key), " ")
		n, _ := strconv.Atoi(amount)
		limits[chooser(key)] = calendar.Limit{Amount: n, Unit: calendar.Unit(unit)}
	}
	return TimeLimit{
		Name: o.Text("name"), Title: text(o, "title"), Start: o.Text("start"), Done: o.Text("done"),
		By: o.Texts("by"), Frozen: o.Flag("frozen"), Limits: limits,
		Pauses: o.Text("pauses"), Extend: o.Text("extend"), Typed: o.Text("typed"),
	}
}

// defaultAmount is the key of the amount for every other value.
const defaultAmount = "default"

func chooser(key string) string {
	if key == defaultAmount {
		return ""
	}
	return key
}

func rule(o yamldoc.Object) Rule {
	severity := map[string]finding.Severity{"warning": finding.Warning, "error": finding.Error}[o.Text("severity")]
	return Rule{
		ID: o.Text("id"), Ref: o.Text("ref"), Severity: severity, When: o.Text("when"), Require: o.Text("require"),
		At: o.Text("at"), Message: text(o, "message"), Purpose: text(o, "purpose"),
	}
}

func column(o yamldoc.Object) Column {
	width, _ := o.Number("width")
	c := Column{Name: o.Text("name"), Title: text(o, "title"), Screen: true, Align: cmp.Or(o.Text("align"), "left")}
	if width != nil {
		c.Width, _ = width.Float64()
	}
	if o.Has("screen") {
		c.Screen = o.Flag("screen")
	}
	return c
}

func block(o yamldoc.Object) Block {
	return Block{Title: text(o, "title"), Fields: o.Texts("fields")}
}

func letter(o yamldoc.Object) Letter {
	return Letter{ID: o.Text("id"), Title: text(o, "title"), When: o.Text("when"), Body: text(o, "text")}
}

func gathered(o yamldoc.Object) Gathered {
	return Gathered{Kind: o.Text("kind"), By: o.Text("by"), Through: o.Text("through"), Via: o.Text("via")}
}

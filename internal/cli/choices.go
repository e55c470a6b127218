package cli

import (
	"fmt"
	"io"
	"strings"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/record"
)

// choices prints what may be done to a record now: each step and operation with
// who may do it, what it requires and what it allows.
type choices struct {
	w io.Writer
	p *locale.Printer
}

func (c choices) line(text string) { fmt.Fprintln(c.w, annotate.Safe(text)) }

func (c choices) list(rec *record.Record, all []intake.Choice) {
	state, _ := rec.State()
	c.line(rec.ID + " · " + c.p.Text(rec.Title()) + " · " + c.p.Text(state.Title) + " " + state.ID)
	if len(all) == 0 {
		c.line(c.p.Say("intake.cli.no-choice"))
	}
	for _, choice := range all {
		c.choice(choice)
	}
}

func (c choices) choice(choice intake.Choice) {
	title := choice.ID + "  " + c.p.Text(choice.Title)
	if !choice.Opens.IsZero() {
		title += c.p.Say("intake.cli.opens", locale.T("kind", choice.Opens))
	} else if choice.Free {
		title += c.p.Say("intake.cli.free")
	} else if choice.Operation {
		title += c.p.Say("intake.cli.operation")
	}
	c.line("")
	c.line(title)
	if roles := c.roles(choice.Roles); roles != "" {
		c.line("  " + c.p.Say("intake.cli.roles", locale.A("roles", roles)))
	}
	for _, a := range choice.Requires {
		c.line("  " + c.p.Say("intake.cli.requires", locale.A("field", c.asked(a))))
	}
	for _, a := range choice.Allows {
		c.line("  " + c.p.Say("intake.cli.allows", locale.A("field", c.asked(a))))
	}
	if !choice.Guard.IsZero() {
		key := "intake.cli.guard-holds"
		if !choice.Holds {
			key = "intake.cli.guard-not-yet"
		}
		c.line("  " + c.p.Say(key, locale.T("guard", choice.Guard)))
	}
}

func (c choices) roles(list []intake.Holding) string {
	texts := make([]string, len(list))
	for i, h := range list {
		names := make([]string, len(h.Persons))
		for j, p := range h.Persons {
			names[j] = p.Name + " " + p.ID
		}
		if len(names) == 0 {
			names = []string{c.p.Say("intake.cli.nobody")}
		}
		texts[i] = c.p.Say("intake.cli.role", locale.T("title", h.Title), locale.A("role", h.Role), locale.A("persons", strings.Join(names, c.p.Say("intake.cli.comma"))))
	}
	return strings.Join(texts, c.p.Say("intake.cli.semicolon"))
}

// asked is a field's title and key, its choices and whether it is there.
func (c choices) asked(a intake.Asked) string {
	text := c.p.Text(a.Title) + " " + a.Path
	var options []string
	for _, o := range a.Options {
		option := o.Value
		if title := c.p.Text(o.Title); title != o.Value {
			option += " " + title
		}
		options = append(options, option)
	}
	if len(options) > 0 {
		text += " = " + strings.Join(options, " | ")
	}
	if a.Preset != "" {
		preset := a.Preset
		for _, o := range a.Options {
			if title := c.p.Text(o.Title); o.Value == a.Preset && title != o.Value {
				preset += " " + title
			}
		}
		text += c.p.Say("intake.cli.preset", locale.A("value", preset))
	}
	if a.There {
		text += c.p.Say("intake.cli.there")
	}
	return text
}

package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/pipeline"
	"kept/internal/portal"
)

func (a *app) kpiCommand() *cobra.Command {
	var period, explain, basis string
	cmd := &cobra.Command{
		Use:     "kpi",
		Short:   a.say("cli.kpi"),
		Long:    a.say("cli.kpi.long"),
		Example: "  kept kpi --period 2026-09\n  kept kpi --period 2026-Q3 --explain K01\n  kept kpi --at 2026-06-30 --json",
		Args:    a.exactly(),
		RunE: work(func(*cobra.Command, []string) error {
			return a.kpi(period, explain, basis)
		}),
	}
	cmd.Flags().StringVar(&period, "period", "", a.say("cli.flag.period"))
	cmd.Flags().StringVar(&explain, "explain", "", a.say("cli.flag.explain"))
	cmd.Flags().StringVar(&basis, "basis", "", a.say("cli.flag.basis"))
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

func (a *app) kpi(period, explain, basis string) error {
	snapshot, project, err := a.snapshot()
	if err != nil {
		return err
	}
	p, err := a.period(period, snapshot)
	if err != nil {
		return err
	}
	if explain == "" && basis != "" {
		return a.misuse("cli.basis-alone")
	}
	measures := project.Measures(snapshot)
	view := portal.New(project.Source(snapshot, measures), a.printer.Lang())
	if explain == "" {
		if a.json {
			return a.kpiJSON(snapshot, measures, p)
		}
		return a.figures(view, p)
	}
	d, b, err := a.measured(snapshot, explain, basis)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(snapshot.Figure(d, measures.Result(d, p, b), true))
	}
	return writeTable(a.Out, view.EvidenceTable(d, p, b))
}

// figures prints the KPIs of a period and the balance of open records below.
func (a *app) figures(view *portal.View, p calendar.Period) error {
	if err := writeTable(a.Out, view.KPITable(p)); err != nil {
		return err
	}
	if backlog := view.BacklogTable(p); len(backlog.Rows) > 0 {
		fmt.Fprintln(a.Out)
		if err := writeTable(a.Out, backlog); err != nil {
			return err
		}
	}
	fmt.Fprintln(a.Out)
	for _, line := range view.PublishedLines(p) {
		fmt.Fprintln(a.Out, annotate.Safe(line))
	}
	_, err := fmt.Fprintf(a.Out, "%s\n", annotate.Safe(view.Moment()))
	return err
}

// measured finds the definition and the basis that the flags name.
func (a *app) measured(s *pipeline.Snapshot, id, basis string) (*metric.Definition, metric.Basis, error) {
	for _, d := range s.Definitions {
		if d.ID != id {
			continue
		}
		for _, b := range d.Bases() {
			if basis == "" || string(b) == basis {
				return d, b, nil
			}
		}
		return nil, "", a.misuse("cli.bad-basis", locale.A("value", basis), locale.A("id", id))
	}
	return nil, "", a.misuse("cli.unknown-kpi", locale.A("id", id))
}

// period reads --period; the month before the moment of judgement where there
// is none, which is the latest complete one.
func (a *app) period(s string, snapshot *pipeline.Snapshot) (calendar.Period, error) {
	if s == "" {
		return calendar.PeriodAt(calendar.Month, snapshot.AsOf).Shift(-1), nil
	}
	p, err := calendar.ParsePeriod(s)
	if err != nil {
		return p, a.misuse("cli.bad-period", locale.A("value", s))
	}
	return p, nil
}

func (a *app) kpiJSON(s *pipeline.Snapshot, m *pipeline.Measures, p calendar.Period) error {
	list := []pipeline.FigureObject{}
	for _, d := range s.Definitions {
		if !d.Cadence.Fits(p.Grain) {
			continue
		}
		for _, b := range d.Bases() {
			list = append(list, s.Figure(d, m.Result(d, p, b), false))
		}
	}
	return a.writeJSON(list)
}

func (a *app) writeJSON(v any) error {
	enc := json.NewEncoder(a.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// snapshot opens the project at the moment that the flags name.
func (a *app) snapshot() (*pipeline.Snapshot, *pipeline.Project, error) {
	project, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := project.Snapshot(moment)
	if a.at != "" && (errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrAmbiguous)) {
		return nil, nil, a.misuse("cli.revision", locale.A("at", a.at))
	}
	if err != nil {
		return nil, nil, a.misnamed(err)
	}
	return snapshot, project, nil
}

package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/pipeline"
	"kept/internal/record"
)

// dueFlags are the flags of "kept due".
type dueFlags struct {
	within, ics, owner string
	all                bool
}

func (a *app) dueCommand() *cobra.Command {
	var flags dueFlags
	cmd := &cobra.Command{
		Use:     "due",
		Short:   a.say("obligation.command"),
		Long:    a.say("obligation.command.long"),
		Example: "  kept due\n  kept due --within 60d --owner u-wangl\n  kept due --all --as-of 2026-12-31\n  kept due --json\n  kept due --ics obligations.ics",
		Args:    a.exactly(),
		RunE:    work(func(*cobra.Command, []string) error { return a.due(flags) }),
	}
	cmd.Flags().StringVar(&flags.within, "within", "", a.say("obligation.flag.within"))
	cmd.Flags().BoolVar(&flags.all, "all", false, a.say("obligation.flag.all"))
	cmd.Flags().StringVar(&flags.owner, "owner", "", a.say("obligation.flag.owner"))
	cmd.Flags().StringVar(&flags.ics, "ics", "", a.say("obligation.flag.ics"))
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	a.momentFlags(cmd)
	cmd.Flags().Lookup("as-of").Usage = a.say("obligation.flag.as-of")
	return cmd
}

func (a *app) due(flags dueFlags) error {
	if a.json && flags.ics != "" {
		return a.misuse("obligation.two-outputs")
	}
	within, ok := parseDays(flags.within)
	if !ok {
		return a.misuse("obligation.bad-within", locale.A("value", flags.within))
	}
	snapshot, project, err := a.owing()
	if err != nil {
		return err
	}
	if flags.owner != "" && !isPerson(snapshot, flags.owner) {
		return a.misuse("obligation.bad-owner", locale.A("id", flags.owner))
	}
	if flags.ics != "" && flags.ics != "-" && project.Governs(flags.ics) {
		return a.misuse("cli.bad-out", locale.A("path", flags.ics))
	}
	ahead := horizon(snapshot.AsOf, within)
	if flags.ics != "" && within < 0 {
		within = farAhead // a calendar shows all that lies ahead
	}
	definitions, duties, found := snapshot.Owed(ahead)
	duties = slices.DeleteFunc(duties, func(d obligation.Duty) bool {
		wanted := flags.all || urgent(&d, snapshot.AsOf, within) || flags.ics == "" && lately(&d, snapshot.AsOf)
		return !wanted || flags.owner != "" && !answers(snapshot, &d, flags.owner)
	})
	if err := a.complain(found); err != nil {
		return err
	}
	switch {
	case a.json:
		return a.dueJSON(duties, snapshot.AsOf)
	case flags.ics != "":
		return a.dueCalendar(flags.ics, snapshot.DutyCalendar(duties, a.printer))
	case len(definitions) == 0:
		_, err := fmt.Fprintln(a.Out, a.say("obligation.none-defined"))
		return err
	}
	return a.dueTables(snapshot, duties)
}

// owing opens the project at the moment that the flags name; without any the
// clock on the wall judges.
func (a *app) owing() (*pipeline.Snapshot, *pipeline.Project, error) {
	project, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	if a.at != "" {
		return a.snapshot()
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return nil, nil, err
	}
	if moment.AsOf.IsZero() {
		moment.AsOf = a.Now()
	}
	snapshot, err := project.Owing(moment)
	return snapshot, project, err
}

var days = regexp.MustCompile(`^([0-9]{1,4})([dw])$`)

// parseDays reads 30d or 8w; "" is -1, which leaves it to each obligation.
func parseDays(s string) (int, bool) {
	if s == "" {
		return -1, true
	}
	part := days.FindStringSubmatch(s)
	if part == nil {
		return 0, false
	}
	n, err := strconv.Atoi(part[1])
	if part[2] == "w" {
		n *= 7
	}
	return n, err == nil
}

// farAhead is how many days ahead duties are worked out, where no more is asked
// for.
const farAhead = 366

func horizon(asOf time.Time, within int) time.Time {
	return asOf.AddDate(0, 0, max(within, farAhead))
}

// urgent tells whether a duty is overdue or comes due within so many days.
func urgent(d *obligation.Duty, asOf time.Time, within int) bool {
	switch d.State {
	case obligation.Overdue:
		return true
	case obligation.Coming, obligation.Later:
		if within < 0 {
			return d.State == obligation.Coming
		}
		return d.Days(asOf) <= within
	}
	return false
}

// lately tells whether a duty was missed within the last year. A calendar leaves
// those out unless all is asked for: nobody can do them any more.
func lately(d *obligation.Duty, asOf time.Time) bool {
	return d.State == obligation.Missed && !d.Due.Before(asOf.AddDate(-1, 0, 0))
}

func isPerson(s *pipeline.Snapshot, id string) bool {
	rec := s.Register.Get(id)
	return rec != nil && rec.Kind != nil && rec.Kind.ID == record.PersonKind
}

// answers tells whether a person answers for a duty: by name or, where only the
// role is known, by a role held at the moment of judgement.
func answers(s *pipeline.Snapshot, d *obligation.Duty, person string) bool {
	if d.Owner != "" {
		return d.Owner == person
	}
	return slices.Contains(s.Register.Roles(person, s.AsOf, s.Config.Zone), d.Definition.Owner)
}

// complain tells on the side which obligations cannot be used.
func (a *app) complain(found finding.List) error {
	return annotate.Write(a.Err, annotate.Text, found, a.printer)
}

func (a *app) dueJSON(duties []obligation.Duty, asOf time.Time) error {
	list := make([]pipeline.DutyObject, len(duties))
	for i := range duties {
		list[i] = pipeline.DutyForMachines(&duties[i], asOf, a.printer)
	}
	return a.writeJSON(list)
}

func (a *app) dueCalendar(name string, data []byte) error {
	if name != "-" {
		return pipeline.WriteCalendar(name, data)
	}
	if _, err := a.Out.Write(data); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	return nil
}

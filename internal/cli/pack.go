package cli

import (
	"errors"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"kept/internal/calendar"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// packFlags are the flags of "kept pack".
type packFlags struct {
	records, from, seed, out string
	sample                   int
	money                    bool
}

// longestSeed bounds a seed: it is printed on the cover.
const longestSeed = 200

func (a *app) packCommand() *cobra.Command {
	var flags packFlags
	cmd := &cobra.Command{
		Use:     "pack PERIOD",
		Short:   a.say("pack.command"),
		Long:    a.say("pack.command.long"),
		Example: "  kept pack 2026-H1 --records TS-2026-0007,TS-2026-0012\n  kept pack 2026-H1 --sample 5 --seed 'audit 2026' --out 2026-H1.zip\n  kept pack 2026-Q3 --at 2026-10-08 --ledger refs/kept/observed",
		Args:    a.exactly("PERIOD"),
		RunE: work(func(cmd *cobra.Command, args []string) error {
			return a.pack(args[0], flags, cmd.Flags().Changed("sample"))
		}),
	}
	cmd.Flags().StringVar(&flags.records, "records", "", a.say("pack.flag.records"))
	cmd.Flags().IntVar(&flags.sample, "sample", 0, a.say("pack.flag.sample"))
	cmd.Flags().StringVar(&flags.seed, "seed", "", a.say("pack.flag.seed"))
	cmd.Flags().StringVar(&flags.from, "from", "", a.say("pack.flag.from"))
	cmd.Flags().StringVarP(&flags.out, "out", "o", "", a.say("pack.flag.out"))
	cmd.Flags().BoolVar(&flags.money, "money", false, a.say("redact.flag.money"))
	a.momentFlags(cmd)
	a.evidenceFlags(cmd)
	return cmd
}

func (a *app) pack(arg string, flags packFlags, sampled bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	period, err := calendar.ParsePeriod(arg)
	if err != nil {
		return a.misuse("cli.bad-period", locale.A("value", arg))
	}
	if err := a.packable(flags, sampled); err != nil {
		return err
	}
	request := pipeline.PackRequest{
		Period: period, From: flags.from, Sample: flags.sample, Seed: flags.seed, Out: flags.out, Money: flags.money, Records: listed(flags.records),
	}
	if request.Moment, err = a.moment(project.Zone()); err != nil {
		return err
	}
	if request.Out == "" {
		request.Out = "pack-" + period.String()
	}
	if project.Governs(request.Out) {
		return a.misuse("cli.bad-out", locale.A("path", request.Out))
	}
	if a.lang != "" {
		request.Languages = []locale.Lang{a.printer.Lang()}
	}
	packed, err := project.Pack(request)
	if err != nil {
		return a.unpacked(err, flags)
	}
	a.tellErr("pack.done", locale.A("period", period.String()), locale.N("files", packed.Files), locale.A("commit", packed.Commit.Short()), locale.A("as_of", packed.AsOf), locale.A("path", request.Out))
	for _, cover := range packed.Covers {
		a.tellErr("pack.code", locale.A("code", cover.String()))
	}
	if sampled {
		a.tellErr("pack.drawn", locale.N("n", len(packed.Drawn)), locale.A("ids", strings.Join(packed.Drawn, a.say("pack.comma"))))
	}
	return nil
}

// packable judges how a sample is asked for.
func (a *app) packable(flags packFlags, sampled bool) error {
	odd := func(r rune) bool { return !unicode.IsPrint(r) }
	switch {
	case sampled && flags.sample < 1:
		return a.misuse("pack.bad-sample")
	case sampled != (flags.seed != ""), flags.from != "" && !sampled:
		return a.misuse("pack.sample-alone")
	case len(flags.seed) > longestSeed, strings.ContainsFunc(flags.seed, odd):
		return a.misuse("pack.bad-seed", locale.N("most", longestSeed))
	}
	return nil
}

// unpacked says what is wrong with a request that could not be packed.
func (a *app) unpacked(err error, flags packFlags) error {
	var unknown *pipeline.UnknownRecordError
	switch {
	case errors.As(err, &unknown):
		return a.misuse("pack.unknown-record", locale.A("id", unknown.ID))
	case a.at != "" && (errors.Is(err, gitrepo.ErrUnknownRevision) || errors.Is(err, gitrepo.ErrAmbiguous)):
		return a.misuse("cli.revision", locale.A("at", a.at))
	case errors.Is(err, pipeline.ErrNoPopulation):
		return a.misuse("pack.bad-from", locale.A("kind", flags.from))
	}
	return a.refused(a.misnamed(err))
}

// listed splits a list at its commas; what stands twice counts once.
func listed(s string) []string {
	var list []string
	known := map[string]bool{}
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" && !known[part] {
			known[part] = true
			list = append(list, part)
		}
	}
	return list
}

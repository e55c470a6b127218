package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/config"
	"kept/internal/doctor"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "doctor",
		Short:   a.say("doctor.command"),
		Long:    a.say("doctor.command.long"),
		Example: "  kept doctor\n  kept doctor -C my-records --lang en\n  kept doctor --json",
		Args:    a.exactly(),
		RunE:    work(func(*cobra.Command, []string) error { return a.doctor() }),
	}
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	return cmd
}

// doctor tells what is missing; anything that is ends it with exit code 1.
func (a *app) doctor() error {
	if a.lang != "" {
		l, err := locale.ParseLang(a.lang)
		if err != nil {
			return a.misuse("cli.bad-lang", locale.A("value", a.lang))
		}
		a.printer = a.messages.Printer(l)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	dir, points, err := pipeline.Doctor(ctx, pipeline.DoctorRequest{Dir: a.dir, Version: a.Version, OS: runtime.GOOS, Now: a.Now(), Environment: os.Environ()})
	if err != nil {
		return err
	}
	if a.json {
		err = a.writeJSON(a.examined(dir, points))
	} else {
		err = a.showPoints(dir, points)
	}
	if err == nil && doctor.Counted(points, doctor.Missing) > 0 {
		return errFindings
	}
	return err
}

// showPoints prints the points by group, then their number.
func (a *app) showPoints(dir string, points []doctor.Point) error {
	p := pointPrinter{app: a, w: a.Out}
	p.line(a.say("doctor.head", locale.A("version", a.Version), locale.A("dir", dir)))
	for _, group := range doctor.Groups() {
		first := true
		for _, point := range points {
			if point.Group != group {
				continue
			}
			if first {
				p.line("")
				p.line(a.groupTitle(group))
				first = false
			}
			p.point(point)
		}
	}
	if p.err != nil {
		return p.err
	}
	missing, notices := doctor.Counted(points, doctor.Missing), doctor.Counted(points, doctor.Notice)
	key := "doctor.count"
	if missing+notices == 0 {
		key = "doctor.count-none"
	}
	fmt.Fprintln(a.Err)
	a.tellErr(key, locale.N("missing", missing), locale.N("notices", notices), locale.A("dir", dir))
	return nil
}

// pointPrinter writes points for a terminal.
type pointPrinter struct {
	*app
	w   io.Writer
	err error
}

func (p *pointPrinter) line(text string) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(annotate.Safe(text), " "))
	}
}

func (p *pointPrinter) point(point doctor.Point) {
	width := 0
	for _, v := range []doctor.Verdict{doctor.Fine, doctor.Notice, doctor.Missing} {
		width = max(width, locale.Columns(p.verdictWord(v)))
	}
	word := p.verdictWord(point.Verdict)
	indent := strings.Repeat(" ", width+4)
	p.line("  " + word + strings.Repeat(" ", width-locale.Columns(word)+2) + p.pointText(point))
	if advice := p.advice(point); advice != "" {
		p.line(indent + advice)
	}
	for _, command := range point.Commands {
		p.line(indent + command)
	}
}

// pointText is what a point says, with the words of the rule behind it.
func (a *app) pointText(point doctor.Point) string {
	text := a.say(point.Key, point.Args...)
	if point.Found != nil {
		text += point.Found.Message(a.printer)
	}
	return text
}

func (a *app) advice(point doctor.Point) string {
	if point.Advice == "" {
		return ""
	}
	return a.say(point.Advice, point.Args...)
}

func (a *app) verdictWord(v doctor.Verdict) string {
	return a.say(map[doctor.Verdict]string{doctor.Fine: "doctor.fine", doctor.Notice: "doctor.notice", doctor.Missing: "doctor.missing"}[v])
}

func (a *app) groupTitle(g doctor.Group) string {
	return a.say(map[doctor.Group]string{
		doctor.Machine: "doctor.group-machine", doctor.Repository: "doctor.group-repository", doctor.Settings: "doctor.group-settings",
		doctor.People: "doctor.group-people", doctor.Forge: "doctor.group-forge",
	}[g], locale.A("file", config.File))
}

// examinedObject and pointObject are the form of "kept doctor --json".
type examinedObject struct {
	Version string        `json:"version"`
	Dir     string        `json:"dir"`
	Missing int           `json:"missing"`
	Notices int           `json:"notices"`
	Points  []pointObject `json:"points"`
}

type pointObject struct {
	ID       string   `json:"id"`
	Group    string   `json:"group"`
	Verdict  string   `json:"verdict"`
	Text     string   `json:"text"`
	Advice   string   `json:"advice,omitempty"`
	Commands []string `json:"commands,omitempty"`
}

func (a *app) examined(dir string, points []doctor.Point) examinedObject {
	o := examinedObject{Version: a.Version, Dir: dir, Missing: doctor.Counted(points, doctor.Missing), Notices: doctor.Counted(points, doctor.Notice), Points: []pointObject{}}
	for _, p := range points {
		o.Points = append(o.Points, pointObject{p.ID, string(p.Group), string(p.Verdict), a.pointText(p), a.advice(p), p.Commands})
	}
	return o
}

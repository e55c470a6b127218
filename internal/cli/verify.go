package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// verdictObject is a verdict in JSON. Its keys are a public interface.
type verdictObject struct {
	Outcome pipeline.Outcome `json:"outcome"`
	Code    string           `json:"code,omitempty"`
	SHA256  string           `json:"sha256,omitempty"`
	Said    []string         `json:"said"`
}

func (a *app) verifyCommand() *cobra.Command {
	var flags contactFlags
	cmd := &cobra.Command{
		Use:     "verify FILE|CODE",
		Short:   a.say("evidence.verify.command"),
		Long:    a.say("evidence.verify.long"),
		Example: "  kept verify kpi-monthly_2026-09.pdf\n  kept verify kpi-monthly.2026-09.0123456789ab.0123456789",
		Args:    a.exactly("FILE|CODE"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.verify(args[0], flags) }),
	}
	cmd.Flags().StringVar(&a.asOf, "as-of", "", a.say("evidence.verify.flag.as-of"))
	a.contactFlags(cmd, &flags)
	cmd.Flags().BoolVar(&a.json, "json", false, a.say("cli.flag.json"))
	return cmd
}

// errUnproven ends a command that could not say anything about a paper.
var errUnproven = errors.New("unproven")

func (a *app) verify(name string, flags contactFlags) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	req, err := a.verifyRequest(project, flags)
	if err != nil {
		return err
	}
	v, err := a.verdict(project, name, req)
	if err != nil {
		return err
	}
	o := verdictObject{Outcome: v.Outcome, Code: v.Code, SHA256: v.SHA256, Said: []string{}}
	for _, said := range v.Said {
		o.Said = append(o.Said, a.say(said.Key, said.Args...))
	}
	if a.json {
		err = a.writeJSON(o)
	} else {
		for _, line := range o.Said {
			if _, bad := fmt.Fprintln(a.Out, annotate.Safe(line)); bad != nil {
				err = bad
			}
		}
	}
	switch {
	case err != nil:
		return err
	case v.Outcome == pipeline.Differs:
		return errFindings
	case v.Outcome == pipeline.Cannot:
		return errUnproven
	}
	return nil
}

// verifyRequest reads what a reader says beside the paper.
func (a *app) verifyRequest(project *pipeline.Project, flags contactFlags) (pipeline.VerifyRequest, error) {
	moment, err := a.moment(project.Zone())
	req := pipeline.VerifyRequest{AsOf: moment.AsOf}
	if err != nil || flags == (contactFlags{}) {
		return req, err
	}
	head, err := project.Snapshot(pipeline.Moment{})
	if err == nil {
		req.Contacts, err = a.contactsFor(project, head, flags)
	}
	return req, err
}

// verdict takes an argument for a file where one of the name exists.
func (a *app) verdict(project *pipeline.Project, name string, req pipeline.VerifyRequest) (*pipeline.Verdict, error) {
	_, err := os.Stat(name)
	if err == nil {
		return project.VerifyFile(name, req)
	}
	if code, ok := evidence.ParseCode(name); ok {
		return project.VerifyCode(code, req)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, a.misuse("evidence.verify.neither", locale.A("name", name))
	}
	return nil, err
}

// proveAnchors proves that the history contains each commit that was kept
// elsewhere. One that is not in the repository at all can be neither proven nor
// compared.
func (a *app) proveAnchors(project *pipeline.Project, moment pipeline.Moment) (finding.List, error) {
	var found finding.List
	for _, anchor := range a.anchors {
		proof, err := project.Anchor(anchor, moment)
		if errors.Is(err, pipeline.ErrNoAnchor) {
			return nil, errors.New(a.say("evidence.anchor.missing", locale.A("anchor", anchor)))
		}
		if err != nil {
			return nil, err
		}
		found = append(found, a.anchored(proof)...)
	}
	return found.Sort(), nil
}

// anchored tells of a contained anchor, and gives findings for one that is not.
func (a *app) anchored(proof *pipeline.AnchorProof) finding.List {
	name := locale.A("anchor", proof.Anchor.Hash.Short())
	if proof.Contained {
		a.tellErr("evidence.anchor.contained", name, locale.A("when", proof.Anchor.Committer.When.Format("2006-01-02 15:04 -0700")),
			locale.N("later", proof.Later), locale.N("records", proof.Records))
		if !proof.Mainline {
			a.tellErr("evidence.anchor.side", name)
		}
		return nil
	}
	return proof.Findings()
}

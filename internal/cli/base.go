package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"kept/internal/annotate"
	"kept/internal/check"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

// changeObject is a judged change in JSON. Its keys are a public interface.
type changeObject struct {
	Findings json.RawMessage `json:"findings"`
	Review   check.Review    `json:"review"`
	Reasons  []string        `json:"reasons"`
	// Signatures are those of the commits that the change brings in.
	Signatures branchSignatures `json:"signatures"`
}

// branchSignatures counts signatures in JSON. Its keys are a public interface.
type branchSignatures struct {
	Required bool `json:"required"` // by the base
	Commits  int  `json:"commits"`
	Good     int  `json:"good"`
	Missing  int  `json:"missing"`
	Unknown  int  `json:"unknown"` // key not known or out of time
}

// checkBase judges the work tree as a change of a base: what is wrong with the
// records, with what the change does to them, and who must look at it.
func (a *app) checkBase(f annotate.Format, base string, paths []string, info bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	moment, err := a.moment(project.Zone())
	if err != nil {
		return err
	}
	verdict, err := project.Propose(base, moment.AsOf, a.Now())
	switch {
	case errors.Is(err, pipeline.ErrNoBase):
		return a.misuse("cli.base-unknown", locale.A("base", base))
	case errors.Is(err, pipeline.ErrForeignBase):
		return a.misuse("cli.base-foreign", locale.A("base", base))
	}
	if err != nil {
		return err
	}
	list := below(verdict.Findings, paths)
	list = visible(f, list, info)
	if err := a.writeVerdict(f, project, base, list, verdict); err != nil {
		return err
	}
	errors := list.Count(finding.Error)
	if len(list) > 0 {
		fmt.Fprintln(a.Err, a.say("cli.check.count", locale.N("errors", errors), locale.N("warnings", list.Count(finding.Warning))))
	}
	if errors > 0 {
		return errFindings
	}
	return nil
}

// writeVerdict writes findings in the format asked for; the review is part of
// JSON, and stands on standard error for all others.
func (a *app) writeVerdict(f annotate.Format, project *pipeline.Project, base string, list finding.List, v *check.Verdict) error {
	reasons := []string{}
	for _, r := range v.Reasons {
		reasons = append(reasons, a.say(r.Key, r.Args...))
	}
	if f == annotate.JSON {
		var b bytes.Buffer
		if err := annotate.Write(&b, f, list, a.printer); err != nil {
			return err
		}
		return a.writeJSON(changeObject{Findings: b.Bytes(), Review: v.Review, Reasons: reasons, Signatures: branchSignatures(v.Signatures)})
	}
	review := annotate.Review{Routine: v.Review == check.Routine, Reasons: reasons}
	if err := a.report(f, project, base, annotate.Report{Findings: list, Review: &review}); err != nil {
		return err
	}
	if s := v.Signatures; s.Required && s.Commits > 0 {
		a.tellErr("signature.proposed", locale.N("commits", s.Commits), locale.N("good", s.Good), locale.N("missing", s.Missing), locale.N("unknown", s.Unknown))
	}
	key := "audit.review.routine"
	if v.Review == check.SecondPerson {
		key = "audit.review.second-person"
	}
	fmt.Fprintln(a.Err, annotate.Safe(a.say(key)))
	for _, r := range reasons {
		fmt.Fprintln(a.Err, "  "+annotate.Safe(r))
	}
	return nil
}

package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/evidence"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/portal"
	"kept/internal/signature"
)

// evidenceFlags adds what bears a history out from outside.
func (a *app) evidenceFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.ledger, "ledger", "", a.say("evidence.flag.ledger"))
	cmd.Flags().StringArrayVar(&a.anchors, "anchor", nil, a.say("evidence.flag.anchor"))
}

// misnamed turns a ledger or an anchor that is not there into a mistake in the call.
func (a *app) misnamed(err error) error {
	switch {
	case errors.Is(err, pipeline.ErrLedger):
		return a.misuse("evidence.bad-ledger", locale.A("value", a.ledger))
	case errors.Is(err, pipeline.ErrNoAnchor):
		return a.misuse("evidence.bad-anchor")
	}
	return err
}

// auditObject is a judged history in JSON. Its keys are a public interface.
type auditObject struct {
	Findings   json.RawMessage  `json:"findings"`
	Levels     levelsObject     `json:"levels"`
	Signatures signaturesObject `json:"signatures"`
	Ledger     *ledgerObject    `json:"ledger,omitempty"`
}

type levelsObject struct {
	Commits tallyObject `json:"mainline_commits"`
	Steps   tallyObject `json:"steps"`
}

type tallyObject struct {
	Typed     int `json:"typed"`
	Committed int `json:"committed"`
	Merged    int `json:"merged"`
	Signed    int `json:"signed"`
	Observed  int `json:"observed"`
	Anchored  int `json:"anchored"`
}

type signaturesObject struct {
	Good    int `json:"good"`
	Bad     int `json:"bad"`
	Unknown int `json:"unknown_key"`
	Expired int `json:"expired"`
}

type ledgerObject struct {
	Name  string `json:"name"`
	ID    string `json:"object_id"`
	Lines int    `json:"lines"`
}

func tally(t evidence.Tally) tallyObject {
	return tallyObject{
		t[evidence.Typed], t[evidence.Committed], t[evidence.Merged], t[evidence.Signed], t[evidence.Observed], t[evidence.Anchored],
	}
}

func (a *app) auditJSON(list finding.List, read pipeline.Audited) error {
	var b bytes.Buffer
	if err := annotate.Write(&b, annotate.JSON, list, a.printer); err != nil {
		return err
	}
	o := auditObject{
		Findings: b.Bytes(), Levels: levelsObject{tally(read.CommitLevels), tally(read.StepLevels)},
		Signatures: signaturesObject{
			read.Signatures[signature.Good], read.Signatures[signature.Bad], read.Signatures[signature.Unknown], read.Signatures[signature.Expired],
		},
	}
	if l := read.Ledger; l != nil {
		o.Ledger = &ledgerObject{l.Name, string(l.ID), l.Lines}
	}
	return a.writeJSON(o)
}

// assurance says on standard error, where the count stands, what the history rests
// on.
func (a *app) assurance(read pipeline.Audited) error {
	t := portal.Table{Title: a.say("evidence.levels"), Columns: []portal.Column{
		{Title: ""},
		{Title: a.say("evidence.levels-commits"), Align: portal.Right},
		{Title: a.say("evidence.levels-steps"), Align: portal.Right},
	}}
	for _, l := range evidence.Levels() {
		if l == evidence.Typed {
			continue // a history holds only what is in commits
		}
		t.Rows = append(t.Rows, portal.Row{Cells: []portal.Cell{
			{Text: a.say(l.Key())}, {Text: strconv.Itoa(read.CommitLevels[l])}, {Text: strconv.Itoa(read.StepLevels[l])},
		}})
	}
	if err := writeTable(a.Err, t); err != nil {
		return err
	}
	n := read.Signatures
	if len(n) > 0 {
		a.tellErr("evidence.signatures", locale.N("good", n[signature.Good]), locale.N("bad", n[signature.Bad]),
			locale.N("unknown", n[signature.Unknown]), locale.N("expired", n[signature.Expired]))
	}
	if l := read.Ledger; l != nil {
		a.tellErr("evidence.ledger", locale.A("name", l.Name), locale.A("id", l.ID.Short()), locale.N("lines", l.Lines))
	}
	_, err := fmt.Fprintln(a.Err)
	return err
}

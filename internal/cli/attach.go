package cli

import (
	"cmp"
	"errors"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
)

func (a *app) attachCommand() *cobra.Command {
	req := intake.AttachRequest{}
	cmd := &cobra.Command{
		Use:     "attach ID FILE",
		Short:   a.say("intake.cli.attach"),
		Long:    a.say("intake.cli.attach-long"),
		Example: "  kept attach FB-2026-0009 signed.pdf --field signed_copy --title …\n  kept attach TS-2026-0001 reply.pdf",
		Args:    a.exactly("ID", "FILE"),
		RunE:    work(func(_ *cobra.Command, args []string) error { return a.attach(args[0], args[1], req) }),
	}
	f := cmd.Flags()
	f.StringVar(&req.Title, "title", "", a.say("intake.cli.attach-title"))
	f.StringVar(&req.Class, "class", "internal", a.say("intake.cli.attach-class"))
	f.StringVar(&req.Field, "field", "", a.say("intake.cli.attach-field"))
	return cmd
}

// attach puts a file into the store and its digest into a record.
func (a *app) attach(id, file string, req intake.AttachRequest) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	if req.Record = snapshot.Register.Get(id); req.Record == nil {
		return a.noRecord(snapshot, "cli.advance.unknown", id)
	}
	if req.Title == "" {
		name := filepath.Base(file)
		req.Title = cmp.Or(strings.TrimSuffix(name, filepath.Ext(name)), name)
	}
	path, found, err := project.Attach(snapshot, file, req)
	switch {
	case errors.Is(err, pipeline.ErrNoStore):
		return a.misuse("intake.cli.no-store")
	case errors.Is(err, pipeline.ErrStoreInside):
		return a.misuse("intake.evidence_inside")
	case errors.Is(err, intake.ErrNotFile), errors.Is(err, intake.ErrTooBig):
		return a.misuse("intake.cli.attach-file", locale.A("file", file))
	case err == nil && len(found) == 0 && path == "":
		a.tellErr("intake.cli.attach-there")
		return nil
	}
	return a.wrote(path, found, err)
}

// checkEvidence compares the store of evidence with the records, for check
// --evidence.
func (a *app) checkEvidence(f annotate.Format, paths []string, info bool) error {
	project, err := a.open()
	if err != nil {
		return err
	}
	snapshot, err := project.WorkTree(time.Time{})
	if err != nil {
		return err
	}
	found, err := project.Evidence(snapshot)
	if errors.Is(err, pipeline.ErrNoStore) {
		return a.misuse("intake.cli.no-store")
	}
	if err != nil {
		return err
	}
	return a.show(f, project, shown(below(found, paths), info))
}

package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kept/internal/annotate"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/redact"
)

// contactFlags ask for contacts on a paper, and say who asks.
type contactFlags struct {
	withContacts bool
	role, by     string
}

func (a *app) contactFlags(cmd *cobra.Command, flags *contactFlags) {
	cmd.Flags().BoolVar(&flags.withContacts, "with-contacts", false, a.say("redact.flag.with-contacts"))
	cmd.Flags().StringVar(&flags.role, "role", "", a.say("redact.flag.role"))
	cmd.Flags().StringVar(&flags.by, "by", "", a.say("redact.flag.by"))
}

// contacts reads the contacts file for a paper that goes to a file outside; nil where
// nobody asks.
func (a *app) contacts(project *pipeline.Project, s *pipeline.Snapshot, flags printFlags) (redact.Contacts, error) {
	switch {
	case !flags.withContacts:
	case flags.edition == string(redact.Audit):
		return nil, a.misuse("redact.contacts-edition")
	case flags.out == "" || project.Inside(flags.out):
		return nil, a.misuse("redact.contacts-output")
	}
	return a.contactsFor(project, s, flags.contactFlags)
}

// contactsFor reads the contacts file for a person who may see it today; nil where
// nobody asks. The role that counts is one held by the clock on the wall: a
// moment of judgement in the past lends none.
func (a *app) contactsFor(project *pipeline.Project, s *pipeline.Snapshot, flags contactFlags) (redact.Contacts, error) {
	switch {
	case !flags.withContacts && (flags.role != "" || flags.by != ""):
		return nil, a.misuse("redact.contacts-alone")
	case !flags.withContacts:
		return nil, nil
	case flags.role == "" || flags.by == "":
		return nil, a.misuse("redact.contacts-who")
	case !slices.Contains(s.Config.ContactRoles, flags.role):
		return nil, a.misuse("redact.contacts-role", locale.A("role", flags.role), locale.A("roles", strings.Join(s.Config.ContactRoles, ", ")))
	case !slices.Contains(s.Register.Roles(flags.by, a.Now(), s.Config.Zone), flags.role):
		return nil, a.misuse("redact.contacts-person", locale.A("person", flags.by), locale.A("role", flags.role))
	}
	contacts, err := project.Contacts(s)
	switch {
	case errors.Is(err, pipeline.ErrNoContacts):
		return nil, a.misuse("redact.contacts-none")
	case errors.Is(err, pipeline.ErrContactsInside):
		return nil, a.misuse("redact.contacts-inside")
	case err != nil:
		return nil, a.misuse("redact.contacts-unreadable")
	}
	return contacts, nil
}

// writePrivate writes a paper with contacts. What the face could not draw is not
// told: the characters are those of names.
func (a *app) writePrivate(project *pipeline.Project, out string, paper *pipeline.Paper) error {
	if project.Inside(out) {
		return a.misuse("redact.contacts-output")
	}
	if err := pipeline.WritePrivate(out, paper.Bytes); err != nil {
		return err
	}
	_, err := fmt.Fprintln(a.Out, annotate.Safe(out))
	return err
}

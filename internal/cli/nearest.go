package cli

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/schema"
)

// misuseNear makes a usage error of a message, followed by the name that was probably
// meant; near "" adds nothing.
func (a *app) misuseNear(near, key string, args ...locale.Arg) error {
	if near == "" {
		return a.misuse(key, args...)
	}
	return usageError{errors.New(a.say("complete.near", locale.A("message", a.say(key, args...)), locale.A("near", near)))}
}

// noRecord says that there is no record of an id, by a message with the argument id,
// and names the one that was probably meant.
func (a *app) noRecord(s *pipeline.Snapshot, key, id string) error {
	var ids []string
	for rec := range s.Register.All() {
		ids = append(ids, rec.ID)
	}
	near := nearestID(id, ids)
	if rec := s.Register.Get(near); rec != nil {
		if title := a.printer.Text(rec.Title()); title != "" {
			near += " " + title
		}
	}
	return a.misuseNear(near, key, locale.A("id", id))
}

// numbers are the digits of an id, without zeros before them.
var numbers = regexp.MustCompile(`0*([0-9]+)`)

// nearestID is the id that was probably meant: the same in other letters, signs or
// zeros (ts-2026-7 for TS-2026-0007), else the one that differs least. Where ids differ
// in a digit alone nobody can tell which was meant: the last wins, as the newest.
func nearestID(id string, ids []string) string {
	same := func(s string) string {
		s = strings.NewReplacer("-", " ", "_", " ", "/", " ", ".", " ").Replace(strings.ToLower(locale.Narrow(s)))
		return strings.Join(strings.Fields(numbers.ReplaceAllString(s, " $1 ")), " ")
	}
	wanted := same(id)
	if i := slices.IndexFunc(ids, func(s string) bool { return same(s) == wanted }); i >= 0 {
		return ids[i]
	}
	backwards := slices.Clone(ids)
	slices.Sort(backwards)
	slices.Reverse(backwards)
	return schema.Nearest(id, backwards)
}

// nearestKind is the kind that was probably meant, by its id or its title in either
// language.
func nearestKind(word string, kinds *schema.Registry) string {
	for k := range kinds.All() {
		if strings.EqualFold(k.ID, word) || k.Title.ZH == word || strings.EqualFold(k.Title.EN, word) {
			return k.ID
		}
	}
	return schema.Nearest(word, kinds.IDs())
}

// nearestFlag is the flag of a command that was probably meant.
func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	if near := schema.Nearest(strings.TrimLeft(name, "-"), names); near != "" {
		return "--" + near
	}
	return ""
}

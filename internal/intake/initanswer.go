package intake

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Answer is one thing that a new repository must be told, in words that may be wrong.
type Answer int

// The answers. All but the id of a person, the branch and the zone may be empty.
const (
	AnswerOrganisation Answer = iota
	AnswerZone
	AnswerBranch
	AnswerID
	AnswerName
	AnswerEmail
	AnswerAccount
)

// longestName is how many characters the name of an organisation or of somebody may
// have.
const longestName = 100

var (
	// address is an address that code owners may be named by.
	address = regexp.MustCompile(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$`)
	// account is what a forge calls somebody, or a group and a team of it.
	account = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$`)
	// branchName is narrower than git's rule: what also can stand in a command, a
	// pattern of a forge and an address without being quoted.
	branchName = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}._-]*(/[\p{L}\p{N}_][\p{L}\p{N}._-]*)*$`)
)

// Fault is the message that says what is wrong with an answer, "" for nothing.
func (a Answer) Fault(kinds *schema.Registry, value string) (key string, args []locale.Arg) {
	if key := lineFault(value); key != "" {
		return key, []locale.Arg{locale.N("most", longestName)}
	}
	switch a {
	case AnswerZone:
		if _, err := time.LoadLocation(value); err != nil || value == "" || value == "Local" {
			key = "init.zone"
		}
	case AnswerBranch:
		if !branchFits(value) {
			key = "init.branch"
		}
	case AnswerID:
		if kind := kinds.Kind(record.PersonKind); kind != nil && !kind.IDs.Pattern.MatchString(value) {
			return "init.person-id", []locale.Arg{locale.A("pattern", kind.IDs.Pattern.String())}
		}
	case AnswerEmail:
		if value != "" && !address.MatchString(value) {
			key = "init.email"
		}
	case AnswerAccount:
		if value != "" && !account.MatchString(value) {
			key = "init.account"
		}
	case AnswerOrganisation, AnswerName:
	}
	return key, nil
}

// refused is an answer's fault as a finding at a place, none where it has none.
func (a Answer) refused(kinds *schema.Registry, where, value string) finding.List {
	key, args := a.Fault(kinds, value)
	if key == "" {
		return nil
	}
	return finding.List{refusal(where, "init", key, args...)}
}

// lineFault is what is wrong with a text that stands on one line.
func lineFault(s string) string {
	switch {
	case !utf8.ValidString(s), strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "init.one-line"
	case utf8.RuneCountInString(s) > longestName:
		return "init.too-long"
	}
	return ""
}

func branchFits(s string) bool {
	if !branchName.MatchString(s) || strings.Contains(s, "..") || strings.EqualFold(s, "HEAD") {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		if strings.HasSuffix(part, ".lock") || strings.HasSuffix(part, ".") {
			return false
		}
	}
	return true
}

// answers are what is wrong with the request's own texts.
func (r InitRequest) answers(kinds *schema.Registry) finding.List {
	var found finding.List
	if r.Organisation.IsZero() {
		found = append(found, refusal("--organisation", "init", "init.organisation-missing"))
	}
	if len(r.People) == 0 {
		found = append(found, refusal("--person", "init", "init.person-missing"))
	}
	for _, a := range []struct {
		answer      Answer
		where, text string
	}{
		{AnswerOrganisation, "--organisation", r.Organisation.ZH},
		{AnswerOrganisation, "--organisation-en", r.Organisation.EN},
		{AnswerBranch, "--branch", r.Branch},
		{AnswerZone, "--time-zone", r.ZoneName},
	} {
		found = append(found, a.answer.refused(kinds, a.where, a.text)...)
	}
	return found
}

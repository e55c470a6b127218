package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kept/internal/annotate"
	"kept/internal/locale"
)

// reviewed is one line of the review: what was answered, and how it is asked again.
type reviewed struct {
	key   string   // what it is about
	value string   // a line for each person
	flags []string // that the command line would say it with
	again func() error
}

// review shows all answers once more, until they are to be written: a number asks one
// of them again.
func (q *asker) review() error {
	for {
		lines := q.answers()
		q.tell("init.review")
		for i, l := range lines {
			first, rest, more := strings.Cut(l.value, "\n")
			q.tell("init.review-line", locale.N("n", i+1), locale.A("what", q.say(l.key)), locale.A("value", first))
			for more {
				first, rest, more = strings.Cut(rest, "\n")
				fmt.Fprintln(q.Err, annotate.Safe("       "+first))
			}
		}
		chosen := -1 // to be written
		err := q.until(q.say("init.review-ask", locale.A("dir", q.f.dir)), "y", func(text string) error {
			word := strings.ToLower(text)
			if slices.Contains(strings.Fields(q.say("init.ask-yes")), word) {
				return nil
			}
			if slices.Contains(strings.Fields(q.say("init.ask-no")), word) {
				return io.EOF
			}
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > len(lines) {
				return errors.New(q.say("init.review-wrong", locale.N("most", len(lines))))
			}
			if l := lines[n-1]; slices.ContainsFunc(l.flags, q.f.given) {
				return errors.New(q.say("init.review-given", locale.A("what", q.say(l.key))))
			}
			chosen = n - 1
			return nil
		})
		if err != nil || chosen < 0 {
			return err
		}
		fmt.Fprintln(q.Err)
		if err := lines[chosen].again(); err != nil {
			return err
		}
	}
}

// answers are the lines of the review.
func (q *asker) answers() []reviewed {
	f := q.f
	var names, people []string
	for _, name := range []string{f.organisation, f.organisationEN} {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, p := range q.view.Cast(f.founders) {
		about := slices.DeleteFunc([]string{p.Name, p.ID, p.Email, p.Account, strings.Join(p.Roles, "+")}, func(s string) bool { return s == "" })
		people = append(people, strings.Join(about, "  "))
	}
	word := func(yes bool) string {
		if yes {
			return q.say("init.word-yes")
		}
		return q.say("init.word-no")
	}
	return []reviewed{
		{"init.review-language", strings.Join(f.languages, ", "), []string{"language"}, q.tongue},
		{"init.review-organisation", strings.Join(names, " / "), []string{"organisation", "organisation-en"}, q.organisation},
		{"init.review-zone", f.zone, []string{"time-zone"}, q.zone},
		{"init.review-forge", f.forge, []string{"forge"}, q.forge},
		{"init.review-branch", f.branch, []string{"branch"}, q.branch},
		{"init.review-people", strings.Join(people, "\n"), []string{"person", "people"}, q.recast},
		{"init.review-extras", word(f.hook) + " / " + word(f.commit), nil, q.extras},
	}
}

// tongue asks for the languages again, and for the names that go with them.
func (q *asker) tongue() error {
	if err := q.languages(); err != nil {
		return err
	}
	if q.f.given("organisation") || q.f.given("organisation-en") {
		return nil
	}
	if !slices.Contains(q.f.languages, string(locale.English)) {
		q.f.organisationEN = ""
	}
	if !slices.Contains(q.f.languages, string(locale.Chinese)) {
		if q.f.organisationEN == "" {
			q.f.organisationEN = q.f.organisation
		}
		q.f.organisation = ""
	}
	return q.organisation()
}

// recast asks for the people again, from the first.
func (q *asker) recast() error {
	q.f.founders = nil
	return q.people()
}

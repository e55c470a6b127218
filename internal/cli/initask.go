package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"kept/internal/annotate"
	"kept/internal/intake"
	"kept/internal/locale"
	"kept/internal/pipeline"
	"kept/internal/schema"
)

// asker asks on a terminal. What has no answer ends the command before anything
// is written.
type asker struct {
	*app
	in   *bufio.Reader
	view *pipeline.Interview
	f    *founding
}

// ask asks for what the command line does not say.
func (a *app) ask(f *founding, view *pipeline.Interview) error {
	q := &asker{app: a, in: bufio.NewReader(a.In), view: view, f: f}
	q.tell("init.ask-begin")
	for _, part := range []func() error{q.languages, q.organisation, q.zone, q.forge, q.branch, q.people, q.extras, q.review} {
		err := part()
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(a.Err)
			q.tell("init.ask-ended")
			return errUnproven // it has been said
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (q *asker) tell(key string, args ...locale.Arg) {
	fmt.Fprintln(q.Err, annotate.Safe(q.say(key, args...)))
}

// line asks once: the answer, or what stands in brackets where none was typed.
func (q *asker) line(prompt, usual string) (string, error) {
	if usual != "" {
		prompt += " [" + usual + "]"
	}
	fmt.Fprint(q.Err, annotate.Safe(prompt)+q.say("init.ask-colon"))
	text, err := q.in.ReadString('\n')
	if err != nil && (text == "" || !errors.Is(err, io.EOF)) {
		return "", err
	}
	if text = strings.TrimSpace(text); text == "" {
		return usual, nil
	}
	return text, nil
}

// until asks until right is nil; what is wrong is said.
func (q *asker) until(prompt, usual string, right func(string) error) error {
	for {
		text, err := q.line(prompt, usual)
		if err != nil {
			return err
		}
		wrong := right(text)
		if wrong == nil || errors.Is(wrong, io.EOF) {
			return wrong
		}
		fmt.Fprintln(q.Err, annotate.Safe("  "+wrong.Error()))
	}
}

// fits asks for one answer until nothing is wrong with it; needed forbids none.
func (q *asker) fits(key string, usual string, answer intake.Answer, needed bool, into *string) error {
	return q.until(q.say(key), usual, func(text string) error {
		if text == "" && needed {
			return errors.New(q.say("init.ask-needed"))
		}
		if fault, args := q.view.Fault(answer, text); fault != "" && text != "" {
			return errors.New(q.say(fault, args...))
		}
		*into = text
		return nil
	})
}

// choose asks for one of a list, by its number or its word, and gives its place.
func (q *asker) choose(prompt string, words, shown []string, usual int) (int, error) {
	for i, s := range shown {
		fmt.Fprintf(q.Err, "  %d  %s\n", i+1, annotate.Safe(s))
	}
	chosen := usual
	err := q.until(prompt, strconv.Itoa(usual+1), func(text string) error {
		n, err := strconv.Atoi(text)
		if i := slices.Index(words, strings.ToLower(text)); i >= 0 {
			n, err = i+1, nil
		}
		if err != nil || n < 1 || n > len(words) {
			return errors.New(q.say("init.ask-number", locale.N("most", len(words))))
		}
		chosen = n - 1
		return nil
	})
	return chosen, err
}

// whether asks for yes or no.
func (q *asker) whether(key string, usual bool, args ...locale.Arg) (bool, error) {
	said, word := usual, "n"
	if usual {
		word = "y"
	}
	err := q.until(q.say(key, args...), word, func(text string) error {
		word := strings.ToLower(text)
		said = slices.Contains(strings.Fields(q.say("init.ask-yes")), word)
		if !said && !slices.Contains(strings.Fields(q.say("init.ask-no")), word) {
			return errors.New(q.say("init.ask-yes-no"))
		}
		return nil
	})
	return said, err
}

func (q *asker) languages() error {
	if q.f.given("language") {
		return nil
	}
	tags := [][]string{{"zh-CN"}, {"zh-CN", "en"}, {"en"}, {"en", "zh-CN"}}
	i, err := q.choose(q.say("init.ask-language"), []string{"zh-cn", "zh-cn,en", "en", "en,zh-cn"},
		strings.Split(q.say("init.ask-languages"), "\n"), 1)
	q.f.languages = tags[i]
	q.speak(q.f.languages)
	return err
}

func (q *asker) organisation() error {
	if !q.f.given("organisation") && (q.f.languages[0] != "en" || len(q.f.languages) > 1) {
		if err := q.fits("init.ask-organisation", q.f.organisation, intake.AnswerOrganisation, true, &q.f.organisation); err != nil {
			return err
		}
	}
	if q.f.given("organisation-en") || !slices.Contains(q.f.languages, "en") || q.f.given("organisation") && q.f.languages[0] != "en" {
		return nil
	}
	alone := q.f.organisation == ""
	return q.fits("init.ask-organisation-en", q.f.organisationEN, intake.AnswerOrganisation, alone, &q.f.organisationEN)
}

func (q *asker) zone() error {
	if q.f.given("time-zone") {
		return nil
	}
	return q.fits("init.ask-zone", q.f.zone, intake.AnswerZone, true, &q.f.zone)
}

func (q *asker) forge() error {
	if q.f.given("forge") {
		return nil
	}
	words := append(slices.Clone(q.view.Forges), noForge)
	shown := append(slices.Clone(q.view.Forges), q.say("init.ask-no-forge"))
	i, err := q.choose(q.say("init.ask-forge"), words, shown, len(words)-1)
	q.f.forge = words[i]
	return err
}

func (q *asker) branch() error {
	if q.f.given("branch") {
		return nil
	}
	return q.fits("init.ask-branch", q.f.branch, intake.AnswerBranch, true, &q.f.branch)
}

// people asks for one person after another; somebody else must be able to review.
func (q *asker) people() error {
	if q.f.given("person") || q.f.given("people") {
		return nil
	}
	q.tell("init.ask-people")
	for {
		p, err := q.person(len(q.f.founders))
		if err != nil || p.Name == "" {
			return err
		}
		q.f.founders = append(q.f.founders, p)
		more, err := q.whether("init.ask-more", len(q.f.founders) < 2)
		if err != nil || !more {
			return err
		}
	}
}

// person asks for the nth person, from 0; of all but the first an empty name says that
// there is nobody else.
func (q *asker) person(n int) (intake.Founder, error) {
	var p intake.Founder
	key, name, email := "init.ask-next-name", "", ""
	if n == 0 {
		key = "init.ask-name"
		name, email = pipeline.Identity(context.Background(), os.Environ())
	}
	if err := q.fits(key, name, intake.AnswerName, n == 0, &p.Name); err != nil || p.Name == "" {
		return p, err
	}
	if err := q.fits("init.ask-email", email, intake.AnswerEmail, false, &p.Email); err != nil {
		return p, err
	}
	if err := q.id(&p); err != nil {
		return p, err
	}
	if q.f.forge != noForge {
		if err := q.fits("init.ask-account", "", intake.AnswerAccount, false, &p.Account); err != nil {
			return p, err
		}
	}
	return p, q.roles(&p, q.view.Usual[min(n, len(q.view.Usual)-1)])
}

// id asks for a person's id, and proposes the name of the mailbox.
func (q *asker) id(p *intake.Founder) error {
	box, _, _ := strings.Cut(strings.ToLower(p.Email), "@")
	usual := "u-" + strings.NewReplacer(".", "", "-", "", "_", "").Replace(box)
	taken := func(id string) bool {
		return slices.ContainsFunc(q.f.founders, func(o intake.Founder) bool { return o.ID == id })
	}
	if fault, _ := q.view.Fault(intake.AnswerID, usual); fault != "" || taken(usual) {
		usual = ""
	}
	return q.until(q.say("init.ask-id"), usual, func(text string) error {
		if text != "" && !strings.HasPrefix(text, "u-") {
			text = "u-" + text
		}
		if fault, args := q.view.Fault(intake.AnswerID, text); fault != "" {
			return errors.New(q.say(fault, args...))
		}
		if taken(text) {
			return errors.New(q.say("init.person-twice", locale.A("value", text)))
		}
		p.ID = text
		return nil
	})
}

// roles asks for roles by number, id or title; the list is shown once.
func (q *asker) roles(p *intake.Founder, usual []string) error {
	var numbers []string
	for i, r := range q.view.Roles {
		if len(q.f.founders) == 0 {
			fmt.Fprintf(q.Err, "  %2d  %s  %s\n", i+1, q.printer.Text(r.Title), r.Value)
		}
		if slices.Contains(usual, r.Value) {
			numbers = append(numbers, strconv.Itoa(i+1))
		}
	}
	return q.until(q.say("init.ask-roles"), strings.Join(numbers, "+"), func(text string) error {
		p.Roles = q.view.Cast([]intake.Founder{{Roles: q.numbered(intake.RoleNames(text))}})[0].Roles
		for _, name := range p.Roles {
			if !slices.ContainsFunc(q.view.Roles, func(o schema.Option) bool { return o.Value == name }) {
				return errors.New(q.say("init.ask-no-role", locale.A("value", name)))
			}
		}
		return nil
	})
}

// numbered puts roles in the place of their numbers.
func (q *asker) numbered(names []string) []string {
	var roles []string
	for _, name := range names {
		words := strings.Fields(name)
		if !slices.ContainsFunc(words, func(w string) bool { _, err := strconv.Atoi(w); return err == nil }) {
			words = []string{name} // a title may have blanks
		}
		for _, w := range words {
			if n, err := strconv.Atoi(w); err == nil && n >= 1 && n <= len(q.view.Roles) {
				w = q.view.Roles[n-1].Value
			}
			roles = append(roles, w)
		}
	}
	return roles
}

// extras asks for what is offered and not needed.
func (q *asker) extras() error {
	var err error
	if !q.f.given("hook") {
		if q.f.hook, err = q.whether("init.ask-hook", true); err != nil {
			return err
		}
	}
	if !q.f.given("commit") {
		q.f.commit, err = q.whether("init.ask-commit", true)
	}
	return err
}

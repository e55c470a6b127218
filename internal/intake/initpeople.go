package intake

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/ledger"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// Founder is somebody who is there from the first day.
type Founder struct {
	ID      string // u- and the name in pinyin
	Name    string // the id where it is empty
	Email   string // what git commits with, may be empty
	Account string // on the forge, without @, may be empty
	Roles   []string
}

// ParseFounder reads u-wangl=王磊,wangl@example.cn,@wangl,brm+complaint_handler: an
// id, and behind it in any order what tells itself apart by its form; a text that
// stands first is the name.
func ParseFounder(s string) Founder {
	id, rest, _ := strings.Cut(s, "=")
	f := Founder{ID: strings.TrimSpace(id)}
	for i, part := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == '，' }) {
		part = strings.TrimSpace(part)
		account, isAccount := strings.CutPrefix(part, "@")
		switch {
		case part == "":
		case isAccount:
			f.Account = account
		case strings.Contains(part, "@"):
			f.Email = part
		case i == 0:
			f.Name = part
		default:
			f.Roles = append(f.Roles, RoleNames(part)...)
		}
	}
	return f
}

// RoleNames parts the names of roles: brm+complaint_handler, 业务关系经理、投诉处理人.
// A title may have blanks, so that they part nothing yet.
func RoleNames(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("+,;，；、＋|\n", r) })
}

// Headings are the words that head the columns of a list of people: one line each
// of the template's list, which begins with what the column holds.
func Headings(template fs.FS) (map[string]string, error) {
	lines, err := words(template, "people.txt")
	if err != nil {
		return nil, err
	}
	headings := map[string]string{}
	for _, line := range lines {
		for _, word := range line {
			headings[word] = line[0]
		}
	}
	return headings, nil
}

// ReadFounders reads a list of people in CSV, UTF-8 or GBK, whose first row heads
// the columns id, name, email, account and roles in the words of [Headings]. Name
// tells findings where they are.
func ReadFounders(name string, data []byte, headings map[string]string) ([]Founder, finding.List) {
	page, err := ledger.ReadCSV(data)
	if err != nil {
		return nil, finding.List{refusal(name, "init", "init.people-unread")}
	}
	if len(page.Rows) < 2 {
		return nil, finding.List{refusal(name, "init", "init.people-empty")}
	}
	columns := make([]string, len(page.Rows[0].Cells))
	for i, cell := range page.Rows[0].Cells {
		heading := strings.ToLower(ledger.Tidy(cell.Text))
		if columns[i] = headings[heading]; columns[i] == "" && heading != "" {
			return nil, finding.List{refusal(name, "init", "init.people-column", locale.A("heading", heading))}
		}
	}
	if !slices.Contains(columns, "id") {
		return nil, finding.List{refusal(name, "init", "init.people-id")}
	}
	var list []Founder
	for _, row := range page.Rows[1:] {
		var f Founder
		for i, column := range columns {
			f.take(column, ledger.Tidy(row.At(i+1).Text))
		}
		list = append(list, f)
	}
	return list, nil
}

// take puts a cell where its column says.
func (f *Founder) take(column, text string) {
	switch column {
	case "id":
		f.ID = text
	case "name":
		f.Name = text
	case "email":
		f.Email = text
	case "account":
		f.Account = strings.TrimPrefix(text, "@")
	case "roles":
		f.Roles = RoleNames(text)
	}
}

// people are the records of those who are there from the first day.
func (r *InitRequest) people(kinds *schema.Registry) ([]Plan, finding.List, error) {
	register, found, err := record.Load(r.Template, kinds)
	if len(found) > 0 || err != nil {
		return nil, found, err
	}
	r.People = slices.Clone(r.People)
	var plans []Plan
	seen := map[string]bool{}
	for i := range r.People {
		p := &r.People[i]
		p.Complete(kinds)
		plan, problems, err := r.person(register, *p)
		if err != nil {
			return nil, nil, err
		}
		for _, key := range []string{p.ID, strings.ToLower(p.Email)} {
			if key != "" && seen[key] {
				problems = append(problems, refusal("", "init", "init.person-twice", locale.A("value", key)))
			}
			seen[key] = true
		}
		for _, f := range problems {
			f.Position.Path = "--person " + p.ID
			found = append(found, f)
		}
		plans = append(plans, plan)
	}
	return plans, found, nil
}

// Complete puts the id where there is no name, and ids for titles of roles.
func (f *Founder) Complete(kinds *schema.Registry) {
	if f.Name == "" {
		f.Name = f.ID
	}
	roles := make([]string, 0, len(f.Roles))
	for _, name := range f.Roles {
		names := []string{strings.TrimSpace(name)}
		if RoleOf(kinds, names[0]) == names[0] {
			names = strings.Fields(name)
		}
		for _, name := range names {
			if role := RoleOf(kinds, name); !slices.Contains(roles, role) {
				roles = append(roles, role)
			}
		}
	}
	f.Roles = roles
}

// person is one person's record.
func (r InitRequest) person(register *record.Register, p Founder) (Plan, finding.List, error) {
	kind := register.Kinds().Kind(record.PersonKind)
	if kind == nil {
		return Plan{}, nil, fmt.Errorf("read kinds: no kind %q", record.PersonKind)
	}
	roles := make([]any, len(p.Roles))
	for i, role := range p.Roles {
		roles[i] = map[string]any{"role": role, "from": r.day()}
	}
	held, err := json.Marshal(roles)
	if err != nil {
		return Plan{}, nil, err
	}
	sets := []Set{{Path: record.IDField, Value: p.ID}, {Path: record.TitleField, Value: p.Name}}
	if len(roles) > 0 {
		sets = append(sets, Set{Path: "roles", Value: string(held), JSON: true})
	}
	if p.Email != "" {
		sets = append(sets, Set{Path: "identities", Value: p.Email})
	}
	plan, found := New(NewRequest{Kind: kind, Register: register, Sets: sets, By: p.ID, Now: r.Now, Zone: r.Zone})
	for _, a := range []struct {
		answer Answer
		value  string
	}{{AnswerName, p.Name}, {AnswerAccount, p.Account}} {
		found = append(found, a.answer.refused(register.Kinds(), "", a.value)...)
	}
	return plan, found, nil
}

// Roles are the roles that the kind of persons knows, in its order.
func Roles(kinds *schema.Registry) []schema.Option {
	if kind := kinds.Kind(record.PersonKind); kind != nil {
		if f, ok := kind.Field("roles.role"); ok {
			return f.Options
		}
	}
	return nil
}

// RoleOf is the id of a role that is named by id or by its title in either
// language; a name that nobody knows stays as it is.
func RoleOf(kinds *schema.Registry, name string) string {
	for _, o := range Roles(kinds) {
		if strings.EqualFold(name, o.Value) || name == o.Title.ZH || strings.EqualFold(name, o.Title.EN) {
			return o.Value
		}
	}
	return name
}

// StarterRoles are the roles that the first, the second and each later person of a
// new repository hold where none are named: one line each of the template's list.
func StarterRoles(template fs.FS) ([][]string, error) { return words(template, "roles.txt") }

// words are the lines of a list of the template, in words; those that begin with a
// # are for readers.
func words(template fs.FS, name string) ([][]string, error) {
	data, err := fs.ReadFile(template, name)
	if err != nil {
		return nil, fmt.Errorf("read the template of a repository: %w", err)
	}
	var list [][]string
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			list = append(list, strings.Fields(line))
		}
	}
	return list, nil
}

package intake

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"kept/internal/config"
	"kept/internal/yamldoc"
)

// formsFolder holds, in the template of a repository, the forms of issues, as GitHub
// reads them; Gitea, Forgejo and Gitee read them, too.
const formsFolder = "forms"

// formPlaces are the folders of a forge's issue forms; GitLab has Markdown instead.
func formPlaces() map[string]string {
	return map[string]string{
		string(config.GitHub): ".github/ISSUE_TEMPLATE", string(config.Gitea): ".gitea/ISSUE_TEMPLATE",
		string(config.Gitee): ".gitee/ISSUE_TEMPLATE", string(config.GitLab): ".gitlab/issue_templates",
	}
}

// forms are the issue templates of a forge.
func (r InitRequest) forms(forge string) ([]Plan, error) {
	names, err := fs.Glob(r.Template, formsFolder+"/*.yml")
	if err != nil {
		return nil, err
	}
	var plans []Plan
	for _, name := range names {
		data, err := r.read(r.Template, name)
		if err != nil {
			return nil, fmt.Errorf("read the template of a forge: %w", err)
		}
		plan := Plan{Path: path.Join(formPlaces()[forge], path.Base(name)), After: data}
		if forge == string(config.GitLab) {
			title, text := formText(name, data)
			if title == "" {
				continue
			}
			plan = Plan{Path: path.Join(path.Dir(plan.Path), title+".md"), After: []byte(text)}
		}
		plans = append(plans, plan)
	}
	return plans, nil
}

// formText is a form as Markdown to be filled in, and its title; "" for what is none.
func formText(name string, data []byte) (title, text string) {
	doc, _ := yamldoc.Parse(name, data)
	if doc == nil {
		return "", ""
	}
	var b strings.Builder
	for _, part := range doc.Root().Items("body") {
		says := part.Object("attributes")
		switch part.Text("type") {
		case "markdown":
			fmt.Fprintf(&b, "<!--\n%s\n-->\n", strings.TrimSpace(says.Text("value")))
		case "checkboxes":
			b.WriteString("\n")
			for _, o := range says.Items("options") {
				fmt.Fprintf(&b, "- [ ] %s\n", o.Text("label"))
			}
		default:
			fmt.Fprintf(&b, "\n## %s\n\n", says.Text("label"))
			if d := says.Text("description"); d != "" {
				fmt.Fprintf(&b, "<!-- %s -->\n", d)
			}
			for _, o := range says.Texts("options") {
				fmt.Fprintf(&b, "- [ ] %s\n", o)
			}
		}
	}
	return doc.Root().Text("name"), b.String()
}

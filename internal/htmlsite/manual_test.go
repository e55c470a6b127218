package htmlsite

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	treeof "text/template/parse"

	"github.com/jba/templatecheck"

	"kept/internal/locale"
)

var update = flag.Bool("update", false, "write templates/README.md anew")

// viewsOf are the templates with the struct that each is drawn from.
func viewsOf() map[string]any {
	return map[string]any{
		"frame": frameView{}, "home.html": homeView{}, "register.html": registerView{}, "record.html": recordView{}, "kpi.html": kpiView{},
		"kpis.html": kpisView{}, "kpiperiod.html": periodView{}, "period.html": periodPageView{}, "owner.html": ownerView{}, "periods.html": periodsView{},
		"documents.html": documentsView{}, "document.html": documentView{}, "findings.html": findingsView{}, "rules.html": rulesView{}, "rule.html": ruleView{},
		"duties.html": dutiesView{}, "months.html": monthsView{}, "clauses.html": clausesView{}, "former.html": formerView{}, "root.html": rootView{},
		"search.html": searchView{}, "form.html": formView{}, "forms.html": formsView{}, "uncommitted.html": uncommittedView{}, "audit.html": auditView{},
		"history.html": recordView{}, "hub.html": hubView{}, "import.html": importView{},
	}
}

// functions say what the functions of the templates are for.
var functions = map[string]string{
	"cell":     "one cell as text with its link, for the template `cell`",
	"list":     "findings, for the template `findings`",
	"notices":  "what a reader must see first, for the template `notices`",
	"figures":  "one figure with its evidence, for the template `figures`",
	"parts":    "numerator, denominator and what was left out, for the template `parts`",
	"restated": "what changed since the seal, for the template `restated`",
	"gathered": "what other records say of one, for the template `gathered`",
	"href":     "the address of a link, also of a state of the view that it leads to",
	"foreign":  "the language of a text that is not the page's, \"\" else: for the attribute `lang`",
	"register": "a register's table, with what its rows are chosen by",
	"tools":    "the choices above a register, for the template `tools`",
	"table":    "any other table",
	"value":    "the value of a field",
}

// TestTemplatesFitTheirViews finds a field that a template asks for and its view
// does not have, which html/template tells only when it comes to it.
func TestTemplatesFitTheirViews(t *testing.T) {
	tpl, err := parse(locale.English, pageTemplates(t))
	must(t, err)
	views := viewsOf()
	for name, view := range views {
		if err := templatecheck.CheckHTML(tpl.Lookup(name), view); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	files, err := fs.Glob(pageTemplates(t), "*.html")
	must(t, err)
	for _, name := range files {
		if _, there := views[name]; !there && !treeof.IsEmptyTree(tpl.Lookup(name).Tree.Root) {
			t.Errorf("%s has no view in viewsOf", name)
		}
	}
}

// TestManualOfTheTemplates holds templates/README.md to the doc comments of the
// views; `go test ./internal/htmlsite -run Manual -update` writes it anew.
func TestManualOfTheTemplates(t *testing.T) {
	const file = "../../templates/README.md"
	want := manual(t)
	if *update {
		must(t, os.WriteFile(file, want, 0o644))
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
		t.Errorf("templates/README.md is stale (%v): run go test ./internal/htmlsite -run Manual -update", err)
	}
}

const manualHead = `# Page templates

This file is written by a test from the doc comments of the code: ` + "`go test ./internal/htmlsite -run Manual -update`" + `.

The pages of the portal are the templates in ` + "`html/`" + `, in the language of Go's [html/template](https://pkg.go.dev/html/template), which escapes every value for the place where it stands. A records repository that has a file of the same name below ` + "`templates/html/`" + ` has its own page in place of ours. Styles and scripts are in ` + "`site/assets/`" + `.

Every page is drawn from one struct. A field that a template asks for and its struct does not have is an error of the build and of a test. What the fields hold is finished text in one language, already redacted for the edition: a template draws and decides nothing. The policy of the pages admits no inline script or style and no other host.

`

// manual is the text of templates/README.md.
func manual(t *testing.T) []byte {
	t.Helper()
	known := readTypes(t, "htmlsite", "portal", "chart", "markdown")
	var b bytes.Buffer
	b.WriteString(manualHead + "## Templates\n\n| template | struct |\n|---|---|\n")
	reached := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(viewsOf())) {
		view := "htmlsite." + reflect.TypeOf(viewsOf()[name]).Name()
		fmt.Fprintf(&b, "| `%s` | [%s](#%s) |\n", name, short(view), anchorOf(view))
		known.reach(view, reached)
	}
	b.WriteString("\nOther files define parts that several pages call.\n\n## Functions\n\n| call | what it gives |\n|---|---|\n")
	all := calls(locale.English)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if functions[name] == "" {
			t.Errorf("nothing says what the function %q is for", name)
		}
		in := reflect.TypeOf(all[name])
		var args []string
		for i := range in.NumIn() {
			args = append(args, in.In(i).String())
		}
		fmt.Fprintf(&b, "| `%s` %s | %s |\n", name, strings.ReplaceAll(strings.Join(args, ", "), "portal.", ""), functions[name])
	}
	b.WriteString("\n## Structs\n")
	for _, name := range slices.Sorted(maps.Keys(reached)) {
		known[name].write(&b, name, known)
	}
	return b.Bytes()
}

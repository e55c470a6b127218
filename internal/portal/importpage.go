package portal

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
)

// ImportFolder is the folder of the pages that import ledgers, which only a served
// portal has.
const ImportFolder = "import"

// Import is the page on which a workbook or a text file becomes records of a kind:
// chosen, previewed, written.
type Import struct {
	Page
	Kind     string // title of the kind
	Heading  string
	Lead     string
	Command  string      // the same on the command line
	Map      string      // prints the mapping, to be edited
	Template Link        // the workbook to be filled in
	Asks     []FormField // what has to be said of the whole file; keys as import.js sends them
	Sets     []FormField // what may be said of every row, for a file that has no column for it; keys likewise
	Scans    bool        // rows may name evidence files, which are chosen beside the ledger
	People   []FormGroup // who may import; none where records have no log
	Register Cell
	Model    string // JSON for import.js
	W        ImportWords
}

// ImportWords are the fixed texts of the page.
type ImportWords struct {
	NoScript, Choose, File, FileHint, Who, WhoHint, Nobody, Template, TemplateHint, Sheets, SheetsHint, Preview, Progress, Cancel, Scans, ScansHint, Paste, Sets, SetsHint, Set, MendHint, ShowMore string

	Seen, Problems, Place, Problem, Columns, Column, Target, Planned, Number, Row, Former, What, Label, Left, Notes, Done, Submit, More, Words string
}

// importModel is what import.js must know. Its keys are shared with the script.
type importModel struct {
	Kind string            `json:"kind"`
	W    map[string]string `json:"w"`
}

// importable tells the kinds whose records a file can bring: all that people
// register, but for those whose figures kept computes.
func (v *View) importable(kind *schema.Kind) bool {
	return kind != nil && kind.ID != record.PublicationKind && v.newForm(kind) != Link{}
}

// importPage leads to the page that imports records of a kind; zero for none.
func (v *View) importPage(kind *schema.Kind) Link {
	if !v.IsLive() || !v.importable(kind) {
		return Link{}
	}
	return Link{Page: ImportFolder + "/" + pageName(kind.ID) + ".html"}
}

// importCommand imports on the command line, "" where no file can bring records.
func (v *View) importCommand(kind *schema.Kind) string {
	if !v.importable(kind) {
		return ""
	}
	return "kept import " + kind.ID + " " + v.p.Say("import.file-name")
}

// ImportKinds lists the kinds that have a page which imports them, in the order of
// the navigation; none in a portal that is not served.
func (v *View) ImportKinds() []string {
	var ids []string
	for _, kind := range v.formKinds() {
		if (v.importPage(kind) != Link{}) {
			ids = append(ids, kind.ID)
		}
	}
	return ids
}

// Import makes the page that imports records of a kind.
func (v *View) Import(id string) Import {
	kind := v.src.Register.Kinds().Kind(id)
	heading := v.p.Say("import.title", locale.T("kind", kind.Title))
	at := v.importPage(kind).Page
	i := Import{
		Page: v.page(at, heading, kind.ID, Crumb{v.registerTitle(kind), sectionLink(kind.ID)}),
		Kind: v.p.Text(kind.Title), Heading: heading, Lead: v.p.Say("import.lead"), Command: v.importCommand(kind),
		Map:      "kept import " + kind.ID + " --show-map > templates/import/" + kind.ID + ".yaml",
		Template: Link{Page: "../_kept/template?kind=" + url.QueryEscape(kind.ID) + "&lang=" + string(v.Lang())}, Asks: v.importAsks(kind), Sets: v.importSets(kind),
		Scans:    slices.ContainsFunc(kind.Fields, func(f schema.Field) bool { return f.List && holdsFiles(f) }),
		Register: Cell{Text: v.registerTitle(kind), Link: sectionLink(kind.ID)}, W: v.importWords(),
	}
	if governs(kind) {
		w := formWriter{v: v, kind: kind}
		i.People = w.anybody()
	}
	words := map[string]string{}
	for key, name := range map[string]string{
		"import.js-reading": "reading", "import.js-gone": "gone", "import.js-choose": "choose", "import.js-unreadable": "unreadable", "import.js-writing": "writing",
		"import.js-hidden": "hidden", "import.js-big": "big", "import.js-lacks": "lacks", "import.js-pasted": "pasted", "import.js-stopped": "stopped",
	} {
		words[name] = v.p.Say(key)
	}
	if text, err := json.Marshal(importModel{kind.ID, words}); err == nil {
		i.Model = string(text)
	}
	return i
}

// mostAsked is how many records a choice of the page offers.
const mostAsked = 200

// importAsks are the record that leads to the questions which a kind answers, newest
// first, and what bare numbers mean.
func (v *View) importAsks(kind *schema.Kind) []FormField {
	if kind.Answers.List == "" || len(kind.Answers.Form) == 0 {
		return nil
	}
	f, ok := kind.Field(kind.Answers.Form[0])
	if !ok {
		return nil
	}
	which := FormField{Key: "set." + f.Name, ID: "set." + f.Name, Label: v.label(f), Help: v.p.Text(f.Help), Control: ChoiceControl, Required: true}
	for _, other := range f.Refs {
		for rec := range v.src.Register.Of(other) {
			if state, known := rec.State(); !rec.Broken && (!known || state.Phase != schema.Void) {
				which.Options = append(which.Options, FormOption{rec.ID, rec.ID + " " + v.title(rec)})
			}
		}
	}
	slices.SortFunc(which.Options, func(a, b FormOption) int { return strings.Compare(b.Value, a.Value) })
	which.Options = which.Options[:min(len(which.Options), mostAsked)]
	scale := FormField{
		Key: "scale", ID: "scale", Label: v.p.Say("import.scale"), Help: v.p.Say("import.scale-hint"), Control: LineControl, Holder: v.p.Say("import.scale-holder"),
	}
	return []FormField{which, scale}
}

// importSets are the fields with one value that every row may get.
func (v *View) importSets(kind *schema.Kind) []FormField {
	var list []FormField
	for _, f := range kind.Fields {
		if f.List || f.Type == schema.ObjectField || record.Fixed(f.Name) || slices.Contains(kind.Answers.Form, f.Name) {
			continue
		}
		field := v.formField(f, "set."+f.Name)
		field.Key, field.Default, field.Required = "set."+f.Name, "", false
		list = append(list, field)
	}
	if record.Undatable(kind) {
		list = append(list, FormField{Key: "ended-by", ID: "ended-by", Label: v.p.Say("import.ended"), Help: v.p.Say("import.ended-hint"), Control: DateControl})
	}
	return list
}

func (v *View) importWords() ImportWords {
	say := v.p.Say
	return ImportWords{
		NoScript: say("import.no-script"), Choose: say("import.choose"), File: say("import.file"), FileHint: say("import.file-hint"),
		Who: say("import.who"), WhoHint: say("import.who-hint"), Nobody: say("import.nobody"),
		Template: say("import.template"), TemplateHint: say("import.template-hint"),
		Sheets: say("import.sheets"), SheetsHint: say("import.sheets-hint"), Preview: say("import.preview"), Progress: say("import.progress"),
		Cancel: say("import.cancel"), Paste: say("import.paste"), Sets: say("import.every"), SetsHint: say("import.every-hint"), Set: say("import.every-one"),
		MendHint: say("import.mend-hint"), ShowMore: say("import.show-more"),
		Scans: say("import.scans"), ScansHint: say("import.scans-hint"),
		Seen: say("import.seen"), Problems: say("import.problems"), Place: say("import.place"), Problem: say("import.problem"),
		Columns: say("import.columns"), Column: say("import.column"), Target: say("import.target"),
		Planned: say("import.planned"), Number: say("import.number"), Row: say("import.row"), Former: say("import.key"), What: say("import.what"), Label: say("import.label"),
		Left: say("import.left"), Notes: say("import.notes"), Done: say("import.done"), Submit: say("import.submit"),
		More: say("import.more-words"), Words: say("import.words"),
	}
}

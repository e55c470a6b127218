package portal

import (
	"slices"
	"strings"

	"kept/internal/chart"
	"kept/internal/locale"
	"kept/internal/record"
)

// Record is the page of one record: what it says, where it stands, what its
// history proves. A broken or a deleted record has its page too.
type Record struct {
	Page
	ID       string
	Kind     string // title of the kind
	Heading  string // label of the record
	State    Cell
	FormNo   string
	File     string // path in the repository
	Forge    Forge  // the file on the forge; zero for none
	Notices  []Notice
	Blocks   []Block
	Life     *chart.Life // the states of the kind and how far it has come; nil without a lifecycle
	Next     []Next      // the steps and operations that may come next
	Texts    []SaidText  // texts to send, as its kind words them
	Clocks   []ClockRow
	Steps    []Step
	Changes  []Change // newest first
	Out, In  []RefGroup
	Findings []Finding
	Source   []SourceLine // the YAML as it may be shown
	Whole    bool         // that is the whole file, nothing covered
	Was      string       // the number it had before, "" for none
	Duties   *Table       // what it owes and what it did; nil for none
	Prints   []Cell       // the papers of it
	Command  string       // what prints it; "" where a paper is there, or none can be
	History  Link         // the page that holds what this one has no room for
	Gathered *Gathered    // what other records say of it, by kind; nil for none
}

// Notice is something that a reader must see first.
type Notice struct {
	Text string
	Tone Tone
	Link Cell // where it leads, zero for nowhere
}

// Block is a headed group of fields, as on the paper form.
type Block struct {
	Title  string
	Fields []Field
}

// Record makes the page of one record of a section.
func (v *View) Record(folder, id string) Record {
	rec := v.src.Register.Get(id)
	if rec == nil || rec.ID != id || record.KindOf(rec.Path) != folder {
		return v.of(id).deleted(folder, id)
	}
	v = v.of(id)
	r := Record{
		Page: v.recordPage(folder, id, v.title(rec)), ID: id, Kind: v.sectionTitle(folder), Heading: v.title(rec),
		State: v.stateCell(rec), File: rec.Path, Findings: v.findingsOf(id), History: historyLink(folder, id),
	}
	r.Forge = v.onForge(rec.Path)
	r.Source = v.sourceLines(rec)
	r.Whole = v.whole(rec)
	showLines(r.Findings, r.Source)
	r.Was, r.Duties, r.Prints = rec.Text(record.RenumberedField), v.dutiesOf(id), v.printsOfRecord(id)
	r.Notices = append(r.Notices, v.pendingNotice(id)...)
	r.Notices = append(r.Notices, v.taken(id)...)
	v.history(&r, id)
	r.Out, r.In = v.outgoing(rec), v.incoming(id)
	if rec.Broken || rec.Kind == nil {
		r.State = Cell{Text: v.p.Say("portal.broken"), Tone: Bad}
		r.Notices = append(r.Notices, Notice{Text: v.p.Say("portal.broken-notice"), Tone: Bad})
		return r
	}
	r.FormNo = rec.Kind.FormNo
	values := v.reader(rec)
	r.Blocks = v.blocks(values)
	r.Life, r.Next, r.Texts = v.life(rec), v.next(rec), v.texts(values)
	if len(r.Prints) == 0 {
		r.Command = "kept print " + id
	}
	r.Clocks = v.clockRows(values)
	if r.Gathered = v.gathered(rec); r.Gathered != nil {
		r.In = withoutGathered(r.In, rec.Kind)
	}
	if r.Steps == nil {
		r.Steps = v.declaredSteps(rec)
	}
	return r
}

// deleted is the page of a record that only the history holds.
func (v *View) deleted(folder, id string) Record {
	r := Record{
		Page: v.recordPage(folder, id, id), ID: id, Kind: v.sectionTitle(folder), Heading: id,
		State:    Cell{Text: v.p.Say("portal.deleted"), Tone: Bad},
		Notices:  []Notice{{Text: v.p.Say("portal.deleted-notice"), Tone: Bad}},
		Findings: v.findingsOf(id), History: historyLink(folder, id),
	}
	v.history(&r, id)
	r.In = v.incoming(id)
	return r
}

func (v *View) recordPage(folder, id, title string) Page {
	crumb := Crumb{v.sectionTitle(folder), sectionLink(folder)}
	if folder == kpiFolder {
		crumb.Text = v.p.Say("portal.kpis")
	}
	if title != id {
		title = id + " " + title
	}
	return v.page(recordLink(folder, id).Page, title, folder, crumb)
}

func (v *View) sectionTitle(folder string) string {
	i := slices.IndexFunc(v.sections, func(s Section) bool { return s.Folder == folder })
	if i < 0 {
		return folder
	}
	return v.sections[i].Title
}

func (v *View) findingsOf(id string) []Finding {
	var out []Finding
	for _, f := range v.found[strings.ToLower(id)] {
		one := v.finding(f)
		one.Record = Cell{}
		if rec := v.src.Register.Get(id); rec != nil && f.Position.Path == rec.Path {
			one.Shown = f.Position.Line
		}
		out = append(out, one)
	}
	return out
}

// showLines leads each finding to the line of the source that is shown: what a line
// stands for may be covered with others, and then it is the last one before.
func showLines(found []Finding, source []SourceLine) {
	for i := range found {
		line := found[i].Shown
		found[i].Shown = 0
		for _, s := range source {
			if line > 0 && s.Number <= line {
				found[i].Shown = s.Number
			}
		}
	}
}

// HistoryPage is the page beside a record's with what has no room there.
func (v *View) HistoryPage(r *Record) Page {
	p := r.Page
	crumbs := append(p.Crumbs[1:len(p.Crumbs):len(p.Crumbs)], Crumb{Text: r.ID, Link: Link{Page: p.Path}})
	page := v.page(r.History.Page, v.p.Say("portal.history-of", locale.A("title", p.Title)), p.Section, crumbs...)
	for i := range page.Versions {
		page.Versions[i].Path = p.Path // in another language all may have room on one page
	}
	return page
}

// blocks are the kind's groups of fields; what is in none of them comes last.
// Fields without a value are left out.
func (v *View) blocks(r *reader) []Block {
	rec := r.rec
	shown := map[string]bool{
		record.SchemaField: true, record.IDField: true, record.StatusField: true, record.TransitionsField: true, record.LinksField: true,
	}
	if rec.Kind.ID == record.PersonKind {
		shown[identities] = true // git addresses are never shown (domain.md §10)
	}
	if rec.Kind.Label != "" {
		shown[rec.Kind.Label], shown[rec.Kind.Label+"_en"] = true, true
	}
	var blocks []Block
	for _, b := range rec.Kind.Blocks {
		block := Block{Title: v.p.Text(b.Title)}
		for _, name := range b.Fields {
			head, _, _ := strings.Cut(name, ".")
			shown[head], shown[name] = true, true
			block.add(v.field(r, name))
		}
		blocks = append(blocks, block)
	}
	rest := Block{Title: v.p.Say("portal.other-fields")}
	for _, f := range rec.Kind.Fields {
		if !shown[f.Name] {
			rest.add(v.field(r, f.Name))
		}
	}
	return slices.DeleteFunc(append(blocks, rest), func(b Block) bool { return len(b.Fields) == 0 })
}

func (b *Block) add(f Field) {
	if !f.IsZero() {
		b.Fields = append(b.Fields, f)
	}
}

func (v *View) field(r *reader, name string) Field {
	f := Field{Name: name, Label: v.p.Text(v.nameTitle(r.rec.Kind, name)), Value: r.named(name)}
	if def, ok := r.rec.Kind.Field(name); ok {
		f.Help, f.Long = v.p.Text(def.Help), def.Long
	}
	return f
}

// role is a role's title, from the options that a person's record offers.
func (v *View) role(id string) string {
	person := v.src.Register.Kinds().Kind(record.PersonKind)
	if person == nil || id == "" {
		return id
	}
	f, _ := person.Field("roles.role")
	return v.option(f, id)
}

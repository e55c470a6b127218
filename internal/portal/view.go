package portal

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"kept/internal/expr"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/metric"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
)

// identities is the field of a person that holds git addresses.
const identities = "identities"

// View says one source in one language. Its methods make one page each and keep
// nothing, so that ten thousand pages need the memory of one. It is safe for
// concurrent use.
type View struct {
	src      *Source
	p        *locale.Printer
	zone     *time.Location
	people   map[string]string // git e-mail in lower case → person id
	found    map[string]finding.List
	byKPI    map[string]*metric.Definition
	sections []Section
	gone     map[string][]string // folder → ids that only the history holds
	docs     []docFile
	names    map[string]fieldSet // by kind
	rules    []ruleInfo          // in the order of the index
	ruleAt   map[string]int      // by id
	byRule   map[string]finding.List
	former   map[string][]string // number given up, in lower case → records that had it
	concerns map[string][]int    // record id → its duties, by index in the source
	letters  map[string][]letter // by kind
	types    map[string]func() expr.Types
	shares   *shares
	about    string // record whose hidden values are known, see [View.of]
	hidden   hidden
	ground   *Ground // of what is being said, see [View.Found]; nil where nobody asks
}

// New makes the view of src in lang.
func New(src *Source, lang locale.Lang) *View {
	v := &View{
		src: src, p: src.Catalogue.Printer(lang), zone: src.Config.Zone,
		people: map[string]string{}, found: map[string]finding.List{},
		byKPI: map[string]*metric.Definition{}, gone: map[string][]string{}, names: map[string]fieldSet{},
		shares: &shares{}, byRule: map[string]finding.List{}, former: map[string][]string{}, types: map[string]func() expr.Types{},
	}
	for rec := range src.Register.Of(record.PersonKind) {
		for _, email := range rec.Texts(identities) {
			if _, taken := v.people[strings.ToLower(email)]; !taken {
				v.people[strings.ToLower(email)] = rec.ID
			}
		}
	}
	for _, f := range src.Findings {
		if f.Record != "" {
			v.found[strings.ToLower(f.Record)] = append(v.found[strings.ToLower(f.Record)], f)
		}
	}
	for kind := range src.Register.Kinds().All() {
		v.names[kind.ID] = fieldNames(kind, src.Policy)
		v.types[kind.ID] = sync.OnceValue(func() expr.Types { return record.Types(kind, src.Register.Kinds()) })
	}
	for _, d := range src.Definitions {
		v.byKPI[d.ID] = d
	}
	v.findGone()
	v.findSections()
	v.findRules()
	v.findFormer()
	v.findDuties()
	v.findTexts()
	v.docs = readDocs(src.Content, lang, v.leaving)
	return v
}

// Lang is the language of every text of the view.
func (v *View) Lang() locale.Lang { return v.p.Lang() }

// Default tells whether the view's language is the portal's first.
func (v *View) Default() bool { return v.src.Config.Languages[0] == v.Lang() }

// Printer is the catalogue in the view's language.
func (v *View) Printer() *locale.Printer { return v.p }

// Section is one folder of records/ with its register and its pages.
type Section struct {
	Folder string       // the kind's id
	Kind   *schema.Kind // nil where no kind has this name
	Title  string       // of the kind: 投诉
	Count  int          // records present
}

// Sections lists the kinds, records with a life of their own first, then what
// they refer to, then folders that name no kind.
func (v *View) Sections() []Section { return v.sections }

// IDs lists the records of a section in the order of ids: those present and
// those that only the history still holds.
func (v *View) IDs(folder string) []string {
	ids := slices.Clone(v.gone[folder])
	for rec := range v.src.Register.Of(folder) {
		ids = append(ids, rec.ID)
	}
	slices.Sort(ids)
	return ids
}

// findGone gathers the ids that were deleted on the mainline.
func (v *View) findGone() {
	if v.src.History == nil {
		return
	}
	for t := range v.src.History.All() {
		if v.src.Register.Get(t.ID) == nil {
			folder := lastFolder(t)
			v.gone[folder] = append(v.gone[folder], t.ID)
		}
	}
}

func lastFolder(t *history.Timeline) string {
	for _, c := range slices.Backward(t.Changes) {
		if folder := record.KindOf(c.Path); folder != "" {
			return folder
		}
	}
	return ""
}

func (v *View) findSections() {
	seen := map[string]bool{}
	add := func(folder string, kind *schema.Kind) {
		if seen[folder] || folder == "" {
			return
		}
		seen[folder] = true
		s := Section{Folder: folder, Kind: kind, Title: folder, Count: v.src.Register.Count(folder)}
		if kind != nil {
			s.Title = v.p.Text(kind.Title)
		}
		v.sections = append(v.sections, s)
	}
	for _, e := range []schema.Envelope{schema.Governed, schema.Reference} {
		for kind := range v.src.Register.Kinds().All() {
			if kind.Envelope == e {
				add(kind.ID, kind)
			}
		}
	}
	for rec := range v.src.Register.All() {
		add(record.KindOf(rec.Path), rec.Kind)
	}
	for _, folder := range slices.Sorted(maps.Keys(v.gone)) {
		add(folder, v.src.Register.Kinds().Kind(folder))
	}
}

// author names who made a commit: the person whose git identity it is, else the
// name in the commit, which outside of the company is a dash. Addresses are never
// shown (domain.md §10).
func (v *View) author(p gitrepo.Person) Cell {
	if id, ok := v.people[strings.ToLower(p.Email)]; ok {
		return v.refCell(id, shortName)
	}
	if p == (gitrepo.Person{}) {
		return Cell{}
	}
	if p.Name == "" || v.src.Policy.Edition.Leaves() || len(redact.Scan(p.Name)) > 0 {
		return Cell{Text: v.p.Say("redact.nobody")}
	}
	return Cell{Text: p.Name}
}

// moment writes an instant in the organisation's zone, "" for none.
func (v *View) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.p.Moment(t.In(v.zone))
}

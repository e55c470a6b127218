package htmlsite

import (
	"encoding/json"
	"path"
	"strconv"
	"strings"

	"kept/internal/portal"
)

// shard is how many bytes a file of the index takes before the next one begins.
const shard = 1 << 20

// finder gathers what can be searched while its page is drawn: nothing is made
// twice, and nothing is found that its page does not show. The index is script
// files that hand their rows to kept.give, because a page that was opened from
// a disk may read no others.
type finder struct {
	emit  func(name string, data []byte) error
	files int
	out   []byte // of the file that is being filled
	group group
	err   error
}

// group is what rows share. Order says where it stands among hits that are as
// good: "first", "late" with its last row first, or as it comes.
type group struct {
	Kind   string `json:"kind"`
	Folder string `json:"folder"`
	Order  string `json:"order"`
}

// entry is one thing to be found. Page is "" where folder and id say it.
type entry struct{ id, title, state, tone, text, page string }

func (f *finder) add(g group, e entry) { f.put(g, e.row(g.Folder)) }

// row is the entry as a file of the index has it.
func (e entry) row(folder string) []byte {
	if e.page == folder+"/"+e.id+".html" {
		e.page = ""
	}
	cells := []string{e.id, e.title, e.state, e.tone, e.text, e.page}
	if e.page == "" {
		cells = cells[:5]
	}
	return jsonOf(cells)
}

func (f *finder) put(g group, row []byte) {
	switch {
	case len(f.out) == 0:
		f.out = append(f.out, `kept.give("search/`+strconv.Itoa(f.files)+`",[`...)
		f.open(g)
	case g != f.group:
		f.out = append(f.out, "]},\n"...)
		f.open(g)
	default:
		f.out = append(f.out, ",\n"...)
	}
	f.out = append(f.out, row...)
	if len(f.out) > shard {
		f.close()
	}
}

func (f *finder) open(g group) {
	head := jsonOf(g)
	f.group, f.out = g, append(append(f.out, head[:len(head)-1]...), `,"rows":[`...)
}

// close emits the file that is being filled.
func (f *finder) close() {
	if len(f.out) == 0 || f.err != nil {
		return
	}
	f.out = append(f.out, "]}]);\n"...)
	f.err = f.emit("search/"+strconv.Itoa(f.files)+".js", f.out)
	f.files, f.out = f.files+1, f.out[:0]
}

// jsonOf writes a value so that it may stand in a script: <, >, & and the line
// ends of JavaScript are escaped.
func jsonOf(value any) []byte {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err) // of strings alone
	}
	return data
}

// found makes a record known to the search, with its text as its page shows it.
func (s *renderer) found(r *portal.Record) {
	g := s.groupOf(r)
	s.finder.put(g, rowOf(r, g.Folder))
}

func (s *renderer) groupOf(r *portal.Record) group {
	g := group{Kind: r.Kind, Folder: path.Dir(r.Path)}
	if s.late {
		g.Order = "late"
	}
	return g
}

func rowOf(r *portal.Record, folder string) []byte {
	var b strings.Builder
	for _, block := range r.Blocks {
		for _, f := range block.Fields {
			say(&b, f.Value)
		}
	}
	return entry{r.ID, r.Heading, r.State.Text, string(r.State.Tone), b.String(), r.Path}.row(folder)
}

// say writes what a value says, its parts with spaces between.
func say(b *strings.Builder, v portal.Value) {
	for _, c := range v.Cells {
		word(b, c.Text)
	}
	for _, f := range v.Fields {
		say(b, f.Value)
	}
	if v.Table != nil {
		for _, row := range v.Table.Rows {
			for _, c := range row.Cells {
				word(b, c.Text)
			}
		}
	}
}

func word(b *strings.Builder, text string) {
	if text == "" {
		return
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	b.WriteString(text)
}

// foundDocument makes each section of a document known.
func (s *renderer) foundDocument(d *portal.Document) {
	g := group{Kind: d.Crumbs[len(d.Crumbs)-1].Text, Folder: "doc"}
	for _, part := range d.Body.Sections {
		e := entry{id: d.Number, title: part.Title, text: part.Text, page: d.Path}
		if part.ID != "" {
			e.page += "#" + part.ID
		}
		if e.title == "" {
			e.title = d.DocumentItem.Title
		}
		s.finder.add(g, e)
	}
}

func (s *renderer) foundRule(r *portal.Rule) {
	s.finder.add(group{Kind: r.Crumbs[len(r.Crumbs)-1].Text, Folder: "rule"},
		entry{r.ID, r.Purpose, r.Severity.Text, string(r.Severity.Tone), r.Mend, r.Path})
}

// search draws the page of the search and emits what its script says. It is
// the last page, for the index is full by then.
func (s *renderer) search() error {
	pages := group{Kind: s.view.Printer().Say("htmlsite.search-pages"), Order: "first"}
	for _, g := range s.site.Groups {
		for _, i := range g.Items {
			s.finder.add(pages, entry{title: i.Text, page: i.Link.Page, text: g.Title})
		}
	}
	s.finder.close()
	if s.finder.err != nil {
		return s.finder.err
	}
	data := append([]byte(`kept.give("words",`), jsonOf(s.scriptWords())...)
	if err := s.finder.emit("search/words.js", append(data, ");\n"...)); err != nil {
		return err
	}
	page := s.view.Search()
	c, err := s.chrome(page)
	if err != nil {
		return err
	}
	return s.page(page, "search.html", searchView{c})
}

// scriptWords is what kept.js and search.js say.
type scriptWords struct {
	Title  string      `json:"title"` // of the list of keys
	Keys   [][2]string `json:"keys"`
	Search string      `json:"search"`
	Count  string      `json:"count"`
	None   string      `json:"none"`
	More   string      `json:"more"`
	Files  int         `json:"files"` // of the index
}

func (s *renderer) scriptWords() scriptWords {
	p := s.view.Printer()
	w := scriptWords{
		Title: p.Say("htmlsite.keys"), Search: p.Say("htmlsite.search"), Count: p.Say("htmlsite.search-count"),
		None: p.Say("htmlsite.search-none"), More: p.Say("htmlsite.search-more"), Files: s.finder.files,
		Keys: [][2]string{{"/", p.Say("htmlsite.key-search")}, {"?", p.Say("htmlsite.key-help")}, {"j  k  ↓  ↑", p.Say("htmlsite.key-move")}, {"Enter", p.Say("htmlsite.key-open")}, {"Esc", p.Say("htmlsite.key-close")}},
	}
	for _, g := range s.site.Groups {
		for _, i := range g.Items {
			if i.Key != "" {
				w.Keys = append(w.Keys, [2]string{"g  " + i.Key, i.Text})
			}
		}
	}
	return w
}

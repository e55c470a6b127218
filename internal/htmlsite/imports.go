package htmlsite

import (
	"html/template"

	"kept/internal/portal"
)

// importView is what import.html is drawn from.
type importView struct {
	Chrome
	Import portal.Import
	// What the pen has drawn: the people, what has to be said of the whole file, what
	// import.js must know.
	Who, Asks, Sets, Model template.HTML
}

// imports draws a page for each kind that a file can bring records of, in a served
// portal alone.
func (s *renderer) imports() error {
	for _, kind := range s.view.ImportKinds() {
		i := s.view.Import(kind)
		c, err := s.chrome(i.Page)
		if err != nil {
			return err
		}
		p := &s.pen
		p.up, p.w = c.Up, s.words
		draw := formPen{p, s.view.FormWords()}
		view := importView{Chrome: c, Import: i, Who: draw.who(i.People)}
		for n := range i.Asks {
			view.Asks += draw.one(&i.Asks[n])
		}
		for n := range i.Sets {
			view.Sets += draw.one(&i.Sets[n])
		}
		p.raw(`<script type="application/json" id="model">`)
		p.raw(i.Model) // encoding/json has made <, > and & harmless
		p.raw("</script>")
		view.Model = p.html()
		if err := s.page(i.Page, "import.html", view); err != nil {
			return err
		}
	}
	return nil
}

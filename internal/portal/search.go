package portal

const (
	searchFolder = "search" // holds the index; no kind may have it
	searchPath   = "search.html"
)

// Search is the page of the search over everything that the portal shows.
func (v *View) Search() Page {
	return v.page(searchPath, v.p.Say("portal.search"), "search")
}

package htmlsite

// uncommitted draws the page of what is not committed yet, which only a served
// portal has.
func (s *renderer) uncommitted() error {
	if !s.view.IsLive() {
		return nil
	}
	u := s.view.Uncommitted()
	c, err := s.chrome(u.Page)
	if err != nil {
		return err
	}
	return s.page(u.Page, "uncommitted.html", uncommittedView{c, u})
}

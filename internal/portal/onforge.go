package portal

// Forge is a file of the repository on its forge.
type Forge struct {
	View string // where it is shown, "" for nowhere known
	Edit string // where it can be edited and the change proposed, "" where that is not known
}

func (v *View) onForge(file string) Forge {
	return Forge{View: v.src.Config.FileURL(file), Edit: v.src.Config.EditURL(file)}
}

package config

import (
	"slices"
	"strings"

	"kept/internal/yamldoc"
)

// required is the word by which kept.yaml demands signatures; optional is the other.
const required, optional = "required", "optional"

// signing reads whether commits must be signed, and which addresses are robots: of
// the forge, that commits what people have written and approved.
func (r *reader) signing(root yamldoc.Object) {
	switch root.Text("signatures") {
	case required:
		r.config.SignaturesRequired = true
	case optional:
	default:
		if root.Has("signatures") {
			r.report(r.doc.Position("/signatures"), "config.signatures")
		}
	}
	for _, address := range root.Texts("robots") {
		if !strings.Contains(address, "@") {
			r.report(r.doc.Position("/robots"), "config.robots")
			continue
		}
		r.config.Robots = append(r.config.Robots, strings.ToLower(address))
	}
	slices.Sort(r.config.Robots)
}

// RequiresSignatures tells whether a version of kept.yaml demands signatures; false
// for read where it does not parse, and says nothing.
func RequiresSignatures(data []byte) (demanded, read bool) {
	doc, _ := yamldoc.Parse(File, data)
	return doc != nil && doc.Root().Text("signatures") == required, doc != nil
}

package schema

import (
	"io/fs"
	"path"

	"kept/internal/yamldoc"
)

// Sketch reads the life of one kind of fsys (the schemas/ folder), without its fields
// and without checking it: for suggestions while somebody types, which must come at
// once. What cannot be read is nil; what a check would refuse may be there. It cannot
// validate.
func Sketch(fsys fs.FS, id string) *Kind {
	life, err := fs.ReadFile(fsys, id+kindSuffix)
	if err != nil {
		return nil
	}
	doc, _ := yamldoc.Parse(path.Join(Folder, id+kindSuffix), life)
	if doc == nil {
		return nil
	}
	kind, err := decode(doc.Root())
	if err != nil || kind.ID != id {
		return nil
	}
	return kind
}

// SketchFields is [Sketch] with the fields.
func SketchFields(fsys fs.FS, id string) *Kind {
	kind := Sketch(fsys, id)
	if kind == nil {
		return nil
	}
	data, err := fs.ReadFile(fsys, id+schemaSuffix)
	if err != nil {
		return nil
	}
	if shape, err := readTree(data); err == nil {
		kind.Fields = fieldsOf(shape)
	}
	return kind
}

// Sketched lists the ids of the kinds that have a kind file in fsys, in order.
func Sketched(fsys fs.FS) []string {
	names, _ := fs.Glob(fsys, "*"+kindSuffix)
	for i, name := range names {
		names[i] = name[:len(name)-len(kindSuffix)]
	}
	return names
}

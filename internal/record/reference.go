package record

import (
	"strconv"

	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// Reference is one field that names another record.
type Reference struct {
	From, To string   // record ids
	Field    string   // dotted path, as links.id
	Pointer  string   // JSON pointer of the value
	Rel      string   // of links[], else ""
	Kinds    []string // kinds the field may name; empty is any
}

// references lists what the record names, in the order of its kind's fields.
func (r *Record) references() []Reference {
	if r.Kind == nil || r.Broken {
		return nil
	}
	g := gatherer{from: r.ID}
	g.object(r.Kind.Fields, r.Object, "", "")
	return g.refs
}

type gatherer struct {
	from string
	refs []Reference
}

func (g *gatherer) object(fields []schema.Field, o yamldoc.Object, path, pointer string) {
	for i := range fields {
		f := &fields[i]
		if f.Type != schema.RefField && f.Type != schema.ObjectField || o.Plain(f.Name) == nil {
			continue // most fields name nothing: no path is made for them
		}
		name, at := path+f.Name, pointer+"/"+f.Name
		switch {
		case f.Type == schema.RefField && f.List:
			for i, id := range o.Texts(f.Name) {
				g.add(f, o, id, name, at+"/"+strconv.Itoa(i))
			}
		case f.Type == schema.RefField:
			g.add(f, o, o.Text(f.Name), name, at)
		case f.Type == schema.ObjectField && f.List && hasReferences(f.Fields):
			for i, item := range o.Items(f.Name) {
				g.object(f.Fields, item, name+".", at+"/"+strconv.Itoa(i))
			}
		case f.Type == schema.ObjectField && hasReferences(f.Fields):
			g.object(f.Fields, o.Object(f.Name), name+".", at)
		}
	}
}

func (g *gatherer) add(f *schema.Field, o yamldoc.Object, id, name, pointer string) {
	if id == "" {
		return
	}
	ref := Reference{From: g.from, To: id, Field: name, Pointer: pointer, Kinds: f.Refs}
	if name == LinksField+".id" {
		ref.Rel = o.Text("rel")
	}
	g.refs = append(g.refs, ref)
}

func hasReferences(fields []schema.Field) bool {
	for i := range fields {
		if fields[i].Type == schema.RefField || hasReferences(fields[i].Fields) {
			return true
		}
	}
	return false
}

package htmlsite

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// types are the declared types of some packages by package and name.
type types map[string]*declared

// declared is one type as its source says it.
type declared struct {
	pkg     string
	spec    *ast.TypeSpec
	doc     string
	methods []string
}

// readTypes reads the sources of packages below internal/, without tests.
func readTypes(t *testing.T, packages ...string) types {
	t.Helper()
	all := types{}
	var files []*ast.File
	var of []string
	for _, pkg := range packages {
		names, err := filepath.Glob("../" + pkg + "/*.go")
		must(t, err)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			must(t, err)
			files, of = append(files, file), append(of, pkg)
			all.types(pkg, file)
		}
	}
	for i, file := range files {
		all.methods(of[i], file)
	}
	return all
}

func (all types) types(pkg string, file *ast.File) {
	for _, d := range file.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.TYPE {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.TypeSpec)
			doc := spec.Doc.Text()
			if doc == "" && !gen.Lparen.IsValid() {
				doc = gen.Doc.Text()
			}
			all[pkg+"."+spec.Name.Name] = &declared{pkg: pkg, spec: spec, doc: flat(doc + " " + spec.Comment.Text())}
		}
	}
}

// methods adds those that a template may call: exported, of one result.
func (all types) methods(pkg string, file *ast.File) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !f.Name.IsExported() || f.Type.Results == nil || len(f.Type.Results.List) != 1 {
			continue
		}
		if to := all[pkg+"."+strings.TrimPrefix(goText(f.Recv.List[0].Type), "*")]; to != nil {
			to.methods = append(to.methods, fmt.Sprintf("- `%s%s`: %s\n", f.Name.Name, strings.TrimPrefix(goText(f.Type), "func"), flat(f.Doc.Text())))
		}
	}
}

// reach marks a type and all that its fields name.
func (all types) reach(name string, reached map[string]bool) {
	d := all[name]
	if d == nil || reached[name] {
		return
	}
	reached[name] = true
	for _, to := range d.names() {
		all.reach(to, reached)
	}
}

// names are the types that the declaration of another mentions.
func (d *declared) names() []string {
	var list []string
	ast.Inspect(d.spec.Type, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			list = append(list, goText(x))
			return false
		case *ast.Field:
			ast.Inspect(x.Type, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					list = append(list, d.pkg+"."+id.Name)
				}
				if s, ok := n.(*ast.SelectorExpr); ok {
					list = append(list, goText(s))
					return false
				}
				return true
			})
			return false
		}
		return true
	})
	return list
}

func (d *declared) write(b *bytes.Buffer, name string, all types) {
	fmt.Fprintf(b, "\n### %s\n\n", short(name))
	if d.doc != "" {
		fmt.Fprintf(b, "%s\n\n", d.doc)
	}
	s, ok := d.spec.Type.(*ast.StructType)
	if !ok {
		fmt.Fprintf(b, "`%s`\n", goText(d.spec.Type))
	} else if len(s.Fields.List) > 0 {
		b.WriteString("| field | type | what |\n|---|---|---|\n")
		for _, f := range s.Fields.List {
			d.field(b, f, all)
		}
	}
	if len(d.methods) > 0 {
		b.WriteString("\n" + strings.Join(d.methods, ""))
	}
}

func (d *declared) field(b *bytes.Buffer, f *ast.Field, all types) {
	var names []string
	for _, n := range f.Names {
		if n.IsExported() {
			names = append(names, "`"+n.Name+"`")
		}
	}
	kind := goText(f.Type)
	if len(f.Names) == 0 {
		names = []string{"all of"}
	}
	if len(names) == 0 {
		return
	}
	shown := "`" + kind + "`"
	for _, to := range (&declared{pkg: d.pkg, spec: &ast.TypeSpec{Type: &ast.StructType{Fields: &ast.FieldList{List: []*ast.Field{f}}}}}).names() {
		if all[to] != nil {
			shown = fmt.Sprintf("[`%s`](#%s)", kind, anchorOf(to))
		}
	}
	fmt.Fprintf(b, "| %s | %s | %s |\n", strings.Join(names, ", "), shown, strings.ReplaceAll(flat(f.Doc.Text()+" "+f.Comment.Text()), "|", `\|`))
}

// short names a type as a reader meets it, anchorOf is where it stands.
func short(name string) string { return name[strings.IndexByte(name, '.')+1:] }

func anchorOf(name string) string { return strings.ToLower(short(name)) }

// flat puts a comment on one line.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func goText(n ast.Node) string {
	var b bytes.Buffer
	_ = printer.Fprint(&b, token.NewFileSet(), n)
	return strings.Join(strings.Fields(b.String()), " ")
}

package config

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// Font is a file of a face that papers are set in. The digest is asked for, so that
// the same commit prints the same bytes on every machine.
type Font struct {
	Path   string // absolute, or relative to the repository's top; it may lie outside
	SHA256 string // 64 digits in small letters
}

// Fonts are the faces that kept.yaml names. The face that comes with kept stands
// behind them.
type Fonts struct {
	Regular  *Font // nil for the bundled one
	Bold     *Font // nil for none: weight is drawn as an outline
	Fallback []Font
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// fonts reads regular, bold and the list fallback, each with file and sha256.
func (r *reader) fonts(root yamldoc.Object) {
	fonts := root.Object("fonts")
	for _, key := range fonts.Keys() {
		if !slices.Contains([]string{"regular", "bold", "fallback"}, key) {
			r.report(r.doc.KeyPosition(yamldoc.Pointer("/fonts", key)), "config.unknown-key", locale.A("key", key))
		}
	}
	one := func(key string) *Font {
		if !fonts.Has(key) {
			return nil
		}
		return r.font(fonts.Object(key), "/fonts/"+key)
	}
	r.config.Fonts = Fonts{Regular: one("regular"), Bold: one("bold")}
	for i, item := range fonts.Items("fallback") {
		if f := r.font(item, "/fonts/fallback/"+strconv.Itoa(i)); f != nil {
			r.config.Fonts.Fallback = append(r.config.Fonts.Fallback, *f)
		}
	}
}

func (r *reader) font(o yamldoc.Object, at string) *Font {
	f := Font{Path: o.Text("file"), SHA256: strings.ToLower(o.Text("sha256"))}
	extra := slices.ContainsFunc(o.Keys(), func(k string) bool { return k != "file" && k != "sha256" })
	if f.Path == "" || extra || strings.ContainsAny(f.Path, "\\\x00") || !digestForm.MatchString(f.SHA256) {
		r.report(r.doc.Position(at), "config.font")
		return nil
	}
	f.Path = path.Clean(f.Path)
	return &f
}

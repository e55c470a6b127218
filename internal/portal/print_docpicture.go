package portal

import (
	"bytes"
	"image"
	_ "image/gif" // pictures of documents
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// The bounds of a picture in a document.
const (
	largestPicture = 16 << 20 // bytes
	mostPixels     = 40_000_000
)

// readPicture reads a picture of the content folder, and says under which name it
// lies there, or by which message it cannot be shown.
func readPicture(content fs.FS, target string) (*PrintPicture, string, string) {
	name, ok := pictureName(target)
	if !ok || content == nil {
		return nil, "", "portal.doc-picture-outside"
	}
	info, err := fs.Stat(content, name)
	if err != nil || !info.Mode().IsRegular() {
		return nil, "", "portal.doc-picture-absent"
	}
	if info.Size() > largestPicture {
		return nil, "", "portal.doc-picture-large"
	}
	data, err := fs.ReadFile(content, name)
	if err != nil {
		return nil, "", "portal.doc-picture-absent"
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "", "portal.doc-picture-broken"
	case head.Width*head.Height > mostPixels:
		return nil, "", "portal.doc-picture-large"
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return nil, "", "portal.doc-picture-broken"
	}
	return &PrintPicture{Data: data, Type: kind}, name, ""
}

// pictureName is where a target lies below the content folder, false for what lies
// elsewhere.
func pictureName(target string) (string, bool) {
	plain, err := url.PathUnescape(target)
	if err != nil || strings.ContainsAny(plain, ":\\\x00") || strings.HasPrefix(plain, "/") {
		return "", false
	}
	name := path.Clean(plain)
	return name, fs.ValidPath(name) && name != "."
}

func pictureFinding(file string, line int, problem string) finding.Finding {
	return finding.Finding{
		Position: finding.Position{Path: contentFolder + file, Line: line}, Rule: "document-picture", Severity: finding.Warning,
		Key: problem, Args: []locale.Arg{},
	}
}

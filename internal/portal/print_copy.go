package portal

import (
	"cmp"
	"slices"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// CopyError says why there is no controlled copy.
type CopyError struct {
	Key  string // the message that says why
	Args []locale.Arg
}

// Error names the reason in English.
func (e *CopyError) Error() string { return "print a controlled copy: " + e.Key }

// copyMark stands between a document and the number of a copy in the id of the paper.
// No id of a page holds it.
const copyMark = "~copy~"

// CopyPrint is the paper of a document as the copy of a number (分发号) that its
// distribution names, with its holder: only of a version from 1.0 on that is in force.
// Else it is a [*CopyError]. That the commit is the newest one is for the caller to see
// to. It panics on a key that [View.DocumentKeys] does not list.
func (v *View) CopyPrint(key, number string) (*Print, finding.List, error) {
	d := v.docs[slices.IndexFunc(v.docs, func(d docFile) bool { return d.key() == key })]
	c := v.controlOf(d)
	name, version := locale.A("document", key), locale.A("version", c.version)
	list := v.distributed(d, c)
	at := slices.IndexFunc(list, func(o yamldoc.Object) bool { return strings.EqualFold(o.Text("copy_no"), number) })
	switch {
	case d.front.Text("number") == "":
		return nil, nil, &CopyError{"portal.copy-uncontrolled", []locale.Arg{name}}
	case c.over:
		return nil, nil, &CopyError{"portal.copy-over", []locale.Arg{name}}
	case c.version == "" || belowOne(c.version) || !v.inForce(d, c):
		return nil, nil, &CopyError{"portal.copy-draft", []locale.Arg{name, version}}
	case at < 0:
		return nil, nil, &CopyError{"portal.copy-unknown", []locale.Arg{name, locale.A("number", number), locale.A("known", cmp.Or(strings.Join(copyNumbers(list), ", "), noValue))}}
	}
	number = list[at].Text("copy_no")
	paper, found, err := v.DocumentPrint(key)
	if err != nil {
		return nil, nil, err
	}
	paper.ID += copyMark + pageName(number)
	paper.Watermark = v.words("portal.doc-mark-controlled", "number", number)
	facts := slices.DeleteFunc(slices.Clone(paper.Cover.Facts), func(f PrintFact) bool { return f.Label == v.p.Say("portal.doc-control") })
	paper.Cover.Facts = append(facts,
		PrintFact{v.p.Say("portal.doc-control"), v.p.Say("portal.doc-controlled")},
		PrintFact{v.p.Say("portal.doc-copy-no"), number},
		PrintFact{v.p.Say("portal.doc-holder"), list[at].Text("reader")})
	return paper, found, nil
}

// distributed are the readers of a document: as its record says, or as its own text does
// where the record names no number of a copy.
func (v *View) distributed(d docFile, c docControl) []yamldoc.Object {
	if c.record != nil && len(copyNumbers(c.record.Items("distribution"))) > 0 {
		return c.record.Items("distribution")
	}
	return d.front.Items("distribution")
}

func copyNumbers(list []yamldoc.Object) []string {
	var numbers []string
	for _, o := range list {
		if n := o.Text("copy_no"); n != "" {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// inForce tells whether the document is in force: by its record, else by its own text.
func (v *View) inForce(d docFile, c docControl) bool {
	if c.record == nil {
		return d.front.Text("status") == "effective"
	}
	s, ok := c.record.State()
	return ok && s.Phase == schema.Done
}

// FindCopy finds the controlled copy that the id of a paper names, case ignored.
func (v *View) FindCopy(id string) (key, number string, found bool) {
	for _, d := range v.docs {
		for _, n := range copyNumbers(v.distributed(d, docControl{record: v.docRecord(d.front.Text("number"))})) {
			if strings.EqualFold(pageName(d.key())+copyMark+pageName(n), id) {
				return d.key(), n, true
			}
		}
	}
	return "", "", false
}

// DocumentFiles are the paths that a document is made of: its text and its record.
func (v *View) DocumentFiles(key string) []string {
	d := v.docs[slices.IndexFunc(v.docs, func(d docFile) bool { return d.key() == key })]
	files := []string{contentFolder + d.file}
	if rec := v.docRecord(d.front.Text("number")); rec != nil {
		files = append(files, rec.Path)
	}
	return files
}

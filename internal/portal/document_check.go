package portal

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/markdown"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// matters reads the front matter of the controlled documents of a content folder, by
// file: those that have a number.
func matters(content fs.FS) map[string]*markdown.Text {
	list := map[string]*markdown.Text{}
	if content == nil {
		return list
	}
	names, _ := fs.Glob(content, "*.md")
	for _, name := range names {
		data, err := fs.ReadFile(content, name)
		if err != nil {
			continue
		}
		if text := markdown.Matter(contentFolder+name, data); text != nil && text.Front.Text("number") != "" {
			list[name] = text
		}
	}
	return list
}

// DocumentFindings compares the front matter of each controlled document with the
// record of its number (rule document-front), and looks whether the pictures of every
// text can be shown (rule document-picture). Values are not quoted.
func DocumentFindings(content fs.FS, register *record.Register) finding.List {
	var found finding.List
	for name, text := range matters(content) {
		if rec := documentRecord(register, text.Front.Text("number")); rec != nil {
			c := comparison{text: text, rec: rec, register: register}
			c.fields(strings.Count(name, ".") > 1)
			c.versions()
			found = append(found, c.found...)
		}
	}
	return append(found, pictureFindings(content)...).Sort()
}

// pictureFindings looks at the pictures of every text.
func pictureFindings(content fs.FS) finding.List {
	var found finding.List
	if content == nil {
		return nil
	}
	names, _ := fs.Glob(content, "*.md")
	look := func(name string, image *markdown.Image) {
		if image == nil {
			return
		}
		if _, _, problem := readPicture(content, image.Target); problem != "" {
			found = append(found, pictureFinding(name, image.Line, problem))
		}
	}
	for _, name := range names {
		data, err := fs.ReadFile(content, name)
		if err != nil || !strings.Contains(string(data), "![") {
			continue
		}
		blocks, _ := markdown.Blocks(name, data, nil)
		for _, b := range blocks {
			look(name, b.Image)
			for _, r := range b.Runs {
				look(name, r.Image)
			}
		}
	}
	return found
}

// comparison is one text beside its record.
type comparison struct {
	text     *markdown.Text
	rec      *record.Record
	register *record.Register
	found    finding.List
}

func (c *comparison) differs(pointer, field, key string, args ...locale.Arg) {
	label := locale.Plain(field)
	if f, ok := c.rec.Kind.Field(field); ok && !f.Title.IsZero() {
		label = f.Title
	}
	c.found = append(c.found, finding.Finding{
		Position: c.text.Position(pointer), Rule: "document-front", Severity: finding.Warning, Record: c.rec.ID,
		Key: key, Args: append([]locale.Arg{locale.T("field", label), locale.A("record", c.rec.ID)}, args...),
	})
}

// compared are the keys of front matter with the fields of the record that say the
// same.
var compared = [...]struct{ key, field string }{
	{"version", "version"},
	{"status", "status"},
	{"confidentiality", "confidentiality"},
	{"control", "control"},
	{"effective", "effective_on"},
	{"issued", "issued_on"},
}

func (c *comparison) fields(translated bool) {
	for _, p := range compared {
		if said := c.text.Front.Text(p.key); said != "" && said != c.rec.Text(p.field) || said == "" && c.rec.Text(p.field) != "" && c.text.Front.Plain(p.key) != nil {
			c.differs("/"+p.key, p.field, "portal.doc-differs")
		}
	}
	// A record may say more: （示例）.
	if title := c.text.Front.Text("title"); !translated && !strings.HasPrefix(c.rec.Text(record.TitleField), title) {
		c.differs("/title", record.TitleField, "portal.doc-differs")
	}
}

func (c *comparison) versions() {
	listed := map[string]yamldoc.Object{}
	for _, row := range c.rec.Items("versions") {
		listed[row.Text("version")] = row
	}
	for i, row := range c.text.Front.Items("versions") {
		version, at := row.Text("version"), fmt.Sprintf("/versions/%d", i)
		theirs, ok := listed[version]
		if !ok {
			c.differs(at, "versions", "portal.doc-unlisted", locale.A("version", version))
			continue
		}
		delete(listed, version)
		if row.Text("date") != theirs.Text("date") {
			c.differs(at+"/date", "versions.date", "portal.doc-differs")
		}
		for key, field := range map[string]string{"reviewed": "reviewed_by", "approved": "approved_by"} {
			if id := theirs.Text(field); id != "" && !names(c.register, id, row.Text(key)) {
				c.differs(at+"/"+key, "versions."+field, "portal.doc-differs")
			}
		}
	}
	for version := range listed {
		c.differs("/versions", "versions", "portal.doc-missing-row", locale.A("version", version))
	}
}

// names tells whether a text is a person's id or title.
func names(register *record.Register, id, text string) bool {
	rec := register.Get(id)
	if text == id || rec == nil {
		return text == id
	}
	title := rec.Title()
	return text != "" && (text == title.ZH || text == title.EN)
}

// documentRecord is the record that [View.docRecord] takes.
func documentRecord(register *record.Register, number string) *record.Record {
	var found *record.Record
	for rec := range register.Of(record.DocumentKind) {
		if rec.Broken || rec.Kind == nil || rec.Text("number") != number {
			continue
		}
		if s, ok := rec.State(); found == nil || ok && s.Phase == schema.Done {
			found = rec
		}
	}
	return found
}

// VersionRequest is what the versions of documents are compared with.
type VersionRequest struct {
	Content   fs.FS
	Register  *record.Register
	Revisions func(file string) []Revision
	Zone      *time.Location
}

// VersionFindings compares each row of 文件版本信息 with the commit that first named its
// version in the front matter (rule document-text-version): its day should lie between
// those on which the commit was written and merged, and an author who is a person of
// the register should have made it. Of the first commit of a file only its own
// version is judged: older ones were before the repository.
func VersionFindings(req VersionRequest) finding.List {
	var found finding.List
	for name, text := range matters(req.Content) {
		revisions := req.Revisions(name)
		if len(revisions) == 0 {
			continue
		}
		for i, row := range text.Front.Items("versions") {
			for _, f := range req.version(row, revisions) {
				f.Position = text.Position(path.Join("/versions", strconv.Itoa(i), f.Part))
				f.Rule, f.Severity, f.Part = "document-text-version", finding.Warning, ""
				found = append(found, f)
			}
		}
	}
	return found.Sort()
}

// version judges one row; the part of a finding is the key that it is about.
func (req VersionRequest) version(row yamldoc.Object, revisions []Revision) finding.List {
	version := row.Text("version")
	r := setting(revisions, version)
	if r == nil {
		if first := revisions[0].Version; first == "" || older(version, first) {
			return nil
		}
		return finding.List{{Key: "portal.doc-never", Args: []locale.Arg{locale.A("version", version)}}}
	}
	args := []locale.Arg{locale.A("version", version), locale.A("commit", r.By.Hash.Short())}
	var found finding.List
	if date := row.Text("date"); date != "" && !within(date, r, req.Zone) {
		day := func(t time.Time) locale.Arg { return locale.A("day", t.In(req.Zone).Format(time.DateOnly)) }
		merged := day(r.Commit.Committer.When)
		merged.Name = "merged"
		found = append(found, finding.Finding{Part: "date", Commit: string(r.By.Hash), Key: "portal.doc-other-day", Args: append(slices.Clone(args), day(r.By.Author.When), merged)})
	}
	if author := req.person(row.Text("author")); author != nil && !signs(author, r.By.Author) {
		found = append(found, finding.Finding{Part: "author", Commit: string(r.By.Hash), Key: "portal.doc-other-author", Args: args})
	}
	return found
}

// older compares versions number by number.
func older(a, b string) bool {
	x, y := strings.Split(strings.TrimLeft(a, "vV"), "."), strings.Split(strings.TrimLeft(b, "vV"), ".")
	return slices.CompareFunc(x, y, func(p, q string) int {
		m, _ := strconv.Atoi(p)
		n, _ := strconv.Atoi(q)
		return m - n
	}) < 0
}

// person is whom a text names by id or title, nil for none.
func (req VersionRequest) person(text string) *record.Record {
	for rec := range req.Register.Of(record.PersonKind) {
		if names(req.Register, rec.ID, text) {
			return rec
		}
	}
	return nil
}

// signs tells whether a person commits by an address.
func signs(person *record.Record, by gitrepo.Person) bool {
	return slices.ContainsFunc(person.Texts(identities), func(email string) bool { return strings.EqualFold(email, by.Email) })
}

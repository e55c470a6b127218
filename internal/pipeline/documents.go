package pipeline

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"

	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/locale"
	"kept/internal/markdown"
	"kept/internal/portal"
)

// contentFolder is where documents and their pictures lie.
const contentFolder = "site/content"

// document sets the paper of a text of the content folder.
func (p *press) document(key string) (*Paper, error) {
	drawn, found, err := p.view.DocumentPrint(key)
	if err != nil {
		return nil, err
	}
	return p.text(key, drawn, found)
}

// copy sets the controlled copy of a document that an id names. A copy is handed out as
// the text in force: it is printed of the newest commit alone, and only while the work
// tree says nothing else.
func (p *Project) copy(press *press, id, number string) (*Paper, error) {
	key, ok := press.view.FindDocument(id)
	if !ok {
		return nil, &portal.CopyError{Key: "portal.copy-none", Args: []locale.Arg{locale.A("id", id)}}
	}
	if tip, err := p.resolve("HEAD"); err != nil || tip != press.snapshot.Commit.Hash {
		return nil, &portal.CopyError{Key: "portal.copy-old"}
	}
	for _, name := range press.view.DocumentFiles(key) {
		here, err := fs.ReadFile(localFiles(p.Dir), name)
		if errors.Is(err, fs.ErrNotExist) {
			if _, err := fs.Stat(localFiles(p.Dir), config.File); err != nil {
				continue // a repository without a work tree
			}
		}
		if committed, _ := fs.ReadFile(press.snapshot.files, name); !bytes.Equal(here, committed) {
			return nil, &portal.CopyError{Key: "portal.copy-uncommitted", Args: []locale.Arg{locale.A("path", name)}}
		}
	}
	return press.controlled(key, number)
}

// controlled sets a controlled copy.
func (p *press) controlled(key, number string) (*Paper, error) {
	drawn, found, err := p.view.CopyPrint(key, number)
	if err != nil {
		return nil, err
	}
	return p.text(key, drawn, found)
}

// text sets the paper of a text, with what was found in it.
func (p *press) text(key string, drawn *portal.Print, found finding.List) (*Paper, error) {
	paper, err := p.set(drawn)
	if err != nil {
		return nil, err
	}
	for _, f := range paper.Findings {
		if f.Position.Path != "" || f.Record != "" {
			found = append(found, f)
			continue
		}
		for _, f.Position = range p.view.PlacesInDocument(key, f) {
			found = append(found, f)
		}
	}
	paper.Findings = found.Sort()
	return paper, nil
}

// documents sets every text of the content folder in one language.
func (b *builder) documents(lang locale.Lang, press *press) error {
	for _, key := range press.view.DocumentKeys() {
		if press.taken(key) {
			continue
		}
		paper, err := press.document(key)
		if err != nil {
			return err
		}
		if err := b.keep(paper, portal.PrintLink{Lang: lang, Document: key}); err != nil {
			return err
		}
	}
	return nil
}

// taken tells whether a layout has the id of a text, so that its paper would lie in
// the same place.
func (p *press) taken(key string) bool {
	for _, l := range p.layouts {
		if strings.EqualFold(l.ID, key) {
			return true
		}
	}
	for _, l := range p.broken {
		if strings.EqualFold(l.ID, key) {
			return true
		}
	}
	return false
}

// documentFindings says where the front matter of documents and their records
// differ, and which pictures cannot be shown.
func (s *Snapshot) documentFindings() finding.List {
	return portal.DocumentFindings(content(s.files), s.Register)
}

// versionFindings compares the versions of documents with the commits that set them.
func (s *Snapshot) versionFindings() finding.List {
	revisions := s.revisions()
	if revisions == nil {
		return nil
	}
	found := portal.VersionFindings(portal.VersionRequest{Content: content(s.files), Register: s.Register, Revisions: revisions, Zone: s.Config.Zone})
	return check.Severities(found, s.Config.Rules)
}

// revisions gives the changes of each file of the content folder on the mainline,
// read when the first is asked for; nil for a snapshot without history.
func (s *Snapshot) revisions() func(file string) []portal.Revision {
	if s.revised == nil {
		return nil
	}
	return func(file string) []portal.Revision { return s.revised()[file] }
}

// contentRevisions walks the mainline once. What cannot be read is left out: the
// history itself has already been read.
func (p *Project) contentRevisions(h *history.History) map[string][]portal.Revision {
	list := map[string][]portal.Revision{}
	var site gitrepo.Hash
	now := map[string]gitrepo.Hash{}
	for i, m := range h.Commits() {
		top, err := p.repo.Lookup(m.Hash, path.Dir(contentFolder))
		if err != nil || top[0] == site {
			continue
		}
		site = top[0]
		before := now
		now = p.contentAt(m.Hash)
		for name, blob := range now {
			if before[name] != blob {
				r := portal.Revision{Position: i, Commit: m.Commit, Version: p.versionOf(name, blob)}
				r.By = p.setter(m, name, r.Version)
				list[name] = append(list[name], r)
			}
		}
	}
	return list
}

// contentAt names the files of the content folder of a commit with their blobs.
func (p *Project) contentAt(commit gitrepo.Hash) map[string]gitrepo.Hash {
	list := map[string]gitrepo.Hash{}
	files, err := p.repo.Blobs(commit, contentFolder)
	if err != nil {
		return list
	}
	for _, f := range files {
		list[strings.TrimPrefix(f.Path, contentFolder+"/")] = f.After
	}
	return list
}

// versionOf is the version that a document's front matter names, "" for none.
func (p *Project) versionOf(name string, blob gitrepo.Hash) string {
	if path.Ext(name) != ".md" {
		return ""
	}
	data, err := p.repo.Blob(blob)
	if err != nil {
		return ""
	}
	if text := markdown.Matter(name, data); text != nil {
		return text.Front.Text("version")
	}
	return ""
}

// setter is the first of the commits that a merge brought in whose file names the
// version; the commit of the mainline itself where none does.
func (p *Project) setter(m history.Merge, name, version string) *gitrepo.Commit {
	if version == "" {
		return m.Commit
	}
	for _, side := range m.Side {
		if blob := p.contentAt(side.Hash)[name]; blob != "" && p.versionOf(name, blob) == version {
			return side
		}
	}
	return m.Commit
}

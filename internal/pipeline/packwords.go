package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kept/internal/clause"
	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/site"
)

// words writes what one language's reader sees first: cover, list by clause,
// findings and the pages on how to check and on what is not promised.
func (k *packer) words(lang locale.Lang, view, paper *portal.View) error {
	for _, write := range []func(locale.Lang, *portal.View) error{k.index, k.findings, k.pages} {
		if err := write(lang, view); err != nil {
			return err
		}
	}
	press, err := newPress(k.snapshot, paper, k.faces)
	if err != nil {
		return err
	}
	cover := paper.CoverPrint(k.request.Period, k.repeatable(), k.cover(paper))
	set, err := press.set(cover)
	if err != nil {
		return err
	}
	k.covers = append(k.covers, set)
	if err := k.put(string(lang)+"/cover.pdf", set.Bytes); err != nil {
		return err
	}
	return k.put(string(lang)+"/README.txt", []byte(cover.Plain()))
}

// index leads from each part of what a clause asks for to the files that show it.
func (k *packer) index(lang locale.Lang, view *portal.View) error {
	var b strings.Builder
	tabbed(&b, "clause", "standard", "number", "title", "evidence", "verdict", "records", "files", "not_in_pack")
	p := view.Printer()
	for i := range k.source.Clauses {
		c := &k.source.Clauses[i]
		row := func(part string, gap bool, records, files []string) {
			verdict := "shown"
			if gap {
				verdict = "gap"
			}
			tabbed(&b, c.ID, c.Standard, c.Number, view.Text(p.Text(c.Title)), view.Text(part), verdict, strings.Join(records, " "), strings.Join(files, " "), strings.Join(k.absent(records, files), " "))
		}
		for j := range c.Evidence {
			e := &c.Evidence[j]
			row(p.Text(e.Title), e.Gap, e.Records, k.evidenceFiles(lang, e))
		}
		if len(c.Evidence) == 0 {
			row("", c.Gap, nil, nil)
		}
		if len(c.Indicators) > 0 {
			row(p.Say("pack.index-indicators"), false, c.Indicators, k.recordFiles(lang, c.Indicators))
		}
	}
	return k.put(string(lang)+"/index.tsv", []byte(b.String()))
}

// evidenceFiles are the register of the records, the obligation and the records
// themselves, as far as the pack has them. A register that holds none of the records,
// all being of another period, would mislead.
func (k *packer) evidenceFiles(lang locale.Lang, e *clause.Evidence) []string {
	var files []string
	if kind := k.snapshot.Kinds.Kind(e.Kind); kind != nil {
		id := k.layout(kind.ID)
		for _, name := range []string{id + "_" + k.request.Period.String() + ".pdf", id + ".pdf"} {
			file := paperPath(lang, name)
			if k.written[file] && (len(e.Records) == 0 || len(k.absent(e.Records, []string{file})) < len(e.Records)) {
				files = append(files, file)
			}
		}
	}
	if e.Obligation != "" {
		files = append(files, k.recordFiles(lang, []string{e.Obligation})...)
	}
	return append(files, k.recordFiles(lang, e.Records)...)
}

// absent are the records that none of the files shows: neither in a table nor as its
// own form or source.
func (k *packer) absent(records, files []string) []string {
	return slices.DeleteFunc(slices.Clone(records), func(id string) bool {
		return slices.ContainsFunc(files, func(file string) bool {
			base := path.Base(file)
			return k.listed[file][id] || base == id+".pdf" || base == id+".yaml"
		})
	})
}

// layout is the id of the paper of a kind's register.
func (k *packer) layout(kind string) string {
	for _, l := range k.layouts {
		if l.Of == kind && l.Shape == portal.RegisterShape {
			return l.ID
		}
	}
	return ""
}

func (k *packer) recordFiles(lang locale.Lang, ids []string) []string {
	var files []string
	for _, id := range ids {
		rec := k.snapshot.Register.Get(id)
		if rec == nil {
			continue
		}
		for _, file := range []string{paperPath(lang, rec.ID+".pdf"), "source/" + rec.Path} {
			if k.written[file] {
				files = append(files, file)
			}
		}
	}
	return files
}

// findingObject is one finding in words. Its keys are a public interface.
type findingObject struct {
	Severity string `json:"severity"` // in the language of the file
	Rule     string `json:"rule"`
	Place    string `json:"place"`
	Record   string `json:"record,omitempty"`
	Commit   string `json:"commit,omitempty"`
	Message  string `json:"message"`
	Accepted string `json:"accepted_by,omitempty"` // record of the exception
	Reason   string `json:"reason,omitempty"`      // of the exception
}

// findings writes what the rules find in the records and in their history.
func (k *packer) findings(lang locale.Lang, view *portal.View) error {
	list := []findingObject{}
	var b strings.Builder
	for _, f := range view.AllFindings() {
		o := findingObject{f.Severity, f.Rule.Text, f.Place, f.Record.Text, f.Commit.Short, f.Message, f.Exception.Text, f.Reason}
		list = append(list, o)
		tabbed(&b, o.Severity, o.Rule, o.Place, o.Record, o.Commit, o.Message, o.Accepted, o.Reason)
	}
	if err := k.put(string(lang)+"/findings.txt", []byte(b.String())); err != nil {
		return err
	}
	return k.json(string(lang)+"/findings.json", list)
}

// pages copies how to check without kept, and what is not promised.
func (k *packer) pages(lang locale.Lang, _ *portal.View) error {
	for _, page := range []string{"verify", "claims"} {
		name := page + ".md"
		if lang == locale.English {
			name = page + ".en.md"
		}
		data, err := fs.ReadFile(site.FS, "content/"+name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read page: %w", err)
		}
		if err := k.put(string(lang)+"/"+page+".md", data); err != nil {
			return err
		}
	}
	return nil
}

// count is how many errors and warnings nobody has accepted.
func (k *packer) count() (grave, warnings int) {
	return k.snapshot.Findings.Count(finding.Error), k.snapshot.Findings.Count(finding.Warning)
}

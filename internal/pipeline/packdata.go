package pipeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/portal"
	"kept/internal/record"
)

// figures writes every result of the period with its members, as `kept kpi` does
// for machines.
func (k *packer) figures(view *portal.View) error {
	list := []FigureObject{}
	for _, d := range k.snapshot.Definitions {
		if !d.Cadence.Fits(k.request.Period.Grain) {
			continue
		}
		for _, b := range d.Bases() {
			o := k.snapshot.Figure(d, k.measures.Result(d, k.request.Period, b), true)
			for i := range o.Evidence {
				withoutSuspects(view, &o.Evidence[i])
			}
			for i := range o.Beside {
				for j := range o.Beside[i].Members {
					withoutSuspects(view, &o.Beside[i].Members[j])
				}
			}
			list = append(list, o)
		}
	}
	return k.json("data/kpi.json", list)
}

func withoutSuspects(view *portal.View, e *EvidenceObject) {
	e.Item, e.Reason = view.Text(e.Item), view.Text(e.Reason)
}

func (k *packer) json(name string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	return k.put(name, b.Bytes())
}

// commits lists the mainline, oldest first, with what each merge brought in before
// it. People are ids, never addresses; messages are left out.
func (k *packer) commits(*portal.View) error {
	var b strings.Builder
	tabbed(&b, "line", "commit", "parents", "committed_at", "author", "committer", "signature", "reason", "key", "level", "seen_by_ci")
	for _, m := range k.snapshot.History.Commits() {
		for _, side := range m.Side {
			k.commit(&b, "side", side)
		}
		k.commit(&b, "mainline", m.Commit)
	}
	return k.put("data/commits.tsv", []byte(b.String()))
}

func (k *packer) commit(b *strings.Builder, line string, c *gitrepo.Commit) {
	s := k.snapshot
	parents := make([]string, len(c.Parents))
	for i, p := range c.Parents {
		parents[i] = string(p)
	}
	seen := ""
	if s.Ledger != nil {
		if at, ok := s.Ledger.Seen(c.Hash); ok {
			seen = at.Format(time.RFC3339)
		}
	}
	result := s.Signatures.Of(c.Hash)
	tabbed(b, line, string(c.Hash), strings.Join(parents, " "), instant(c.Committer.When), k.person(c.Author), k.person(c.Committer),
		string(result.Status), string(result.Reason), result.Fingerprint, s.Assurance.Of(c.Hash).Level.String(), seen)
}

// person is whose address a commit bears, "" for nobody's.
func (k *packer) person(p gitrepo.Person) string { return k.snapshot.Register.Identity(p.Email) }

// schemas writes what kinds, forms, rules and papers are made from.
func (k *packer) schemas(view *portal.View) error {
	layouts, err := printLayouts(k.snapshot.files)
	if err != nil {
		return err
	}
	if err := k.folder(view, "schemas", kindFiles(k.snapshot.files)); err != nil {
		return err
	}
	return k.folder(view, "templates/print", layouts)
}

// folder copies the data files of a folder and of its folders.
func (k *packer) folder(view *portal.View, under string, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || path.Ext(name) != ".json" && path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return k.put("source/"+under+"/"+name, []byte(view.Text(string(data))))
	})
}

// sources writes the records that say what is measured, owed and asked for, and
// what was sealed, as the edition shows them.
func (k *packer) sources(view *portal.View) error {
	for _, kind := range []string{record.CalendarKind, record.KPIKind, record.ObligationKind, record.ClauseKind, record.SealKind} {
		for rec := range k.snapshot.Register.Of(kind) {
			if err := k.put("source/"+rec.Path, []byte(view.Source(rec.ID))); err != nil {
				return err
			}
		}
	}
	return nil
}

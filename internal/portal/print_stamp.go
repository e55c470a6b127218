package portal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"kept/internal/record"
)

// PrintStamp is what ties a paper to the history: the newest mainline commit
// behind its content, that commit's time, and the moment judged by, which is
// zero where nobody asked for one: then an unrelated commit changes no byte.
type PrintStamp struct {
	Commit     string    // full id; "" where the content is in no commit
	Created    time.Time // committer time
	AsOf       time.Time
	Attachment PrintAttachment
	Sources    []PrintAttachment
}

// Stamp finds the data version of a paper that shows the given records, and what they
// say (architecture.md: an unrelated change leaves its bytes alone). It also rests on
// the records of besides, which it does not embed. Without
// history, or where no commit touched them, it is the portal's own commit.
func (v *View) Stamp(ids []string, besides ...string) PrintStamp {
	s := v.stampOf(append(slices.Clone(ids), besides...))
	v.provide(&s, ids, nil)
	return s
}

// registerStamp is that of a register, whose sources say what its columns show.
func (v *View) registerStamp(l *Layout, t *Table) PrintStamp {
	ids := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		ids[i] = r.ID
	}
	columns := []string{l.Group}
	for _, c := range t.Columns {
		if c.Weight > 0 {
			columns = append(columns, c.Key)
		}
	}
	s := v.stampOf(ids)
	v.provide(&s, ids, columns)
	return s
}

func (v *View) stampOf(ids []string) PrintStamp {
	s := PrintStamp{Commit: string(v.src.Commit), Created: v.src.AsOf}
	if v.src.Judged {
		s.AsOf = v.src.AsOf
	}
	if v.src.History == nil {
		return s
	}
	if c := v.src.History.Latest(v.inputs(ids)); c != nil {
		s.Commit, s.Created = string(c.Hash), c.Committer.When
	}
	return s
}

// inputs adds what a paper about the given records also rests on: the records
// that they name, for their labels, and the calendars, for due times.
func (v *View) inputs(ids []string) []string {
	all := slices.Clone(ids)
	for _, id := range ids {
		for _, ref := range v.src.Register.From(id) {
			all = append(all, ref.To)
		}
	}
	for rec := range v.src.Register.Of(record.CalendarKind) {
		all = append(all, rec.ID)
	}
	return all
}

// provide adds the files that travel inside: the sources of the records behind the
// paper, see [View.sourcesOf], and the provenance, which names commit, edition, moment,
// records and the SHA-256 of each source as it is embedded. It says whether the paper
// holds contacts, which the repository does not.
func (v *View) provide(s *PrintStamp, ids, columns []string) {
	sources := v.sourcesOf(ids, columns)
	var b strings.Builder
	fmt.Fprintf(&b, "data_version: %q\n", s.Commit)
	fmt.Fprintf(&b, "edition: %q\n", v.edition())
	if !s.AsOf.IsZero() {
		fmt.Fprintf(&b, "as_of: %q\n", s.AsOf.Format(time.RFC3339))
	}
	if v.secret() {
		b.WriteString("contacts: true\n")
	}
	b.WriteString("records:")
	if len(ids) == 0 {
		b.WriteString(" []")
	}
	b.WriteString("\n")
	for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
		fmt.Fprintf(&b, "  - %q\n", v.mask(id))
	}
	if len(sources.list) > 0 {
		file := sources.file()
		s.Sources = append(s.Sources, file)
		sources.describe(&b, file)
	}
	s.Attachment = PrintAttachment{Name: "provenance.yaml", Data: []byte(b.String())}
}

// Faced names in the provenance the faces that the paper is set in, by the SHA-256 of
// their files. Without provenance it changes nothing.
func (p *Print) Faced(digests []string) {
	if p.Attachment.Name == "" || len(digests) == 0 {
		return
	}
	data := append(slices.Clone(p.Attachment.Data), "faces:\n"...)
	for _, d := range digests {
		data = fmt.Appendf(data, "  - %q\n", d)
	}
	p.Attachment.Data = data
}

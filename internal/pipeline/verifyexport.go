package pipeline

import (
	"bytes"
	"errors"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/export"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/portal"
	"kept/internal/sheet"
)

// byMetadata exports a text file again, as the description beside it says, and
// compares the bytes, then the cells. Nil where no description lies beside it. What
// the description claims proves nothing: only a file that the repository gives, too,
// is proven.
func (c *prover) byMetadata(name string, data []byte) (*Verdict, error) {
	described, _, _, err := readPaper(name + export.MetadataSuffix)
	if err != nil {
		return nil, nil // no description, no claim
	}
	from, ok := export.ReadMetadata(described)
	if !ok {
		return verdict(Cannot, "evidence.verify.csv-metadata"), nil
	}
	short := gitrepo.Hash(from.Commit).Short()
	hash, _, v, err := c.dataVersion(evidence.PaperFile{Code: evidence.Code{Print: from.Name, Commit: short}, Commit: from.Commit})
	if v != nil || err != nil {
		return v, err
	}
	var first []byte
	asOf, _ := time.Parse(time.RFC3339, from.AsOf)
	for _, moment := range []time.Time{{}, asOf} {
		then, err := c.at(attempt{hash, moment})
		if err != nil {
			return nil, err
		}
		for _, again := range c.reexport(then, from) {
			if bytes.Equal(again, data) {
				return verdict(Proven, "evidence.verify.export-same", locale.A("commit", short)), nil
			}
			if first == nil {
				first = again
			}
		}
	}
	if first == nil {
		return verdict(Cannot, "evidence.verify.csv-metadata"), nil
	}
	return unlikeExport(data, first, locale.A("commit", short)), nil
}

// reexport gives the text file of each edition that it may be of.
func (c *prover) reexport(then *past, from export.Provenance) [][]byte {
	req := ExportRequest{What: from.Name, Format: export.CSV, Lang: locale.Lang(from.Language)}
	if stem, events := strings.CutSuffix(from.Name, "-"+portal.EventsName); events && then.snapshot.Kinds.Kind(from.Name) == nil {
		req.What, req.Events = stem, true
	}
	if from.Period != "" {
		p, err := calendar.ParsePeriod(from.Period)
		if err != nil {
			return nil
		}
		req.Period = p
	}
	var files [][]byte
	for _, policy := range policies(from.Edition) {
		source := c.project.Source(then.snapshot, then.measures)
		source.Policy = policy
		if file, err := exported(then.snapshot, portal.New(source, req.Lang), req); err == nil {
			files = append(files, file.Bytes)
		}
	}
	return files
}

// unlikeExport says in which cells a text file differs.
func unlikeExport(data, again []byte, commit locale.Arg) *Verdict {
	have, err := sheet.ReadCSV(data)
	if errors.Is(err, sheet.ErrEncoding) {
		return verdict(Cannot, "evidence.verify.sheet-encoding")
	}
	want, bad := sheet.ReadCSV(again)
	if err != nil || bad != nil {
		return verdict(Cannot, "evidence.verify.sheet-broken")
	}
	return unlikeSheet(have.Cells, want.Cells, commit)
}

package annotate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// fingerprints names each finding by what it is about, so that a forge knows it
// again: file, rule, record, commit, part and message, in no language and without
// line, numbers and times, which move by themselves. Of several that are the same
// in all this, the place in the list counts.
func fingerprints(list finding.List) []string {
	seen := map[string]int{}
	names := make([]string, len(list))
	for i, f := range list {
		about := about(f)
		sum := sha256.Sum256(fmt.Appendf(nil, "%s%d", about, seen[about]))
		seen[about]++
		names[i] = hex.EncodeToString(sum[:16])
	}
	return names
}

func about(f finding.Finding) string {
	var b strings.Builder
	for _, s := range []string{f.Position.Path, f.Rule, f.Record, f.Commit, f.Part, f.Key, f.Said.In(locale.English)} {
		part(&b, s)
	}
	for _, a := range f.Args {
		if s := a.Value.In(locale.English); strings.ContainsFunc(s, letter) {
			part(&b, a.Name+"="+s)
		}
	}
	return b.String()
}

// part writes s so that no two lists of parts read the same.
func part(w io.Writer, s string) { fmt.Fprintf(w, "%d:%s,", len(s), s) }

// letter tells what no number, date or time is made of; T and Z are of times.
func letter(r rune) bool {
	return r > 0x7f || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' && r != 'T' && r != 'Z'
}

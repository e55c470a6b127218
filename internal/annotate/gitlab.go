package annotate

import (
	"cmp"
	"io"

	"kept/internal/locale"
)

// quality is one finding of a code quality report of GitLab.
type quality struct {
	Description string   `json:"description"`
	Check       string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    location `json:"location"`
}

type location struct {
	Path  string `json:"path"`
	Lines lines  `json:"lines"`
}

type lines struct {
	Begin int `json:"begin"`
}

// topFile is the file to which findings about no file are attached: GitLab demands
// one.
const topFile = "kept.yaml"

// writeGitLab writes a code quality report: an error is critical, a warning minor.
func (r Report) writeGitLab(w io.Writer, p *locale.Printer) error {
	names := fingerprints(r.Findings)
	list := make([]quality, len(r.Findings))
	for i, f := range r.Findings {
		list[i] = quality{
			Description: Safe(said(f, p)), Check: Safe(f.Rule), Fingerprint: names[i],
			Severity: [...]string{"info", "minor", "critical"}[f.Severity],
			Location: location{Safe(cmp.Or(f.Position.Path, topFile)), lines{max(1, f.Position.Line)}},
		}
	}
	return encode(w, list)
}

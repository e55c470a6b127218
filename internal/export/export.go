// Package export writes an extract for other programs: as a workbook, as
// comma-separated text, as JSON lines and as Parquet. All hold the same values; the
// same extract gives the same bytes. It is the only door to parquet-go.
package export

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"kept/internal/portal"
)

// Format is how a file is written.
type Format string

// The formats; each is the ending of its files, too.
const (
	XLSX    Format = "xlsx"
	CSV     Format = "csv"
	JSONL   Format = "jsonl"
	Parquet Format = "parquet"
)

// Formats lists all formats.
func Formats() []Format { return []Format{XLSX, CSV, JSONL, Parquet} }

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	for _, f := range Formats() {
		if s == string(f) {
			return f, nil
		}
	}
	return "", fmt.Errorf("read format %q: want one of %v", s, Formats())
}

// Provenance is where an extract comes from, as JSON lines and Parquet carry it. Its
// keys are a public interface.
type Provenance struct {
	Name     string `json:"name"`
	Title    string `json:"title"`
	Rows     int    `json:"rows"`
	SHA256   string `json:"rows_sha256"` // of the lines of the rows in JSON lines, line ends included
	Commit   string `json:"commit"`
	Created  string `json:"created"` // of the newest commit behind the rows, RFC 3339
	AsOf     string `json:"as_of"`
	Period   string `json:"period,omitempty"`
	Edition  string `json:"edition"`
	Language string `json:"language"` // of titles and of what stands for hidden values
	Zone     string `json:"zone"`
	Tool     string `json:"tool"` // kept and its version
	By       string `json:"organisation"`
}

func provenance(e *portal.Extract, lines []byte) Provenance {
	sum, s := sha256.Sum256(lines), e.Source
	return Provenance{
		Name: e.Name, Title: e.Title, Rows: len(e.Rows), SHA256: hex.EncodeToString(sum[:]), Commit: s.Commit,
		Created: moment(s.Created), AsOf: moment(s.AsOf), Period: s.Period, Edition: s.Edition, Language: string(e.Lang),
		Zone: s.Zone.String(), Tool: "kept " + s.Tool, By: s.Organisation,
	}
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Write gives the file of an extract, and where it comes from. More rows than a
// workbook holds are a [*TooLongError].
func Write(e *portal.Extract, f Format) ([]byte, Provenance, error) {
	lines, err := rowLines(e)
	if err != nil {
		return nil, Provenance{}, err
	}
	from := provenance(e, lines)
	var data []byte
	switch f {
	case XLSX:
		data, err = workbook(e, from)
	case CSV:
		data = text(e)
	case JSONL:
		data, err = jsonLines(from, lines)
	case Parquet:
		data, err = columnar(e, from)
	default:
		err = fmt.Errorf("write extract: no format %q", f)
	}
	return data, from, err
}

// Ours tells whether a file is an earlier one of the format that kept wrote, so that a new
// one may replace it. A table of commas says so by its first column alone.
func Ours(f Format, data []byte) bool {
	begins := func(s string) bool { return len(data) >= len(s) && string(data[:len(s)]) == s }
	switch f {
	case XLSX:
		return begins("PK\x03\x04") && madeByKept(data)
	case CSV:
		return begins("\ufeffid,") || begins("\ufeffrecord,")
	case JSONL:
		return begins(`{"` + provenanceKey + `":`)
	case Parquet:
		return begins("PAR1") && bytes.Contains(data, []byte(provenanceKey))
	}
	return false
}

// madeByKept tells a workbook of kept by what it says of the program that made it.
func madeByKept(book []byte) bool {
	files, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return false
	}
	about, err := files.Open("docProps/app.xml")
	if err != nil {
		return false
	}
	defer about.Close()
	const most = 64 << 10
	text, err := io.ReadAll(io.LimitReader(about, most))
	return err == nil && bytes.Contains(text, []byte("<Application>kept</Application>"))
}

// provenanceKey names the first line of JSON lines and the metadata of Parquet.
const provenanceKey = "kept_export"

func provenanceJSON(from Provenance) (string, error) {
	data, err := json.Marshal(from)
	if err != nil {
		return "", fmt.Errorf("write provenance: %w", err)
	}
	return string(data), nil
}

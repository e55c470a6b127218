package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"kept/internal/portal"
)

// MetadataSuffix follows the name of a text file, which has no room for where it comes
// from: complaint.csv-metadata.json, where programs that know "CSV on the Web" (a
// recommendation of the W3C) look for the types of its columns.
const MetadataSuffix = "-metadata.json"

// metadata describes a text file. Its notes are where it comes from.
type metadata struct {
	Context string     `json:"@context"`
	URL     string     `json:"url"`
	Title   string     `json:"dc:title"`
	Dialect dialect    `json:"dialect"`
	Schema  csvSchema  `json:"tableSchema"`
	Notes   []metaNote `json:"notes"`
}

type dialect struct {
	Encoding string   `json:"encoding"`
	Lines    []string `json:"lineTerminators"`
}

type csvSchema struct {
	Columns []csvColumn `json:"columns"`
}

type csvColumn struct {
	Name        string `json:"name"`
	Title       string `json:"dc:title"`
	Description string `json:"dc:description,omitempty"`
	Type        string `json:"datatype"`
}

type metaNote struct {
	From   Provenance `json:"kept_export"`
	SHA256 string     `json:"sha256"` // of the text file
}

const csvContext = "http://www.w3.org/ns/csvw"

// csvTypes are the names of types in such descriptions. Lists and objects are JSON.
var csvTypes = map[portal.ExtractType]string{
	portal.ExtractText: "string", portal.ExtractInteger: "integer", portal.ExtractDecimal: "decimal",
	portal.ExtractFlag: "boolean", portal.ExtractDate: "date", portal.ExtractTime: "dateTime",
	portal.ExtractObject: "json", portal.ExtractJSON: "json",
}

// Metadata describes the text file of an extract, to be kept beside it: its columns
// and their types, where it comes from, and its digest.
func Metadata(e *portal.Extract, from Provenance, fileName string, file []byte) ([]byte, error) {
	sum := sha256.Sum256(file)
	m := metadata{
		Context: csvContext, URL: fileName, Title: e.Title, Dialect: dialect{"utf-8", []string{"\r\n"}},
		Notes: []metaNote{{from, hex.EncodeToString(sum[:])}},
	}
	for i := range e.Columns {
		c := &e.Columns[i]
		one := csvColumn{c.Key, c.Title, c.Help, csvTypes[c.Type]}
		if c.List {
			one.Type = csvTypes[portal.ExtractJSON]
		}
		m.Schema.Columns = append(m.Schema.Columns, one)
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe %q: %w", fileName, err)
	}
	return append(data, '\n'), nil
}

// ReadMetadata reads where a text file comes from out of its description; false where
// it names no commit.
func ReadMetadata(data []byte) (Provenance, bool) {
	var m metadata
	if json.Unmarshal(data, &m) != nil || m.Context != csvContext || len(m.Notes) == 0 {
		return Provenance{}, false
	}
	from := m.Notes[0].From
	return from, from.Name != "" && from.Commit != ""
}

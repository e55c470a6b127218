package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"kept/internal/redact"
)

// TestExportLeaksNothing looks for canaries in every format of an export of all kinds
// and of the history, in both editions.
func TestExportLeaksNothing(t *testing.T) {
	a, _ := populate(t)
	for _, edition := range []struct {
		name  string
		flags []string
		shown []string
	}{
		{"internal", nil, []string{redact.Open, redact.ClassText, redact.ClassComment}},
		{"audit", []string{"--edition", "audit"}, []string{redact.Open}},
		{"audit with money", []string{"--edition", "audit", "--money", "--lang", "en"}, []string{redact.Open, redact.ClassMoney}},
	} {
		for _, format := range []string{"xlsx", "csv", "jsonl", "parquet"} {
			out := filepath.Join(t.TempDir(), "export")
			if _, talk, code := kept(t, a.dir, append([]string{"export", "all", "--at", "HEAD~1", "--format", format, "-o", out}, edition.flags...)...); code != 0 {
				t.Fatalf("%s: exit %d\n%s", edition.name, code, talk)
			}
			made := outputs(t, out)
			if made["complaint."+format] == "" || made["events."+format] == "" {
				t.Fatalf("%s: no export of complaints or events as %s", edition.name, format)
			}
			for name, data := range made {
				if strings.HasSuffix(name, ".parquet") {
					made[name] += unshredded(t, strings.TrimPrefix(data, name+"\n"))
				}
			}
			a.judge(t, edition.name+" "+format, withAuthors(edition.name, edition.shown), made)
		}
	}
}

// withAuthors adds the names of authors nobody knows, which the staff sees.
func withAuthors(edition string, shown []string) []string {
	if edition == "internal" {
		return append([]string{"author"}, shown...)
	}
	return shown
}

// unshredded is every value of a Parquet file.
func unshredded(t *testing.T, data string) string {
	t.Helper()
	file, err := parquet.OpenFile(bytes.NewReader([]byte(data)), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, group := range file.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 64)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				for _, v := range row {
					b.WriteString(v.String())
					b.WriteByte('\n')
				}
			}
			if err != nil || n == 0 {
				break
			}
		}
		_ = rows.Close()
	}
	return b.String()
}

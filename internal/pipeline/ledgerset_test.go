package pipeline

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/ledger"
	"kept/internal/locale"
)

var updateLedgers = flag.Bool("update-ledgers", false, "write what was read into testdata/ledgers; read each difference before it is kept")

// TestLedgerSet reads ledgers as people keep them, one trap each, and compares what
// is understood to the letter: the header and each column, each row's fields, what is
// left out and why, what is refused, in which cell and in which words. A case is an
// archive: its comment says the trap; a file "book NAME" is the source of a workbook
// (see book), "text NAME ENCODING…" a text file, "file NAME" one that lies beside the
// archive (made by another program: testdata/ledgers/README.md), "made NAME" what a
// function of that name makes; "sheet" and "map" are what the command line would say.
func TestLedgerSet(t *testing.T) {
	cases, err := filepath.Glob("testdata/ledgers/*.txtar")
	if err != nil || len(cases) < 86 {
		t.Fatalf("%d ledgers, %v", len(cases), err)
	}
	p := ledgerProject(t)
	s, err := p.WorkTree(importDay)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := readLedger(t, p, s, archive)
			last := &archive.Files[len(archive.Files)-1]
			if *updateLedgers {
				if last.Name != "want" {
					archive.Files = append(archive.Files, txtar.File{Name: "want"})
					last = &archive.Files[len(archive.Files)-1]
				}
				last.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(last.Data); last.Name != "want" || got != want {
				t.Errorf("read\n%s\nwant\n%s", got, want)
			}
		})
	}
}

var importDay = time.Date(2026, 11, 30, 10, 0, 0, 0, time.FixedZone("", 8*3600))

// ledgerProject is a folder with the customers and departments that the ledgers name.
func ledgerProject(t *testing.T) *Project {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"kept.yaml":                        "organisation: {zh-CN: 示例公司}\nsystem: {zh-CN: 管理体系}\nlanguages: [zh-CN]\ntime_zone: Asia/Shanghai\n",
		"records/customer/KH-0000.yaml":    "schema: customer/v1\nid: KH-0000\ntitle: 不明客户\nstatus: active\ntype: other\n",
		"records/customer/KH-0001.yaml":    "schema: customer/v1\nid: KH-0001\ntitle: 示例·江南精密\nshort_name: 江南精密\nstatus: active\ntype: enterprise\n",
		"records/customer/KH-0002.yaml":    "schema: customer/v1\nid: KH-0002\ntitle: 示例·运河医院\nshort_name: 运河医院\nstatus: active\ntype: institution\n",
		"records/department/dept-ops.yaml": "schema: department/v1\nid: dept-ops\ntitle: 运维部\nstatus: active\nvalid_from: \"2024-01-01\"\n",
		"records/person/u-wangl.yaml":      "schema: person/v1\nid: u-wangl\ntitle: 示例员工\nstatus: active\nidentities: [wangl@example.cn]\nroles: [{role: complaint_handler, from: \"2024-01-01\"}]\n",
	} {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Open(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func readLedger(t *testing.T, p *Project, s *Snapshot, archive *txtar.Archive) string {
	t.Helper()
	req := ImportRequest{Kind: s.Kinds.Kind("complaint"), By: "u-wangl", Now: importDay}
	for _, f := range archive.Files {
		words := strings.Fields(f.Name)
		switch words[0] {
		case "book":
			req.File, req.Data = words[1], newBook(t, string(f.Data))
		case "text":
			req.File, req.Data = words[1], encoded(t, f.Data, words[2:])
		case "file":
			data, err := os.ReadFile(filepath.Join("testdata/ledgers", words[1]))
			if err != nil {
				t.Fatal(err)
			}
			req.File, req.Data = words[1], data
		case "made":
			made, ok := madeLedgers[words[1]]
			if !ok {
				t.Fatalf("nothing makes %s", words[1])
			}
			req.File, req.Data = words[1], made(t)
		case "sheet":
			req.Sheets = strings.Fields(string(f.Data))
		case "map":
			req.MapName, req.Map = "map.yaml", f.Data
		}
	}
	plan, err := p.PlanImport(s, req)
	if err != nil {
		t.Fatal(err)
	}
	return saidLedger(plan, p.Messages.Printer(locale.Chinese))
}

// encoded is a text as another program would have saved it.
func encoded(t *testing.T, data []byte, words []string) []byte {
	t.Helper()
	text := string(data)
	for _, w := range words {
		var err error
		switch w {
		case "escapes": // \x00 \u200b as in Go
			var out strings.Builder
			for line := range strings.Lines(text) {
				plain, bad := unescaped(strings.TrimSuffix(line, "\n"))
				if bad != nil {
					t.Fatal(bad)
				}
				out.WriteString(plain + "\n")
			}
			text = out.String()
		case "crlf":
			text = strings.ReplaceAll(text, "\n", "\r\n")
		case "cr":
			text = strings.ReplaceAll(text, "\n", "\r")
		case "mark":
			text = "\ufeff" + text
		case "gbk":
			text, err = simplifiedchinese.GBK.NewEncoder().String(text)
		case "gb18030":
			text, err = simplifiedchinese.GB18030.NewEncoder().String(text)
		case "utf-16le":
			text, err = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(text)
		case "utf-16be":
			text, err = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
		default:
			t.Fatalf("unknown encoding %s", w)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return []byte(text)
}

// saidLedger writes what was understood of a ledger, one thing a line.
func saidLedger(i *Import, say *locale.Printer) string {
	var b strings.Builder
	for _, t := range i.Ledger.Tables {
		fmt.Fprintf(&b, "table %s row %d year %d\n", t.Sheet, t.Row, t.Year)
		for _, c := range t.Columns {
			to := c.To
			if c.Beaten {
				to = "(beaten)"
			}
			fmt.Fprintf(&b, "  %s %q %s\n", ledger.Column(c.Column), c.Heading, to)
		}
	}
	for _, r := range i.Rows {
		e := r.Entry
		fmt.Fprintf(&b, "%s %s!%d key=%q status=%q", r.Verdict, e.Sheet, e.Row, e.Key, e.Status)
		if e.Hidden {
			b.WriteString(" hidden")
		}
		b.WriteString("\n")
		for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
			value, _ := json.Marshal(e.Fields[name])
			fmt.Fprintf(&b, "  %s: %s\n", name, value)
		}
		for _, state := range slices.Sorted(maps.Keys(e.At)) {
			fmt.Fprintf(&b, "  at %s: %s\n", state, e.At[state].Format(time.RFC3339))
		}
		if len(e.Days) > 0 {
			fmt.Fprintf(&b, "  days only: %s\n", strings.Join(e.Days, ", "))
		}
		if len(e.Fell) > 0 {
			fmt.Fprintf(&b, "  not understood: %s\n", fallenWords(e.Fell))
		}
		if r.Verdict == intake.RefusedRow {
			writeFound(&b, r.Found, say)
		}
	}
	for _, l := range i.Ledger.Left {
		fmt.Fprintf(&b, "%s\n", say.Say(l.Reason, locale.A("place", fmt.Sprintf("%s!%d", l.Sheet, l.Row)), locale.A("text", l.Text)))
	}
	writeFound(&b, i.Found, say)
	return b.String()
}

func fallenWords(list []ledger.Fell) string {
	words := make([]string, len(list))
	for i, f := range list {
		words[i] = fmt.Sprintf("%s: %s -> %s", f.Heading, f.Word, f.To.ZH)
	}
	return strings.Join(words, ", ")
}

func writeFound(b *strings.Builder, found finding.List, say *locale.Printer) {
	for _, f := range found {
		if f.Severity == finding.Error {
			fmt.Fprintf(b, "  refused %s: %s\n", f.Position, f.Message(say))
		}
	}
}

func unescaped(line string) (string, error) {
	return strconv.Unquote(`"` + strings.ReplaceAll(line, `"`, `\"`) + `"`)
}

package portal

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"kept/internal/calendar"
	"kept/internal/locale"
	"kept/templates"
)

func shippedLayouts(t *testing.T) []Layout {
	t.Helper()
	files, err := fs.Sub(templates.FS, "print")
	must(t, err)
	set, err := ReadLayouts(files, func(string) bool { return true }, company(t).Register.Kinds())
	must(t, err)
	if len(set.Broken) > 0 {
		t.Fatalf("the layouts that kept ships are wrong: %v", set.Found())
	}
	return set.List
}

func TestRegisterPrint(t *testing.T) {
	src := company(t)
	v := New(src, locale.Chinese)
	kind := src.Register.Kinds().Kind("complaint")
	p := v.RegisterPrint(LayoutOf(shippedLayouts(t), kind), kind, calendar.Period{})
	latest := src.History.Latest([]string{p.Sections[0].Table.Rows[0].ID})
	for _, c := range []struct{ what, got, want string }{
		{"title", p.Title, "投诉台账"},
		{"organisation", p.Organisation, "常州大江网络工程有限公司"},
		{"number", p.DocumentNo, kind.FormNo},
		{"classification", p.Classification, "内部 · 内部版"},
		{"moment", p.AsOf, ""},
		{"file", p.FileName(), "complaint-register.pdf"},
		{"signatures", fmt.Sprint(p.Signatures), "[{编制  } {审核  } {批准  }]"},
		{"page words", p.Words.Page, "第 {page} 页 共 {pages} 页"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if got := string(p.Attachment.Data); !strings.Contains(got, "data_version: \""+p.DataVersion+"\"") || !strings.Contains(got, "- \"TS-2026-0001\"\n") {
		t.Errorf("the provenance is %q", got)
	}
	if latest == nil || !p.Sample || !p.Landscape || !p.Sections[0].Numbered {
		t.Errorf("the paper is not set as a sample register: %+v", p)
	}
	september, _ := calendar.ParsePeriod("2026-09")
	august := september.Shift(-1)
	if got := v.RegisterPrint(LayoutOf(nil, kind), kind, september); len(got.Sections[0].Table.Rows) == 0 || got.FileName() != "complaint-register_2026-09.pdf" {
		t.Errorf("September: %d rows in %q", len(got.Sections[0].Table.Rows), got.FileName())
	}
	if got := v.RegisterPrint(LayoutOf(nil, kind), kind, august); len(got.Sections[0].Table.Rows) >= len(p.Sections[0].Table.Rows) {
		t.Errorf("August holds %d of %d rows", len(got.Sections[0].Table.Rows), len(p.Sections[0].Table.Rows))
	}
}

func TestKPIPrint(t *testing.T) {
	v := New(company(t), locale.Chinese)
	layouts := shippedLayouts(t)
	september, _ := calendar.ParsePeriod("2026-09")
	p := v.KPIPrint(layouts[slices.IndexFunc(layouts, func(l Layout) bool { return l.Grain == calendar.Month })], september)
	if p.FileName() != "kpi-monthly_2026-09.pdf" || p.Period != "2026年9月" {
		t.Errorf("the paper is %q of %q", p.FileName(), p.Period)
	}
	if glance := p.Sections[0].Figures; len(glance) != 4 || glance[0].Value != "0" || glance[1].Value != "1" || glance[3].Value != "50.0%" {
		t.Errorf("the paper does not begin with the target missed: %+v", p.Sections[0])
	}
	table := p.Sections[1].Table
	for _, r := range table.Rows {
		if len(r.Cells) != len(table.Columns) {
			t.Errorf("row %q has %d cells for %d columns", r.ID, len(r.Cells), len(table.Columns))
		}
		if r.Cells[0].Text != r.ID || r.Cells[1].Text == "" {
			t.Errorf("a row of %q names %q and %q: a further basis repeats number and name", r.ID, r.Cells[0].Text, r.Cells[1].Text)
		}
	}
	if len(p.Sections) != 4 || p.Sections[2].Table == nil || !strings.HasPrefix(p.Sections[3].Heading, "K01") || p.Sections[3].Chart == nil || len(p.Sections[3].Chart.Points) != 2 {
		t.Errorf("no balance, or K01 has no section with its trend: %+v", p.Sections)
	}
}

// TestCode wants another code for another content, and the same for another
// attachment.
func TestCode(t *testing.T) {
	p := Print{ID: "x", PeriodKey: "2026-09", DataVersion: "0123456789abcdef", Title: "甲"}
	code := p.Code()
	if parts := strings.Split(code, "."); len(parts) != 4 || parts[0] != "x" || parts[1] != "2026-09" || parts[2] != "0123456789ab" || len(parts[3]) != 10 {
		t.Errorf("the code is %q", code)
	}
	p.Attachment.Data = []byte("x")
	if p.Code() != code {
		t.Error("the attachment changes the code")
	}
	p.Title = "乙"
	if p.Code() == code {
		t.Error("another title has the same code")
	}
}

// A paper says until when it judges only where somebody asked, so that a commit
// about something else changes none of its bytes.
func TestPrintSaysTheMomentWhereAsked(t *testing.T) {
	src := company(t)
	kind := src.Register.Kinds().Kind("complaint")
	layout := LayoutOf(shippedLayouts(t), kind)
	for _, judged := range []bool{false, true} {
		src.Judged = judged
		p := New(src, locale.Chinese).RegisterPrint(layout, kind, calendar.Period{})
		if said := p.AsOf != ""; said != judged {
			t.Errorf("asked %v: the paper says %q", judged, p.AsOf)
		}
		if said := bytes.Contains(p.Attachment.Data, []byte("as_of")); said != judged {
			t.Errorf("asked %v: the provenance is %s", judged, p.Attachment.Data)
		}
	}
}

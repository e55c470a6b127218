package portal

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/redact"
	"kept/internal/schema"
	"kept/schemas"
)

func TestCustomerGathersWhatConcernsIt(t *testing.T) {
	v := New(company(t), locale.Chinese)
	r := v.Record("customer", "KH-0001")
	if r.Gathered == nil || r.Gathered.Link.Page != "customer/KH-0001~all.html" {
		t.Fatalf("gathered: %+v", r.Gathered)
	}
	row := r.Gathered.Table.Rows[0].Cells
	if row[0].Text != "投诉" || row[1].Text != "2" || row[2].Text != "2" || row[3].Text != "2" || row[3].Tone != Bad {
		t.Errorf("two complaints, both open, both late by 1 October: %+v", row)
	}
	for _, g := range r.In {
		if g.Kind == "complaint" {
			t.Errorf("what is gathered stands among the references, too: %+v", g)
		}
	}
	h, ok := v.Hub("customer", "KH-0001")
	if !ok || len(h.Parts) != 1 || h.Parts[0].Register.Page != "complaint/index.html" || h.Parts[0].Register.Hash != "f.customer=KH-0001" {
		t.Fatalf("hub: %+v", h.Parts)
	}
	if first := h.Parts[0].Latest.Rows[0]; first.ID != "TS-2026-0001" || first.Cells[1].Text != "2026-09-18" {
		t.Errorf("the newest comes first: %+v", first)
	}
	if years := h.Years.Rows; len(years) != 1 || years[0].Cells[1].Text != "2" || h.Bands == nil || h.Bands.First != 2026 || h.Bands.Rows[0].Counts[8] != 2 {
		t.Errorf("by year: %+v %+v", years, h.Bands)
	}
	// K01 of the year counts both: one answered in time, one not at all.
	if f := h.Figures.Rows; len(f) != 0 && !strings.Contains(f[0].Cells[len(f[0].Cells)-1].Text, "(1/2)") {
		t.Errorf("figures of these alone: %+v", f)
	}
	for _, none := range []string{"KH-0404", "TS-2026-0004"} {
		if _, ok := v.Hub("customer", none); ok {
			t.Errorf("%s has a page that gathers", none)
		}
	}
	if v.Gathers("complaint") || !v.Gathers("customer") {
		t.Error("which kinds gather follows from the kind files")
	}
}

// TestGatheringThroughAnotherKind finds the agreements of a customer by its contracts.
func TestGatheringThroughAnotherKind(t *testing.T) {
	src := company(t)
	files := fstest.MapFS{
		"records/customer/KH-0001.yaml":  {Data: []byte("schema: customer/v1\nid: KH-0001\ntitle: 甲\nstatus: active\n")},
		"records/contract/HT-1.yaml":     {Data: []byte("schema: contract/v1\nid: HT-1\ntitle: 合同\nstatus: active\ncustomer: KH-0001\nsigned_on: \"2025-03-01\"\n")},
		"records/sla/SLA-1.yaml":         {Data: []byte("schema: sla/v1\nid: SLA-1\ntitle: 协议\nstatus: active\ncontract: HT-1\nvalid_from: \"2025-04-01\"\n")},
		"records/sla/SLA-2.yaml":         {Data: []byte("schema: sla/v1\nid: SLA-2\ntitle: 别人的\nstatus: active\ncontract: HT-2\n")},
		"records/complaint/broken.yaml":  {Data: []byte("customer: [KH-0001\n")},
		"records/contract/HT-draft.yaml": {Data: []byte("schema: contract/v1\nid: HT-draft\ntitle: 草\nstatus: draft\ncustomer: KH-0001\n")},
	}
	src.Register, _, _ = record.Load(files, kindsOf(t))
	h, ok := New(src, locale.Chinese).Hub("customer", "KH-0001")
	if !ok || len(h.Parts) != 2 {
		t.Fatalf("parts: %+v", h.Parts)
	}
	if p := h.Parts[0]; p.Title != "合同" || p.Count != 2 || p.Latest.Rows[1].ID != "HT-draft" {
		t.Errorf("contracts, those without a day last: %+v", p)
	}
	if p := h.Parts[1]; p.Count != 1 || p.Latest.Rows[0].ID != "SLA-1" || p.Register.Hash != "" {
		t.Errorf("agreements: %+v", p)
	}
}

func kindsOf(t *testing.T) *schema.Registry {
	t.Helper()
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return kinds
}

// TestHubIsBounded gathers thousands and shows the newest ten of them.
func TestHubIsBounded(t *testing.T) {
	src := company(t)
	files := fstest.MapFS{"records/customer/KH-0001.yaml": {Data: []byte("schema: customer/v1\nid: KH-0001\ntitle: 甲\nstatus: active\n")}}
	for i := range 3000 {
		id := fmt.Sprintf("TS-2026-%04d", i+1)
		files["records/complaint/"+id+".yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil,
			"schema: complaint/v1\nid: %s\ntitle: 一\nstatus: closed\ncustomer: KH-0001\nreceived_at: \"2026-0%d-01T09:00:00+08:00\"\n", id, 1+i%9)}
	}
	src.Register, _, _ = record.Load(files, kindsOf(t))
	src.History = nil
	h, _ := New(src, locale.English).Hub("customer", "KH-0001")
	if p := h.Parts[0]; p.Count != 3000 || len(p.Latest.Rows) != hubLatest || p.Rest != "2990 more." {
		t.Errorf("%d of %d, %q", len(p.Latest.Rows), p.Count, p.Rest)
	}
}

// TestFewMembersSayNothingOutside heeds domain.md §0.12.
func TestFewMembersSayNothingOutside(t *testing.T) {
	src := company(t)
	d := src.Definitions[0]
	if got := New(src, locale.Chinese).shareWords(d, share{1, 3}); got != "33.3% (1/3)" {
		t.Errorf("inside: %q", got)
	}
	src.Policy = redact.Policy{Edition: redact.Audit}
	v := New(src, locale.Chinese)
	for _, c := range []struct {
		s    share
		want string
	}{{share{1, 4}, "样本量不足"}, {share{4, 5}, "80.0% (4/5)"}, {share{}, noValue}} {
		if got := v.shareWords(d, c.s); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

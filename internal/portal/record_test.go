package portal

import (
	"strings"
	"testing"

	"kept/internal/locale"
)

func texts(cells []Cell) string {
	var parts []string
	for _, c := range cells {
		parts = append(parts, c.Text)
	}
	return strings.Join(parts, "|")
}

func fieldOf(r Record, name string) Field {
	for _, b := range r.Blocks {
		for _, f := range b.Fields {
			if f.Name == name {
				return f
			}
		}
	}
	return Field{}
}

func TestRecordPage(t *testing.T) {
	r := New(company(t), locale.Chinese).Record("complaint", "TS-2026-0001")
	for _, c := range []struct{ what, got, want string }{
		{"path", r.Path, "complaint/TS-2026-0001.html"},
		{"state", r.State.Text, "已响应"},
		{"enumeration", texts(fieldOf(r, "channel").Cells), "热线电话"},
		{"reference", texts(fieldOf(r, "customer").Cells), "江畔 <b>学校</b>"},
		{"reference leads there", fieldOf(r, "customer").Cells[0].Link.Page, "customer/KH-0001.html"},
		{"time in the zone", texts(fieldOf(r, "received_at").Cells), "2026-09-18 17:30"},
		{"derived time", texts(fieldOf(r, "acknowledged_at").Cells), "2026-09-20 09:40"},
		{"personal is masked", texts(fieldOf(r, "contact_ref").Cells), "c**"},
		{"restricted is left out", texts(fieldOf(r, "accused_staff").Cells), "本版不显示"},
		{"money is left out", texts(fieldOf(r, "cost").Cells), "本版不显示"},
		{"free text is scanned", fieldOf(r, "description").Cells[0].Text[:48], "请回电 138****5678，或写信 l***@school.ex"},
		{"forge", r.Forge.View, "https://forge.example/dajiang/records/blob/main/records/complaint/2026/09/TS-2026-0001.yaml"},
		{"other language", r.Versions[0].Path + " " + r.Versions[0].Lang, "complaint/TS-2026-0001.html en"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.what, c.got, c.want)
		}
	}
	// 17:30 on a Friday, two working hours: half an hour that day, the rest on
	// the make-up Sunday (domain.md §15.1).
	if got := r.Clocks[0]; got.Due != "2026-09-20 10:30" || got.Verdict.Text != "按时" {
		t.Errorf("clock: %+v", got)
	}
}

func TestStepsShowThreeTimes(t *testing.T) {
	r := New(company(t), locale.Chinese).Record("complaint", "TS-2026-0001")
	if len(r.Steps) != 2 {
		t.Fatalf("got %d steps, want 2", len(r.Steps))
	}
	first := r.Steps[0]
	if first.To != "已登记" || first.Declared != "2026-09-18 17:42" || first.Submitted != "2026-09-18 17:42" || first.Merged != "2026-09-19 09:00" {
		t.Errorf("first step: %+v", first)
	}
	if first.By.Text != "王磊" || first.Role != "投诉处理人" || first.SetBy.Text != "王磊" {
		t.Errorf("people of the first step: %+v", first)
	}
	if got := r.Steps[1].SetBy.Text; got != "外部审核员" {
		t.Errorf("an unknown committer is named as in the commit, got %q", got)
	}
	if len(first.Commit.Short) != 12 || !strings.HasPrefix(first.Commit.URL, "https://forge.example/dajiang/records/commit/"+first.Commit.Short) {
		t.Errorf("commit: %+v", first.Commit)
	}
}

func TestTimelineShowsEachFieldOnceRedacted(t *testing.T) {
	r := New(company(t), locale.Chinese).Record("complaint", "TS-2026-0001")
	if len(r.Changes) != 2 || r.Changes[1].What != "新建" || r.Changes[0].What != "转为「已响应」" {
		t.Fatalf("changes: %+v", r.Changes)
	}
	if c := r.Changes[1]; c.Author.Text != "王磊" || c.MergedBy.Text != "周敏" || c.Submitted != "2026-09-18 17:42" || c.Merged != "2026-09-19 09:00" {
		t.Errorf("first change: %+v", c)
	}
	got := map[string]string{}
	for _, f := range r.Changes[0].Fields {
		got[f.Label] = f.Before + " → " + f.After
	}
	for label, want := range map[string]string{
		"责任人": "王磊 → 周敏", "投诉人": "c** → c**", "处理成本": " → 本版不显示", "流转": " → 已响应，王磊，2026-09-20 09:40",
	} {
		if got[label] != want {
			t.Errorf("%s: got %q, want %q (all: %q)", label, got[label], want, got)
		}
	}
}

func TestReferencesBothWays(t *testing.T) {
	v := New(company(t), locale.Chinese)
	in := v.incoming("KH-0001")
	if len(in) != 1 || in[0].Title != "投诉" || len(in[0].Items) != 2 || in[0].Items[0].Date != "2026-09-18" {
		t.Errorf("a customer gathers what refers to it: %+v", in)
	}
	for _, g := range v.Record("complaint", "TS-2026-0001").Out {
		for _, item := range g.Items {
			if item.Link.Page == "person/u-zhoum.html" {
				t.Errorf("a person, here also restricted, is listed under %q", g.Title)
			}
		}
	}
	for _, g := range v.Record("person", "u-zhoum").In {
		for _, item := range g.Items {
			if item.Text == "TS-2026-0002 无人答复" {
				t.Errorf("%q does not refer to u-zhoum", item.Text)
			}
		}
	}
}

func TestBrokenDeletedAndStrayRecordsHavePages(t *testing.T) {
	v := New(company(t), locale.Chinese)
	broken := v.Record("complaint", "TS-2026-0004")
	if len(broken.Notices) == 0 || len(broken.Findings) == 0 || broken.Findings[0].Line == 0 || len(broken.Changes) != 1 {
		t.Errorf("broken: %+v", broken)
	}
	if source := v.source(v.src.Register.Get("TS-2026-0004")); !strings.Contains(source, "title: [坏的") || strings.Contains(source, "c-secret") {
		t.Errorf("source of the broken record: %q", source)
	}
	if n := broken.Source[len(broken.Source)-1].Number; broken.Findings[0].Shown == 0 || broken.Findings[0].Shown > n {
		t.Errorf("the finding leads to line %d of %d", broken.Findings[0].Shown, n)
	}
	gone := v.Record("complaint", "TS-2026-0003")
	if gone.State.Text != "已删除" || len(gone.Changes) != 2 || gone.Changes[0].Kind != "已删除" {
		t.Errorf("deleted: %+v", gone)
	}
	if ids := strings.Join(v.IDs("complaint"), " "); ids != "TS-2026-0001 TS-2026-0002 TS-2026-0003 TS-2026-0004" {
		t.Errorf("ids: %s", ids)
	}
	stray := v.Record("tool", "T-1")
	if stray.File != "records/tool/T-1.yaml" || len(stray.Notices) == 0 {
		t.Errorf("stray: %+v", stray)
	}
}

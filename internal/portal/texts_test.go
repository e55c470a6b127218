package portal

import (
	"strings"
	"testing"

	"kept/internal/locale"
	"kept/internal/redact"
)

func TestTextsToSend(t *testing.T) {
	src := company(t)
	r := New(src, locale.Chinese).Record("complaint", "TS-2026-0001")
	if len(r.Texts) != 1 || r.Texts[0].ID != "acknowledgement" {
		t.Fatalf("texts of an answered complaint: %+v", r.Texts)
	}
	want := "江畔 <b>学校</b>：\n您好！贵方 2026-09-18 17:30 反映的“报修后4小时未到场”我们已收到并登记，投诉编号 TS-2026-0001。\n" +
		"已受理，9月24日前答复\n跟进人：王磊\n预计处理完成时间：2026-09-24 18:00\n"
	if !strings.HasPrefix(r.Texts[0].Text, want) || !strings.HasSuffix(r.Texts[0].Text, "\n常州大江网络工程有限公司") {
		t.Errorf("got %q\nwant %q…", r.Texts[0].Text, want)
	}
	// Nobody has answered the other one: the lines that say who and what are left out.
	r = New(src, locale.English).Record("complaint", "TS-2026-0002")
	if len(r.Texts) != 1 || strings.Contains(r.Texts[0].Text, "Your contact") || strings.Contains(r.Texts[0].Text, "{") {
		t.Errorf("texts of one that waits: %+v", r.Texts)
	}
}

// TestTextsSayNothingHidden leaves out a line that names what the edition hides, and
// every text where the edition leaves the company.
func TestTextsSayNothingHidden(t *testing.T) {
	src := company(t)
	v := New(src, locale.Chinese)
	rec := src.Register.Get("TS-2026-0001")
	values := v.of(rec.ID).reader(rec)
	for _, name := range []string{"contact_ref", "accused_staff", "cost"} {
		if got := values.sayable(name); got != "" {
			t.Errorf("%s is said: %q", name, got)
		}
	}
	if got := values.sayable("description"); strings.Contains(got, "13812345678") || !strings.Contains(got, "138****5678") {
		t.Errorf("free text: %q", got)
	}
	src.Policy = redact.Policy{Edition: redact.Audit}
	if r := New(src, locale.Chinese).Record("complaint", "TS-2026-0001"); len(r.Texts) != 0 {
		t.Errorf("texts leave the company: %+v", r.Texts)
	}
}

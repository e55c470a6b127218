package metric

import (
	"fmt"
	"testing"
	"testing/fstest"
)

// The half-year of domain.md §15.4: 32 invited, 2 bounced, 21 completed, 20 valid;
// 17 of 20 satisfied; NPS here: 12 promoters, 5 passives, 3 detractors = +45.
func halfYear() fstest.MapFS {
	files := fstest.MapFS{}
	put(files, "questionnaire", "WJ-01", "schema: questionnaire/v1\nid: WJ-01\nstatus: active\nquestions:\n"+
		"  - {id: Q1, type: scale, text: 总体, dimension: overall, scale: 1-5}\n  - {id: Q2, type: nps, text: 推荐, dimension: recommendation, scale: 0-10}\n")
	body := "schema: survey/v1\nid: MY-2026-H1\nstatus: closed\nperiod: 2026-H1\nquestionnaire: WJ-01\ndistribution:\n"
	for i := range 32 {
		status := "sent"
		switch {
		case i < 21:
			status = "completed"
		case i >= 30:
			status = "bounced"
		}
		body += fmt.Sprintf("  - {invite_id: I%02d, customer: KH-0001, status: %s}\n", i, status)
	}
	put(files, "survey", "MY-2026-H1", body)
	for i := range 21 {
		csat, nps, valid := 5, 9, true
		switch {
		case i == 20:
			valid, csat = false, 1
		case i >= 17:
			csat, nps = 3, 6
		case i >= 12:
			nps = 8
		}
		id := fmt.Sprintf("DJ-2026-%04d", i+1)
		put(files, "survey-response", id, fmt.Sprintf("schema: survey-response/v1\nid: %s\nstatus: recorded\nsurvey: MY-2026-H1\ncustomer: KH-%04d\n"+
			"submitted_at: \"2026-07-02T10:00:00+08:00\"\nvalid: %v\nanswers:\n  - {question: Q1, score: %d}\n  - {question: Q2, score: %d}\n  - {question: Q9, score: 1}\n",
			id, min(i, 2), valid, csat, nps))
	}
	return files
}

func TestSurveyFigures(t *testing.T) {
	b := newBench(t, halfYear(), "2026-08-01 00:00")
	r := b.result("K12", "2026-H1", Declared)
	// 17/20 = 85 %, below 90, small; Wilson 64.0 to 94.8; one sheet excluded.
	if r.Value.Cmp(rat(85, 1)) != 0 || r.Status != Missed || !r.Small || len(r.Excluded) != 1 || !near(r.Interval.Low, 64.0, 0.06) || !near(r.Interval.High, 94.8, 0.06) {
		t.Errorf("K12 %s, small %v, interval %+v", tell(r), r.Small, r.Interval)
	}
	// By customer: 1/1, 1/1 and 15/18 → (100+100+250/3)/3 = 850/9.
	if r.Extra[0].Value.Cmp(rat(850, 9)) != 0 {
		t.Errorf("K12 by customer is %v", r.Extra[0].Value)
	}
	// NPS 12/20 − 3/20 = 45.
	if r := b.result("K14", "2026-H1", Declared); r.Value.Cmp(rat(45, 1)) != 0 || r.Status != Met {
		t.Errorf("K14 %v %s", r.Value, r.Status)
	}
	// 21/30 = 70 %; valid 20/21.
	r = b.result("K13", "2026-H1", Declared)
	if r.Value.Cmp(rat(70, 1)) != 0 || r.Status != Met || len(r.Excluded) != 2 || r.Extra[4].Value.Cmp(rat(2000, 21)) != 0 {
		t.Errorf("K13 %v %s, extras %v", r.Value, r.Status, r.Extra)
	}
	// The survey belongs to the half it names, though answered in July; the year
	// holds it, a quarter does not.
	for period, want := range map[string]Status{"2026-H2": NoData, "2026-Q1": NoData, "2026": Missed} {
		if r := b.result("K12", period, Declared); r.Status != want {
			t.Errorf("K12 of %s is %s", period, r.Status)
		}
	}
}

func TestSurveyBelowFive(t *testing.T) {
	files := halfYear()
	for i := 4; i < 21; i++ {
		delete(files, fmt.Sprintf("records/survey-response/DJ-2026-%04d.yaml", i))
	}
	b := newBench(t, files, "2026-08-01 00:00")
	if r := b.result("K12", "2026-H1", Declared); r.Status != TooFew || len(r.Denominator) != 3 {
		t.Errorf("K12 of three answers is %s", tell(r))
	}
	// Answers submitted after the moment of judgement are not known.
	b = newBench(t, halfYear(), "2026-07-02 10:00")
	if r := b.result("K12", "2026-H1", Declared); r.Status != NoData {
		t.Errorf("K12 before the answers is %s", tell(r))
	}
}

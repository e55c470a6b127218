package schemas_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestSurveyRules(t *testing.T) {
	runCases(t, []ruleCase{
		{"survey-questionnaire-frozen", "MY-2026-H1", `questionnaire_version: "1"` + "\n", ""},
		{"survey-questionnaire-frozen", "MY-2026-H1", `questionnaire_version: "1"`, `questionnaire_version: "2"`},
		{"survey-low-score-listed", "MY-2026-H1", "response: DJ-2026-0006", "response: DJ-2026-0001"},
	})
	runCross(t, []crossCase{
		{"survey-questionnaire-frozen", "MY-2026-H1", []edit{{"WJ-2026-01", `version: "1"`, `version: "2"`}}},
		{"survey-low-score-listed", "MY-2026-H1", []edit{{"DJ-2026-0001", "{question: Q4, score: ", "{question: Q4, score: 2} # "}}},
	})
}

// A customer in service who was not asked is a gap in the frame; one who came
// later, or whose absence is explained, is none.
func TestSurveyFrameCoversCustomers(t *testing.T) {
	reg := kinds(t)
	for _, c := range []struct {
		since, note string
		want        bool
	}{
		{`"2026-01-01"`, "", true},
		{`"2026-06-08"`, "", true},
		{`"2026-06-09"`, "", false},
		{`"2026-01-01"`, "frame_note: 五月刚签约，尚未开始服务\n", false},
	} {
		files := sample(t)
		change(t, files, "MY-2026-H1", "population:", c.note+"population:")
		text := string(files["records/customer/KH-0002.yaml"].Data)
		text = strings.Replace(text, "id: KH-0002", "id: KH-0099", 1)
		from := strings.Index(text, "since:")
		if from < 0 {
			t.Fatal("KH-0002 has no since")
		}
		to := from + strings.Index(text[from:], "\n")
		files["records/customer/KH-0099.yaml"] = &fstest.MapFile{Data: []byte(text[:from] + "since: " + c.since + text[to:])}
		got := false
		for _, f := range judge(t, reg, files, sampleDay()) {
			got = got || f.Rule == "survey-coverage"
		}
		if got != c.want {
			t.Errorf("since %s, note %q: found %v, want %v", c.since, c.note, got, c.want)
		}
	}
}

// A report compares with earlier surveys that were reported.
func TestSurveyComparison(t *testing.T) {
	reg := kinds(t)
	for _, c := range []struct {
		more string
		want bool
	}{{"", true}, {"comparison: 与上期持平\n", false}} {
		files := sample(t)
		change(t, files, "MY-2026-H1", "results_summary:", c.more+"results_summary:")
		text := string(files["records/survey/2026/06/MY-2026-H1.yaml"].Data)
		for _, r := range []struct{ from, to string }{{"MY-2026-H1", "MY-2025-H2"}, {"2026-", "2025-"}} {
			text = strings.ReplaceAll(text, r.from, r.to)
		}
		files["records/survey/2025/06/MY-2025-H2.yaml"] = &fstest.MapFile{Data: []byte(text)}
		got := false
		for _, f := range judge(t, reg, files, sampleDay()) {
			got = got || f.Rule == "survey-comparison" && f.Record == "MY-2026-H1"
		}
		if got != c.want {
			t.Errorf("%q: found %v, want %v", c.more, got, c.want)
		}
	}
}

// A low score that became a complaint and the complaint name each other.
func TestSurveyComplaints(t *testing.T) {
	const survey, complaint = "MY-2026-H1", "TS-2026-0004"
	named := edit{survey, "by: u-zhoum, done_at", "by: u-zhoum, complaint: TS-2026-0004, done_at"}
	channel := edit{complaint, "channel: review_meeting", "channel: survey"}
	customer := edit{complaint, "customer: KH-0001", "customer: KH-0002"}
	linked := edit{complaint, "transitions:", "links:\n  - {rel: survey, id: MY-2026-H1}\ntransitions:"}
	native := edit{complaint, "origin: backfilled", "origin: native"}
	runCross(t, []crossCase{
		{"survey-complaint", survey, []edit{named, channel, customer}},
		{"survey-complaint", survey, []edit{named, channel, linked}},
		{"survey-complaint", survey, []edit{named, customer, linked}},
		{"survey-complaint-listed", survey, []edit{channel, customer, linked}},
		{"complaint-survey", complaint, []edit{channel, native}},
	})
	runSilent(t, []crossCase{
		{"survey-complaint", survey, []edit{named, channel, customer, linked}},
		{"survey-complaint-listed", survey, []edit{named, channel, customer, linked}},
		{"survey-complaint-listed", survey, []edit{linked}},
		{"complaint-survey", complaint, []edit{native, channel, linked}},
	})
}

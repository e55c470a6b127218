package portal

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/calendar"
	"kept/internal/clause"
	"kept/internal/locale"
	"kept/internal/obligation"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

// owing is the company with obligations and clauses, as of 2026-10-01 00:00:
// a report missed in June, one done late, one overdue, one coming, and a follow-up
// of a complaint; a clause that is shown and one with gaps.
func owing(t *testing.T) *Source {
	t.Helper()
	src := company(t)
	zone := src.Config.Zone
	month := func(n int) calendar.Period { return calendar.Period{Year: 2026, Grain: calendar.Month, Index: n} }
	report := &obligation.Definition{ID: "OB-01", Title: locale.Text{ZH: "每月 <报告>", EN: "Monthly report"}, Owner: "brm", Cadence: calendar.Month}
	action := &obligation.Definition{ID: "OB-02", Title: locale.Text{ZH: "按期回访", EN: "Follow-up"}, Owner: "complaint_handler"}
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, zone)
	}
	src.Duties = []obligation.Duty{
		{Definition: report, Period: month(6), Due: at(7, 7, 18, 0), State: obligation.Missed},
		{
			Definition: report, Period: month(7), Due: at(8, 7, 18, 0), State: obligation.Late, Done: at(8, 9, 10, 0),
			Evidence: "TS-2026-0001", Commit: src.Commit,
		},
		{
			Definition: action, Record: "TS-2026-0001", Item: "A1", Title: locale.Plain("打电话 13812345678"), Owner: "u-wangl", Due: at(9, 20, 23, 59),
			State: obligation.Done, Done: at(9, 19, 9, 0), Evidence: "TS-2026-0001", Commit: src.Commit,
		},
		{Definition: report, Period: month(8), Due: at(9, 7, 18, 0), State: obligation.Overdue},
		{Definition: action, Record: "KH-0001", Due: at(10, 1, 0, 0), State: obligation.Overdue},
		{Definition: report, Period: month(9), Due: at(10, 15, 18, 0), State: obligation.Coming, Provisional: true},
		{Definition: report, Period: month(10), Due: at(11, 6, 18, 0), State: obligation.Later},
	}
	src.Clauses = []clause.Clause{
		{
			ID: "C-8.3.2", Number: "8.3.2", Standard: "ISO 1", Title: locale.Text{ZH: "业务关系", EN: "Relationships"},
			Requirement: locale.Text{ZH: "知道客户是谁", EN: "know your customers"}, Question: locale.Text{ZH: "谁？", EN: "Who?"},
			Evidence: []clause.Evidence{
				{Title: locale.Text{ZH: "客户", EN: "Customers"}, Kind: "customer", Records: []string{"KH-0001"}, Wanted: 1, Since: at(1, 1, 0, 0)},
			},
			Indicators: []string{"K01", "K99"}, Documents: []string{"SD-02004"},
		},
		{
			ID: "C-9.4", Number: "9.4", Standard: "ISO 1", Title: locale.Text{ZH: "服务报告", EN: "Reporting"}, Gap: true,
			Evidence: []clause.Evidence{
				{Title: locale.Text{ZH: "报告", EN: "Reports"}, Kind: "complaint", Wanted: 2, Records: []string{"TS-2026-0001"}, Obligation: "OB-01", Missed: 2, Gap: true},
				{Title: locale.Text{ZH: "坏的", EN: "Bad"}, Kind: "nothing", Gap: true},
			},
		},
		{ID: "C-X", Number: "1", Standard: "ISO 2", Title: locale.Text{ZH: "空", EN: "Empty"}, Gap: true},
	}
	return src
}

func column(t *testing.T, table Table, key string) []string {
	t.Helper()
	i := slices.IndexFunc(table.Columns, func(c Column) bool { return c.Key == key })
	if i < 0 {
		t.Fatalf("%s has no column %q", table.ID, key)
	}
	var out []string
	for _, r := range table.Rows {
		out = append(out, r.Cells[i].Text)
	}
	return out
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestDutiesByState(t *testing.T) {
	zh, en := New(owing(t), locale.Chinese), New(owing(t), locale.English)
	d := zh.Duties()
	var states []string
	for _, g := range d.Groups {
		states = append(states, g.Table.ID)
		if g.Count != len(g.Table.Rows) {
			t.Errorf("%s counts %d of %d", g.Table.ID, g.Count, len(g.Table.Rows))
		}
	}
	equal(t, "groups", states, []string{"overdue", "missed", "coming", "later", "late", "done"})
	overdue := d.Groups[0].Table
	equal(t, "due: the end of a day is that day", column(t, overdue, "due"), []string{"2026-09-07 18:00", "2026-09-30"})
	equal(t, "period", column(t, overdue, "period"), []string{"2026年8月", ""})
	equal(t, "subject", column(t, overdue, "subject"), []string{"", "江畔 <b>学校</b>"})
	equal(t, "who answers", column(t, overdue, "owner"), []string{"业务关系经理", "投诉处理人"})
	if slices.ContainsFunc(overdue.Columns, func(c Column) bool { return c.Key == "done" || c.Key == "commit" }) {
		t.Errorf("what is not done has columns for it: %+v", overdue.Columns)
	}
	done := d.Groups[5].Table
	equal(t, "the day that 23:59 ends", column(t, done, "due"), []string{"2026-09-20"})
	equal(t, "an item, without its telephone number", column(t, done, "subject"), []string{"TS-2026-0001 A1 打电话 138****5678"})
	equal(t, "the person before the role", column(t, done, "owner"), []string{"王磊"})
	equal(t, "proof", column(t, done, "commit"), []string{zh.src.Commit.Short()})
	if got := column(t, en.Duties().Groups[2].Table, "due"); got[0] != "2026-10-15 18:00 (provisional: no calendar published)" {
		t.Errorf("a provisional due time reads %q", got)
	}
}

func TestHomeShowsWhatIsOwed(t *testing.T) {
	v := New(owing(t), locale.Chinese)
	h := v.Home()
	states := column(t, h.Due, "verdict")
	if i := slices.IndexFunc(states, func(s string) bool { return strings.HasPrefix(s, "还剩") }); i < 0 || slices.ContainsFunc(states[i:], func(s string) bool { return strings.HasPrefix(s, "已逾期") }) {
		t.Errorf("what is late does not come first: %q", states)
	}
	if i := slices.Index(column(t, h.Due, "record"), "每月 <报告>"); i < 0 || column(t, h.Due, "limit")[i] != "2026年8月" {
		t.Errorf("the report that is overdue is not among %q", column(t, h.Due, "record"))
	}
	if len(h.Gaps) != 1 || h.Gaps[0].Text != "缺漏：每月 <报告>，2026年6月，应于 2026-07-07 18:00 前完成，至今没有记录" || h.Gaps[0].Tone != Bad {
		t.Errorf("gaps: %+v", h.Gaps)
	}
	if h.Clauses != "共 3 项条款，2 项有缺口。" || h.ClauseGaps != 2 {
		t.Errorf("clauses: %q, %d", h.Clauses, h.ClauseGaps)
	}
	counts := map[string]string{}
	for _, item := range v.Site().Groups[0].Items {
		counts[item.Section] = item.Count
	}
	if counts["duties"] != "2" || counts["clauses"] != "2" {
		t.Errorf("the navigation counts %v", counts)
	}
	if bare := New(company(t), locale.Chinese); bare.Home().Owes || bare.Owes() || bare.HasClauses() || len(bare.Site().Groups[0].Items) != 6 {
		t.Errorf("a company without obligations: %+v", bare.Site().Groups[0].Items)
	}
}

func TestCalendarOfTheComingQuarter(t *testing.T) {
	c := New(owing(t), locale.Chinese).DutyCalendar()
	if len(c.Months) != 3 || c.Months[0].Title != "2026年10月" || c.Months[2].Title != "2026年12月" || len(c.Weekdays) != 7 {
		t.Fatalf("months: %+v", c.Months)
	}
	first := c.Months[0].Weeks
	if first[0][2].Day != 0 || first[0][3].Day != 1 || !first[0][3].Today || !first[0][3].Off {
		t.Errorf("2026-10-01 is a Thursday, today and a holiday: %+v", first[0])
	}
	found := 0
	for _, month := range c.Months {
		for _, week := range month.Weeks {
			if len(week) != 7 {
				t.Errorf("a week of %d days", len(week))
			}
			for _, day := range week {
				found += len(day.Items)
				if day.Date == "2026-10-15" && (len(day.Items) != 1 || day.Items[0].Subject != "2026年9月" || day.Items[0].State.Text != "即将到期") {
					t.Errorf("the fifteenth: %+v", day)
				}
				if day.Date == "2026-10-10" && day.Off {
					t.Error("2026-10-10 is a make-up workday")
				}
			}
		}
	}
	if found != 2 {
		t.Errorf("%d duties in the quarter, want 2", found)
	}
}

func TestRecordsShowTheirDuties(t *testing.T) {
	src := owing(t)
	v := New(src, locale.Chinese)
	equal(t, "of a complaint", column(t, *v.Record("complaint", "TS-2026-0001").Duties, "status"), []string{"逾期完成", "按期完成"})
	equal(t, "of a customer", column(t, *v.Record("customer", "KH-0001").Duties, "duty"), []string{"按期回访"})
	if v.Record("person", "u-wangl").Duties != nil {
		t.Error("a person without duties has a table of them")
	}
	own := v.dutiesOf("OB-01")
	equal(t, "of an obligation", column(t, *own, "status"), []string{"逾期未做", "缺漏（期间已过，未履行）", "即将到期", "以后到期", "逾期完成"})
	if slices.ContainsFunc(own.Columns, func(c Column) bool { return c.Key == "duty" }) {
		t.Error("an obligation names itself in each row")
	}
}

func TestRegistersShowMissedPeriods(t *testing.T) {
	src := owing(t)
	src.Register = register(t, map[string]string{
		"obligation/OB-01": "title: 每月报告\nstatus: active\nevidence: {kind: complaint}\n",
	})
	v := New(src, locale.Chinese)
	if gaps := v.Register("complaint").Gaps; len(gaps) != 1 || gaps[0].Tone != Bad {
		t.Errorf("the register of complaints: %+v", gaps)
	}
	if gaps := v.Register("customer").Gaps; len(gaps) != 0 {
		t.Errorf("the register of customers: %+v", gaps)
	}
}

// register reads records given as kind/id → body.
func register(t *testing.T, records map[string]string) *record.Register {
	t.Helper()
	files := fstest.MapFS{}
	for name, body := range records {
		kind, id, _ := strings.Cut(name, "/")
		files["records/"+name+".yaml"] = &fstest.MapFile{Data: []byte("schema: " + kind + "/v1\nid: " + id + "\n" + body)}
	}
	kinds, _ := schema.Load(schemas.FS)
	reg, _, err := record.Load(files, kinds)
	must(t, err)
	return reg
}

// Many duties of one obligation on one day stand behind the first of them.
func TestCalendarFoldsManyDutiesOfADay(t *testing.T) {
	src := owing(t)
	for range 500 {
		src.Duties = append(src.Duties, src.Duties[5])
	}
	for _, month := range New(src, locale.English).DutyCalendar().Months {
		for _, week := range month.Weeks {
			for _, day := range week {
				if day.Date != "2026-10-15" {
					continue
				}
				if len(day.Items) != dayOpen || len(day.Items[2].More) != dayLimit || day.Items[2].Rest != "… and 498 more" || day.Items[0].Rest != "" {
					t.Errorf("the fifteenth: %d items, %q", len(day.Items), day.Items[len(day.Items)-1].Rest)
				}
			}
		}
	}
}

// Each task of a person stands on that person's page, and the home page counts it.
func TestOwnersHaveTheirTasks(t *testing.T) {
	v := New(owing(t), locale.Chinese)
	counts := map[string]string{}
	for _, line := range v.Home().Owners {
		counts[line.Name.Link.Page] = line.Count
	}
	if len(v.Owners()) == 0 || len(counts) == 0 {
		t.Fatal("nobody has anything to do")
	}
	for _, id := range v.Owners() {
		o := v.Owner(id)
		if want := counts[o.Path]; want != "" && want != strconv.Itoa(len(o.Tasks.Rows)) {
			t.Errorf("%s lists %d tasks, the home page counts %s", o.Path, len(o.Tasks.Rows), want)
		}
		for _, row := range o.Tasks.Rows {
			if len(row.Cells) != len(o.Tasks.Columns) {
				t.Errorf("%s: %d cells for %d columns", o.Path, len(row.Cells), len(o.Tasks.Columns))
			}
		}
	}
}

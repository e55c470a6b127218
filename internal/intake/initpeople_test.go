package intake_test

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"kept/internal/intake"
)

func TestParseFounder(t *testing.T) {
	for text, want := range map[string]intake.Founder{
		"u-a":              {ID: "u-a"},
		"u-wangl=王磊":       {ID: "u-wangl", Name: "王磊"},
		"u-a=a@example.cn": {ID: "u-a", Email: "a@example.cn"},
		"u-a=王 磊，brm+投诉处理人，@a，a@b.cn": {ID: "u-a", Name: "王 磊", Account: "a", Email: "a@b.cn", Roles: []string{"brm", "投诉处理人"}},
		"u-a=A,brm,slm": {ID: "u-a", Name: "A", Roles: []string{"brm", "slm"}},
		"u-a=A=B":       {ID: "u-a", Name: "A=B"},
		" u-a = ":       {ID: "u-a"},
	} {
		if got := intake.ParseFounder(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v", text, got)
		}
	}
}

// A list of people in any order of columns and in GBK; what is no column is named.
func TestReadFounders(t *testing.T) {
	headings, err := intake.Headings(initRequest(t).Template)
	if err != nil {
		t.Fatal(err)
	}
	const list = "姓名,编号,角色\n王磊,u-wangl,投诉处理人、brm\n\n李敏,u-lim,\n"
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(list)
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.Founder{{ID: "u-wangl", Name: "王磊", Roles: []string{"投诉处理人", "brm"}}, {ID: "u-lim", Name: "李敏", Roles: []string{}}}
	for _, text := range []string{list, "\ufeff" + list, gbk, strings.ReplaceAll(list, ",", "\t")} {
		if got, found := intake.ReadFounders("p.csv", []byte(text), headings); len(found) > 0 || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %+v %s", text, got, tell(t, found))
		}
	}
	for text, want := range map[string]string{
		"":                      "nobody in the list",
		"编号\n":                  "nobody in the list",
		"姓名,邮箱\n王磊,a@b.cn\n":    "needs a column id",
		"编号,身份证号\nu-a,110101\n": "no column 身份证号",
	} {
		if _, found := intake.ReadFounders("p.csv", []byte(text), headings); !strings.Contains(tell(t, found), want) || !strings.HasPrefix(tell(t, found), "p.csv") {
			t.Errorf("%q: %s", text, tell(t, found))
		}
	}
}

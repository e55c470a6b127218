package annotate_test

import (
	"strings"
	"testing"

	"kept/internal/annotate"
	"kept/internal/finding"
	"kept/internal/locale"
)

func TestMarkdown(t *testing.T) {
	audit := finding.Finding{
		Position: finding.Position{Path: "records/b.yaml"}, Rule: "audit-clock", Severity: finding.Warning, Commit: "0123456789abcdef", Said: locale.Plain("时钟"),
	}
	accepted := said("records/c.yaml", "已知", finding.Info)
	accepted.Accepted = "EX-2026-0001"
	r := annotate.Report{
		Findings: finding.List{said("records/a.yaml", "早于接收", finding.Error), audit, accepted},
		Review:   &annotate.Review{Reasons: []string{"TS-2026-0001 到“已关闭”"}},
		Rules:    []annotate.Rule{{ID: "time-order", Purpose: locale.Text{ZH: "先后有序", EN: "in order"}}},
		Reading:  locale.Plain("读"),
		Links:    annotate.Links{Repository: "https://gitee.com/o/r", Revision: "abc", Portal: "https://p.example.cn", Lang: locale.Chinese},
	}
	got := report(t, r, annotate.Markdown)
	want := `<!-- kept -->
### 记录检查：需第二人审核

检查未通过：1 个错误，1 个警告，1 条提示。错误改正后才能合入。

需第二人审核的原因：

- TS-2026-0001 到“已关闭”

**错误（1）**

| 位置 | 问题与改法 | 规则 |
|---|---|---|
| [records/a.yaml:12](https://gitee.com/o/r/blob/abc/records/a.yaml#L12) | 早于接收 | [time-order](https://p.example.cn/zh-CN/rule/time-order.html) |

**警告（1）**

| 位置 | 问题与改法 | 规则 |
|---|---|---|
| [records/b.yaml](https://gitee.com/o/r/blob/abc/records/b.yaml) [0123456789](https://gitee.com/o/r/commit/0123456789abcdef) | 时钟 | [audit-clock](https://p.example.cn/zh-CN/rule/audit-clock.html) |

<details><summary>提示（1）</summary>

| 位置 | 问题与改法 | 规则 |
|---|---|---|
| [records/c.yaml:12](https://gitee.com/o/r/blob/abc/records/c.yaml#L12) | 已知（已由例外 EX-2026-0001 接受） | [time-order](https://p.example.cn/zh-CN/rule/time-order.html) |

</details>

<details><summary>相关规则的用意</summary>

- [audit-clock](https://p.example.cn/zh-CN/rule/audit-clock.html)：读
- [time-order](https://p.example.cn/zh-CN/rule/time-order.html)：先后有序

</details>
`
	if got != want {
		t.Errorf("wrote\n%s", got)
	}
}

func TestMarkdownHeadlines(t *testing.T) {
	for want, r := range map[string]annotate.Report{
		"### 记录检查\n\n检查通过，没有发现问题。\n":           {},
		"### 记录检查：常规变更\n\n检查通过，没有发现问题。\n":      {Review: &annotate.Review{Routine: true}},
		"### 记录检查\n\n检查通过：没有错误，2 个警告，0 条提示。\n": {Findings: many(2, finding.Warning)},
	} {
		if got := report(t, r, annotate.Markdown); !strings.Contains(got, want) {
			t.Errorf("wrote\n%s", got)
		}
	}
}

// A forge refuses a comment that is too long: what does not fit is counted.
func TestMarkdownIsBounded(t *testing.T) {
	r := annotate.Report{Findings: many(2000, finding.Error), Review: &annotate.Review{Reasons: make([]string, 400)}}
	got := report(t, r, annotate.Markdown)
	rows := strings.Count(got, "\n| records/")
	if len(got) > 62_000 || rows < 500 {
		t.Errorf("%d bytes with %d findings", len(got), rows)
	}
	if want := printer(t, locale.Chinese).Say("annotate.left-out", locale.N("n", 2000-rows)); !strings.Contains(got, want) {
		t.Errorf("the end is %q", got[len(got)-300:])
	}
	if !strings.Contains(got, "- 另有 370 条原因") {
		t.Error("reasons are not bounded")
	}
}

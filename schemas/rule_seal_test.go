package schemas_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/finding"
	"kept/internal/record"
)

// seal is what kept seal writes. The sample holds none: its commit would be one
// of another repository.
const seal = `schema: seal/v1
id: 2026-09
title: 封存 2026-09
title_en: Seal 2026-09
status: sealed
period: 2026-09
commit: 0123456789abcdef0123456789abcdef01234567
judged_at: "2026-10-08T10:00:00+08:00"
kept_version: "1.0"
records: 120
figures:
  - {kpi: K01, version: 1, basis: declared, value: "95.0", exact: "95", numerator: 19, denominator: 20, excluded: 1, verdict: missed}
prints:
  - {print: kpi-monthly, lang: zh-CN, edition: internal, code: kpi-monthly.2026-09.0123456789ab.0123456789, sha256: ` + sixtyFour + `}
sealed_by: u-zhoum
sealed_at: "2026-10-08T10:30:00+08:00"
note: 示例：九月月报已签发。
`

const sixtyFour = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

const sealPath = "records/seal/2026-09.yaml"

func TestSealRules(t *testing.T) {
	for _, c := range []struct{ rule, from, to string }{
		{"", "", ""},
		{"seal-period", "period: 2026-09", "period: 2026-08"},
		{"seal-moments", `sealed_at: "2026-10-08T10`, `sealed_at: "2026-10-07T10`},
		{"id-pattern", "id: 2026-09", "id: 2026-13"},
		{"schema-unknown-key", "note:", "comment:"},
		{"schema-pattern", "commit: 0123456789abcdef", "commit: main"},
		{"schema-required", "records: 120\n", ""},
		{"schema-pattern", "sha256: 0123", "sha256: "},
		{"schema-unknown-key", "verdict: missed", "verdict: missed, remark: x"},
		{"reference-missing", "u-zhoum", "u-nobody"},
	} {
		t.Run(c.rule+" "+c.to, func(t *testing.T) {
			files := sample(t)
			path, text := sealPath, strings.Replace(seal, c.from, c.to, 1)
			if c.rule == "id-pattern" {
				path = "records/seal/2026-13.yaml"
			}
			files[path] = &fstest.MapFile{Data: []byte(text)}
			var said finding.List
			for _, f := range judge(t, kinds(t), files, sampleDay()) {
				if f.Record == record.StemOf(path) {
					said = append(said, f)
				}
			}
			if c.rule != "" {
				expect(t, said, c.rule, record.StemOf(path))
			} else if len(said) > 0 {
				t.Errorf("a seal as kept writes it has findings: %v", said)
			}
		})
	}
}

package portal

import (
	"encoding/json"
	"fmt"
	"testing"

	"kept/internal/locale"
	"kept/internal/redact"
	"kept/internal/schema"
)

// Values take the type of their column; what is of another type stands beside the
// columns, unless its class hides it.
func TestCasterKeepsTypes(t *testing.T) {
	view := New(company(t), locale.Chinese)
	for _, tc := range []struct {
		kind  schema.FieldType
		class string
		plain any
		want  string
	}{
		{schema.IntegerField, "", json.Number("7"), "7 []"},
		{schema.IntegerField, "", "many", "<nil> [[f many]]"},
		{schema.IntegerField, "", json.Number("9223372036854775808"), "<nil> [[f 9223372036854775808]]"},
		{schema.DecimalField, "", "-007.50", "-7.50 []"},
		{schema.DecimalField, "", "1e3", "<nil> [[f 1e3]]"},
		{schema.DecimalField, redact.ClassMoney, "1200.00", "<nil> []"},
		{schema.DecimalField, redact.Restricted, "secret", "<nil> []"},
		{schema.FlagField, "", true, "true []"},
		{schema.FlagField, redact.Restricted, true, "<nil> []"},
		{schema.DateField, "", "2026-02-29", "<nil> [[f 2026-02-29]]"},
		{schema.InstantField, "", "2026-09-24T10:00:00+08:00", "2026-09-24 02:00:00 +0000 UTC []"},
		{schema.TextField, "", json.Number("1"), "<nil> [[f 1]]"},
		{schema.TextField, "", "拨打 13800138000", "拨打 " + redact.Policy{}.Text("13800138000") + " []"},
	} {
		c := &caster{v: view}
		got := c.value(schema.Field{Name: "f", Type: tc.kind, Class: tc.class}, tc.class, tc.plain)
		if s := fmt.Sprintf("%v %v", got, c.odd); s != tc.want {
			t.Errorf("%s %q of %v: %s, want %s", tc.kind, tc.class, tc.plain, s, tc.want)
		}
	}
}

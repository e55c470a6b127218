package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Axe is the source of axe-core, for Violations.
func Axe(t testing.TB) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(Modules(t), "axe-core", "axe.min.js"))
	fatal(t, err)
	return string(source)
}

// Violations are what axe-core holds for a serious or a critical hindrance on the
// open page, with the place of each: by all of its rules, or by those named. Source
// is that of [Axe]; it runs as the debugger's and not as the page's, whose policy
// admits no script of others.
func (b *Browser) Violations(source string, rules ...string) []string {
	b.t.Helper()
	if !Eval[bool](b, "typeof axe === 'object'") {
		Eval[bool](b, "!!(function () {"+source+"; return true; }).call(window)")
	}
	only := ""
	if len(rules) > 0 {
		only = fmt.Sprintf(", runOnly: %q.split(\" \")", strings.Join(rules, " "))
	}
	return Eval[[]string](b, `axe.run(document, {resultTypes: ["violations"], iframes: false`+only+`}).then(r => r.violations
  .filter(v => v.impact === "serious" || v.impact === "critical")
  .flatMap(v => v.nodes.slice(0, 3).map(n => v.impact + " " + v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.replace(/\s+/g, " ").slice(0, 200))))`)
}

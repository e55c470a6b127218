package expr

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestOutline(t *testing.T) {
	for source, want := range map[string]string{
		`status == "closed"`:                                   `["in","status",["closed"]]`,
		`severity not in ["a", "b"] || has(sip)`:               `["or",["not",["in","severity",["a","b"]]],["has","sip"]]`,
		`received_at <= closed_at && score > 3`:                `["and",["<=","received_at","closed_at"],["<",3,"score"]]`,
		`all(actions, {has(.due) && .done_at >= .due})`:        `["all","actions",["and",["has",".due"],["<=",".due",".done_at"]]]`,
		`none(actions, {.text == "x"})`:                        `["all","actions",["not",["in",".text",["x"]]]]`,
		`valid ? has(sip) : status == "open"`:                  `["or",["and",["has","valid"],["has","sip"]],["and",["not",["has","valid"]],["in","status",["open"]]]]`,
		`has(sip) && closed_at - received_at > duration("1h")`: `["and",["has","sip"],null]`,
		`follow_up.satisfaction >= 4`:                          `["<=",4,"follow_up.satisfaction"]`,
		`let d = duration("1h"); has(sip)`:                     `null`,
		`hidden == "x"`:                                        `null`,
		`status ==`:                                            `null`,
	} {
		got, err := json.Marshal(OutlineOf(source, testTypes(), func(name string) bool { return name != "hidden" }))
		if err != nil || strings.ReplaceAll(string(got), `\u003c`, "<") != want {
			t.Errorf("%s: %s, want %s (%v)", source, got, want, err)
		}
	}
}

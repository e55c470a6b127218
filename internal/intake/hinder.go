package intake

import (
	"slices"

	"kept/internal/finding"
)

// unlessHindered gives the plan with what warns of it or, where something is an
// error, all that was found and no plan. The rules judge what the plan makes in
// either case, so that nobody learns of one hindrance after another.
func unlessHindered(found finding.List, judge func(Plan) finding.List, plan Plan) ([]Plan, finding.List) {
	if judge != nil {
		found = append(found, unsaid(placeless(judge(plan)), found)...)
	}
	if found.Count(finding.Error) > 0 {
		return nil, found
	}
	return []Plan{plan}, found
}

// unsaid leaves out what the rules find only since something that has been told
// already is missing or wrong.
func unsaid(judged, told finding.List) finding.List {
	var follows []string
	for _, f := range told {
		switch f.Rule {
		case "intake-requires", "intake-set":
			follows = append(follows, "step-requires", "step-guard")
		case "intake-guard":
			follows = append(follows, "step-guard")
		case "intake-order":
			follows = append(follows, "step-order", "time-order")
		case actorRule:
			follows = append(follows, "role-held", "step-role")
			if f.Key == "intake.person" {
				follows = append(follows, "reference-missing")
			}
		}
	}
	return slices.DeleteFunc(judged, func(f finding.Finding) bool { return slices.Contains(follows, f.Rule) })
}

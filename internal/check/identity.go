package check

import (
	"strconv"
	"strings"

	"kept/internal/locale"
	"kept/internal/record"
)

// addressesOnce finds git addresses that two people claim: whose work a commit is
// must not hang on the order of records. The second by id is told.
func addressesOnce(j *judge) {
	owner := map[string]string{}
	for rec := range j.Register.Of(record.PersonKind) {
		if rec.Broken {
			continue
		}
		for i, address := range rec.Texts(identitiesField) {
			folded := strings.ToLower(address)
			switch first, taken := owner[folded]; {
			case !taken:
				owner[folded] = rec.ID
			case first != rec.ID:
				j.report(rec, rec.Position("/"+identitiesField+"/"+strconv.Itoa(i)), "check.identity-shared", locale.A("other", first))
			}
		}
	}
}

package record_test

import (
	"slices"
	"testing"
	"time"
)

const accountManager = `schema: person/v1
id: u-liu
title: 刘
status: active
roles:
  - {role: brm, from: "2025-01-01", customers: [KH-0001, kh-0003]}
  - {role: auditor, from: "2025-01-01"}
`

// A role that names customers holds for what concerns these, and for nothing else.
func TestRolesForCustomers(t *testing.T) {
	reg, _ := register(t, map[string]string{
		"records/person/u-liu.yaml":       accountManager,
		"records/person/KH-0003.yaml":     "id: KH-0003\n",
		"records/person/one.yaml":         "id: one\ncustomer: KH-0001\n",
		"records/person/other.yaml":       "id: other\ncustomer: KH-0002\n",
		"records/person/meeting.yaml":     "id: meeting\ncustomers: [KH-0002, KH-0003]\n",
		"records/person/everybody's.yaml": "id: x\n",
	})
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for id, want := range map[string]bool{"KH-0003": true, "one": true, "other": false, "meeting": true, "everybody's": false, "": true} {
		got := reg.RolesFor(reg.Get(id), "u-liu", at, time.UTC)
		if slices.Contains(got, "brm") != want || !slices.Contains(got, "auditor") {
			t.Errorf("%q: %q, want brm: %t", id, got, want)
		}
	}
}

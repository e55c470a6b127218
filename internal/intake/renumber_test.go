package intake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/intake"
	"kept/internal/record"
)

const merged = `schema: ticket/v1
id: GD-2026-0003
title: 又报
status: merged
owner: u-keeper
registered_by: u-keeper
origin: native
links:
  - {rel: duplicates, id: GD-2026-0002} # 见 GD-2026-0002
  - {rel: derived_from, id: "GD-2026-0002"}
transitions:
  - {to: open, at: "2026-03-02T09:00:00+08:00", by: u-keeper, note: GD-2026-0002}
`

// The file moves, its id and former number are written, and whoever names it
// follows; text and comments that speak of it stay.
func TestRenumber(t *testing.T) {
	more := map[string]string{"records/ticket/2026/03/GD-2026-0003.yaml": merged}
	reg := register(t, more)
	to, plans, found := intake.Renumber(intake.RenumberRequest{Record: reg.Get("GD-2026-0002"), Register: reg, Used: []string{"GD-2026-0005"}})
	if len(found) > 0 || to != "GD-2026-0006" || len(plans) != 3 {
		t.Fatal(tell(t, found), to, plans)
	}
	own, gone, other := plans[0], plans[1], plans[2]
	if own.Path != "records/ticket/2026/03/GD-2026-0006.yaml" || own.Before != nil ||
		!strings.Contains(string(own.After), "id: GD-2026-0006\n") || !strings.HasSuffix(string(own.After), "renumbered_from: GD-2026-0002\n") {
		t.Errorf("%s\n%s", own.Path, own.After)
	}
	if gone.Path != "records/ticket/2026/03/GD-2026-0002.yaml" || gone.After != nil || gone.Before == nil {
		t.Errorf("%+v", gone)
	}
	want := strings.NewReplacer("id: GD-2026-0002} #", "id: GD-2026-0006} #", `"GD-2026-0002"`, "GD-2026-0006").Replace(merged)
	if string(other.After) != want {
		t.Errorf("%s", other.After)
	}
}

func TestRenumberApplied(t *testing.T) {
	dir := t.TempDir()
	reg := register(t, nil)
	rec := reg.Get("GD-2026-0002")
	file := filepath.Join(dir, filepath.FromSlash(rec.Path))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, rec.Source, 0o666); err != nil {
		t.Fatal(err)
	}
	_, plans, _ := intake.Renumber(intake.RenumberRequest{Record: rec, Register: reg, To: "GD-2025-0001"})
	if err := intake.Apply(dir, plans...); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 || entries[0].Name() != "GD-2025-0001.yaml" {
		t.Errorf("%v, %v", entries, err)
	}
}

func TestRenumberRefuses(t *testing.T) {
	reg := register(t, map[string]string{"records/ticket/2026/03/GD-2026-0003.yaml": "{id: [\n"})
	for to, want := range map[string]string{
		"GD-2026-0001":  "--to: this id has been used",
		"gd-2026-1":     "--to: the id must have the form",
		"../../x":       "--to: the id must have the form",
		"GD-2026-0009":  "--to: this id has been used",
		"TL-2026-00099": "--to: the id must have the form",
	} {
		_, plans, found := intake.Renumber(intake.RenumberRequest{Record: reg.Get("GD-2026-0002"), Register: reg, To: to, Used: []string{"GD-2026-0009"}})
		if got := tell(t, found); !strings.HasPrefix(got, want) || plans != nil {
			t.Errorf("%s: %s", to, got)
		}
	}
	for id, want := range map[string]string{
		"GD-2026-0003": "this record cannot be read yet",
		"u-other":      "--to: ids of Person are chosen by people",
	} {
		if _, plans, found := intake.Renumber(intake.RenumberRequest{Record: reg.Get(id), Register: reg}); plans != nil || !strings.Contains(tell(t, found), want) {
			t.Errorf("%s: %s", id, tell(t, found))
		}
	}
}

// A kind that has no place for the former number goes without.
func TestRenumberWithoutFormerNumber(t *testing.T) {
	reg := register(t, nil)
	_, plans, found := intake.Renumber(intake.RenumberRequest{Record: reg.Get("TL-2026-0007"), Register: reg})
	if len(found) > 0 || string(plans[0].After) != strings.Replace(string(plans[1].Before), "TL-2026-0007", "TL-2026-0008", 1) {
		t.Errorf("%s %v", tell(t, found), plans)
	}
}

// Of two files with one id the one that is named gets the number; references
// mean the other.
func TestRenumberOneOfTwo(t *testing.T) {
	reg := register(t, map[string]string{"records/ticket/2026/03/GD-2026-0003.yaml": merged})
	twin, _ := record.Parse("records/ticket/2026/04/GD-2026-0002.yaml", reg.Get("GD-2026-0002").Source, reg.Kinds())
	to, plans, found := intake.Renumber(intake.RenumberRequest{Record: twin, Register: reg})
	if len(found) > 0 || to != "GD-2026-0004" || len(plans) != 2 || plans[0].Path != "records/ticket/2026/04/GD-2026-0004.yaml" {
		t.Error(tell(t, found), to, plans)
	}
}

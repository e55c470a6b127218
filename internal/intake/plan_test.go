package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kept/internal/intake"
)

func TestApplyWritesWhole(t *testing.T) {
	dir := t.TempDir()
	plan := intake.Plan{Path: "records/a/2026/x.yaml", After: []byte("a: 1\n")}
	if err := intake.Apply(dir, plan); err != nil {
		t.Fatal(err)
	}
	next := intake.Plan{Path: plan.Path, Before: plan.After, After: []byte("a: 2\n")}
	if err := intake.Apply(dir, next); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(plan.Path)))
	if err != nil || string(data) != "a: 2\n" {
		t.Errorf("%q, %v", data, err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "records/a/2026"))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestApplyRefuses(t *testing.T) {
	outside := t.TempDir()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("there", "old")
	for name, target := range map[string]string{"link": outside, "inner": "real", "file": filepath.Join(dir, "there")} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		plan intake.Plan
		want error
	}{
		"above":           {intake.Plan{Path: "../x", After: []byte("x")}, intake.ErrOutside},
		"absolute":        {intake.Plan{Path: "/tmp/x", After: []byte("x")}, intake.ErrOutside},
		"windows":         {intake.Plan{Path: `a\..\x`, After: []byte("x")}, intake.ErrOutside},
		"git":             {intake.Plan{Path: ".GIT/hooks/x", After: []byte("x")}, intake.ErrOutside},
		"link to outside": {intake.Plan{Path: "link/x", After: []byte("x")}, intake.ErrOutside},
		"link to inside":  {intake.Plan{Path: "inner/x", After: []byte("x")}, intake.ErrOutside},
		"link as file":    {intake.Plan{Path: "file", Before: []byte("old"), After: []byte("x")}, intake.ErrOutside},
		"folder as file":  {intake.Plan{Path: "real", After: []byte("x")}, intake.ErrOutside},
		"already there":   {intake.Plan{Path: "there", After: []byte("x")}, intake.ErrChanged},
		"changed":         {intake.Plan{Path: "there", Before: []byte("other"), After: []byte("x")}, intake.ErrChanged},
		"gone":            {intake.Plan{Path: "gone", Before: []byte("old"), After: []byte("x")}, intake.ErrChanged},
	} {
		t.Run(name, func(t *testing.T) {
			good := intake.Plan{Path: "good-" + filepath.Base(t.Name()), After: []byte("x")}
			if err := intake.Apply(dir, good, c.plan); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if _, err := os.Stat(filepath.Join(dir, good.Path)); !errors.Is(err, os.ErrNotExist) {
				t.Error("the plan before it was carried out")
			}
		})
	}
	if data, err := os.ReadFile(filepath.Join(dir, "there")); err != nil || string(data) != "old" {
		t.Errorf("%q, %v", data, err)
	}
}

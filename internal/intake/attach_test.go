package intake_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kept/internal/intake"
)

func put(t testing.TB, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestDepositNamesByContent(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "deep", "store")
	e, err := intake.Deposit(store, put(t, filepath.Join(dir, "签字件.PDF"), "scan"))
	if err != nil || e.Digest != digest("scan") || e.Name != digest("scan")+".pdf" || e.Size != 4 {
		t.Fatalf("%+v, %v", e, err)
	}
	// the same content again, also under another name, is there already
	if again, err := intake.Deposit(store, put(t, filepath.Join(dir, "x.jpg"), "scan")); err != nil || again.Digest != e.Digest {
		t.Fatal(again, err)
	}
	entries, err := os.ReadDir(store)
	if err != nil || len(entries) != 1 || entries[0].Name() != e.Name {
		t.Fatalf("%v, %v", entries, err)
	}
	// what the store holds is never overwritten
	put(t, filepath.Join(store, e.Name), "tampered")
	if _, err := intake.Deposit(store, filepath.Join(dir, "x.jpg")); !errors.Is(err, intake.ErrAltered) {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(store, e.Name)); string(data) != "tampered" {
		t.Errorf("%s", data)
	}
	if odd, err := intake.Deposit(store, put(t, filepath.Join(dir, "a.b c"), "odd")); err != nil || odd.Name != digest("odd") {
		t.Error(odd, err)
	}
}

func TestDepositRefuses(t *testing.T) {
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	file := put(t, filepath.Join(dir, "file"), "x")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	big := put(t, filepath.Join(dir, "big"), "")
	if err := os.Truncate(big, intake.MaxEvidence+1); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{link: intake.ErrNotFile, dir: intake.ErrNotFile, os.DevNull: intake.ErrNotFile, big: intake.ErrTooBig, filepath.Join(dir, "none"): os.ErrNotExist} {
		if _, err := intake.Deposit(store, name); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(store); !errors.Is(err, os.ErrNotExist) {
		t.Error("a store was made for nothing")
	}
	if _, err := intake.Deposit(put(t, filepath.Join(dir, "f"), ""), file); err == nil {
		t.Error("a file was taken for a store")
	}
}

func TestAttach(t *testing.T) {
	reg := register(t, nil)
	request := intake.AttachRequest{Record: reg.Get("GD-2026-0001"), Kinds: reg.Kinds(), Title: "回执", Class: "internal", Evidence: intake.Evidence{Digest: digest("a")}}
	plan, changed, found := intake.Attach(request)
	want := "attachments:\n  - {title: 回执, sha256: " + digest("a") + ", class: internal}\n"
	if len(found) > 0 || !changed || lines(plan) != want {
		t.Fatalf("%s %s", tell(t, found), plan.After)
	}
	reg = register(t, map[string]string{plan.Path: string(plan.After)})
	request.Record = reg.Get("GD-2026-0001")
	if _, changed, found := intake.Attach(request); changed || len(found) > 0 {
		t.Error("the same file again changes the record")
	}
	request.Evidence.Digest = digest("b")
	plan, _, _ = intake.Attach(request)
	if lines(plan) != "  - {title: 回执, sha256: \""+digest("b")+"\", class: internal}\n" {
		t.Errorf("%s", plan.After)
	}
	request.Field = "signed_copy"
	plan, changed, _ = intake.Attach(request)
	if !changed || !strings.Contains(string(plan.After), "signed_copy:\n  title: 回执\n  sha256: \""+digest("b")+"\"\n  class: internal\n") {
		t.Errorf("%s", plan.After)
	}
	request.Record = register(t, map[string]string{plan.Path: string(plan.After)}).Get("GD-2026-0001")
	if _, changed, found := intake.Attach(request); changed || len(found) > 0 {
		t.Error("the same signed copy again changes the record")
	}
	request.Evidence.Digest = digest("c")
	if _, _, found := intake.Attach(request); !strings.Contains(tell(t, found), "Signed copy names another file already") {
		t.Error(tell(t, found))
	}
}

func TestAttachRefuses(t *testing.T) {
	reg := register(t, map[string]string{"records/ticket/2026/03/GD-2026-0003.yaml": "a: [\n"})
	for want, r := range map[string]intake.AttachRequest{
		"--field: Ticket has no such field for attachments; there are: attachments, signed_copy": {Record: reg.Get("GD-2026-0001"), Field: "result"},
		"--field: Tool loan has no such field for attachments; there are: ":                      {Record: reg.Get("TL-2026-0007")},
		"cannot be read yet": {Record: reg.Get("GD-2026-0003")},
		"[schema-enum]":      {Record: reg.Get("GD-2026-0001"), Title: "x", Class: "secret", Evidence: intake.Evidence{Digest: digest("a")}},
	} {
		r.Kinds = reg.Kinds()
		if plan, changed, found := intake.Attach(r); changed || plan.After != nil || !strings.Contains(tell(t, found), want) {
			t.Errorf("got  %s\nwant %s", tell(t, found), want)
		}
	}
}

func TestCheckEvidence(t *testing.T) {
	store := t.TempDir()
	reg := register(t, nil)
	attach := func(id, field, text string) {
		t.Helper()
		plan, _, found := intake.Attach(intake.AttachRequest{Record: reg.Get(id), Kinds: reg.Kinds(), Field: field, Title: "x", Class: "internal", Evidence: intake.Evidence{Digest: digest(text)}})
		if len(found) > 0 {
			t.Fatal(tell(t, found))
		}
		reg = register(t, map[string]string{plan.Path: string(plan.After)})
	}
	check := func() string {
		t.Helper()
		found, err := intake.CheckEvidence(reg, store)
		if err != nil {
			t.Fatal(err)
		}
		return tell(t, found)
	}
	if got := check(); got != "" {
		t.Error(got)
	}
	attach("GD-2026-0001", "", "a")
	if got := check(); !strings.Contains(got, "GD-2026-0001.yaml:11:") || !strings.Contains(got, "[evidence-missing]") {
		t.Error(got)
	}
	file := put(t, filepath.Join(store, digest("a")+".pdf"), "a")
	if got := check(); got != "" {
		t.Error(got)
	}
	put(t, file, "b")
	if got := check(); !strings.HasSuffix(got, "[evidence-altered]") {
		t.Error(got)
	}
	put(t, file, "a")
	put(t, filepath.Join(store, "stray"), "x")
	if got := check(); got != "stray: no record names this file of the store; attach it to one, or take it out [evidence-unknown]" {
		t.Error(got)
	}
	if found, err := intake.CheckEvidence(reg, filepath.Join(store, "none")); err != nil || len(found) != 1 {
		t.Error(found, err)
	}
}

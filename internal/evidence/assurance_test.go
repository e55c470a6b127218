package evidence

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/history"
	"kept/internal/metric"
	"kept/internal/signature"
	"kept/internal/tooltest"
)

// signers makes SSH keys by name and gives the public ones.
func signers(t *testing.T, names ...string) (dir string, public map[string]string) {
	t.Helper()
	dir, public = t.TempDir(), map[string]string{}
	for _, name := range names {
		tooltest.Run(t, dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name)
		data, err := os.ReadFile(filepath.Join(dir, name+".pub"))
		if err != nil {
			t.Fatal(err)
		}
		public[name] = string(data)
	}
	return dir, public
}

// sign commits everything, signed by a key.
func sign(r *gittest.Repository, key, message string) string {
	r.Git("add", "-A")
	r.Git("-c", "gpg.format=ssh", "-c", "user.signingkey="+key, "commit", "-q", "-S", "-m", message)
	return strings.TrimSpace(r.Git("rev-parse", "HEAD"))
}

func read(t *testing.T, dir string) (*gitrepo.Repo, *history.History) {
	t.Helper()
	repo, err := gitrepo.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { repo.Close() })
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := history.Read(repo, head)
	if err != nil {
		t.Fatal(err)
	}
	return repo, h
}

func verdicts(t *testing.T, repo *gitrepo.Repo, h *history.History) (*Signatures, string) {
	t.Helper()
	s, err := ReadSignatures(repo, h, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range h.Commits() {
		for _, c := range append(m.Side, m.Commit) {
			subject, _, _ := strings.Cut(c.Message, "\n")
			r := s.Of(c.Hash)
			list = append(list, strings.TrimRight(fmt.Sprintf("%s: %s %s", subject, r.Status, r.Reason), " "))
		}
	}
	return s, strings.Join(list, "\n")
}

// TestSignaturesCountByTheTreeBelow lets a key sign before it was admitted, in the
// commit that admits it, and afterwards; and takes it away again.
func TestSignaturesCountByTheTreeBelow(t *testing.T) {
	dir, public := signers(t, "wl", "zm")
	r := gittest.New(t)
	r.At("2026-03-02T09:00:00+08:00")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 1\n")
	r.Write(signature.AllowedSigners, "wl@example.cn "+public["wl"])
	sign(r, filepath.Join(dir, "wl"), "admits itself")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 2\n")
	sign(r, filepath.Join(dir, "wl"), "admitted")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 3\n")
	sign(r, filepath.Join(dir, "zm"), "stranger")
	r.Write(signature.AllowedSigners, "zm@example.cn "+public["zm"])
	sign(r, filepath.Join(dir, "wl"), "hands over")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 4\n")
	sign(r, filepath.Join(dir, "wl"), "too late")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 5\n")
	r.Write("kept.yaml", "signatures: required\n")
	r.Commit("unsigned")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 6\n")
	missing := r.Commit("unsigned, too")
	repo, h := read(t, r.Dir)
	s, got := verdicts(t, repo, h)
	want := "admits itself: unknown not-admitted\nadmitted: good\nstranger: unknown not-admitted\nhands over: good\ntoo late: unknown not-admitted\nunsigned: none\nunsigned, too: none"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i, m := range h.Commits() {
		if s.Required(m.Hash) != (i == 6) || i == 6 && string(m.Hash) != missing {
			t.Errorf("commit %d %q must be signed: %t", i, m.Message, s.Required(m.Hash))
		}
	}
	if n := s.Count(); n[signature.Good] != 2 || n[signature.Unknown] != 3 {
		t.Errorf("counts %v", n)
	}
}

// TestTamperedCommitIsBad writes the object anew with another message and the
// signature of the first.
func TestTamperedCommitIsBad(t *testing.T) {
	dir, public := signers(t, "wl")
	r := gittest.New(t)
	r.Write(signature.AllowedSigners, "wl@example.cn "+public["wl"])
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 1\n")
	r.Commit("begin")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 2\n")
	sign(r, filepath.Join(dir, "wl"), "register")
	object := r.Git("cat-file", "commit", "HEAD")
	for name, changed := range map[string]string{
		"message": strings.Replace(object, "register", "approve", 1),
		"date":    strings.Replace(object, "committer ", "committer x", 1),
	} {
		forged := strings.TrimSpace(r.Feed(changed, "hash-object", "-t", "commit", "-w", "--stdin"))
		r.Git("update-ref", "refs/heads/main", forged)
		repo, h := read(t, r.Dir)
		s, err := ReadSignatures(repo, h, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Of(gitrepo.Hash(forged)); got.Status != signature.Bad || got.Reason != signature.Mismatch {
			t.Errorf("%s changed: %+v", name, got)
		}
	}
	double := strings.Replace(object, "gpgsig ", "gpgsig -----BEGIN SSH SIGNATURE-----\n -----END SSH SIGNATURE-----\ngpgsig ", 1)
	forged := strings.TrimSpace(r.Feed(double, "hash-object", "-t", "commit", "-w", "--literally", "--stdin"))
	r.Git("update-ref", "refs/heads/main", forged)
	repo, h := read(t, r.Dir)
	if s, err := ReadSignatures(repo, h, time.UTC); err != nil || s.Of(gitrepo.Hash(forged)).Reason != signature.Several {
		t.Errorf("two signatures: %+v, %v", s.Of(gitrepo.Hash(forged)), err)
	}
}

// TestOpenPGPByGit verifies what git and gpg make.
func TestOpenPGPByGit(t *testing.T) {
	home := t.TempDir()
	t.Setenv("GNUPGHOME", home)
	gpg := func(args ...string) string {
		return tooltest.Run(t, home, "gpg", append([]string{"--batch", "--quiet", "--no-tty"}, args...)...)
	}
	gpg("--passphrase", "", "--quick-gen-key", "Zhou Min <zm@example.cn>", "ed25519", "sign", "0")
	t.Cleanup(func() { _ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run() })
	program := filepath.Join(home, "gpg.sh")
	if err := os.WriteFile(program, []byte("#!/bin/sh\nexec gpg --homedir '"+home+"' \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	r := gittest.New(t)
	r.Write("keys/zm.asc", gpg("--armor", "--export", "zm@example.cn"))
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 1\n")
	r.Commit("begin")
	r.At(time.Now().Format(time.RFC3339))
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 2\n")
	r.Git("add", "-A")
	r.Git("-c", "gpg.program="+program, "-c", "user.signingkey=zm@example.cn", "commit", "-q", "-S", "-m", "register")
	repo, h := read(t, r.Dir)
	s, got := verdicts(t, repo, h)
	result := s.Of(h.Head)
	if got != "begin: none\nregister: good" || !slices.Equal(result.Signers, []string{"zm@example.cn"}) || len(result.Fingerprint) != 40 {
		t.Errorf("got\n%s\n%+v", got, result)
	}
}

// TestSignedTag reads an annotated tag and verifies it.
func TestSignedTag(t *testing.T) {
	dir, public := signers(t, "wl")
	r := gittest.New(t)
	r.Write(signature.AllowedSigners, "wl@example.cn "+public["wl"])
	head := r.Commit("begin")
	r.Git("-c", "gpg.format=ssh", "-c", "user.signingkey="+filepath.Join(dir, "wl"), "tag", "-s", "-m", "九月", "kept/seal/2026-09")
	r.Git("tag", "light")
	repo, h := read(t, r.Dir)
	tag, err := repo.Tag("kept/seal/2026-09")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ReadSignatures(repo, h, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if string(tag.Object) != head || tag.Name != "kept/seal/2026-09" || tag.Message != "九月" || tag.Tagger.Email == "" {
		t.Errorf("tag %+v", tag)
	}
	if got := s.Keys.Verify(tag.Signed.Payload, tag.Signed.Signature, tag.Tagger.When); got.Status != signature.Good || !got.Of("wl@example.cn") {
		t.Errorf("verdict %+v", got)
	}
	if got := s.Keys.Verify(append(tag.Signed.Payload, '\n'), tag.Signed.Signature, tag.Tagger.When); got.Status != signature.Bad {
		t.Errorf("a longer tag is %+v", got)
	}
	for _, name := range []string{"light", "none"} {
		if _, err := repo.Tag(name); err == nil {
			t.Errorf("%s is read as an annotated tag", name)
		}
	}
}

// TestLevels gives a history each level in turn.
func TestLevels(t *testing.T) {
	dir, public := signers(t, "wl")
	r := gittest.New(t)
	put := func(at string, n int) {
		r.At("2026-03-" + at + ":00+08:00")
		r.Write("records/job/J-1.yaml", fmt.Sprintf("id: J-1\nn: %d\n", n))
	}
	put("02T09:00", 1)
	r.Write(signature.AllowedSigners, "wl@example.cn "+public["wl"])
	first := r.Commit("first")
	put("03T09:00", 2)
	signed := sign(r, filepath.Join(dir, "wl"), "signed")
	r.Git("checkout", "-q", "-b", "side")
	put("04T09:00", 3)
	side := sign(r, filepath.Join(dir, "wl"), "side")
	r.At("2026-03-04T10:00:00+08:00")
	r.Git("checkout", "-q", "main")
	r.Git("merge", "-q", "--no-ff", "-m", "merge", "side")
	merge := strings.TrimSpace(r.Git("rev-parse", "HEAD"))
	put("01T09:00", 4)
	back := r.Commit("back")
	put("05T09:00", 5)
	last := r.Commit("last")
	repo, h := read(t, r.Dir)
	s, err := ReadSignatures(repo, h, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	levels := func(ledger string, anchors ...gitrepo.Hash) string {
		var l *Ledger
		if ledger != "" {
			l = ParseLedger("observed.txt", []byte(ledger))
		}
		a := Assure(AssuranceRequest{History: h, Signatures: s, Ledger: l, Anchors: anchors, Clock: 5 * time.Minute})
		var list []string
		for _, c := range []string{first, signed, side, merge, back, last} {
			st := a.Of(gitrepo.Hash(c))
			list = append(list, strings.TrimSuffix(st.Level.String()+"/"+string(st.Signed), "/"))
		}
		for _, l := range a.Late() {
			list = append(list, fmt.Sprintf("late %s %t", l.Commit.Message, l.First))
		}
		return strings.Join(list, " ")
	}
	for _, tt := range []struct {
		name, ledger string
		anchors      []gitrepo.Hash
		want         string
	}{
		{"alone", "", nil, "merged signed/mainline signed/submitted signed/submitted committed merged"},
		{
			"seen at once", last + " 2026-03-05T09:01:00+08:00\n" + merge + " 2026-03-04T02:01:00Z\n", nil,
			"merged signed/mainline observed/submitted observed/submitted committed observed late back false",
		},
		{
			"seen late", last + " 2026-03-15T09:01:00+08:00\n" + first + " 2026-03-10T09:01:00+08:00\n", nil,
			"merged signed/mainline signed/submitted signed/submitted committed merged late first true late signed false late merge false late back false late last false",
		},
		{"before its date", last + " 2026-03-04T11:00:00+08:00\n", nil, "merged signed/mainline observed/submitted observed/submitted committed merged late last true"},
		{"anchored", "", []gitrepo.Hash{gitrepo.Hash(signed)}, "anchored anchored/mainline signed/submitted signed/submitted committed merged"},
		{"by a side commit", "", []gitrepo.Hash{gitrepo.Hash(side), "ffff"}, "anchored anchored/mainline signed/submitted signed/submitted committed merged"},
	} {
		if got := levels(tt.ledger, tt.anchors...); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	a := Assure(AssuranceRequest{History: h, Signatures: s})
	if a.Of("").Level != Typed || a.Of("0123").Level != Committed || a.Value(nil).Level != Typed {
		t.Errorf("what is in no commit is %s, in an unknown one %s", a.Of("").Level, a.Of("0123").Level)
	}
	if got := a.Commits(); got != (Tally{0, 1, 2, 2, 0, 0}) {
		t.Errorf("commits by level: %v", got)
	}
	result := metric.Result{Denominator: []metric.Evidence{{Record: "J-1", Commit: gitrepo.Hash(merge)}, {Record: "J-1", Commit: gitrepo.Hash(back)}, {Record: "J-1"}, {Record: "none"}}}
	tally := a.Figure(&result)
	if lowest, ok := tally.Lowest(); tally != (Tally{1, 1, 1, 1, 0, 0}) || lowest != Typed || !ok {
		t.Errorf("the figure's members: %v", tally)
	}
}

// TestEvilMerge changes a value in the merge itself: the signature of what it
// brought in does not cover that.
func TestEvilMerge(t *testing.T) {
	dir, public := signers(t, "wl")
	r := gittest.New(t)
	r.Write(signature.AllowedSigners, "wl@example.cn "+public["wl"])
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 1\nm: 1\n")
	r.Commit("begin")
	r.Git("checkout", "-q", "-b", "side")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 2\nm: 1\n")
	sign(r, filepath.Join(dir, "wl"), "side")
	r.Git("checkout", "-q", "main")
	r.Git("merge", "-q", "--no-ff", "--no-commit", "side")
	r.Write("records/job/J-1.yaml", "id: J-1\nn: 2\nm: 2\n")
	r.Commit("merge")
	repo, h := read(t, r.Dir)
	s, err := ReadSignatures(repo, h, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	a := Assure(AssuranceRequest{History: h, Signatures: s})
	for pointer, want := range map[string]Level{"/n": Signed, "/m": Merged} {
		_, by := h.Timeline("J-1").ValueAfter(2, pointer)
		if got := a.Value(&by); got.Level != want {
			t.Errorf("%s is %s, not %s", pointer, got.Level, want)
		}
	}
	if got := a.Member(metric.Evidence{Record: "J-1", Commit: h.Head}).Level; got != Merged {
		t.Errorf("the member is %s", got)
	}
}

func TestParseLedger(t *testing.T) {
	const one, two = "1111111111111111111111111111111111111111", "2222222222222222222222222222222222222222"
	text := one + " 2026-03-05T09:01:00+08:00\n" +
		one + " 2026-03-05T00:59:00Z\n" + // earlier
		one + " 2026-03-06T09:01:00+08:00\n" +
		two + "  2026-03-05T09:01:00+08:00\n" + // two blanks
		two[:39] + " 2026-03-05T09:01:00+08:00\n" +
		strings.Repeat("A", 40) + " 2026-03-05T09:01:00+08:00\n" +
		two + " 2026-03-05T09:01:00\n" + // no offset
		two + " 2026-03-05T09:01:00+08:00\r\n" +
		"\n" +
		two + " 2026-02-30T09:01:00+08:00\n" +
		two + " 2026-03-05T09:01:00+08:00"
	l := ParseLedger("x", []byte(text))
	var bad []int
	for _, p := range l.Problems {
		bad = append(bad, p.Line)
	}
	if !slices.Equal(bad, []int{4, 5, 6, 7, 8, 9, 10}) || l.Lines != 11 {
		t.Errorf("bad lines %v of %d", bad, l.Lines)
	}
	if at, ok := l.Seen(one); !ok || at.UTC().Format(time.RFC3339) != "2026-03-05T00:59:00Z" {
		t.Errorf("first seen at %s", at)
	}
	if _, ok := l.Seen(two); !ok {
		t.Error("a last line without its end is not read")
	}
	if _, ok := (*Ledger)(nil).Seen(one); ok {
		t.Error("no ledger has seen something")
	}
	if l.ID != gitrepo.BlobID([]byte(text)) || len(l.ID) != 40 {
		t.Errorf("id %s", l.ID)
	}
}

func TestLevelsHaveNames(t *testing.T) {
	for i, l := range Levels() {
		if int(l) != i || l.Key() != "evidence.level."+l.String() {
			t.Errorf("level %d is %s, for people %s", i, l, l.Key())
		}
	}
}

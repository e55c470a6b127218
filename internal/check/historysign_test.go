package check_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/check"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
	"kept/internal/tooltest"
)

// keyed is a repository whose commits can be signed.
type keyed struct {
	*gittest.Repository
	t    *testing.T
	keys string
	n    int
}

func newKeyed(t *testing.T) *keyed {
	k := &keyed{Repository: gittest.New(t), t: t, keys: t.TempDir()}
	k.At("2026-03-02T09:00:00+08:00")
	k.Write("records/kpi/K1.yaml", kpi(1, "98"))
	return k
}

// admits makes a key for each name, of which the file admits those with an address.
func (k *keyed) admits(addresses map[string]string) {
	var lines []string
	for name, address := range addresses {
		tooltest.Run(k.t, k.keys, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name)
		public, err := os.ReadFile(filepath.Join(k.keys, name+".pub"))
		if err != nil {
			k.t.Fatal(err)
		}
		if address != "" {
			lines = append(lines, address+" "+string(public))
		}
	}
	slices.Sort(lines)
	k.Write("allowed_signers", strings.Join(lines, ""))
}

// commit writes another version of a record; a key's name signs it.
func (k *keyed) commit(key, message string) string {
	k.n++
	k.Write("records/job/J-2026-001.yaml", fmt.Sprintf("schema: job/v1\nid: J-2026-001\ntitle: t%d\nstatus: registered\n", k.n))
	if key == "" {
		return k.Commit(message)
	}
	k.Git("add", "-A")
	k.Git("-c", "gpg.format=ssh", "-c", "user.signingkey="+filepath.Join(k.keys, key), "commit", "-q", "-S", "-m", message)
	return strings.TrimSpace(k.Git("rev-parse", "HEAD"))
}

// judge returns what the rules about signatures and the ledger find.
func (k *keyed) judge(b *bench, ledger string) []string {
	repo, err := gitrepo.Open(k.Dir)
	if err != nil {
		k.t.Fatal(err)
	}
	defer repo.Close()
	head, err := repo.Resolve("HEAD", nil)
	if err != nil {
		k.t.Fatal(err)
	}
	req := b.request(k.t, repo, head)
	if req.Signatures, err = evidence.ReadSignatures(repo, req.History, b.zone); err != nil {
		k.t.Fatal(err)
	}
	if ledger != "" {
		req.Ledger = evidence.ParseLedger("observed.txt", []byte(ledger))
	}
	req.Assurance = evidence.Assure(evidence.AssuranceRequest{History: req.History, Signatures: req.Signatures, Ledger: req.Ledger, Clock: 5 * time.Minute})
	var list []string
	for _, f := range check.History(req) {
		if strings.HasPrefix(f.Rule, "audit-sign") || strings.HasPrefix(f.Rule, "audit-ledger") {
			subject := f.Position.String()
			if c, err := repo.Commit(gitrepo.Hash(f.Commit)); err == nil {
				subject = strings.TrimSpace(c.Message)
			}
			list = append(list, fmt.Sprintf("%s %s: %s %s", subject, f.Severity, f.Rule, f.Key))
		}
	}
	slices.Sort(list)
	return list
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestSignatureRules plays each way in which a signature may be wrong, where
// signatures are optional.
func TestSignatureRules(t *testing.T) {
	b := newBench(t)
	k := newKeyed(t)
	k.As("王磊 <wl@example.cn>")
	k.admits(map[string]string{"wl": "wl@example.cn", "zm": "zm@example.cn", "other": "", "forge": "*@forge.example", "old": `wl@example.cn valid-before="20260101"`, "alias": "WL@Example.cn"})
	k.commit("", "unsigned")
	k.commit("wl", "own")
	k.commit("alias", "own, in capitals")
	k.commit("zm", "by another")
	k.commit("other", "stranger")
	k.commit("old", "ran out")
	honest := k.commit("wl", "honest")
	forged := strings.Replace(k.Git("cat-file", "commit", honest), "honest", "forged", 1)
	k.Git("update-ref", "refs/heads/main", strings.TrimSpace(k.Feed(forged, "hash-object", "-t", "commit", "-w", "--stdin")))
	expect(t, k.judge(b, ""),
		"by another warning: audit-signer-other signature.other",
		"forged error: audit-signature-bad signature.mismatch",
		"ran out warning: audit-signature-unknown signature.too-late",
		"stranger info: audit-signature-unknown signature.not-admitted",
	)
}

// TestSignatureTimes signs by OpenPGP, whose signatures say when they were made, under
// dates of the past and of the future.
func TestSignatureTimes(t *testing.T) {
	b := newBench(t)
	k := newKeyed(t)
	k.As("周敏 <zm@example.cn>")
	home := t.TempDir()
	now := "20260302T100000"
	gpg := func(args ...string) string {
		return tooltest.Run(t, home, "gpg", append([]string{"--homedir", home, "--batch", "--quiet", "--no-tty", "--faked-system-time", now}, args...)...)
	}
	t.Cleanup(func() { _ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run() })
	gpg("--passphrase", "", "--quick-gen-key", "Zhou Min <zm@example.cn>", "ed25519", "sign", "0")
	k.Write("keys/zm.asc", gpg("--armor", "--export", "zm@example.cn"))
	k.commit("", "begin")
	program := filepath.Join(home, "gpg.sh")
	sign := func(made, dated, message string) {
		script := "#!/bin/sh\nexec gpg --homedir '" + home + "' --faked-system-time " + made + " \"$@\"\n"
		if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		k.At(dated)
		k.Write("records/job/J-2026-001.yaml", "schema: job/v1\nid: J-2026-001\ntitle: "+message+"\nstatus: registered\n")
		k.Git("add", "-A")
		k.Git("-c", "gpg.program="+program, "-c", "user.signingkey=zm@example.cn", "commit", "-q", "-S", "-m", message)
	}
	sign("20260303T020100", "2026-03-03T10:00:00+08:00", "at once")
	sign("20260303T044000", "2026-03-03T12:00:00+08:00", "after a break")
	sign("20260310T020000", "2026-03-04T10:00:00+08:00", "back-dated")
	sign("20260304T020000", "2026-03-05T10:00:00+08:00", "dated ahead")
	expect(t, k.judge(b, ""),
		"after a break info: audit-signature-time signature.made-later",
		"back-dated warning: audit-signature-time signature.made-later",
		"dated ahead warning: audit-signature-time signature.made-earlier",
	)
}

// TestRequiredSignatures demands them from the commit that builds on the demand,
// until a commit that builds on one that no longer demands them.
func TestRequiredSignatures(t *testing.T) {
	b := newBench(t)
	k := newKeyed(t)
	k.As("王磊 <wl@example.cn>")
	k.admits(map[string]string{"wl": "wl@example.cn", "other": ""})
	k.commit("", "before")
	k.Write("kept.yaml", "signatures: required\n")
	k.commit("", "demands")
	k.commit("", "missing")
	k.Write("kept.yaml", "signatures: [\n")
	k.commit("wl", "breaks the settings")
	k.commit("", "missing still")
	k.commit("other", "stranger")
	k.Git("checkout", "-q", "-b", "side")
	k.commit("wl", "side")
	k.Git("checkout", "-q", "main")
	k.Git("merge", "-q", "--no-ff", "-m", "forge merges what is signed", "side")
	k.Git("checkout", "-q", "-b", "side2")
	k.commit("", "side2")
	k.Git("checkout", "-q", "main")
	k.Git("merge", "-q", "--no-ff", "-m", "forge merges what is not", "side2")
	k.Write("kept.yaml", "signatures: optional\n")
	k.Write("allowed_signers", "wl@example.cn cert-authority ssh-ed25519 AAAA\n")
	k.commit("", "lifts the demand")
	k.commit("", "after")
	expect(t, k.judge(b, ""),
		"allowed_signers:1:1 warning: audit-signature-unknown signature.authority",
		"forge merges what is not warning: audit-signature-missing signature.missing",
		"lifts the demand warning: audit-signature-missing signature.missing",
		"missing still warning: audit-signature-missing signature.missing",
		"missing warning: audit-signature-missing signature.missing",
		"stranger warning: audit-signature-unknown signature.not-admitted",
	)
}

// TestLedgerRules holds a history against what CI has seen.
func TestLedgerRules(t *testing.T) {
	b := newBench(t)
	k := newKeyed(t)
	begin := k.commit("", "begin")
	lost := k.commit("", "lost")
	k.Git("reset", "-q", "--hard", begin)
	k.At("2026-03-03T09:00:00+08:00")
	k.commit("", "rewritten")
	k.At("2026-03-04T09:00:00+08:00")
	late := k.commit("", "late")
	k.At("2026-03-20T09:00:00+08:00")
	last := k.commit("", "last")
	const far = "3333333333333333333333333333333333333333"
	expect(t, k.judge(b, strings.Join([]string{
		begin + " 2026-03-02T09:01:00+08:00", lost + " 2026-03-02T09:02:00+08:00", late + " 2026-03-09T09:00:00+08:00",
		last + " 2026-03-20T08:00:00+08:00", far + " 2026-04-20T09:00:00+08:00", "what?", "",
	}, "\n")),
		"last warning: audit-ledger-late evidence.ledger-early",
		"late warning: audit-ledger-late evidence.ledger-late",
		"lost warning: audit-ledger-unknown evidence.ledger-unknown",
		"observed.txt:6:1 warning: audit-ledger-line evidence.ledger-line",
		"rewritten warning: audit-ledger-late evidence.ledger-late",
	)
	expect(t, k.judge(b, begin+" 2026-03-02T09:01:00+08:00\n"))
	expect(t, k.judge(b, ""))
}

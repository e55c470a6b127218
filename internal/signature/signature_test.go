package signature

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"
)

// fixture holds the payload, signatures and keys that were made once.
func fixture(t testing.TB) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "signed.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

func load(t testing.TB, allowed string, keys ...string) *Keys {
	t.Helper()
	tree := fstest.MapFS{AllowedSigners: {Data: []byte(allowed)}}
	for i, k := range keys {
		tree[Folder+"/"+string(rune('a'+i))+".asc"] = &fstest.MapFile{Data: []byte(k)}
	}
	k, err := Load(tree, time.FixedZone("", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const committed = "2026-03-03T09:06:40+08:00" // of the payload

func TestVerifySSH(t *testing.T) {
	f := fixture(t)
	for name, tt := range map[string]struct {
		sig, allowed string
		status       Status
		reason       Reason
	}{
		"ed25519":            {"ed25519", "wl@example.cn " + f["ed25519.pub"], Good, ""},
		"ecdsa":              {"ecdsa", "wl@example.cn " + f["ecdsa.pub"], Good, ""},
		"rsa":                {"rsa", "wl@example.cn " + f["rsa.pub"], Good, ""},
		"sha256":             {"sha256", "wl@example.cn " + f["ed25519.pub"], Good, ""},
		"comment and others": {"rsa", "# who may sign\n\nzm@example.cn " + f["ecdsa.pub"] + "wl@example.cn " + f["rsa.pub"], Good, ""},
		"nobody admitted":    {"stranger", "wl@example.cn " + f["ed25519.pub"], Unknown, NotAdmitted},
		"no file":            {"ed25519", "", Unknown, NotAdmitted},
		"for files":          {"file", "wl@example.cn " + f["ed25519.pub"], Bad, Namespace},
		"certificate":        {"cert", "wl@example.cn cert-authority " + f["ca.pub"], Unknown, Authority},
		"namespaces":         {"ed25519", `wl@example.cn namespaces="file,git" ` + f["ed25519.pub"], Good, ""},
		"other namespaces":   {"ed25519", `wl@example.cn namespaces="file" ` + f["ed25519.pub"], Unknown, ForOtherUses},
		"negated namespace":  {"ed25519", `wl@example.cn namespaces="*,!git" ` + f["ed25519.pub"], Unknown, ForOtherUses},
		"valid that day":     {"ed25519", `wl@example.cn valid-after="20260303",valid-before="20260304" ` + f["ed25519.pub"], Good, ""},
		"valid to the second": {
			"ed25519", `wl@example.cn valid-after="20260303010640Z",valid-before="20260303010640Z" ` + f["ed25519.pub"], Good, "",
		},
		"a second late":  {"ed25519", `wl@example.cn valid-before="20260303010639Z" ` + f["ed25519.pub"], Expired, TooLate},
		"a second early": {"ed25519", `wl@example.cn valid-after="20260303010641Z" ` + f["ed25519.pub"], Expired, TooEarly},
		"zone of the organisation": {
			"ed25519", `wl@example.cn valid-before="20260303090639" ` + f["ed25519.pub"], Expired, TooLate,
		},
		"renewed": {
			"ed25519", `wl@example.cn valid-before="20260101" ` + f["ed25519.pub"] + `wl@example.cn valid-after="20260101" ` + f["ed25519.pub"], Good, "",
		},
	} {
		k := load(t, tt.allowed)
		r := k.Verify([]byte(f["payload"]), []byte(f[tt.sig+".sig"]), at(t, committed))
		if r.Status != tt.status || r.Reason != tt.reason || r.Format != SSH || !strings.HasPrefix(r.Fingerprint, "SHA256:") {
			t.Errorf("%s: got %+v, want %s %q", name, r, tt.status, tt.reason)
		}
		if r.Status == Good && (!r.Of("WL@example.cn") || r.Of("zm@example.cn")) {
			t.Errorf("%s: it is the key of %q", name, r.Signers)
		}
	}
}

func TestVerifyOpenPGP(t *testing.T) {
	f := fixture(t)
	for name, tt := range map[string]struct {
		sig, key, at string
		status       Status
		reason       Reason
	}{
		"good":                        {"pgp", "good", committed, Good, ""},
		"made after the commit":       {"pgp", "good", "2026-03-03T08:00:00+08:00", Good, ""},
		"by a subkey":                 {"subkey", "expiring", "2026-01-15T17:00:00+08:00", Good, ""},
		"ran out":                     {"subkey", "expiring", committed, Expired, TooLate},
		"nobody's":                    {"pgp", "expiring", committed, Unknown, NotAdmitted},
		"retired later":               {"pgp", "retired", committed, Good, ""},
		"retired before":              {"pgp", "retired", "2026-04-02T08:00:00+08:00", Expired, Revoked},
		"compromised, found out late": {"pgp", "compromised", committed, Expired, Revoked},
	} {
		k := load(t, "", f[tt.key+".asc"])
		if len(k.Problems) > 0 {
			t.Errorf("%s: %v", name, k.Problems)
		}
		r := k.Verify([]byte(f["payload"]), []byte(f[tt.sig+".sig"]), at(t, tt.at))
		if r.Status != tt.status || r.Reason != tt.reason || r.Format != OpenPGP || len(r.Fingerprint) != 40 {
			t.Errorf("%s: got %+v, want %s %q", name, r, tt.status, tt.reason)
		}
		if r.Status == Good && tt.sig == "pgp" && !slices.Equal(r.Signers, []string{"zm@example.cn"}) {
			t.Errorf("%s: it is the key of %q", name, r.Signers)
		}
		if got := k.Revoked(r.Fingerprint); got != (tt.key == "compromised") {
			t.Errorf("%s: revoked for all times: %t", name, got)
		}
	}
}

// TestVerifyTampered changes each byte of the payload and of the signatures; none
// of it may pass.
func TestVerifyTampered(t *testing.T) {
	f := fixture(t)
	k := load(t, "wl@example.cn "+f["ed25519.pub"]+"wl@example.cn "+f["rsa.pub"], f["good.asc"])
	for _, name := range []string{"ed25519", "rsa", "pgp"} {
		for i := range f["payload"] {
			payload := []byte(f["payload"])
			payload[i] ^= 1
			if r := k.Verify(payload, []byte(f[name+".sig"]), at(t, committed)); r.Status != Bad || r.Reason != Mismatch {
				t.Fatalf("%s over a payload changed at %d: %+v", name, i, r)
			}
		}
		sig := f[name+".sig"]
		for i := range sig {
			made := []byte(sig)
			made[i] ^= 4
			if r := k.Verify([]byte(f["payload"]), made, at(t, committed)); r.Status == Good && name != "pgp" {
				t.Fatalf("%s changed at byte %d of its armour is good", name, i)
			}
		}
	}
}

func TestVerifyWhatIsNoSignature(t *testing.T) {
	f := fixture(t)
	k := load(t, "", f["good.asc"])
	for text, want := range map[string]Result{
		"":                                 {Status: None},
		"\n":                               {Status: None},
		"signed by me":                     {Status: Bad, Reason: Unreadable},
		sshHead + "\n" + sshFoot:           {Status: Bad, Reason: Unreadable, Format: SSH},
		sshHead + "\nU1NIU0lH\n":           {Status: Bad, Reason: Unreadable, Format: SSH},
		sshHead + "\nU1NIU0lH\n" + sshFoot: {Status: Bad, Reason: Unreadable, Format: SSH},
		"-----BEGIN PGP SIGNATURE-----\n\n=aaaa\n-----END PGP SIGNATURE-----": {Status: Bad, Reason: Unreadable, Format: OpenPGP},
		f["good.asc"]: {Status: Bad, Reason: Unreadable, Format: OpenPGP},
		"-----BEGIN SIGNED MESSAGE-----\nMIAG\n-----END SIGNED MESSAGE-----\n": {Status: Unknown, Reason: NotRead, Format: X509},
	} {
		r := k.Verify([]byte(f["payload"]), []byte(text), at(t, committed))
		if r.Status != want.Status || r.Reason != want.Reason || r.Format != want.Format {
			t.Errorf("%q: got %+v, want %+v", text, r, want)
		}
	}
	if r := (*Keys)(nil).Verify([]byte(f["payload"]), []byte(f["pgp.sig"]), at(t, committed)); r.Status != Unknown {
		t.Errorf("without keys: %+v", r)
	}
}

func TestLoadNamesWhatItCannotUse(t *testing.T) {
	f := fixture(t)
	allowed := strings.Join([]string{
		"# comment",
		"wl@example.cn cert-authority " + strings.TrimSpace(f["ca.pub"]),
		"wl@example.cn",
		"wl@example.cn ssh-ed25519 AAAA",
		`wl@example.cn valid-after="tomorrow" ` + strings.TrimSpace(f["rsa.pub"]),
		`wl@example.cn no-such-option ` + strings.TrimSpace(f["rsa.pub"]),
		`"wl@example.cn,zm@example.cn" namespaces="git" ` + strings.TrimSpace(f["rsa.pub"]),
	}, "\n")
	k := load(t, allowed, "no key", f["good.asc"])
	want := []Problem{
		{AllowedSigners, 2, "signature.authority"},
		{AllowedSigners, 3, "signature.line"},
		{AllowedSigners, 4, "signature.key"},
		{AllowedSigners, 5, "signature.option"},
		{AllowedSigners, 6, "signature.option"},
		{"keys/a.asc", 1, "signature.armour"},
	}
	if !slices.Equal(k.Problems, want) {
		t.Errorf("got %v, want %v", k.Problems, want)
	}
	if len(k.signers) != 1 || len(k.entities) != 1 || !k.Known() || (&Keys{}).Known() {
		t.Errorf("%d and %d keys are left", len(k.signers), len(k.entities))
	}
}

func TestMatchList(t *testing.T) {
	for _, tt := range []struct {
		list, s string
		want    bool
	}{
		{"*@example.cn", "wl@example.cn", true},
		{"*@example.cn,!wl@example.cn", "wl@example.cn", false},
		{"!wl@example.cn", "zm@example.cn", false},
		{"w?@example.cn", "wl@example.cn", true},
		{"w?@example.cn", "w@example.cn", false},
		{"*", "", true},
		{"", "wl@example.cn", false},
		{"a*b*c", "axxbyyc", true},
		{"a*b*c", "axxbyy", false},
		{strings.Repeat("a*", 40) + "b", strings.Repeat("a", 4000), false}, // in time
	} {
		if got := matchList(tt.list, tt.s); got != tt.want {
			t.Errorf("%q against %q: %t", tt.s, tt.list, got)
		}
	}
}

func FuzzVerify(f *testing.F) {
	files := fixture(f)
	for _, name := range []string{"ed25519", "rsa", "cert", "pgp", "subkey"} {
		f.Add([]byte(files[name+".sig"]), files["rsa.pub"])
	}
	keys := load(f, "", files["good.asc"])
	f.Fuzz(func(t *testing.T, sig []byte, allowed string) {
		keys := &Keys{entities: keys.entities}
		keys.allow(allowed, time.UTC)
		r := keys.Verify([]byte("other bytes"), sig, time.Unix(1772500000, 0))
		if r.Status == Good {
			t.Errorf("a signature over other bytes is good")
		}
	})
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"kept/internal/calendar"
	"kept/internal/config"
	"kept/internal/portal"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/schemas"
)

func TestLotsAreTheSmallestDigests(t *testing.T) {
	ids := []string{"TS-2026-0001", "TS-2026-0002", "TS-2026-0003", "TS-2026-0004"}
	list := lots("seed", ids)
	for i, l := range list {
		if sum := sha256.Sum256([]byte("seed" + l.id)); l.digest != hex.EncodeToString(sum[:]) {
			t.Errorf("digest of %s is %s", l.id, l.digest)
		}
		if i > 0 && list[i-1].digest > l.digest {
			t.Errorf("%s stands before %s", list[i-1].id, l.id)
		}
	}
	turned := slices.Clone(ids)
	slices.Reverse(turned)
	if !slices.Equal(list, lots("seed", turned)) {
		t.Error("the order of the register decides")
	}
	if slices.Equal(list, lots("Seed", ids)) {
		t.Error("the seed decides nothing")
	}
}

func TestSignersAreNamedByPersons(t *testing.T) {
	kinds, found := schema.Load(schemas.FS)
	if len(found) > 0 {
		t.Fatal(found)
	}
	rec, _ := record.Parse("records/person/u-a.yaml", []byte("schema: person/v1\nid: u-a\ntitle: 甲\nstatus: active\nidentities: [a@example.cn, b@example.cn]\n"), kinds)
	register, _ := record.Gather([]*record.Record{rec}, kinds)
	k := &packer{builder: builder{snapshot: &Snapshot{Register: register}}}
	text := strings.Join([]string{
		"# a@example.cn wrote this", "",
		"a@example.cn,b@example.cn ssh-ed25519 AAAA a@example.cn",
		`"A@example.cn" namespaces="git, file",valid-after="20260101" ssh-ed25519 BBBB comment with c@example.cn`,
		"c@example.cn sk-ssh-ed25519@openssh.com CCCC",
		"*@example.cn,a@example.cn ecdsa-sha2-nistp256 DDDD",
		"d@example.cn ssh-ed25519",
		"d@example.cn no key",
	}, "\r\n")
	want := strings.Join([]string{
		"u-a ssh-ed25519 AAAA",
		`u-a namespaces="git, file",valid-after="20260101" ssh-ed25519 BBBB`,
		"signer-3 sk-ssh-ed25519@openssh.com CCCC",
		"signer-4,u-a ecdsa-sha2-nistp256 DDDD", "",
	}, "\n")
	if got := k.signers(text); got != want {
		t.Errorf("signers\n%s\nwant\n%s", got, want)
	}
}

func TestPackPeriodsOfALayout(t *testing.T) {
	kinds, _ := schema.Load(schemas.FS)
	half := calendar.Period{Grain: calendar.Half, Year: 2026, Index: 1}
	k := &packer{request: PackRequest{Period: half}, builder: builder{snapshot: &Snapshot{Kinds: kinds, Config: config.Config{Zone: time.UTC}}}}
	for _, c := range []struct {
		layout portal.Layout
		want   string
	}{
		{portal.Layout{Grain: calendar.Month}, "2026-H1 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06"},
		{portal.Layout{Grain: calendar.Quarter}, "2026-H1 2026-Q1 2026-Q2"},
		{portal.Layout{Grain: calendar.Half}, "2026-H1"},
		{portal.Layout{Grain: calendar.FullYear}, "2026-H1"},
		{portal.Layout{}, "2026-H1"},
		{portal.Layout{Of: "complaint", Grain: calendar.Month}, "2026-H1"},
		{portal.Layout{Of: "person", Grain: calendar.Month}, (calendar.Period{}).String()},
		{portal.Layout{Content: portal.ContentClauses, Grain: calendar.Month}, "2026-H1"},
	} {
		var got []string
		for _, p := range k.periods(c.layout) {
			got = append(got, p.String())
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %q, want %q", c.layout, got, c.want)
		}
	}
}

func TestTabbedKeepsFieldsApart(t *testing.T) {
	var b strings.Builder
	tabbed(&b, "a\tb", "", " c\nd ", "-")
	if got := b.String(); got != "a b\t-\tc d\t-\n" {
		t.Errorf("line %q", got)
	}
}

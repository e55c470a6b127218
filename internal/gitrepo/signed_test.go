package gitrepo

import (
	"strings"
	"testing"
)

func TestSplitCommit(t *testing.T) {
	const head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n"
	for name, tt := range map[string]struct {
		data, payload, signature string
		several                  bool
	}{
		"unsigned":         {head + "\nmessage\n", head + "\nmessage\n", "", false},
		"signed":           {head + "gpgsig BEGIN\n one\n \n END\n\nmessage\n", head + "\nmessage\n", "BEGIN\none\n\nEND\n", false},
		"other header":     {head + "gpgsig BEGIN\n END\nencoding GBK\n\nm", head + "encoding GBK\n\nm", "BEGIN\nEND\n", false},
		"other format":     {head + "gpgsig-sha256 X\n Y\n\nm", head + "\nm", "", false},
		"twice":            {head + "gpgsig A\ngpgsig B\n\nm", head + "\nm", "A\nB\n", true},
		"in the message":   {head + "\ngpgsig no\n", head + "\ngpgsig no\n", "", false},
		"no message":       {head, head, "", false},
		"multi-line other": {head + "mergetag object 1\n gpgsig no\n\nm", head + "mergetag object 1\n gpgsig no\n\nm", "", false},
	} {
		s := splitCommit([]byte(tt.data))
		if string(s.Payload) != tt.payload || string(s.Signature) != tt.signature || s.Several != tt.several {
			t.Errorf("%s: payload %q, signature %q, several %t", name, s.Payload, s.Signature, s.Several)
		}
	}
}

func TestParseTag(t *testing.T) {
	const head = "object 4b825dc642cb6eb9a060e54bf8d69288fbee4904\ntype commit\ntag v1\ntagger 王磊 <wl@example.cn> 1772500000 +0800\n\n九月\n"
	for _, sig := range []string{"", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n"} {
		tag := parseTag("11", []byte(head+sig))
		if tag.Name != "v1" || tag.Message != "九月" || tag.Tagger.Email != "wl@example.cn" || !strings.HasPrefix(string(tag.Object), "4b825dc") {
			t.Errorf("tag %+v", tag)
		}
		if string(tag.Signed.Payload) != head || string(tag.Signed.Signature) != sig {
			t.Errorf("payload %q, signature %q", tag.Signed.Payload, tag.Signed.Signature)
		}
	}
}

func TestBlobID(t *testing.T) {
	if got := BlobID(nil); got != "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391" {
		t.Errorf("the empty file is %s", got)
	}
}

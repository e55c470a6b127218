package config

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestFonts(t *testing.T) {
	digest := strings.Repeat("0a", 32)
	load := func(yaml string) (Config, int) {
		t.Helper()
		c, found, err := Load(fstest.MapFS{File: {Data: []byte(yaml)}})
		if err != nil {
			t.Fatal(err)
		}
		return c, len(found)
	}
	c, n := load("fonts:\n  bold: {file: ../fonts/b.ttf, sha256: " + digest + "}\n  fallback:\n    - {file: /f/x.ttf, sha256: " + digest + "}\n")
	if n != 0 || c.Fonts.Regular != nil || *c.Fonts.Bold != (Font{"../fonts/b.ttf", digest}) || len(c.Fonts.Fallback) != 1 || c.Fonts.Fallback[0].Path != "/f/x.ttf" {
		t.Errorf("reads %+v with %d findings", c.Fonts, n)
	}
	for name, yaml := range map[string]string{
		"no digest":    "fonts: {bold: {file: b.ttf}}",
		"short digest": "fonts: {bold: {file: b.ttf, sha256: 0a}}",
		"no file":      "fonts: {fallback: [{sha256: " + digest + "}]}",
		"another key":  "fonts: {bold: {file: b.ttf, sha256: " + digest + ", index: 1}}",
		"no such face": "fonts: {italic: {file: b.ttf, sha256: " + digest + "}}",
	} {
		if c, n := load(yaml); n != 1 || c.Fonts.Bold != nil || len(c.Fonts.Fallback) != 0 {
			t.Errorf("%s: %d findings, fonts %+v", name, n, c.Fonts)
		}
	}
}

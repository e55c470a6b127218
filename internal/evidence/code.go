// Package evidence says what a history proves and how anyone can check it: the
// code of a paper, seals of published figures, anchors kept elsewhere, and the
// assurance behind a claim. It works on values that it is given.
package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"regexp"
	"strings"
)

// The lengths of a code's parts.
const (
	codeCommit = 12
	codeDigest = 10
)

// noPeriod stands in a code for a paper without a period, or without a commit.
const noPeriod = "-"

// Code is what identifies a paper: `<print>.<period or ->.<commit12>.<digest10>`.
type Code struct {
	Print  string // id of its layout, or of its record as a page is named after it; in small letters
	Period string // 2026-09; "" for none
	Commit string // 12 digits of its data version; "" where the content is in no commit
	Digest string // 10 digits of [Content.Digest]
}

// longestPrint bounds the name of a print in a code, in bytes.
const longestPrint = 800

var codePattern = regexp.MustCompile(`^([a-z0-9_~-][a-z0-9._~-]*)\.(-|[0-9]{4}(?:-(?:[0-9]{2}|q[1-4]|h[12]))?)\.(-|[0-9a-f]{12})\.([0-9a-f]{10})$`)

// ParseCode reads a code in small or capital letters, as a person types it or a
// QR code holds it.
func ParseCode(s string) (Code, bool) {
	part := codePattern.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if part == nil || len(part[1]) > longestPrint {
		return Code{}, false
	}
	return Code{Print: part[1], Period: given(strings.ToUpper(part[2])), Commit: given(part[3]), Digest: part[4]}, true
}

func given(s string) string {
	if s == noPeriod {
		return ""
	}
	return s
}

// String is the code as it is printed.
func (c Code) String() string {
	return strings.Join([]string{c.Print, or(c.Period), or(c.Commit), c.Digest}, ".")
}

// QR is the code as its QR code holds it: in capitals it takes fewer squares.
func (c Code) QR() string { return strings.ToUpper(c.String()) }

func or(s string) string {
	if s == "" {
		return noPeriod
	}
	return s
}

// Content is what a paper says, apart from how it is set: neither font nor place
// nor version of the program is part of it.
type Content struct {
	Print, Lang, Edition, Period string
	Commit                       string // data version, the full id
	Lines                        []Line // in the order of reading
}

// Line is one text of a paper and what it is: title, cell, note.
type Line struct{ Part, Text string }

// Text is the canonical form: one line for each text, its part, a tab and the
// text with backslash, tab and line ends escaped; first those of the paper itself.
func (c Content) Text() string {
	var b strings.Builder
	c.writeTo(&b)
	return b.String()
}

// writeTo writes the canonical form piece by piece: that of a long register takes
// megabytes, and its digest needs one line of them at a time.
func (c Content) writeTo(w io.Writer) {
	var line []byte
	write := func(part, text string) {
		line = append(append(line[:0], part...), '\t')
		line = append(append(line, escape.Replace(text)...), '\n')
		_, _ = w.Write(line) // neither a Builder nor a hash fails
	}
	write("print", c.Print)
	write("lang", c.Lang)
	write("edition", c.Edition)
	write("period", c.Period)
	write("commit", c.Commit)
	for _, l := range c.Lines {
		write(l.Part, l.Text)
	}
}

var escape = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// Digest is the SHA-256 of the canonical form in hexadecimal.
func (c Content) Digest() string {
	sum := sha256.New()
	c.writeTo(sum)
	return hex.EncodeToString(sum.Sum(nil))
}

// Code is the code of a paper of this content.
func (c Content) Code() Code {
	return Code{Print: strings.ToLower(c.Print), Period: c.Period, Commit: c.Commit[:min(codeCommit, len(c.Commit))], Digest: c.Digest()[:codeDigest]}
}

package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"time"

	"kept/internal/evidence"
	"kept/internal/locale"
	"kept/internal/redact"
)

// Outcome is what became of a proof.
type Outcome string

// The outcomes.
const (
	Proven  Outcome = "proven"
	Differs Outcome = "differs"
	Cannot  Outcome = "cannot" // nothing can be said with this repository and this version of kept
)

// Said is one sentence of a verdict.
type Said struct {
	Key  string
	Args []locale.Arg
}

// Verdict is what a repository says about a paper.
type Verdict struct {
	Outcome Outcome
	Code    string // of the paper, "" where it has none
	SHA256  string // of the file, "" for a code alone
	Said    []Said // the first is the verdict
}

func (v *Verdict) say(key string, args ...locale.Arg) { v.Said = append(v.Said, Said{key, args}) }

func verdict(o Outcome, key string, args ...locale.Arg) *Verdict {
	return &Verdict{Outcome: o, Said: []Said{{key, args}}}
}

// largestPaper bounds the file that is read into memory. A seal is compared with
// larger ones too, by their digest.
const largestPaper = 64 << 20

// VerifyRequest is what a reader knows beside the paper.
type VerifyRequest struct {
	// AsOf is the moment that the paper names, for a code: a file says it by itself.
	// Zero where it names none.
	AsOf time.Time
	// Contacts are those that the paper was printed with, nil for none.
	Contacts redact.Contacts
}

// VerifyFile compares a PDF with a seal of its SHA-256, else prints the paper that
// its code names again and compares the bytes; a workbook or text file of a register
// likewise, and then its cells.
func (p *Project) VerifyFile(name string, req VerifyRequest) (*Verdict, error) {
	data, sum, size, err := readPaper(name)
	if err != nil {
		return nil, err
	}
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return nil, err
	}
	c := p.prover(s, req)
	v := c.bySeal(sum)
	if v == nil && isSheet(name) && size <= largestPaper {
		v, code, err := c.bySheet(name, data)
		if err != nil {
			return nil, err
		}
		v.SHA256 = sum
		if code != (evidence.Code{}) {
			v.Code = code.String()
		}
		return v, nil
	}
	file, fault := evidence.ReadPaper(data)
	switch {
	case v != nil:
	case size > largestPaper:
		v = verdict(Cannot, "evidence.verify.too-large")
	case fault != evidence.Whole:
		v = verdict(Cannot, faultKey(fault))
	case file.Contacts && req.Contacts == nil:
		v = verdict(Cannot, "evidence.verify.contacts")
	default:
		if v, err = c.byPrinting(file, data); err != nil {
			return nil, err
		}
	}
	v.SHA256 = sum
	if fault == evidence.Whole {
		v.Code = file.Code.String()
	}
	return v, nil
}

// readPaper digests a regular file, and gives its bytes where it is not too large.
func readPaper(name string) ([]byte, string, int64, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, "", 0, fmt.Errorf("read paper %q: no regular file", name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	var head bytes.Buffer
	if _, err := io.Copy(io.MultiWriter(h, &head), io.LimitReader(f, largestPaper)); err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	rest, err := io.Copy(h, f)
	if err != nil {
		return nil, "", 0, fmt.Errorf("read paper: %w", err)
	}
	size := int64(head.Len()) + rest
	return head.Bytes(), hex.EncodeToString(h.Sum(nil)), size, nil
}

func faultKey(f evidence.FileFault) string {
	switch f {
	case evidence.CutOff:
		return "evidence.fault.cut-off"
	case evidence.Encrypted:
		return "evidence.fault.encrypted"
	case evidence.Foreign:
		return "evidence.fault.foreign"
	}
	return "evidence.fault.no-pdf"
}

// VerifyCode prints the paper that a code names again, in each language and
// edition, and compares the digest of what it says.
func (p *Project) VerifyCode(code evidence.Code, req VerifyRequest) (*Verdict, error) {
	s, err := p.Snapshot(Moment{})
	if err != nil {
		return nil, err
	}
	file := evidence.PaperFile{Code: code}
	if !req.AsOf.IsZero() {
		file.AsOf = req.AsOf.Format(time.RFC3339)
	}
	v, err := p.prover(s, req).byPrinting(file, nil)
	if v != nil {
		v.Code = code.String()
	}
	return v, err
}

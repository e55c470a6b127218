package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"kept/internal/calendar"
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// The keys of a pack's request in the YAML that travels in its cover. A ledger from a
// file is named by its name alone and cannot be found again.
const (
	packKey      = "pack"
	packAsOf     = "as_of"
	packRecords  = "records"
	packFrom     = "from"
	packSample   = "sample"
	packSeed     = "seed"
	packMoney    = "money"
	packLang     = "languages"
	packLedger   = "ledger"
	packAnchors  = "anchors"
	refNamespace = "refs/"
)

// repeatable is the request as YAML, for whoever proves the cover.
func (k *packer) repeatable() string {
	r := map[string]any{}
	if k.asked {
		r[packAsOf] = instant(k.snapshot.AsOf)
	}
	if len(k.request.Records) > 0 {
		r[packRecords] = k.request.Records
	}
	if k.sample != nil {
		r[packFrom], r[packSample], r[packSeed] = k.sample.Kind, k.sample.Size, k.sample.Seed
	}
	if k.request.Money {
		r[packMoney] = true
	}
	if len(k.request.Languages) > 0 {
		r[packLang] = k.request.Languages
	}
	if l := k.snapshot.Ledger; l != nil {
		r[packLedger] = l.Name
		if strings.HasPrefix(k.request.Ledger, refNamespace) {
			r[packLedger] = k.request.Ledger
		}
	}
	if len(k.snapshot.anchored) > 0 {
		r[packAnchors] = k.snapshot.anchored
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(r) // maps of texts never fail, and their keys are sorted
	return packKey + ": " + b.String()
}

// requestOf reads the request of a cover back; false where it cannot be repeated: the
// file may say anything, and names no place outside of the repository.
func requestOf(file evidence.PaperFile, req PackRequest) (PackRequest, bool) {
	doc, found := yamldoc.Parse("provenance", file.Provenance)
	if doc == nil || len(found) > 0 || !doc.Root().Has(packKey) {
		return req, false
	}
	o := doc.Root().Object(packKey)
	req.Records, req.From, req.Seed, req.Money = o.Texts(packRecords), o.Text(packFrom), o.Text(packSeed), o.Flag(packMoney)
	req.Sample = wholeNumber(o, packSample)
	for _, l := range o.Texts(packLang) {
		lang, err := locale.ParseLang(l)
		if err != nil {
			return req, false
		}
		req.Languages = append(req.Languages, lang)
	}
	if text := o.Text(packAsOf); text != "" {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return req, false
		}
		req.AsOf = at
	}
	req.Ledger, req.Anchors = o.Text(packLedger), o.Texts(packAnchors)
	return req, req.Ledger == "" || strings.HasPrefix(req.Ledger, refNamespace)
}

// wholeNumber reads a count; zero where there is none.
func wholeNumber(o yamldoc.Object, key string) int {
	n, ok := o.Number(key)
	if !ok || !n.IsInt() || !n.Num().IsInt64() || n.Sign() < 0 || n.Num().Int64() > 1<<30 {
		return 0
	}
	return int(n.Num().Int64())
}

// byPacking proves the cover of a pack: packs again without writing, and compares. A
// file says what was asked for; of a code alone that is not known, so that only a
// pack without a choice of records can be tried.
func (c *prover) byPacking(hash gitrepo.Hash, file evidence.PaperFile, data []byte) (*Verdict, error) {
	period, err := calendar.ParsePeriod(file.Code.Period)
	if err != nil {
		return verdict(Cannot, "evidence.verify.unknown-print", locale.A("id", file.Code.Print)), nil
	}
	plain := PackRequest{Moment: Moment{At: string(hash)}, Period: period}
	requests := []PackRequest{plain, plain}
	requests[1].Money = true
	if data != nil {
		req, ok := requestOf(file, plain)
		if !ok {
			return verdict(Cannot, "evidence.verify.cover"), nil
		}
		requests = []PackRequest{req}
	} else if at, err := time.Parse(time.RFC3339, file.AsOf); err == nil {
		requests[0].AsOf, requests[1].AsOf = at, at
	}
	var first, same *Paper
	for _, req := range requests {
		covers, err := c.covers(req)
		if err != nil {
			return c.unpackable(err)
		}
		for _, cover := range covers {
			match := cover.Content.Code() == file.Code
			if match && (data == nil || bytes.Equal(cover.Bytes, data)) {
				key := "evidence.verify.same-bytes"
				if data == nil {
					key = "evidence.verify.same-digest"
				}
				return verdict(Proven, key, locale.A("commit", file.Code.Commit), locale.A("at", hash.Short())), nil
			}
			if match {
				same = cover
			}
			if cover.Content.Lang == file.Lang {
				first = cover
			}
		}
	}
	if data == nil || first == nil {
		return verdict(Cannot, "evidence.verify.cover"), nil
	}
	return c.unlike(file, data, first, same), nil
}

// covers packs again without writing.
func (c *prover) covers(req PackRequest) ([]*Paper, error) {
	k, err := c.project.packer(req)
	if err != nil {
		return nil, err
	}
	if err := k.all(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", req.Period, err)
	}
	return k.covers, nil
}

// unpackable says that a pack cannot be made as a file or a code asks for.
func (c *prover) unpackable(err error) (*Verdict, error) {
	var personal *PersonalDataError
	var record *UnknownRecordError
	switch {
	case errors.As(err, &personal), errors.As(err, &record), errors.Is(err, ErrNoPopulation), errors.Is(err, ErrLedger), errors.Is(err, ErrNoAnchor):
		return verdict(Cannot, "evidence.verify.cover"), nil
	}
	return nil, err
}

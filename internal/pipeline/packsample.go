package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kept/internal/portal"
	"kept/internal/publish"
	"kept/internal/yamldoc"
	"kept/templates"
)

// ErrNoPopulation is a kind that no sample can be drawn from.
var ErrNoPopulation = errors.New("no kind of records with a date has that name")

// packTemplate names the kind that samples are drawn from unless one is asked for.
const packTemplate = "pack.yaml"

// lot is one record that could be drawn.
type lot struct{ digest, id string }

// lots orders ids by the SHA-256 of the seed followed by the id: the first are
// drawn, so that a sample of more contains each sample of fewer.
func lots(seed string, ids []string) []lot {
	list := make([]lot, len(ids))
	for i, id := range ids {
		sum := sha256.Sum256([]byte(seed + id))
		list[i] = lot{hex.EncodeToString(sum[:]), id}
	}
	slices.SortFunc(list, func(a, b lot) int { return cmp.Or(cmp.Compare(a.digest, b.digest), cmp.Compare(a.id, b.id)) })
	return list
}

// choose draws the sample and finds the records whose forms are packed.
func (k *packer) choose() error {
	for _, id := range k.request.Records {
		if rec := k.snapshot.Register.Get(id); rec == nil || rec.Broken || rec.Kind == nil {
			return &UnknownRecordError{id}
		}
		k.form(id)
	}
	if k.request.Sample == 0 {
		return nil
	}
	kind, ids, err := k.population()
	if err != nil {
		return err
	}
	k.lottery = lots(k.request.Seed, ids)
	k.sample = &publish.Sample{Kind: kind, Seed: k.request.Seed, Size: k.request.Sample, Population: len(ids), Drawn: []string{}}
	for _, l := range k.lottery[:min(k.request.Sample, len(k.lottery))] {
		k.sample.Drawn = append(k.sample.Drawn, l.id)
		k.form(l.id)
	}
	return nil
}

func (k *packer) form(id string) {
	if !slices.Contains(k.forms, id) {
		k.forms = append(k.forms, id)
	}
}

// population is the records of a kind whose date lies in the period.
func (k *packer) population() (string, []string, error) {
	name := k.request.From
	if name == "" {
		var err error
		if name, err = k.sampled(); err != nil {
			return "", nil, err
		}
	}
	kind := k.snapshot.Kinds.Kind(name)
	if kind == nil || kind.Date == "" {
		return "", nil, fmt.Errorf("draw from %q: %w", name, ErrNoPopulation)
	}
	var ids []string
	zone := k.snapshot.Config.Zone
	span := k.request.Period.In(zone)
	for rec := range k.snapshot.Register.Of(name) {
		if at, ok := rec.Moment(kind.Date, zone); ok && !rec.Broken && span.Contains(at) {
			ids = append(ids, rec.ID)
		}
	}
	return name, ids, nil
}

// sampled reads which kind is drawn from.
func (k *packer) sampled() (string, error) {
	files, err := carried(k.snapshot.files, "templates/pack", templates.FS, "pack")
	if err != nil {
		return "", err
	}
	data, err := fs.ReadFile(files, packTemplate)
	if err != nil {
		return "", fmt.Errorf("read what is drawn from: %w", err)
	}
	doc, found := yamldoc.Parse(packTemplate, data)
	if doc == nil || len(found) > 0 {
		return "", fmt.Errorf("read what is drawn from: %q is not readable YAML", packTemplate)
	}
	return doc.Root().Text("sample"), nil
}

// drawing writes all that could be drawn in the order of drawing.
func (k *packer) drawing(*portal.View) error {
	if k.sample == nil {
		return nil
	}
	var b strings.Builder
	tabbed(&b, "sha256_of_seed_and_id", "id", "drawn")
	for i, l := range k.lottery {
		drawn := "no"
		if i < len(k.sample.Drawn) {
			drawn = "yes"
		}
		tabbed(&b, l.digest, l.id, drawn)
	}
	return k.put("data/sample.tsv", []byte(b.String()))
}

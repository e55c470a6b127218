package record_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/record"
	"kept/internal/schema"
)

// disposals is a register with disposals as the kind of cards has them: the same
// shape, another name.
func disposals(t *testing.T, texts map[string]string) *record.Register {
	t.Helper()
	kind := strings.NewReplacer("kind: card\n", "kind: disposal\n", "kind: card,", "kind: disposal,", "'^C[0-9]+$'", "'^XH-[0-9]+$'", "{id: open,", "{id: destroyed,", "initial: open", "initial: destroyed").Replace(cardKind)
	shape := strings.NewReplacer("card/v1", "disposal/v1", `["open"]`, `["destroyed", "proposed"]`, `["开"]`, `["已销毁", "提出"]`, `["Open"]`, `["Destroyed", "Proposed"]`, `"x-ref": ["card"]`, `"x-ref": ["disposal"]`,
		`"parts"`, `"items"`, `"of"`, `"record"`).Replace(cardSchema)
	kind = strings.ReplaceAll(strings.ReplaceAll(kind, "parts.of", "items.record"), "phase: open}]", "phase: done}, {id: proposed, title: {zh-CN: 提出, en: Proposed}, phase: open}]")
	files := fstest.MapFS{"schemas/disposal.schema.json": {Data: []byte(shape)}, "schemas/disposal.kind.yaml": {Data: []byte(kind)}}
	for id, text := range texts {
		files["records/disposal/"+id+".yaml"] = &fstest.MapFile{Data: []byte("schema: disposal/v1\nid: " + id + "\ntitle: x\n" + text)}
	}
	kindFiles, err := fs.Sub(files, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	kinds, found := schema.Load(kindFiles)
	if len(found) > 0 {
		t.Fatal(found)
	}
	reg, _, err := record.Load(files, kinds)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestDisposed(t *testing.T) {
	reg := disposals(t, map[string]string{
		"XH-1": "status: destroyed\nitems: [{record: TS-2020-0002}, {record: TS-2020-0001}, {}]\n",
		"XH-2": "status: proposed\nitems: [{record: TS-2020-0003}]\n",
		"XH-3": "status: destroyed\nitems: [broken\n",
	})
	for id, want := range map[string]bool{"TS-2020-0001": true, "ts-2020-0002": true, "TS-2020-0003": false, "": false, "XH-1": false} {
		if got := reg.Disposed(id); got != want {
			t.Errorf("%q disposed of: %v", id, got)
		}
	}
	if got := slices.Collect(reg.DisposedIDs()); !slices.Equal(got, []string{"TS-2020-0001", "TS-2020-0002"}) {
		t.Errorf("disposed of are %v", got)
	}
	for range reg.DisposedIDs() {
		break
	}
}

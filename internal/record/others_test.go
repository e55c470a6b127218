package record_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/calendar"
	"kept/internal/record"
	"kept/internal/schema"
)

const (
	cardSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "卡片", "x-en": "Card", "type": "object", "additionalProperties": false,
  "required": ["schema", "id", "title", "status"],
  "properties": {
    "schema": {"title": "格式", "x-en": "Format", "type": "string", "const": "card/v1"},
    "id": {"title": "编号", "x-en": "Number", "type": "string", "maxLength": 20},
    "title": {"title": "标题", "x-en": "Title", "type": "string", "maxLength": 20},
    "status": {"title": "状态", "x-en": "Status", "type": "string", "enum": ["open"], "enumDescriptions": ["开"], "x-en-enum": ["Open"]},
    "on": {"title": "日期", "x-en": "On", "type": "string", "format": "date"},
    "box": {"title": "盒", "x-en": "Box", "type": "string", "maxLength": 20},
    "next": {"title": "下一张", "x-en": "Next", "type": "array", "maxItems": 9,
      "items": {"title": "卡", "x-en": "Card", "type": "string", "maxLength": 20, "x-ref": ["card"]}},
    "parts": {"title": "部分", "x-en": "Parts", "type": "array", "maxItems": 9, "items": {
      "type": "object", "additionalProperties": false, "required": ["of"],
      "properties": {
        "of": {"title": "属于", "x-en": "Of", "type": "string", "maxLength": 20, "x-ref": []},
        "made": {"title": "制作日期", "x-en": "Made", "type": "string", "format": "date"}}}},
    "links": {"title": "关联", "x-en": "Links", "type": "array", "maxItems": 9, "items": {
      "type": "object", "additionalProperties": false, "required": ["rel", "id"],
      "properties": {
        "rel": {"title": "关系", "x-en": "Relation", "type": "string", "maxLength": 20},
        "id": {"title": "记录", "x-en": "Record", "type": "string", "maxLength": 20, "x-ref": []}}}}
  }
}`
	cardKind = `kind: card
version: 1
title: {zh-CN: 卡片, en: Card}
envelope: reference
id: {pattern: '^C[0-9]+$', template: ''}
dated: false
label: title
states: [{id: open, title: {zh-CN: 开, en: Open}, phase: open}]
initial: open
limits:
  - {name: due, title: {zh-CN: 期限, en: Due}, start: "on", done: "on", by: [status], amounts: {default: 2 calendar_days}}
lookups:
  - {name: ahead, kind: card, from: next, take: [id, due]}
  - {name: behind, kind: card, back: next, take: [id]}
  - {name: holders, kind: card, back: parts.of, take: [id]}
  - {name: copies, kind: card, from: links.id, rel: copy, take: [id]}
  - {name: copied, kind: card, back: links.id, rel: copy, take: [id]}
  - {name: boxed, kind: card, match: box, take: [id]}
  - {name: every, kind: card, all: true, take: [id]}
register:
  title: {zh-CN: 卡片, en: Cards}
  print: cards
  columns: [{name: id, width: 10}]
blocks:
  - {title: {zh-CN: 卡, en: Card}, fields: [title]}
`
)

const partLimit = `  - {name: part_due, title: {zh-CN: 部分期限, en: Part due}, start: parts.made, done: "on", amounts: {default: 1 working_days}}
`

// cards is a register of cards, given by id and what stands below the envelope.
func cards(t *testing.T, texts map[string]string) *record.Register {
	t.Helper()
	files := fstest.MapFS{
		"schemas/card.schema.json": {Data: []byte(cardSchema)}, "schemas/card.kind.yaml": {Data: []byte(strings.Replace(cardKind, "lookups:\n", partLimit+"lookups:\n", 1))},
	}
	for id, text := range texts {
		files["records/card/"+id+".yaml"] = &fstest.MapFile{Data: []byte("schema: card/v1\nid: " + id + "\ntitle: x\nstatus: open\n" + text)}
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

func days(t *testing.T) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.New(time.UTC, []calendar.Window{{Open: 9 * time.Hour, Close: 18 * time.Hour}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

func found(o *record.Others, rec *record.Record, lookup string) string {
	i := slices.IndexFunc(rec.Kind.Lookups, func(l schema.Lookup) bool { return l.Name == lookup })
	var ids []string
	for _, other := range o.Records(rec, rec.Kind.Lookups[i]) {
		ids = append(ids, other.ID)
	}
	return strings.Join(ids, " ")
}

func TestOthers(t *testing.T) {
	reg := cards(t, map[string]string{
		"C1": "box: red\nnext: [C3, C2, C3, C9]\nparts: [{of: C4}, {of: C4}]\nlinks: [{rel: copy, id: C4}, {rel: part, id: C2}]\n",
		"C2": "box: red\nnext: [C1]\n",
		"C3": "box: blue\nnext: [C3]\n",
		"C4": "parts: [{of: C1}]\n",
		"C5": "box: [broken\n",
	})
	o := record.NewOthers(reg, days(t), time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	for _, c := range []struct{ id, lookup, want string }{
		{"C1", "ahead", "C2 C3"},  // each once, in order; one that is not there is none
		{"C1", "behind", "C2"},    // a cycle of two
		{"C3", "ahead", "C3"},     // of one
		{"C3", "behind", "C1 C3"}, // twice named, once found
		{"C4", "holders", "C1"},   // inside a list
		{"C1", "holders", "C4"},
		{"C1", "copies", "C4"}, // the relation counts
		{"C2", "copied", ""},
		{"C4", "copied", "C1"},
		{"C1", "boxed", "C2"},       // without itself
		{"C3", "boxed", ""},         // nobody else's box
		{"C4", "boxed", ""},         // no box matches no box
		{"C4", "every", "C1 C2 C3"}, // without itself, and without what cannot be read
	} {
		if got := found(o, reg.Get(c.id), c.lookup); got != c.want {
			t.Errorf("%s of %s are %q, want %q", c.lookup, c.id, got, c.want)
		}
	}
	var none *record.Others
	if got := found(none, reg.Get("C1"), "ahead"); got != "" {
		t.Errorf("nobody's others are %q", got)
	}
}

// A version that is not in the register yet names what it names itself, and finds
// no former self.
func TestOthersOfANewVersion(t *testing.T) {
	reg := cards(t, map[string]string{"C1": "box: red\nnext: [C2]\n", "C2": "box: blue\n", "C3": "box: red\nnext: [C1]\n"})
	o := record.NewOthers(reg, days(t), time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	next, _ := record.Parse("records/card/C1.yaml", []byte("schema: card/v1\nid: C1\ntitle: x\nstatus: open\nbox: red\nnext: [C3]\n"), reg.Kinds())
	for lookup, want := range map[string]string{"ahead": "C3", "behind": "C3", "boxed": "C3"} {
		if got := found(o, next, lookup); got != want {
			t.Errorf("%s are %q, want %q", lookup, got, want)
		}
	}
}

// Expressions see what a lookup takes, and no more.
func TestOthersAsValues(t *testing.T) {
	reg := cards(t, map[string]string{"C1": "next: [C2, C3]\n", "C2": "\"on\": \"2026-09-01\"\n", "C3": ""})
	asOf := time.Date(2026, 9, 9, 0, 0, 0, 0, time.UTC)
	rec := reg.Get("C1")
	vars := rec.Vars(record.Facts{Zone: time.UTC, AsOf: asOf, Others: record.NewOthers(reg, days(t), asOf)})
	rows, _ := vars["ahead"].([]map[string]any)
	if len(rows) != 2 || len(rows[0]) != 2 || rows[0]["id"] != "C2" || rows[1]["id"] != "C3" {
		t.Fatalf("ahead is %v", rows)
	}
	if due, _ := rows[0]["due"].(time.Time); due.Format(time.DateOnly) != "2026-09-04" && due.Format(time.DateOnly) != "2026-09-03" {
		t.Errorf("due is %v", due)
	}
	if due, ok := rows[1]["due"].(time.Time); !ok || !due.IsZero() {
		t.Errorf("a limit that does not run is %v", rows[1]["due"])
	}
}

// A limit that starts with a field of a list's items gives each item its due time,
// and the record none; one that is done with such a field is done with the first.
func TestLimitOfItems(t *testing.T) {
	reg := cards(t, map[string]string{"C1": "\"on\": \"2026-09-01\"\nparts: [{of: C2, made: \"2026-09-05\"}, {of: C2}, {of: C2, made: \"2026-09-02\"}]\n", "C2": ""})
	asOf := time.Date(2026, 9, 9, 0, 0, 0, 0, time.UTC)
	rec := reg.Get("C1")
	due := func(l schema.TimeLimit) time.Time {
		d, _ := rec.Deadline(l, days(t), nil, asOf)
		return d.Due
	}
	parts, _ := rec.Vars(record.Facts{Zone: time.UTC, AsOf: asOf, Due: due})["parts"].([]map[string]any)
	var got []string
	for _, part := range parts {
		at, _ := part["part_due"].(time.Time)
		got = append(got, at.Format(time.DateTime))
	}
	// 5 September 2026 is a Saturday: its day 0 is Monday.
	if text := strings.Join(got, ", "); text != "2026-09-08 18:00:00, 0001-01-01 00:00:00, 2026-09-03 18:00:00" {
		t.Errorf("due are %s", text)
	}
	l, _ := rec.Kind.Limit("part_due")
	if d, ok := rec.Deadline(l, days(t), nil, asOf); ok {
		t.Errorf("the record itself is due %v", d.Due)
	}
	if at, ok := rec.MomentAsOf("parts.made", time.UTC, asOf); !ok || at.Format(time.DateOnly) != "2026-09-02" {
		t.Errorf("first made %v", at)
	}
	if at, ok := rec.MomentAsOf("parts.made", time.UTC, time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC)); ok {
		t.Errorf("made before it was: %v", at)
	}
	types := record.Types(rec.Kind, reg.Kinds())
	if _, ok := types["part_due"]; ok || types["parts"].Fields["part_due"].Shape == 0 {
		t.Errorf("part_due is no name of the items alone: %v", types)
	}
}

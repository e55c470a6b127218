package pipeline_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/finding"
	"kept/internal/intake"
	"kept/internal/pipeline"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// deskTime is when every form of these tests is filled in, before the end of the
// demo and after every step that it plays.
const deskTime = "2026-09-30T17:30:00"

// desk is the demo with a browser that fills its forms in.
type desk struct {
	b     *browsertest.Browser
	s     *pipeline.Snapshot
	used  []string
	at    time.Time
	pages int
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	site := browsertest.Demo(t)
	project, err := pipeline.Open(site.Records, "test")
	must(t, err)
	d := &desk{b: browsertest.Start(t)}
	d.s, err = project.WorkTree(time.Time{})
	must(t, err)
	d.used, err = project.UsedIDs()
	must(t, err)
	d.at, err = time.ParseInLocation("2006-01-02T15:04:05", deskTime, d.s.Config.Zone)
	must(t, err)
	d.b.Origin(browsertest.Disk(site.Public))
	return d
}

// open goes to a form, for a record as it stands where there is one.
func (d *desk) open(page, id string, source []byte) {
	d.pages++ // an address of its own, or the browser would only change the hash
	address := "zh-CN/form/" + page + ".html?" + strconv.Itoa(d.pages)
	if id != "" {
		address += "#id=" + url.QueryEscape(id) + "&y=" + strings.ReplaceAll(url.QueryEscape(string(source)), "+", "%20")
	}
	d.b.Open(address)
}

// hand fills a form in as people do: it types, chooses, adds items. It gives what
// could not be filled in.
const hand = `(function fill(at, values) {
  const said = [], boxes = b => [...b.querySelectorAll("[data-k]")].filter(x => x.parentNode.closest("[data-k]") === b);
  const change = e => ["input", "change"].forEach(n => e.dispatchEvent(new Event(n, {bubbles: true})));
  const box = (b, v) => {
    const t = b.dataset.t;
    if (t === "o") return object(b, v);
    if (t === "l") {
      const have = boxes(b).length;
      return v.forEach((x, i) => { if (i >= have) b.querySelector(":scope > fieldset > [data-add]").click(); box(boxes(b)[i], x); });
    }
    if (t === "c") return b.querySelectorAll("input").forEach(x => { if (x.checked !== v.includes(x.value)) { x.checked = !x.checked; change(x); } });
    const e = b.querySelector("input,select,textarea");
    const text = (t === "i" || t === "m") && v.length > 10 ? v.slice(0, 19) : String(v);
    if (e.value === text) return;
    e.value = text;
    if (t === "i" && e.value + (e.value.length < 19 ? ":00" : "") !== text || t !== "i" && e.value !== text) said.push(b.dataset.k + ": " + v + " became " + e.value);
    change(e);
  };
  const object = (b, values) => Object.entries(values).forEach(([k, v]) => {
    const x = boxes(b).find(x => x.dataset.k === k);
    if (x) box(x, v); else said.push(k + ": no field");
  });
  object(at, values);
  return said;
})`

// outcome is what a form shows once its button was pressed.
type outcome struct{ Path, Text, Errors, By string }

// press fills in values, the first person offered, the time, and presses the
// button.
func (d *desk) press(t *testing.T, values map[string]any, note string) outcome {
	t.Helper()
	data, err := json.Marshal(values)
	must(t, err)
	said := browsertest.Eval[[]string](d.b, hand+`(document.getElementById("form"), `+string(data)+`)`)
	for _, s := range said {
		t.Errorf("cannot fill in %s", s)
	}
	return browsertest.Eval[outcome](d.b, `(() => {
  const $ = id => document.getElementById(id);
  if ($("by")) $("by").selectedIndex = 1;
  if ($("at")) $("at").value = "`+deskTime+`";
  if ($("note")) $("note").value = `+strconv.Quote(note)+`;
  $("go").click();
  return {path: $("path").textContent, text: $("text").textContent, errors: $("errors").hidden ? "" : $("errors").innerText, by: $("by") ? $("by").value : ""};
})()`)
}

// compare holds what a form gave against what kept would write.
func compare(t *testing.T, got outcome, plan intake.Plan) {
	t.Helper()
	switch {
	case got.Errors != "":
		t.Errorf("the form refuses: %s", got.Errors)
	case got.Path != plan.Path:
		t.Errorf("the form names the file %s, kept %s", got.Path, plan.Path)
	case got.Text != string(plan.After):
		t.Errorf("the form gives\n%s\nkept writes\n%s", got.Text, plan.After)
	}
}

// local writes the times in fields as a control of a form takes them.
func (d *desk) local(value any) any {
	switch v := value.(type) {
	case string:
		if at, ok := yamldoc.ParseInstant(v); ok {
			return at.In(d.s.Config.Zone).Format("2006-01-02T15:04:05")
		}
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = d.local(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = d.local(x)
		}
		return out
	}
	return value
}

// ordered puts chosen options into the order in which a form shows them.
func ordered(fields []schema.Field, values map[string]any) map[string]any {
	out := maps.Clone(values)
	for _, f := range fields {
		switch v := out[f.Name].(type) {
		case map[string]any:
			out[f.Name] = ordered(f.Fields, v)
		case []any:
			list := slices.Clone(v)
			for i := range list {
				if item, ok := list[i].(map[string]any); ok {
					list[i] = ordered(f.Fields, item)
				}
			}
			if f.Type == schema.EnumField {
				rank := func(v any) int {
					return slices.IndexFunc(f.Options, func(o schema.Option) bool { return o.Value == v })
				}
				slices.SortStableFunc(list, func(a, b any) int { return cmp.Compare(rank(a), rank(b)) })
			}
			out[f.Name] = list
		}
	}
	return out
}

// jsonSets are options for fields, in the kind's order.
func jsonSets(t *testing.T, kind *schema.Kind, values map[string]any) []intake.Set {
	t.Helper()
	var sets []intake.Set
	for _, f := range kind.Fields {
		if v, ok := values[f.Name]; ok {
			sets = append(sets, jsonSet(t, f.Name, v))
		}
	}
	return sets
}

func jsonSet(t *testing.T, path string, value any) intake.Set {
	t.Helper()
	data, err := json.Marshal(value)
	must(t, err)
	return intake.Set{Path: path, Value: string(data), JSON: true}
}

// errorsOf are the findings that would have kept kept from writing.
func errorsOf(found finding.List) []string {
	var out []string
	for _, f := range found {
		if f.Severity == finding.Error {
			out = append(out, fmt.Sprintf("%s %s %s", f.Rule, f.Position.Path, f.Key))
		}
	}
	return out
}

// earlier is a record as it stood before its last step or item: fields without
// some, in a state, with its first steps.
func (d *desk) earlier(rec *record.Record, without []string, steps int, status string) *record.Record {
	fields := maps.Clone(rec.Fields())
	for _, name := range without {
		delete(fields, name)
	}
	fields[record.StatusField] = status
	if log, ok := fields[record.TransitionsField].([]any); ok {
		fields[record.TransitionsField] = log[:steps]
	}
	source := append([]byte("# a remark\n"), yamldoc.Write(fields, intake.KeyOrder(rec.Kind.Fields))...)
	before, _ := record.Parse(rec.Path, source, d.s.Kinds)
	return before
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestFormsGiveWhatAdvanceWrites fills in the form of every step that the demo
// plays.
func TestFormsGiveWhatAdvanceWrites(t *testing.T) {
	d := newDesk(t)
	seen := map[string]bool{}
	for kind := range d.s.Kinds.All() {
		for rec := range d.s.Register.Of(kind.ID) {
			log := rec.Transitions()
			for i := 1; i < len(log); i++ {
				at := slices.IndexFunc(kind.Steps, func(s schema.Step) bool { return s.To == log[i].To && slices.Contains(s.From, log[i-1].To) })
				if at < 0 {
					continue // a step that the kind does not have: the demo's own defect
				}
				if page := stepPage(kind, at); !seen[page] {
					seen[page] = true
					t.Run(page, func(t *testing.T) { d.step(t, rec, kind.Steps[at], page, i) })
				}
			}
		}
	}
	t.Logf("%d steps", len(seen))
	if len(seen) < 40 {
		t.Errorf("only %d steps were played", len(seen))
	}
	for _, said := range d.b.On(t).Complaints() {
		t.Error(said)
	}
}

func stepPage(kind *schema.Kind, at int) string {
	step := kind.Steps[at]
	page := kind.ID + "." + step.To
	if slices.IndexFunc(kind.Steps, func(s schema.Step) bool { return s.To == step.To }) < at {
		page += "." + step.From[0]
	}
	return page
}

func (d *desk) step(t *testing.T, rec *record.Record, step schema.Step, page string, i int) {
	d.b.On(t)
	log := rec.Transitions()
	var without []string
	values := map[string]any{}
	for _, name := range step.Requires {
		f, ok := rec.Kind.Field(name)
		if name == step.Opens || name == step.Closes || name == record.LinksField && step.Link != "" || !ok || f.Type == schema.ObjectField && holdsDigest(f) {
			continue
		}
		if v := rec.Plain(name); v != nil {
			without, values[name] = append(without, name), v
		}
	}
	values = ordered(rec.Kind.Fields, values)
	before := d.earlier(rec, without, i, log[i-1].To)
	sets := jsonSets(t, rec.Kind, values)
	filled := d.local(values).(map[string]any)
	if step.Opens != "" {
		began := lastItem(rec, step.Opens)
		delete(began, "from")
		delete(began, "to")
		filled[step.Opens] = d.local(began)
		for _, name := range slices.Sorted(maps.Keys(began)) {
			sets = append(sets, jsonSet(t, step.Opens+"."+name, began[name]))
		}
	}
	if step.Link != "" {
		other := d.other(rec)
		filled["@"+step.Link] = other
		sets = append([]intake.Set{{Path: step.Link, Value: other}}, sets...)
	}
	d.open(page, rec.ID, before.Source)
	got := d.press(t, filled, "照办: # 备注")
	role, by, _ := strings.Cut(got.By, " ")
	plans, found := intake.Advance(intake.AdvanceRequest{
		Record: before, Register: d.s.Register, To: step.To, Sets: sets, At: d.at, By: by, Role: role, Note: "照办: # 备注", Zone: d.s.Config.Zone,
	})
	if said := errorsOf(found); len(said) > 0 {
		t.Fatalf("kept refuses %s of %s: %q", step.To, rec.ID, said)
	}
	compare(t, got, plans[0])
}

// lastItem is a copy of the last item of a list.
func lastItem(rec *record.Record, name string) map[string]any {
	list, _ := rec.Plain(name).([]any)
	item, _ := list[len(list)-1].(map[string]any)
	return maps.Clone(item)
}

func holdsDigest(f schema.Field) bool {
	return slices.ContainsFunc(f.Fields, func(m schema.Field) bool { return m.Name == intake.DigestField })
}

// other is another record of a kind.
func (d *desk) other(rec *record.Record) string {
	for o := range d.s.Register.Of(rec.Kind.ID) {
		if o.ID != rec.ID {
			return o.ID
		}
	}
	return ""
}

// TestFormsGiveWhatNewWrites registers a record of every kind anew.
func TestFormsGiveWhatNewWrites(t *testing.T) {
	d := newDesk(t)
	kinds := 0
	for kind := range d.s.Kinds.All() {
		if kind.ID == record.SealKind || kind.ID == record.PublicationKind {
			continue // kept computes what they hold
		}
		rec := d.last(kind)
		if rec == nil {
			continue
		}
		kinds++
		t.Run(kind.ID, func(t *testing.T) {
			d.b.On(t)
			values := d.registered(rec)
			d.open(kind.ID, "", nil)
			got := d.press(t, d.local(values).(map[string]any), "")
			role, by, _ := strings.Cut(got.By, " ")
			plan, found := intake.New(intake.NewRequest{
				Kind: kind, Register: d.s.Register, Used: d.used, Sets: newSets(t, kind, values), By: by, Role: role, Now: d.at, Zone: d.s.Config.Zone,
			})
			if said := errorsOf(found); len(said) > 0 {
				t.Fatalf("kept refuses: %q", said)
			}
			compare(t, got, plan)
		})
	}
	if kinds < 25 {
		t.Errorf("only %d kinds were registered", kinds)
	}
	for _, said := range d.b.On(t).Complaints() {
		t.Error(said)
	}
}

func newSets(t *testing.T, kind *schema.Kind, values map[string]any) []intake.Set {
	sets := jsonSets(t, kind, values)
	for i, s := range sets {
		if s.Path == record.IDField {
			sets[i] = intake.Set{Path: s.Path, Value: values[s.Path].(string)}
		}
	}
	return sets
}

// last is the fullest record of a kind.
func (d *desk) last(kind *schema.Kind) *record.Record {
	var most *record.Record
	for rec := range d.s.Register.Of(kind.ID) {
		if !rec.Broken && !d.namesLeft(rec) && (most == nil || len(rec.Source) > len(most.Source)) {
			most = rec
		}
	}
	return most
}

// namesLeft tells whether a record names somebody who has left, whom no form offers.
func (d *desk) namesLeft(rec *record.Record) bool {
	for _, ref := range d.s.Register.From(rec.ID) {
		other := d.s.Register.Get(ref.To)
		if other == nil || other.Kind == nil || ref.To == rec.ID {
			continue
		}
		if state, _ := other.State(); state.Phase == schema.Void {
			return true
		}
	}
	return false
}

// registered are a record's values as somebody would give them for a new one,
// with a number that is free where people choose it.
func (d *desk) registered(rec *record.Record) map[string]any {
	values := ordered(rec.Kind.Fields, rec.Fields())
	for _, name := range []string{record.SchemaField, record.StatusField, record.TransitionsField, record.RenumberedField, "form_no", "registered_by"} {
		delete(values, name)
	}
	for _, f := range rec.Kind.Fields {
		if f.Type == schema.ObjectField && holdsDigest(f) {
			delete(values, f.Name)
		}
	}
	delete(values, record.IDField)
	if rec.Kind.IDs.Template == "" {
		values[record.IDField] = d.free(rec)
	}
	return values
}

func (d *desk) free(rec *record.Record) string {
	for i := len(rec.ID) - 1; i >= 0; i-- {
		for c := byte('0'); c <= 'z'; c++ {
			id := rec.ID[:i] + string(c) + rec.ID[i+1:]
			if rec.Kind.IDs.Pattern.MatchString(id) && d.s.Register.Get(id) == nil && !slices.Contains(d.used, id) {
				return id
			}
		}
	}
	return rec.ID
}

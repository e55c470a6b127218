package pipeline_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kept/internal/browsertest"
	"kept/internal/intake"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// TestFormsGiveWhatOperationsWrite fills in the form of every operation of which the
// demo holds an item or a record.
func TestFormsGiveWhatOperationsWrite(t *testing.T) {
	d := newDesk(t)
	played := 0
	for kind := range d.s.Kinds.All() {
		for _, op := range kind.Operations {
			rec, values := d.sample(kind, op)
			if rec == nil {
				continue
			}
			played++
			t.Run(kind.ID+"."+op.ID, func(t *testing.T) { d.operation(t, rec, op, values) })
		}
	}
	if played < 10 {
		t.Errorf("only %d operations were played", played)
	}
	for _, said := range d.b.On(t).Complaints() {
		t.Error(said)
	}
}

// sample is a record to which an operation was done, and what was given with it.
func (d *desk) sample(kind *schema.Kind, op schema.Operation) (*record.Record, map[string]any) {
	for rec := range d.s.Register.Of(kind.ID) {
		if rec.Broken || d.namesLeft(rec) {
			continue
		}
		if list, _ := rec.Plain(op.Add).([]any); op.Add != "" && len(list) > 0 {
			return rec, lastItem(rec, op.Add)
		}
		for _, ref := range d.s.Register.To(rec.ID) {
			other := d.s.Register.Get(ref.From)
			if op.Opens != "" && other != nil && other.Kind != nil && other.Kind.ID == op.Opens && !d.namesLeft(other) {
				values := d.registered(other)
				for _, f := range other.Kind.Fields {
					if !f.Required && f.Name != other.Kind.Date || f.Default != nil || f.Name == ref.Field {
						delete(values, f.Name)
					}
				}
				return rec, values
			}
		}
	}
	return nil, nil
}

func (d *desk) operation(t *testing.T, rec *record.Record, op schema.Operation, values map[string]any) {
	d.b.On(t)
	kind := d.s.Kinds.Kind(op.Opens)
	state := func() string {
		if len(op.States) > 0 {
			return op.States[0]
		}
		i := slices.IndexFunc(rec.Kind.States, func(s schema.State) bool { return s.Phase == schema.Open })
		return rec.Kind.States[i].ID
	}
	before := d.earlier(rec, nil, len(rec.Transitions()), state())
	if op.Add != "" {
		list, _ := rec.Kind.Field(op.Add)
		kind = &schema.Kind{Fields: list.Fields}
		fields := maps.Clone(rec.Fields())
		items := fields[op.Add].([]any)
		fields[op.Add], fields[record.StatusField] = items[:len(items)-1], state()
		if len(items) == 1 {
			delete(fields, op.Add)
		}
		before, _ = record.Parse(rec.Path, yamldoc.Write(fields, intake.KeyOrder(rec.Kind.Fields)), d.s.Kinds)
		delete(values, record.IDField)
		if op.Moves != "" {
			delete(values, "from")
		}
	}
	for _, s := range op.Set {
		filled := slices.Contains([]string{"$now", "$today", "$actor"}, s.Value)
		if s.Field != kind.Date || filled {
			delete(values, s.Field)
		}
	}
	values = ordered(kind.Fields, values)
	d.open(rec.Kind.ID+"."+op.ID, rec.ID, before.Source)
	got := d.press(t, d.local(values).(map[string]any), "")
	role, by, _ := strings.Cut(got.By, " ")
	plans, found := intake.Advance(intake.AdvanceRequest{
		Record: before, Register: d.s.Register, Used: d.used, To: op.ID, Sets: jsonSets(t, kind, values), At: d.at, By: by, Role: role, Zone: d.s.Config.Zone,
	})
	said := errorsOf(found)
	if len(said) > 0 {
		t.Fatalf("kept refuses %s of %s: %q", op.ID, rec.ID, said)
	}
	compare(t, got, plans[0])
}

// hostile are texts that YAML readers take for something else, or that break out of
// what stands around them.
var hostile = []string{
	`say "yes"`, `it's`, `both " and '`, `back\slash "quote"`, "a: b", "a #b", "- item", "-", "?", "? key", "# note", "& anchor", "*alias", "!tag", "| block", "> folded",
	"%x", "@at", "`tick`", "{a: 1}", "[a, b]", "a, b", "0123", "1e3", "12:30", "2026-09-01", "2026-09-01T10:00:00+08:00", "0x1F", ".5", "+86", "1_000", "no", "Yes", "ON", "null",
	"~", "true", "y", "  leading", "trailing  ", "尾随全角空格　", "中文：标点，“引号”；（括号）、《书名》……", "😀 emoji 👨‍👩‍👧", "</script><script>alert(1)</script>", "<b>&amp;</b>", "a\tb",
	"line one\nline two", "line one\n  indented\n\nthird: # x", "ends\n", "ends twice\n\n", "\nstarts empty", "  indented first\nsecond", "trailing blank \nsecond", "one\nlast blank ",
	"zero\u200bwidth", "nbsp\u00a0", "bom\ufeffinside", "line\u2028separator", "right\u202eleft", "\u0007bell", strings.Repeat("很长的一段话，", 40), strings.Repeat("x", 81), strings.Repeat("y", 80),
	"key:", ":start", "a:b", "- - -", "---", "...", "<<", "=", "'", `"`, `\`, `\n`, "%41", "a\u0085b", "{{.}}", "${x}", "&y=1#id=2",
}

// TestFormsKeepWhatWasTyped types hostile texts into a form: the YAML that it gives
// holds exactly them, and is what kept itself would write.
func TestFormsKeepWhatWasTyped(t *testing.T) {
	d := newDesk(t)
	kind := d.s.Kinds.Kind("complaint")
	values := d.registered(d.last(kind))
	delete(values, "progress_notes")
	d.open("complaint", "", nil)
	d.press(t, d.local(values).(map[string]any), "")
	for _, text := range hostile {
		t.Run(strconv.QuoteToASCII(text[:min(len(text), 20)]), func(t *testing.T) {
			d.b.On(t)
			item := map[string]any{"at": "2026-09-30T10:00:00+08:00", "by": "u-wangl", "to_customer": true, "text": text}
			values["description"], values["progress_notes"] = text, []any{item}
			typed := d.local(values).(map[string]any)
			typed["description"], typed["progress_notes"].([]any)[0].(map[string]any)["text"] = text, text
			got := d.press(t, typed, "")
			if got.Errors != "" {
				t.Fatalf("the form refuses: %s", got.Errors)
			}
			o, ok := yamldoc.ParseValue([]byte(got.Text))
			if !ok {
				t.Fatalf("the form gives what does not parse:\n%s", got.Text)
			}
			if said := o.Text("description"); said != text {
				t.Errorf("typed %q, the file holds %q", text, said)
			}
			if said := o.Items("progress_notes")[0].Text("text"); said != text {
				t.Errorf("in a list: typed %q, the file holds %q", text, said)
			}
			role, by, _ := strings.Cut(got.By, " ")
			plan, _ := intake.New(intake.NewRequest{
				Kind: kind, Register: d.s.Register, Used: d.used, Sets: newSets(t, kind, values), By: by, Role: role, Now: d.at, Zone: d.s.Config.Zone,
			})
			if plan.After != nil && got.Text != string(plan.After) {
				t.Errorf("the form gives\n%s\nkept writes\n%s", got.Text, plan.After)
			}
		})
	}
}

// TestFormsSayWhatIsWrong presses the button of an empty form and follows the
// summary to a field; then one thing wrong at a time.
func TestFormsSayWhatIsWrong(t *testing.T) {
	d := newDesk(t)
	b := d.b
	axe := browsertest.Axe(t)
	d.open("complaint", "", nil)
	b.Click("#go")
	got := browsertest.Eval[[]string](b, `[...document.querySelectorAll("#form [aria-invalid=true]")].map(e =>
  e.id + "|" + document.getElementById(e.getAttribute("aria-describedby").split(" ").pop()).textContent)`)
	want := []string{"f.title", "f.received_at", "f.channel", "f.customer", "f.subject", "f.description", "f.remedy_sought", "by"}
	for i := range want {
		want[i] += "|请填写"
	}
	if !slices.Equal(got, want) {
		t.Errorf("wrong fields %q, want %q", got, want)
	}
	if at := browsertest.Eval[string](b, `document.activeElement.id + " " + document.querySelectorAll("#errors a").length`); at != "errors "+strconv.Itoa(len(want)) {
		t.Errorf("the focus and the links are %q", at)
	}
	b.Click("#errors a")
	if at := browsertest.Eval[string](b, `document.activeElement.id`); at != "f.title" {
		t.Errorf("the first link leads to %q", at)
	}
	for _, said := range b.Complaints() {
		t.Error(said)
	}
	for _, dark := range []bool{false, true} {
		b.Dark(dark)
		for _, said := range b.Violations(axe) {
			t.Errorf("dark %v: %s", dark, said)
		}
	}
	for _, c := range []struct{ field, value, want string }{
		{"contact_ref", `"13800000000"`, "写法不对，请按说明填写 "},
		{"title", `"` + strings.Repeat("长", 101) + `"`, "最多 100 个字"},
		{"occurred_at", `"2026/9/1"`, "写法不对，请按说明填写 2026-09-01 或 2026-09-01 17:30"},
		{"severity", `"critical"`, ""},
	} {
		var value any
		must(t, json.Unmarshal([]byte(c.value), &value))
		data, err := json.Marshal(map[string]any{c.field: value})
		must(t, err)
		browsertest.Eval[[]string](b, hand+`(document.getElementById("form"), `+string(data)+`)`)
		said := browsertest.Eval[string](b, `(document.getElementById("f.`+c.field+`.e") || {textContent: ""}).textContent`)
		if said != c.want {
			t.Errorf("%s: it says %q, want %q", c.field, said, c.want)
		}
	}
	d.open("complaint.accepted", "", nil)
	for _, said := range b.Violations(axe) {
		t.Errorf("a step: %s", said)
	}
	b.Open("zh-CN/form/index.html")
	for _, said := range b.Violations(axe) {
		t.Errorf("the list: %s", said)
	}
}

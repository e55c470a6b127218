package intake

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/record"
	"kept/internal/schema"
	"kept/internal/yamldoc"
)

// NewRequest asks for a new record.
type NewRequest struct {
	Kind     *schema.Kind
	Register *record.Register
	Used     []string // ids that history knows, also of records since deleted
	Sets     []Set
	By       string         // person who registers, and owner unless set
	Role     string         // in which role, "" for none
	Now      time.Time      // the first step's time; its local year goes into the id
	Zone     *time.Location // the organisation's
	// Judge tells what the rules say of the record as it would be. Nil leaves them
	// to the check.
	Judge func(Plan) finding.List
}

// New plans the file of a new record in its kind's initial state: with the next
// number of its kind and year, the schema's defaults and the first entry of the
// transition log. Whatever is wrong or missing is told at once; what only warns
// comes with the plan.
func New(r NewRequest) (Plan, finding.List) {
	d := newDraft(r.Kind, r.Zone, nil)
	d.fields = map[string]any{}
	d.apply(r.Sets, record.SchemaField, record.StatusField, record.TransitionsField)
	d.found = append(d.found, r.registrar()...)
	without := refused(d.found)
	id := r.id(d)
	if len(refused(d.found)) > len(without) {
		return Plan{}, d.found
	}
	sound := len(d.found) == 0
	r.complete(d, id)
	where := r.path(d, id)
	if where == "" {
		sound = false
		without = append(without, r.Kind.Date)
		d.found = append(d.found, refusal("--set "+r.Kind.Date, "intake-set", "intake.date", locale.T("field", r.Kind.NameTitle(r.Kind.Date))))
		where = r.monthly(r.Now, id)
	}
	missing := r.missing(d, without)
	d.found = append(d.found, missing...)
	text := "# " + heading(where, r.Kind) + "\n"
	plan := Plan{Path: where, After: append([]byte(text), yamldoc.Write(d.fields, KeyOrder(r.Kind.Fields))...)}
	var found finding.List
	if sound {
		found = judge(plan, r.Register.Kinds())
	}
	if len(missing) > 0 {
		found = slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "schema-required" })
	}
	plans, found := unlessHindered(append(d.found, found...), r.Judge, plan)
	if plans == nil {
		return Plan{}, found
	}
	return plans[0], found
}

// missing asks for the fields that the kind requires and nothing gave.
func (r NewRequest) missing(d *draft, without []string) finding.List {
	var found finding.List
	for _, f := range r.Kind.Fields {
		if f.Required && d.fields[f.Name] == nil && !record.Fixed(f.Name) && !slices.Contains(without, f.Name) {
			found = append(found, refusal("--set "+f.Name, "intake-requires", "intake.missing", locale.T("kind", r.Kind.Title), locale.T("field", f.Title), locale.A("example", setField(f, f.Name))))
		}
	}
	return found
}

// complete fills in what kept knows.
func (r NewRequest) complete(d *draft, id string) {
	k := r.Kind
	d.fields[record.SchemaField] = k.ID + "/v" + strconv.Itoa(k.Version)
	d.fields[record.IDField] = id
	d.fields[record.StatusField] = k.Initial
	d.fill("form_no", k.FormNo)
	if k.Envelope == schema.Governed {
		d.fill("owner", r.By)
		d.fill("registered_by", r.By)
		d.fields[record.TransitionsField] = []any{entryOf(k.Initial, r.Now, r.Zone, r.By, r.Role, "")}
	}
	for _, f := range k.Fields {
		d.fill(f.Name, f.Default)
	}
}

// registrar demands that whoever registers a governed record is on record.
func (r NewRequest) registrar() finding.List {
	if r.Kind.Envelope != schema.Governed || isPerson(r.Register, r.By) {
		return nil
	}
	return finding.List{refusal("--by", "intake-actor", "intake.person")}
}

func isPerson(register *record.Register, id string) bool {
	rec := register.Get(id)
	return rec != nil && rec.Kind != nil && rec.Kind.ID == record.PersonKind
}

// entryOf is one entry of the transition log.
func entryOf(to string, at time.Time, zone *time.Location, by, role, note string) map[string]any {
	entry := map[string]any{"to": to, "at": at.In(zone).Truncate(time.Second).Format(time.RFC3339)}
	for key, value := range map[string]string{"by": by, "role": role, "note": note} {
		if value != "" {
			entry[key] = value
		}
	}
	return entry
}

// path is where the record's file goes; "" where its date is wanted for that
// and missing. A kind dated by a step lies in the month of registration.
func (r NewRequest) path(d *draft, id string) string {
	if !r.Kind.Dated {
		return path.Join(record.Folder, r.Kind.ID, id+".yaml")
	}
	at := r.Now
	if _, isField := r.Kind.Field(r.Kind.Date); isField {
		t, ok := record.MomentOf(yamldoc.NewObject(d.fields), r.Kind.Date, r.Zone)
		if !ok {
			return ""
		}
		at = t
	}
	return r.monthly(at, id)
}

// monthly is the file of a dated record of a moment's month.
func (r NewRequest) monthly(at time.Time, id string) string {
	at = at.In(r.Zone)
	return path.Join(record.Folder, r.Kind.ID, at.Format("2006"), at.Format("01"), id+".yaml")
}

// id is the id that was asked for, or the next number. A number does not come
// again, also where its record has been deleted.
func (r NewRequest) id(d *draft) string {
	asked, _ := d.fields[record.IDField].(string)
	switch {
	case asked == "" && r.Kind.IDs.Template == "":
		d.found = append(d.found, refusal("--set id", "intake-set", "intake.id", locale.T("kind", r.Kind.Title), locale.A("pattern", r.Kind.IDs.Pattern.String())))
	case asked == "":
		return r.next()
	case !r.Kind.IDs.Pattern.MatchString(asked) || strings.ContainsAny(asked, `/\:`) || strings.HasPrefix(asked, "."):
		d.found = append(d.found, refusal("--set id", "intake-set", "intake.id_pattern", locale.A("pattern", r.Kind.IDs.Pattern.String())))
	case r.used(asked):
		d.found = append(d.found, refusal("--set id", "intake-set", "intake.id_used"))
	}
	return asked
}

func (r NewRequest) used(id string) bool {
	return r.Register.Get(id) != nil || slices.ContainsFunc(r.Used, func(u string) bool { return strings.EqualFold(u, id) })
}

func (r NewRequest) next() string { return r.after(r.Now.In(r.Zone).Year()) }

// after is the id behind the last one of a year.
func (r NewRequest) after(year int) string {
	last := 0
	consider := func(id string) {
		if n, ok := r.Kind.IDs.Sequence(id, year); ok {
			last = max(last, n)
		}
	}
	for _, id := range r.Used {
		consider(id)
	}
	for rec := range r.Register.All() {
		consider(rec.ID)
	}
	return r.Kind.IDs.ID(year, last+1)
}

// judge checks the file that a plan would write, as a check of the repository
// would.
func judge(p Plan, kinds *schema.Registry) finding.List {
	_, found := record.Parse(p.Path, p.After, kinds)
	return placeless(found)
}

// placeless takes the lines off findings about a file that nobody has seen yet.
func placeless(found finding.List) finding.List {
	for i := range found {
		found[i].Position.Line, found[i].Position.Column = 0, 0
	}
	return found
}

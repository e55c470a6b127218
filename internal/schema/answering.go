package schema

import (
	"maps"
	"slices"

	"kept/internal/yamldoc"
)

// Answering says how a list of a kind answers the questions of another record: a
// response those of its questionnaire. Its zero value is a kind without answers.
type Answering struct {
	List      string   // list field of this kind
	Form      []string // references from this kind to the record with the questions
	Questions string   // list field of that record
	Question  map[string]string
	Option    map[string]string
	Answer    map[string]string
	// Types says, by a type of question, what its answer is: one, many, order, score,
	// grid, number, date. A type that is not named is answered in words.
	Types map[string]string
}

func answering(o yamldoc.Object) Answering {
	a := Answering{
		List: o.Text("list"), Form: o.Texts("form"), Questions: o.Text("questions"),
		Question: members(o.Object("question")), Option: members(o.Object("option")), Answer: members(o.Object("answer")),
		Types: map[string]string{},
	}
	types := o.Object("types")
	for _, form := range types.Keys() {
		for _, t := range types.Texts(form) {
			a.Types[t] = form
		}
	}
	return a
}

func members(o yamldoc.Object) map[string]string {
	m := map[string]string{}
	for _, key := range o.Keys() {
		m[key] = o.Text(key)
	}
	return m
}

// answers demands that what the key names of this kind is there; the record with
// the questions is of another kind and is looked at when it is read.
func (c *crossCheck) answers() {
	a := c.kind.Answers
	if a.List == "" {
		return
	}
	c.fieldNamed("/answers/list", a.List)
	if len(a.Form) > 0 {
		c.fieldNamed("/answers/form/0", a.Form[0])
	}
	list, ok := c.kind.Field(a.List)
	if !ok {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(a.Answer)) {
		name := a.Answer[key]
		if !slices.ContainsFunc(list.Fields, func(f Field) bool { return f.Name == name }) {
			c.fieldNamed("/answers/answer/"+key, a.List+"."+name)
		}
	}
}

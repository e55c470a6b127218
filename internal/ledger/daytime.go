package ledger

import (
	"slices"
	"strings"
	"time"

	"kept/internal/schema"
)

// beside are the columns that may complete a column of days or times, by that one,
// from 0: a ledger may keep day and time of day apart.
type beside map[int][]int

// put adds columns beside one whose target is a time.
func (b beside) put(k *schema.Kind, to string, column int, more []int) {
	f, _ := field(k, to)
	if strings.HasPrefix(to, StepTarget) || f.Type == schema.InstantField || f.Type == schema.MomentField {
		b[column] = append(b[column], more...)
	}
}

// settle keeps the columns that complete another in some row, and leaves out those
// that say a time of their own.
func (t *table) settle() {
	for column, others := range t.beside {
		t.beside[column] = slices.DeleteFunc(others, func(other int) bool {
			return !slices.ContainsFunc(t.rows[t.head.last+1:], func(r Row) bool {
				cell := r.At(column + 1)
				return !t.repeatsHead(r) && t.reader.completed(cell, r.At(other+1)) != cell
			})
		})
	}
}

// completes tells what a column fills as a part of another.
func (t *table) completes(i int) (string, bool) {
	for column, others := range t.beside {
		if slices.Contains(others, i) {
			return t.mapping.Columns[t.holds[column]].To, true
		}
	}
	return "", false
}

// whole is a cell with the day or the time of day that it lacks, from the columns
// beside it. A cell that lacks nothing, or is no date at all, stays as it is.
func (t *table) whole(r Row, i int) Cell {
	cell := r.At(i + 1)
	for _, other := range t.beside[i] {
		cell = t.reader.completed(cell, r.At(other+1))
	}
	return cell
}

// completed joins a cell and another one where each has what the other lacks.
func (r *reader) completed(cell, other Cell) Cell {
	if empty(cell.Text) {
		return other
	}
	day, hour, dayOK, hourOK := r.halves(cell)
	otherDay, otherHour, otherDayOK, otherHourOK := r.halves(other)
	switch {
	case dayOK && !hourOK && otherHourOK && !otherDayOK:
		return Cell{Text: day + " " + otherHour}
	case hourOK && !dayOK && otherDayOK:
		return Cell{Text: otherDay + " " + hour}
	}
	return cell
}

// halves are the day and the time of day that a cell says, each where it does.
func (r *reader) halves(c Cell) (day, hour string, hasDay, hasHour bool) {
	text := Tidy(c.Text)
	if empty(text) {
		return "", "", false, false
	}
	m, err := r.when(c, text)
	switch {
	case err == nil:
		return m.time.Format(time.DateOnly), m.time.Format(time.TimeOnly), true, m.timed
	case err == errNoDay: //nolint:errorlint // when gives the error itself
		return "", text, false, true
	}
	return "", "", false, false
}

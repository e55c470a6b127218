package demo

import (
	"container/heap"
	"time"
)

// queue runs what happens in the order of time; what happens at the same moment
// in the order in which it was planned.
type queue struct {
	events []event
	count  int
}

type event struct {
	at   time.Time
	seq  int
	play func() error
}

// plan adds what happens at a moment.
func (q *queue) plan(at time.Time, play func() error) {
	q.count++
	heap.Push(q, event{at, q.count, play})
}

// run plays every event before end; events may plan later ones.
func (q *queue) run(end time.Time) error {
	for q.Len() > 0 {
		e := heap.Pop(q).(event)
		if !e.at.Before(end) {
			return nil
		}
		if err := e.play(); err != nil {
			return err
		}
	}
	return nil
}

// Len, Less, Swap, Push and Pop are those of [heap.Interface].
func (q *queue) Len() int { return len(q.events) }

// Less orders by time, then by planning.
func (q *queue) Less(i, j int) bool {
	a, b := q.events[i], q.events[j]
	if !a.at.Equal(b.at) {
		return a.at.Before(b.at)
	}
	return a.seq < b.seq
}

// Swap exchanges two events.
func (q *queue) Swap(i, j int) { q.events[i], q.events[j] = q.events[j], q.events[i] }

// Push appends an event.
func (q *queue) Push(x any) { q.events = append(q.events, x.(event)) }

// Pop takes the last event off.
func (q *queue) Pop() any {
	e := q.events[len(q.events)-1]
	q.events = q.events[:len(q.events)-1]
	return e
}

package pipeline

import (
	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/history"
	"kept/internal/portal"
)

// TrailObject is one record's life in JSON. Its keys are a public interface.
// Values, and the keys of items in pointers, are as the staff may see them.
type TrailObject struct {
	ID      string              `json:"id"`
	Aliases []string            `json:"aliases,omitempty"`
	Present bool                `json:"present"`
	Changes []TrailChangeObject `json:"changes"`
}

// TrailChangeObject is what one mainline commit did.
type TrailChangeObject struct {
	Kind      string             `json:"kind"`
	Path      string             `json:"path"`
	Submitted string             `json:"submitted"`
	Merged    string             `json:"merged"`
	Author    string             `json:"author"`
	Commit    string             `json:"commit"`
	MergedBy  string             `json:"merge_commit,omitempty"`
	Level     string             `json:"level"` // what the change rests on, as typed, merged, signed
	Events    []TrailEventObject `json:"events"`
}

// TrailEventObject is one value before and after; null where it was not there.
type TrailEventObject struct {
	Pointer string `json:"pointer"`
	Before  any    `json:"before"`
	After   any    `json:"after"`
	Commit  string `json:"commit"`
	Level   string `json:"level"`
}

// Trail writes a timeline for machines as the view shows it, with what stands behind
// each value (domain.md §7.3).
func Trail(view *portal.View, a *evidence.Assurance, t *history.Timeline) TrailObject {
	o := TrailObject{ID: t.ID, Aliases: t.Aliases, Present: t.Present, Changes: []TrailChangeObject{}}
	for _, c := range t.Changes {
		change := TrailChangeObject{
			Kind: string(c.Kind), Path: view.Text(c.Path), Submitted: instant(c.Submitted), Merged: instant(c.Merged),
			Level: a.Value(&c.Recorded).Level.String(), Events: []TrailEventObject{},
		}
		if c.SetBy != nil {
			change.Author, change.Commit = view.Author(c.SetBy.Author), string(c.SetBy.Hash)
		}
		if c.MergedBy != nil && c.SetBy != nil && c.MergedBy.Hash != c.SetBy.Hash {
			change.MergedBy = string(c.MergedBy.Hash)
		}
		for _, e := range view.Events(t, &c) {
			change.Events = append(change.Events, TrailEventObject{Pointer: e.Pointer, Before: e.Before, After: e.After, Commit: commitOf(e.SetBy), Level: a.Value(e.Recorded).Level.String()})
		}
		o.Changes = append(o.Changes, change)
	}
	return o
}

func commitOf(c *gitrepo.Commit) string {
	if c == nil {
		return ""
	}
	return string(c.Hash)
}

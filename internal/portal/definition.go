package portal

import (
	"cmp"
	"fmt"
	"slices"

	"kept/internal/calendar"
	"kept/internal/history"
	"kept/internal/metric"
)

// versionPointer is where a definition's record keeps its version.
const versionPointer = "/version"

// DefinitionVersion is one version of a KPI's definition as the mainline held it.
type DefinitionVersion struct {
	Version string
	From    string // when it was merged
	Author  Cell
	Commit  Commit
	What    string // labels of what changed, "" for the first
}

// TargetFrom is a target and the first day on which it holds.
type TargetFrom struct {
	From string
	Text string
}

// definitionVersions tells from the history when each version began; a change that
// leaves the version stands below the version that it changed, as what it changed.
func (v *View) definitionVersions(id string) []DefinitionVersion {
	if v.src.History == nil {
		return nil
	}
	t := v.src.History.Timeline(id)
	if t == nil {
		return nil
	}
	var list []DefinitionVersion
	version := ""
	for i := range t.Changes {
		c := &t.Changes[i]
		if c.Kind != history.Created && c.Kind != history.Modified && c.Kind != history.Restored {
			continue
		}
		for _, e := range c.Events {
			if e.Pointer == versionPointer && e.After != nil {
				version = fmt.Sprint(e.After)
			}
		}
		said := v.change(t, c)
		one := DefinitionVersion{Version: version, From: cmp.Or(said.Merged, said.Submitted), Author: said.Author, Commit: said.Commit}
		if c.Kind == history.Modified {
			one.What = said.What
		}
		list = append(list, one)
	}
	slices.Reverse(list)
	return list
}

// targetsOf lists the targets, the newest first.
func (v *View) targetsOf(d *metric.Definition) []TargetFrom {
	list := slices.Clone(d.Targets)
	slices.SortFunc(list, func(a, b metric.Target) int { return b.From.Compare(a.From) })
	var out []TargetFrom
	for i := range list {
		from := ""
		if list[i].From != (calendar.Day{}) {
			from = list[i].From.String()
		}
		out = append(out, TargetFrom{from, v.target(&list[i], d.Unit)})
	}
	return out
}

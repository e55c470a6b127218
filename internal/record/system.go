package record

import (
	"slices"

	"kept/internal/schema"
)

// The system kinds: the only kinds that Go knows by name. Their fields are read
// here and in the packages that give them meaning; every other kind is data.
const (
	PersonKind      = "person"      // who acts, with dated roles and git identities
	CalendarKind    = "calendar"    // one published year of working days
	KPIKind         = "kpi"         // one KPI definition
	DocumentKind    = "document"    // one controlled document
	ObligationKind  = "obligation"  // what is owed, how often and by when
	PublicationKind = "publication" // one issue of a report
	ExceptionKind   = "exception"   // a finding that was accepted, with its reason
	DisposalKind    = "disposal"    // records whose retention ended and that were destroyed
	ClauseKind      = "clause"      // one clause of a standard
	SealKind        = "seal"        // the figures and papers of a period as they were published
)

// The fields of the envelopes that Go reads (domain.md §3).
const (
	SchemaField      = "schema"
	IDField          = "id"
	TitleField       = "title"
	StatusField      = "status"
	OriginField      = "origin"
	ImportedField    = "imported_from"
	RenumberedField  = "renumbered_from"
	TransitionsField = "transitions"
	UndatedMember    = "undated" // of ImportedField
	LinksField       = "links"
	PeriodField      = "period"
)

// Fixed tells a field that kept writes itself and nobody fills in.
func Fixed(name string) bool {
	return slices.Contains([]string{SchemaField, IDField, StatusField, TransitionsField, OriginField, ImportedField, RenumberedField}, name)
}

// Undatable tells that records of a kind can say that the time of an imported step is
// unknown.
func Undatable(kind *schema.Kind) bool {
	f, _ := kind.Field(ImportedField)
	return slices.ContainsFunc(f.Fields, func(f schema.Field) bool { return f.Name == UndatedMember })
}

// Origins other than native: git times do not apply to what the record's first
// mainline commit brought (domain.md §0.4).
const (
	OriginImported   = "imported"
	OriginBackfilled = "backfilled"
)

// Folder is where records lie in a repository.
const Folder = "records"

package gitrepo

import "errors"

// Error is a reason for which there is nothing to read, comparable with
// errors.Is.
type Error string

// Error says the reason and, where there is one, the remedy.
func (e Error) Error() string { return string(e) }

// The reasons.
const (
	// ErrNoRepository: neither the folder nor one above it is a repository.
	ErrNoRepository Error = "no git repository here or above: run git init"
	// ErrFormat: object ids by SHA-256, or references in a reftable.
	ErrFormat Error = "repository format not read: only SHA-1 object ids and references in files are"
	// ErrUnknownRevision: a name that is no branch, tag, commit or date.
	ErrUnknownRevision Error = "unknown revision"
	// ErrAmbiguous: a shortened id that several commits share.
	ErrAmbiguous Error = "ambiguous short object id"
	// ErrTooLarge: an object, or a tree, beyond what is read into memory.
	ErrTooLarge Error = "object too large"
)

// HistoryError says that the history is not all there.
type HistoryError struct {
	Reason string // shallow, partial, missing; see Key for people
	Mend   string // the command that mends it
	Object Hash   // the commit at which it was cut, or the object that is missing
}

// Error names the reason and the command that mends it.
func (e *HistoryError) Error() string {
	return "history is incomplete (" + e.Reason + "): run " + e.Mend
}

// missingError is an object that no object folder holds.
type missingError struct{ id id }

// Error names the object.
func (e *missingError) Error() string { return "missing object " + e.id.String() }

// explain turns a missing object into what hinders history and how to mend it.
func (r *Repo) explain(err error) error {
	var missing *missingError
	if !errors.As(err, &missing) {
		return err
	}
	h := Hash(missing.id.String())
	switch {
	case r.partial:
		return &HistoryError{Reason: "partial", Mend: "git fetch --refetch --no-filter", Object: h}
	case len(r.shallow) > 0:
		return shallowError(h)
	}
	return &HistoryError{Reason: "missing", Mend: "git fetch --refetch", Object: h}
}

func shallowError(h Hash) *HistoryError {
	return &HistoryError{Reason: "shallow", Mend: "git fetch --unshallow", Object: h}
}

// Key names the message that tells people about the error, with the argument
// command.
func (e *HistoryError) Key() string {
	switch e.Reason {
	case "shallow":
		return "gitrepo.history.shallow"
	case "partial":
		return "gitrepo.history.partial"
	}
	return "gitrepo.history.missing"
}

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
	Reason string // shallow, partial, missing, damaged; see Key for people
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

// damagedError is an object, or the index of a pack, whose bytes are not what its name
// says. id is zero for an index.
type damagedError struct {
	id  id
	err error
}

// Error names the object and what is wrong with it.
func (e *damagedError) Error() string {
	if e.id.IsZero() {
		return e.err.Error()
	}
	return "read object " + e.id.String() + ": " + e.err.Error()
}

// Unwrap is what is wrong.
func (e *damagedError) Unwrap() error { return e.err }

// findDamage is the command that names what is damaged. What mends it is a copy from
// elsewhere.
const findDamage = "git fsck --full"

// WorkTreeError says that the files on disk are not those of the repository.
type WorkTreeError struct {
	Reason string // sparse, elsewhere, split, bare
	Mend   string // the command that mends it
}

// Error names the reason and the command that mends it.
func (e *WorkTreeError) Error() string {
	return "work tree cannot be read (" + e.Reason + "): run " + e.Mend
}

// Key names the message that tells people about the error, with the argument command.
func (e *WorkTreeError) Key() string {
	switch e.Reason {
	case "sparse":
		return "gitrepo.worktree.sparse"
	case "split":
		return "gitrepo.worktree.split"
	case "bare":
		return "gitrepo.worktree.bare"
	}
	return "gitrepo.worktree.elsewhere"
}

// explain turns a missing or damaged object into what hinders history and how to mend
// it.
func (r *Repo) explain(err error) error {
	var damaged *damagedError
	if errors.As(err, &damaged) {
		return damagedHistory(damaged)
	}
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

func damagedHistory(e *damagedError) *HistoryError {
	h := &HistoryError{Reason: "damaged", Mend: findDamage}
	if !e.id.IsZero() {
		h.Object = Hash(e.id.String())
	}
	return h
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
	case "damaged":
		return "gitrepo.history.damaged"
	}
	return "gitrepo.history.missing"
}

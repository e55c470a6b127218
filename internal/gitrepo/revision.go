package gitrepo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Resolve turns a revision (branch, tag, abbreviated id, HEAD~2, HEAD^2) or a
// date (2026-06-30: the last mainline commit of HEAD merged before the next
// local midnight in zone, UTC where zone is nil) into a commit id. What looks
// like a date is one; a tag of that name is refs/tags/2026-06-30. Errors are
// [ErrUnknownRevision], [ErrAmbiguous] or those of reading the history.
func (r *Repo) Resolve(rev string, zone *time.Location) (Hash, error) {
	if zone == nil {
		zone = time.UTC
	}
	if day, err := time.ParseInLocation(time.DateOnly, rev, zone); err == nil {
		return r.lastBefore(day, rev)
	}
	base, rest := rev, ""
	if i := strings.IndexAny(rev, "~^"); i >= 0 {
		base, rest = rev[:i], rev[i:]
	}
	h, err := r.base(base)
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", rev, err)
	}
	if h, err = r.peel(h); err == nil {
		h, err = r.climb(h, rest)
	}
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", rev, err)
	}
	return h, nil
}

// lastBefore finds the last mainline commit of HEAD merged before the end of
// day. Merged is the running maximum of committer times (domain.md §0.3).
func (r *Repo) lastBefore(day time.Time, rev string) (Hash, error) {
	end := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, day.Location())
	head, err := r.peel(r.reference("HEAD"))
	if err != nil {
		return "", fmt.Errorf("resolve %q: %w", rev, err)
	}
	line, err := r.FirstParents(head)
	if err != nil {
		return "", err
	}
	last := Hash("")
	for i := len(line) - 1; i >= 0; i-- {
		c, err := r.Commit(line[i])
		if err != nil {
			return "", err
		}
		if !c.Committer.When.Before(end) {
			break
		}
		last = line[i]
	}
	if last == "" {
		return "", fmt.Errorf("resolve %q: no commit as early as this: %w", rev, ErrUnknownRevision)
	}
	return last, nil
}

// base looks a name up as git does: a full id, HEAD, a ref, a shortened id.
func (r *Repo) base(name string) (Hash, error) {
	if name == "" || name == "@" {
		name = "HEAD"
	}
	if _, err := parseHash(Hash(strings.ToLower(name))); err == nil {
		return Hash(strings.ToLower(name)), nil
	}
	for _, rule := range plumbing.RefRevParseRules {
		if h := r.reference(fmt.Sprintf(rule, name)); h != "" {
			return h, nil
		}
	}
	return r.short(strings.ToLower(name))
}

// short finds the one commit whose id begins with at least four digits.
func (r *Repo) short(digits string) (Hash, error) {
	if len(digits) < 4 || strings.Trim(digits, "0123456789abcdef") != "" {
		return "", ErrUnknownRevision
	}
	var found []Hash
	for _, candidate := range r.objects.withPrefix(digits) {
		if h, err := r.peel(Hash(candidate.String())); err == nil {
			found = append(found, h)
		}
	}
	switch len(found) {
	case 0:
		return "", ErrUnknownRevision
	case 1:
		return found[0], nil
	}
	return "", ErrAmbiguous
}

// peel follows annotated tags to a commit.
func (r *Repo) peel(h Hash) (Hash, error) {
	if h == "" {
		return "", ErrUnknownRevision
	}
	for range 10 {
		object, err := parseHash(h)
		if err != nil {
			return "", err
		}
		t, data, err := r.objects.read(object)
		switch {
		case err != nil:
			return "", r.explain(err)
		case t == plumbing.CommitObject:
			return h, nil
		case t != plumbing.TagObject:
			return "", fmt.Errorf("object %s is no commit: %w", h, ErrUnknownRevision)
		}
		line, _, _ := strings.Cut(string(data), "\n")
		h = Hash(strings.TrimPrefix(line, "object "))
	}
	return "", ErrUnknownRevision
}

// climb goes the steps ~n, ^n, ^{commit} and ^{}.
func (r *Repo) climb(h Hash, steps string) (Hash, error) {
	for steps != "" {
		kind := steps[0]
		steps = steps[1:]
		if kind == '^' && strings.HasPrefix(steps, "{") {
			inner, after, ok := strings.Cut(steps[1:], "}")
			if !ok || inner != "" && inner != "commit" {
				return "", ErrUnknownRevision
			}
			steps = after
			continue
		}
		n, rest, err := count(steps)
		if err != nil || rest != "" && rest[0] != '~' && rest[0] != '^' {
			return "", ErrUnknownRevision
		}
		steps = rest
		if h, err = r.ancestor(h, kind, n); err != nil {
			return "", err
		}
	}
	return h, nil
}

// count reads the number of a step, 1 where there is none.
func count(s string) (int, string, error) {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if end == 0 {
		return 1, s, nil
	}
	n, err := strconv.Atoi(s[:end])
	return n, s[end:], err
}

func (r *Repo) ancestor(h Hash, kind byte, n int) (Hash, error) {
	parent, times := 1, n
	if kind == '^' {
		parent, times = n, min(n, 1)
	}
	for range times {
		c, err := r.historic(h)
		if err != nil {
			return "", err
		}
		if parent > len(c.Parents) {
			return "", ErrUnknownRevision
		}
		h = c.Parents[parent-1]
	}
	return h, nil
}

package signature

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// allowed is one line of a file of allowed signers.
type allowed struct {
	principals []string
	key        []byte // as in a signature
	namespaces string // a list of patterns, "" for any
	// after and before are inclusive; zero where the line sets none.
	after, before time.Time
}

// admitted looks a key up. Of several lines about one key the best counts.
func (k *Keys) admitted(key []byte, at time.Time) (Status, Reason, []string) {
	status, reason, signers := Unknown, NotAdmitted, []string(nil)
	if k == nil {
		return status, reason, signers
	}
	for i := range k.signers {
		a := &k.signers[i]
		if !bytes.Equal(a.key, key) {
			continue
		}
		switch {
		case a.namespaces != "" && !matchList(a.namespaces, namespace):
			if status != Expired {
				reason, signers = ForOtherUses, a.principals
			}
		case !a.after.IsZero() && at.Before(a.after):
			status, reason, signers = Expired, TooEarly, a.principals
		case !a.before.IsZero() && at.After(a.before):
			status, reason, signers = Expired, TooLate, a.principals
		default:
			return Good, "", a.principals
		}
	}
	return status, reason, signers
}

// parseAllowed reads one line: principals, options, key. What cannot be used is
// said by a problem's key.
func parseAllowed(line string, zone *time.Location) (allowed, string) {
	principals, rest := word(line)
	if principals == "" || rest == "" {
		return allowed{}, "signature.line"
	}
	a := allowed{principals: strings.Split(principals, ",")}
	for {
		next, after := word(rest)
		if _, known := keyTypes()[next]; known || after == "" {
			break
		}
		if problem := a.options(next, zone); problem != "" {
			return allowed{}, problem
		}
		rest = after
	}
	key, _, options, _, err := ssh.ParseAuthorizedKey([]byte(rest))
	if err != nil || len(options) > 0 {
		return allowed{}, "signature.key"
	}
	a.key = key.Marshal()
	return a, ""
}

// keyTypes are the keys that sign: no certificates, and no DSA.
func keyTypes() map[string]struct{} {
	return map[string]struct{}{
		ssh.KeyAlgoED25519: {}, ssh.KeyAlgoRSA: {}, ssh.KeyAlgoECDSA256: {}, ssh.KeyAlgoECDSA384: {},
		ssh.KeyAlgoECDSA521: {}, ssh.KeyAlgoSKED25519: {}, ssh.KeyAlgoSKECDSA256: {},
	}
}

// options reads the comma-separated options of a line.
func (a *allowed) options(text string, zone *time.Location) string {
	for text != "" {
		option, rest := optionOf(text)
		text = rest
		name, value, _ := strings.Cut(option, "=")
		value = strings.Trim(value, `"`)
		var ok bool
		switch strings.ToLower(name) {
		case "cert-authority":
			return "signature.authority"
		case "namespaces":
			a.namespaces, ok = value, value != ""
		case "valid-after":
			a.after, ok = moment(value, zone)
		case "valid-before":
			a.before, ok = moment(value, zone)
		}
		if !ok {
			return "signature.option"
		}
	}
	return ""
}

// optionOf cuts the first option off, at a comma outside quotes.
func optionOf(s string) (option, rest string) {
	quoted := false
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ',' && !quoted:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// word cuts the first word off, at a blank outside quotes, and takes the quotes
// around the whole of it away.
func word(s string) (first, rest string) {
	s = strings.TrimLeft(s, " \t")
	quoted := false
	end := len(s)
	for i := range len(s) {
		if s[i] == '"' {
			quoted = !quoted
		}
		if (s[i] == ' ' || s[i] == '\t') && !quoted {
			end = i
			break
		}
	}
	first, rest = s[:end], strings.TrimLeft(s[end:], " \t")
	if len(first) > 1 && first[0] == '"' && first[len(first)-1] == '"' {
		first = first[1 : len(first)-1]
	}
	return first, rest
}

// moment reads YYYYMMDD[HHMM[SS]], in UTC with a Z behind it and else in zone;
// OpenSSH takes the machine's zone, on which no verdict may depend.
func moment(s string, zone *time.Location) (time.Time, bool) {
	if utc, ok := strings.CutSuffix(s, "Z"); ok {
		s, zone = utc, time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil && len(s) == len(layout) {
			return t, true
		}
	}
	return time.Time{}, false
}

// matchList matches OpenSSH's comma-separated patterns with * and ?; one that
// begins with ! and matches refuses, whatever else does.
func matchList(list, s string) bool {
	found := false
	for pattern := range strings.SplitSeq(list, ",") {
		negated, refuse := strings.CutPrefix(pattern, "!")
		if match(negated, s) {
			if refuse {
				return false
			}
			found = true
		}
	}
	return found
}

// match compares with a pattern in time linear in both, times at most each other.
func match(pattern, s string) bool {
	p, i, star, mark := 0, 0, -1, 0
	for i < len(s) {
		switch {
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == s[i] && pattern[p] != '*'):
			p++
			i++
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, i
			p++
		case star >= 0:
			mark++
			p, i = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

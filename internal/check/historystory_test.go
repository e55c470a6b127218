package check_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"kept/internal/evidence"
	"kept/internal/gitrepo"
	"kept/internal/gittest"
)

// job is a record of the stories.
type job struct {
	id, title, origin, received, due, result, remark, from, note string
	steps                                                        []jobStep
	extended                                                     string // "to by"
	path                                                         string
	plain                                                        bool // keys in another order, other quotes
}

type jobStep struct{ to, at, by, role string }

func (j *job) clone() *job {
	c := *j
	c.steps = slices.Clone(j.steps)
	return &c
}

// yaml writes the record.
func (j *job) yaml() string {
	fields := [][2]string{
		{"title", j.title},
		{"origin", j.origin},
		{"received_at", j.received},
		{"due_at", j.due},
		{"result", j.result},
		{"remark", j.remark},
		{"renumbered_from", j.from},
	}
	quote := `"`
	if j.plain {
		slices.Reverse(fields)
		quote = `'`
	}
	var b strings.Builder
	status := "registered"
	if n := len(j.steps); n > 0 {
		status = j.steps[n-1].to
	}
	fmt.Fprintf(&b, "schema: job/v1\nid: %s\nstatus: %s\n", j.id, status)
	for _, f := range fields {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s%s%s\n", f[0], quote, f[1], quote)
		}
	}
	if to, by, ok := strings.Cut(j.extended, " "); ok {
		fmt.Fprintf(&b, "extensions:\n  - {from: %q, to: %q, approved_by: %s}\n", j.due, to, by)
	}
	b.WriteString("transitions:\n")
	for i, s := range j.steps {
		note := ""
		if j.note != "" && i == 0 {
			note = ", note: " + j.note
		}
		fmt.Fprintf(&b, "  - {to: %s, at: %s%s%s, by: %s, role: %s%s}\n", s.to, quote, s.at, quote, s.by, s.role, note)
	}
	return b.String()
}

// tree is the files of a commit.
type tree map[string]string

// teller makes the objects of many histories.
type teller struct {
	gittest.Objects
	text string // of the last commit
}

const robot = "forge-robot"

func mail(person string) string { return strings.TrimPrefix(person, "u-") + "@example.cn" }

// commit makes one commit with all its files; a key signs it.
func (w *teller) commit(author, committer string, authored, at time.Time, message string, files tree, key *gittest.Key, parents ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "tree %s\n", w.Tree(files))
	for _, p := range parents {
		fmt.Fprintf(&b, "parent %s\n", p)
	}
	fmt.Fprintf(&b, "author %s <%s> %d %s\ncommitter %s <%s> %d %s\n\n%s\n",
		author, mail(author), authored.Unix(), authored.Format("-0700"), committer, mail(committer), at.Unix(), at.Format("-0700"), message)
	w.text = b.String()
	if key != nil {
		w.text = key.Signed(w.text)
	}
	return w.Add("commit", []byte(w.text))
}

// story is one history, told in the order of time.
type story struct {
	*teller
	rnd     *rand.Rand
	now     time.Time
	tip     string
	files   tree
	jobs    []*job
	kpi     int               // its version less one
	numbers int               // given
	keys    map[string]string // names of the keys in use, by person; nil where nobody signs
	unsign  bool              // the next commit stays without
	signer  string            // name of the key of the next commit, "" for the committer's
	told    int               // disposals and exceptions
	sealed  []*evidence.Seal  // as they ought to be
	forge   bool              // the next commit is changed after it was signed
	orders  []gitrepo.Substitution
	seen    string // CI's ledger; "" for none
}

func newStory(w *teller, seed uint64) *story {
	zone := time.FixedZone("", 8*3600)
	s := &story{teller: w, rnd: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2026, 3, 2, 9, 0, 0, 0, zone), files: tree{}}
	s.files["records/kpi/K1.yaml"] = kpi(1, "98")
	s.person("u-wl", "handler")
	s.person("u-lj", "handler")
	s.person("u-zm", "lead", "handler")
	s.person("u-dc", "doc_controller")
	if seed%5 == 0 {
		s.keys = map[string]string{}
		for _, p := range []string{"u-wl", "u-lj", "u-zm", "u-dc", robot} {
			s.keys[p] = p
		}
		s.admit("")
	}
	s.direct("u-dc", "start")
	return s
}

// person writes a person's record, with roles since the year began.
func (s *story) person(id string, roles ...string) {
	text := fmt.Sprintf("schema: person/v1\nid: %s\ntitle: %s\nstatus: active\nidentities: [%s]\nroles:\n", id, id, mail(id))
	for _, r := range roles {
		text += fmt.Sprintf("  - {role: %s, from: \"2026-01-01\"}\n", r)
	}
	s.files["records/person/"+id+".yaml"] = text
}

// admit writes the keys in use into the tree, and a line of another.
func (s *story) admit(line string) {
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(s.keys)) {
		fmt.Fprintf(&b, "%s %s\n", mail(p), gittest.NewKey(s.keys[p]).Public())
	}
	s.files["allowed_signers"] = b.String() + line
	s.files["kept.yaml"] = "signatures: required\n"
}

// make commits as who is said to.
func (s *story) make(author, committer string, authored, at time.Time, message string, parents ...string) string {
	var key *gittest.Key
	name := s.signer
	if name == "" {
		name = s.keys[committer]
	}
	if name != "" && !s.unsign {
		k := gittest.NewKey(name)
		key = &k
	}
	forge := s.forge
	s.signer, s.unsign, s.forge = "", false, false
	id := s.commit(author, committer, authored, s.zoned(at), message, s.files, key, parents...)
	if forge {
		id = s.Add("commit", []byte(strings.Replace(s.text, "\n\n"+message, "\n\nforged", 1)))
	}
	return id
}

// zoned is a moment in the zone of somebody who travels.
func (s *story) zoned(at time.Time) time.Time {
	hours := []int{8, 8, 8, 0, -5, 14}[s.rnd.IntN(6)]
	return at.In(time.FixedZone("", hours*3600))
}

func kpi(version int, target string) string {
	return fmt.Sprintf("schema: kpi/v1\nid: K1\ntitle: 及时率\nstatus: active\nversion: %d\nmeasure: on_time\ntargets:\n  - {from: \"2026-01-01\", value: %q}\n", version, target)
}

// wait lets time pass within working hours.
func (s *story) wait() {
	s.now = s.now.Add(time.Duration(7+s.rnd.IntN(90)) * time.Minute)
	for s.now.Hour() < 9 || s.now.Hour() >= 17 || s.now.Hour() == 12 {
		s.now = s.now.Add(time.Hour)
	}
}

func (s *story) stamp() string { return s.now.Format(time.RFC3339) }

func evening(t time.Time) string { return t.Format(time.DateOnly) + "T18:00:00+08:00" }

// put lays the jobs out as files.
func (s *story) put(j *job) { s.files[j.path] = j.yaml() }

// direct commits the files onto the mainline.
func (s *story) direct(author, message string) string {
	return s.directAs(author, author, s.now, message)
}

func (s *story) directAs(author, committer string, authored time.Time, message string) string {
	var parents []string
	if s.tip != "" {
		parents = []string{s.tip}
	}
	s.tip = s.make(author, committer, authored, s.now, message, parents...)
	return s.tip
}

// bring commits what edit does in one of the ways in which changes reach a
// mainline: directly, by a merge, squashed by the forge, or through a fast-forward.
// It returns the commit that set the values.
func (s *story) bring(author, message string, edit func()) string {
	authored := s.now
	edit()
	switch s.rnd.IntN(5) {
	case 0, 1:
		side := s.make(author, author, authored, s.skewed(), message, s.tip)
		s.now = s.now.Add(time.Duration(5+s.rnd.IntN(40)) * time.Minute)
		s.merge(author, side)
		return side
	case 2:
		return s.directAs(author, robot, authored, message+" (#7)")
	}
	return s.direct(author, message)
}

// skewed is now by a clock that is a little wrong.
func (s *story) skewed() time.Time {
	return s.now.Add(time.Duration(s.rnd.IntN(240)-120) * time.Second)
}

// merge merges branches of an author, as another or as a forge does.
func (s *story) merge(author string, sides ...string) string {
	reviewer := map[bool]string{true: "u-lj", false: "u-zm"}[author == "u-zm"]
	message := "Merge branch 'work'\n\nReviewed-by: " + reviewer + " <" + mail(reviewer) + ">"
	switch {
	case len(sides) > 1:
		message = "Merge branches 'work' and 'more'"
	case s.rnd.IntN(3) == 0:
		message = "Merge pull request #7 from work\n\nReviewed-by: " + reviewer + " <" + mail(reviewer) + ">"
	}
	s.tip = s.make(reviewer, reviewer, s.now, s.now, message, append([]string{s.tip}, sides...)...)
	return s.tip
}

// open registers a job.
func (s *story) open() *job {
	s.numbers++
	n := s.numbers
	id := fmt.Sprintf("J-2026-%03d", n)
	j := &job{id: id, title: fmt.Sprintf("维修 %d", n), received: s.stamp(), path: "records/job/" + id + ".yaml"}
	j.due = evening(s.now.AddDate(0, 0, 5))
	s.jobs = append(s.jobs, j)
	if s.rnd.IntN(8) == 0 { // brought in with its life behind it
		j.origin = "imported"
		old := s.now.AddDate(0, -1, 0)
		for i, to := range []string{"registered", "approved", "resolved"} {
			j.steps = append(j.steps, jobStep{to, old.AddDate(0, 0, i).Format(time.RFC3339), "u-wl", "handler"})
		}
		j.result = "完好"
		s.put(j)
		s.direct("u-dc", "import "+id)
		return j
	}
	s.step(j, "registered", "u-wl", "handler")
	return j
}

// step moves a job on, and commits soon after.
func (s *story) step(j *job, to, by, role string) string {
	s.wait()
	j.steps = append(j.steps, jobStep{to, s.stamp(), by, role})
	if to == "resolved" {
		j.result = "已修复"
	}
	s.now = s.now.Add(time.Duration(1+s.rnd.IntN(9)) * time.Minute)
	return s.bring(by, j.id+" "+to, func() { s.put(j) })
}

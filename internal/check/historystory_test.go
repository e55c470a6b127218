package check_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// job is a record of the stories.
type job struct {
	id, title, origin, received, due, result, remark, from string
	steps                                                  []jobStep
	extended                                               string // "to by"
	path                                                   string
	plain                                                  bool // keys in another order, other quotes
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
	for _, s := range j.steps {
		fmt.Fprintf(&b, "  - {to: %s, at: %s%s%s, by: %s, role: %s}\n", s.to, quote, s.at, quote, s.by, s.role)
	}
	return b.String()
}

// tree is the files of a commit.
type tree map[string]string

// teller writes histories as branches of one stream for git fast-import.
type teller struct {
	b    strings.Builder
	mark int
}

const robot = "forge-robot"

func mail(person string) string { return strings.TrimPrefix(person, "u-") + "@example.cn" }

// commit writes one commit with all its files.
func (w *teller) commit(ref, author, committer string, authored, at time.Time, message string, files tree, parents ...int) int {
	w.mark++
	fmt.Fprintf(&w.b, "commit refs/heads/%s\nmark :%d\nauthor %s <%s> %d +0800\ncommitter %s <%s> %d +0800\ndata %d\n%s\n",
		ref, w.mark, author, mail(author), authored.Unix(), committer, mail(committer), at.Unix(), len(message), message)
	for i, p := range parents {
		fmt.Fprintf(&w.b, "%s :%d\n", [2]string{"from", "merge"}[min(i, 1)], p)
	}
	w.b.WriteString("deleteall\n")
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&w.b, "M 100644 inline %s\ndata %d\n%s\n", name, len(files[name]), files[name])
	}
	return w.mark
}

// story is one history, told in the order of time.
type story struct {
	*teller
	rnd     *rand.Rand
	name    string
	now     time.Time
	tip     int
	files   tree
	jobs    []*job
	kpi     int // its version less one
	numbers int // given
}

func newStory(w *teller, seed uint64, name string) *story {
	zone := time.FixedZone("", 8*3600)
	s := &story{teller: w, rnd: rand.New(rand.NewPCG(seed, 7)), name: name, now: time.Date(2026, 3, 2, 9, 0, 0, 0, zone), files: tree{}}
	s.files["records/kpi/K1.yaml"] = kpi(1, "98")
	s.direct("u-dc", "start")
	return s
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
func (s *story) direct(author, message string) int {
	return s.directAs(author, author, s.now, message)
}

func (s *story) directAs(author, committer string, authored time.Time, message string) int {
	var parents []int
	if s.tip > 0 {
		parents = []int{s.tip}
	}
	s.tip = s.commit(s.name, author, committer, authored, s.now, message, s.files, parents...)
	return s.tip
}

// bring commits what edit does in one of the ways in which changes reach a
// mainline: directly, by a merge, squashed by the forge, or through a fast-forward.
// It returns the commit that set the values.
func (s *story) bring(author, message string, edit func()) int {
	authored := s.now
	edit()
	switch s.rnd.IntN(4) {
	case 0:
		side := s.commit(s.name+"-side", author, author, authored, s.now, message, s.files, s.tip)
		s.now = s.now.Add(time.Duration(3+s.rnd.IntN(40)) * time.Minute)
		reviewer := map[bool]string{true: "u-lj", false: "u-zm"}[author == "u-zm"]
		s.tip = s.commit(s.name, reviewer, reviewer, s.now, s.now, "Merge branch 'work'\n\nReviewed-by: "+reviewer+" <"+mail(reviewer)+">", s.files, s.tip, side)
		return side
	case 1:
		return s.directAs(author, robot, authored, message+" (#7)")
	}
	return s.direct(author, message)
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
func (s *story) step(j *job, to, by, role string) int {
	s.wait()
	j.steps = append(j.steps, jobStep{to, s.stamp(), by, role})
	if to == "resolved" {
		j.result = "已修复"
	}
	s.now = s.now.Add(time.Duration(1+s.rnd.IntN(9)) * time.Minute)
	return s.bring(by, j.id+" "+to, func() { s.put(j) })
}

// advance does the next step of a life.
func (s *story) advance(j *job) {
	switch j.steps[len(j.steps)-1].to {
	case "registered":
		s.step(j, "approved", "u-zm", "lead")
	case "approved":
		s.step(j, "resolved", "u-lj", "handler")
	case "resolved":
		s.step(j, "closed", "u-zm", "lead")
	}
}

// live tells one honest history of a few jobs.
func (s *story) live() {
	for range 2 + s.rnd.IntN(3) {
		j := s.open()
		for range 4 {
			s.advance(j)
			s.quirk(j)
		}
	}
}

// quirk does something that only looks odd.
func (s *story) quirk(j *job) {
	s.wait()
	switch s.rnd.IntN(9) {
	case 0: // written anew in other words
		j.plain = !j.plain
		s.put(j)
		s.direct("u-dc", "format")
	case 1: // moved to another folder
		delete(s.files, j.path)
		j.path = "records/job/" + []string{"", "2026/", "alt/"}[s.rnd.IntN(3)] + j.id + ".yaml"
		s.put(j)
		s.direct("u-dc", "move")
	case 2: // a remark after the end
		j.remark = fmt.Sprintf("备注 %d", s.rnd.IntN(99))
		s.put(j)
		s.direct("u-wl", "remark")
	case 3: // done, undone, done again later
		if n := len(j.steps); j.steps[n-1].to == "approved" {
			before := j.clone()
			s.step(j, "resolved", "u-lj", "handler")
			s.wait()
			*j = *before
			s.put(j)
			s.direct("u-lj", "Revert \""+j.id+" resolved\"\n\nThis reverts commit 0.")
			s.step(j, "resolved", "u-lj", "handler")
		}
	case 4: // extended before it is due
		if j.extended == "" && j.steps[len(j.steps)-1].to == "approved" {
			to := evening(s.now.AddDate(0, 0, 9))
			j.extended = to + " u-zm"
			s.put(j)
			s.direct("u-lj", "extend\n\nApproved-by: 周敏 <zm@example.cn>")
			j.due = to
			s.put(j)
			s.direct("u-lj", "new due time")
		}
	case 5: // a new version of the figure
		s.kpi++
		s.files["records/kpi/K1.yaml"] = kpi(1+s.kpi, fmt.Sprint(90+s.rnd.IntN(9)))
		s.direct("u-dc", "new version")
	case 6: // reopened, changed, closed
		if j.steps[len(j.steps)-1].to == "closed" {
			s.step(j, "resolved", "u-zm", "handler")
			j.result = "再次修复"
			s.put(j)
			s.direct("u-lj", "better")
			s.step(j, "closed", "u-zm", "lead")
		}
	case 7: // written a while before it was committed, and not in UTC+8
		j.remark = "稍后"
		s.put(j)
		s.directAs("u-wl", "u-wl", s.now.Add(-26*time.Hour), "rebased")
	case 8: // the next number, since the old one was taken on paper
		delete(s.files, j.path)
		j.from, j.id = j.id, fmt.Sprintf("J-2026-%03d", s.numbers+1)
		s.numbers++
		j.path = "records/job/" + j.id + ".yaml"
		s.put(j)
		s.direct("u-dc", "renumber")
	}
}

package yamldoc

import (
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Comment is one comment of a file and the value it belongs to: the key or item
// that follows it, that stands before it on its line, or that it ends.
type Comment struct {
	Pointer string // JSON pointer; "" is the file
	Text    string // from the #, without blanks at its end
}

// CommentsOf lists a file's comments in the order of the file, nil where it
// cannot be read.
func CommentsOf(data []byte) []Comment {
	text, root, found := read("", data)
	if len(found) > 0 {
		return nil
	}
	s := scan(string(text), root)
	var list []Comment
	add := func(pointer string, lines ...string) {
		for _, line := range lines {
			if line != "" {
				list = append(list, Comment{pointer, line})
			}
		}
	}
	add("", s.head...)
	for _, at := range s.points {
		if r := s.remarks[at.node]; r != nil {
			add(at.pointer, r.before...)
			add(at.pointer, r.behind)
			add(at.pointer, r.after...)
		}
	}
	add("", s.tail...)
	return list
}

// remark is the comments of one key or item; an empty line in before or after is
// a blank line.
type remark struct {
	before, after []string
	behind        string
	gap           int // blanks more than one before behind
}

// point is a key or an item in block style, where a comment may belong.
type point struct {
	node    *yaml.Node
	pointer string
	line    int // from one
	column  int
}

// scanned is where the comments of a text belong.
type scanned struct {
	lines    []string
	masked   [][]bool // per line, the bytes inside quotes and blocks of text
	inside   []bool   // per line, whether it begins inside brackets, quotes or a block
	flowing  []bool   // per line, whether it begins inside brackets
	openers  map[[2]int]bool
	ends     map[*yaml.Node]int // of blocks, the line behind their last one, from zero
	points   []point
	open     []int // while lines are walked: the points around the present one
	remarks  map[*yaml.Node]*remark
	head     []string // above the first key, set apart by a blank line or for editors
	tail     []string // below everything
	anchored bool
	trouble  int // first line with a comment that has no place
}

// scan finds the comments of a text that parses.
func scan(text string, root *yaml.Node) *scanned {
	s := &scanned{remarks: map[*yaml.Node]*remark{}, openers: map[[2]int]bool{}, ends: map[*yaml.Node]int{}}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		s.lines = append(s.lines, strings.TrimSuffix(line, "\r"))
	}
	s.masked = make([][]bool, len(s.lines))
	s.inside = make([]bool, len(s.lines)+1)
	s.flowing = make([]bool, len(s.lines)+1)
	for i, line := range s.lines {
		s.masked[i] = make([]bool, len(line))
	}
	if root == nil {
		return s
	}
	s.mask(root, 0, false)
	s.flows()
	s.gather(root, "")
	s.place()
	return s
}

// gather lists the keys and items in block style in the order of the text.
func (s *scanned) gather(n *yaml.Node, pointer string) {
	if n.Style&yaml.FlowStyle != 0 {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			at := Pointer(pointer, key.Value)
			s.points = append(s.points, point{node: key, pointer: at, line: key.Line, column: key.Column})
			s.gather(value, at)
		}
	case yaml.SequenceNode:
		column := s.sequenceColumn(n)
		for i, item := range n.Content {
			at := pointer + "/" + strconv.Itoa(i)
			s.points = append(s.points, point{node: item, pointer: at, line: s.dash(item, column), column: column})
			s.gather(item, at)
		}
	}
}

// dash is the line of an item's dash, which may stand above the item, below the
// key or item before.
func (s *scanned) dash(item *yaml.Node, column int) int {
	first := 1
	if n := len(s.points); n > 0 {
		first = s.points[n-1].line
	}
	for i := min(item.Line, len(s.lines)); i >= first; i-- {
		line := s.lines[i-1]
		if len(line) >= column && line[column-1] == '-' && !s.masked[i-1][column-1] && strings.Trim(line[:column], " -") == "" {
			return i
		}
	}
	return item.Line
}

// sequenceColumn is where the dashes of a block list stand. The node of one with
// an anchor begins at the anchor, above its first dash.
func (s *scanned) sequenceColumn(n *yaml.Node) int {
	if n.Anchor == "" || len(n.Content) == 0 {
		return n.Column
	}
	for i := min(n.Content[0].Line, len(s.lines)); i > n.Line; i-- {
		bare := strings.TrimLeft(s.lines[i-1], " ")
		if strings.HasPrefix(bare, "-") {
			return len(s.lines[i-1]) - len(bare) + 1
		}
	}
	return n.Column
}

func (s *scanned) remark(n *yaml.Node) *remark {
	r := s.remarks[n]
	if r == nil {
		r = &remark{}
		s.remarks[n] = r
	}
	return r
}

// place gives every comment to its key or item.
func (s *scanned) place() {
	if len(s.points) == 0 {
		return
	}
	next := 0 // first point that begins behind the line
	var pending []string
	for i := range s.lines {
		starts := next
		for ; next < len(s.points) && s.points[next].line == i+1; next++ {
			for len(s.open) > 0 && s.points[s.open[len(s.open)-1]].column >= s.points[next].column {
				s.open = s.open[:len(s.open)-1]
			}
			s.open = append(s.open, next)
		}
		at := s.comment(i)
		text := strings.TrimSpace(s.lines[i])
		full := at >= 0 && strings.TrimSpace(s.lines[i][:at]) == ""
		switch {
		case s.inside[i] && at >= 0:
			s.withinValue(i, at, starts)
			continue
		case s.inside[i], strings.HasPrefix(s.lines[i], "---"), s.lines[i] == "...", strings.HasPrefix(s.lines[i], "%"):
			if at >= 0 {
				s.stuck(i)
			}
			continue
		case text == "":
			pending = append(pending, "")
			continue
		case full:
			pending = s.fullLine(i, at, next, pending)
			continue
		}
		if starts < next {
			s.before(starts, pending)
		} else if len(strings.Join(pending, "")) > 0 {
			s.stuck(i) // a comment in the middle of a value
		}
		pending = nil
		if at >= 0 {
			s.behind(i, at, next)
		}
	}
	s.tail = pending
}

func (s *scanned) stuck(line int) {
	if s.trouble == 0 {
		s.trouble = line + 1
	}
}

// withinValue refuses a comment inside brackets or quotes; one behind their end
// belongs to the value.
func (s *scanned) withinValue(line, at, starts int) {
	if strings.TrimSpace(s.lines[line][:at]) == "" {
		s.stuck(line)
		return
	}
	s.behind(line, at, starts)
}

// behind notes the comment at a line's end for the last key or item that begins
// on the line, or whose value ends there.
func (s *scanned) behind(line, at, next int) {
	if next == 0 || s.flowing[line+1] {
		s.stuck(line)
		return
	}
	r := s.remark(s.points[next-1].node)
	if r.behind != "" {
		s.stuck(line)
		return
	}
	body := s.lines[line][:at]
	r.behind = strings.TrimRight(s.lines[line][at:], " \t")
	if !strings.Contains(body, "\t") {
		r.gap = len(body) - len(strings.TrimRight(body, " ")) - 1
	}
}

// fullLine takes a comment line: one that is indented, right behind a value that
// lies deeper than what follows, ends that value; the others wait for what
// follows.
func (s *scanned) fullLine(line, at, next int, pending []string) []string {
	text := strings.TrimRight(s.lines[line][at:], " \t")
	column := at + 1
	if len(pending) == 0 && column > 1 && (next == len(s.points) || s.points[next].column < column) && next > 0 {
		// the nearest enclosing key or item that the comment is indented under
		for _, i := range slices.Backward(s.open) {
			if s.points[i].column < column {
				r := s.remark(s.points[i].node)
				r.after = append(r.after, text)
				return nil
			}
		}
	}
	return append(pending, text)
}

// before gives waiting comments to the point that begins on this line. Those of
// the first key that are set apart by a blank line, or speak to editors, stay at
// the head of the file.
func (s *scanned) before(point int, pending []string) {
	if point == 0 {
		cut := 0
		for i, line := range pending {
			if line == "" || editorLine(line) {
				cut = i + 1
			}
		}
		s.head, pending = pending[:cut:cut], pending[cut:]
	}
	if len(pending) > 0 {
		r := s.remark(s.points[point].node)
		r.before = append(r.before, pending...)
	}
}

func editorLine(line string) bool { return strings.HasPrefix(line, "# yaml-language-server:") }

// headed tells whether a comment like heading stands in the file already.
func (s *scanned) headed(heading string) bool {
	start, _, _ := strings.Cut(heading, "=")
	is := func(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, "# "), start) }
	if slices.ContainsFunc(s.head, is) || slices.ContainsFunc(s.tail, is) {
		return true
	}
	for _, r := range s.remarks {
		if slices.ContainsFunc(r.before, is) || slices.ContainsFunc(r.after, is) {
			return true
		}
	}
	return false
}

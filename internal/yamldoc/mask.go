package yamldoc

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// mask marks the bytes of quoted texts and of blocks, and where brackets open.
func (s *scanned) mask(n *yaml.Node, parent int, inFlow bool) {
	if n.Anchor != "" || n.Kind == yaml.AliasNode {
		s.anchored = true
	}
	flow := n.Style&yaml.FlowStyle != 0
	switch {
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.maskBlock(n, parent)
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		s.maskQuoted(n)
	case flow && !inFlow && n.Line <= len(s.lines):
		line := s.lines[n.Line-1]
		at := byteColumn(line, n.Column)
		if i := strings.IndexAny(line[at:], "[{"); i >= 0 {
			s.openers[[2]int{n.Line - 1, at + i}] = true
		}
	}
	for i, c := range n.Content {
		margin := parent
		switch {
		case n.Kind == yaml.MappingNode && !flow:
			margin = n.Content[i&^1].Column
		case n.Kind == yaml.SequenceNode && !flow:
			margin = s.sequenceColumn(n)
		}
		s.mask(c, margin, inFlow || flow)
	}
}

// maskBlock marks the lines of a block's text; blank lines at its end only where
// they count. A line less indented than the text ends it.
func (s *scanned) maskBlock(n *yaml.Node, parent int) {
	margin := s.margin(n, parent)
	end := n.Line
	for i := n.Line; i < len(s.lines); i++ {
		bare := strings.TrimLeft(s.lines[i], " ")
		if strings.TrimSpace(bare) == "" {
			continue
		}
		indent := len(s.lines[i]) - len(bare)
		if margin < 0 {
			margin = indent
		}
		if indent < margin || indent < parent {
			break
		}
		end = i + 1
	}
	for strings.HasSuffix(n.Value, "\n\n") && end < len(s.lines) && strings.TrimSpace(s.lines[end]) == "" {
		end++
	}
	for i := n.Line; i < end; i++ {
		s.inside[i] = true
		for j := range s.masked[i] {
			s.masked[i][j] = true
		}
	}
	s.ends[n] = end
}

// margin is the indentation that a block's header states, -1 for none.
func (s *scanned) margin(n *yaml.Node, parent int) int {
	line := s.lines[n.Line-1]
	at := byteColumn(line, n.Column)
	header := line[at+max(strings.IndexAny(line[at:], "|>"), 0):]
	for _, c := range header[1:min(3, len(header))] {
		if '1' <= c && c <= '9' {
			return max(parent-1, 0) + int(c-'0')
		}
	}
	return -1
}

// maskQuoted marks a text from its opening quote to its closing one.
func (s *scanned) maskQuoted(n *yaml.Node) {
	line := n.Line - 1
	if line >= len(s.lines) {
		return
	}
	at := byteColumn(s.lines[line], n.Column)
	for at < len(s.lines[line]) && s.lines[line][at] != '"' && s.lines[line][at] != '\'' {
		at++ // an anchor stands before the quote
	}
	if at >= len(s.lines[line]) {
		return
	}
	quote := s.lines[line][at]
	s.masked[line][at] = true
	for at++; line < len(s.lines); line, at = line+1, 0 {
		if line >= n.Line {
			s.inside[line] = true
		}
		text := s.lines[line]
		for ; at < len(text); at++ {
			s.masked[line][at] = true
			switch {
			case quote == '"' && text[at] == '\\' && at+1 < len(text):
				at++
				s.masked[line][at] = true
			case text[at] == quote && quote == '\'' && at+1 < len(text) && text[at+1] == '\'':
				at++
				s.masked[line][at] = true
			case text[at] == quote:
				return
			}
		}
	}
}

// comment is the offset of the comment of a line, -1 where there is none.
func (s *scanned) comment(line int) int {
	text := s.lines[line]
	for i := range len(text) {
		if text[i] == '#' && !s.masked[line][i] && (i == 0 || text[i-1] == ' ' || text[i-1] == '\t') {
			return i
		}
	}
	return -1
}

// flows marks the lines that begin inside brackets.
func (s *scanned) flows() {
	depth := 0
	for i := range s.lines {
		if depth > 0 {
			s.inside[i], s.flowing[i] = true, true
		}
		end := s.comment(i)
		if end < 0 {
			end = len(s.lines[i])
		}
		for j := range end {
			switch c := s.lines[i][j]; {
			case s.masked[i][j]:
			case (c == '[' || c == '{') && (depth > 0 || s.openers[[2]int{i, j}]):
				depth++
			case (c == ']' || c == '}') && depth > 0:
				depth--
			}
		}
	}
}

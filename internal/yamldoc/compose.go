package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"kept/internal/finding"
)

// compose is where the YAML library is called: it gives the root node of the
// only document, nil for an empty file. Aliases are pointers here, nothing is
// expanded yet. A panic of the library is a syntax finding.
func compose(path string, text []byte) (root *yaml.Node, refused *finding.Finding) {
	defer func() {
		if r := recover(); r != nil {
			root, refused = nil, syntaxFinding(path, text, fmt.Sprint(r))
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var first, second yaml.Node
	if err := dec.Decode(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntaxFinding(path, text, err.Error())
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return nil, syntaxFinding(path, text, err.Error())
	default:
		f := refuse(path, second.Line, second.Column, "yaml-document", "yamldoc.document")
		return nil, &f
	}
	if first.Kind != yaml.DocumentNode || len(first.Content) == 0 {
		return nil, nil
	}
	return first.Content[0], nil
}

// child is the entry of a mapping, or the item of a list, that a pointer's
// token names.
func child(n *yaml.Node, token string) (key, value *yaml.Node) {
	for n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == token {
				return n.Content[i], n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, ok := index(token); ok && i < len(n.Content) {
			return nil, n.Content[i]
		}
	}
	return nil, nil
}

func index(token string) (int, bool) {
	n := 0
	for _, c := range []byte(token) {
		if c < '0' || c > '9' || n > MaxSize {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, token != ""
}

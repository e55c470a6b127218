package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"kept/internal/yamldoc"
)

// tree is a JSON value as plain Go values, and the order of the keys of its
// objects, which decides the order of fields everywhere.
type tree struct {
	plain any
	keys  []string
	kids  map[string]*tree // of an object
}

var errDuplicateKey = errors.New("a key stands twice")

// readTree reads one JSON document; a key that stands twice is an error.
func readTree(data []byte) (*tree, error) {
	if len(data) > yamldoc.MaxSize {
		return nil, fmt.Errorf("read schema: larger than %d bytes", yamldoc.MaxSize)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	t, err := readValue(dec, 0)
	if err != nil {
		return nil, err
	}
	if dec.More() {
		return nil, errors.New("read schema: more than one value")
	}
	return t, nil
}

func readValue(dec *json.Decoder, depth int) (*tree, error) {
	if depth > yamldoc.MaxDepth {
		return nil, fmt.Errorf("read schema: deeper than %d", yamldoc.MaxDepth)
	}
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return readObject(dec, depth)
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			item, err := readValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, item.plain)
		}
		_, err := dec.Token()
		return &tree{plain: list}, err
	}
	return &tree{plain: any(token)}, nil
}

func readObject(dec *json.Decoder, depth int) (*tree, error) {
	fields := map[string]any{}
	t := &tree{plain: fields, kids: map[string]*tree{}}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		if _, twice := fields[key]; twice {
			return nil, errDuplicateKey
		}
		kid, err := readValue(dec, depth+1)
		if err != nil {
			return nil, err
		}
		t.keys = append(t.keys, key)
		t.kids[key], fields[key] = kid, kid.plain
	}
	_, err := dec.Token()
	return t, err
}

// object reads a tree's value by typed accessors; an absent tree is empty.
func (t *tree) object() yamldoc.Object {
	if t == nil {
		return yamldoc.Object{}
	}
	fields, _ := t.plain.(map[string]any)
	return yamldoc.NewObject(fields)
}

func (t *tree) kid(key string) *tree {
	if t == nil {
		return nil
	}
	return t.kids[key]
}

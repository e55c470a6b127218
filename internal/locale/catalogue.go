// Package locale holds what kept says to people: one catalogue of messages in
// Chinese and English, and the way each language writes numbers, dates and
// sorted lists.
//
// The catalogue is made of the files site/i18n/<package>.json. Each is one
// JSON object from message key to {"zh-CN": …, "en": …}. A key is
// `<package>.<thing>[.<detail>]`. A message names its arguments in braces,
// {field}; {n:record|records} picks a form by the integer argument n.
package locale

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Arg is one named argument of a message.
type Arg struct {
	Name  string
	Value Text
}

// A makes an argument that reads the same in both languages.
func A(name, value string) Arg { return Arg{Name: name, Value: Plain(value)} }

// N makes an integer argument.
func N(name string, n int) Arg { return A(name, strconv.Itoa(n)) }

// T makes an argument that is itself bilingual, such as a field's label.
func T(name string, value Text) Arg { return Arg{Name: name, Value: value} }

// Catalogue holds every message by key. It is immutable once loaded.
type Catalogue struct {
	messages map[string]Text
}

// Load reads every *.json of fsys's top folder. A key in two files, or without
// one of the languages, is an error.
func Load(fsys fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list message files: %w", err)
	}
	c := &Catalogue{messages: map[string]Text{}}
	for _, name := range names {
		if err := c.add(fsys, name); err != nil {
			return nil, fmt.Errorf("read messages %q: %w", name, err)
		}
	}
	return c, nil
}

func (c *Catalogue) add(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var file map[string]Text
	if err := json.Unmarshal(data, &file); err != nil {
		return err
	}
	area := strings.TrimSuffix(path.Base(name), ".json")
	for key, text := range file {
		switch _, known := c.messages[key]; {
		case known:
			return fmt.Errorf("key %q stands twice", key)
		case text.ZH == "" || text.EN == "":
			return fmt.Errorf("key %q lacks a language", key)
		case !strings.HasPrefix(key, area+"."):
			return fmt.Errorf("key %q does not begin with %q", key, area+".")
		}
		c.messages[key] = text
	}
	return nil
}

// Keys lists all keys in order.
func (c *Catalogue) Keys() []string {
	keys := make([]string, 0, len(c.messages))
	for k := range c.messages {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Message fills the message of key in both languages. An unknown key comes
// back as ⟦key⟧, so that it is seen; a test keeps it from happening.
func (c *Catalogue) Message(key string, args ...Arg) Text {
	text, ok := c.messages[key]
	if !ok {
		return Plain("⟦" + key + "⟧")
	}
	return Text{ZH: fill(text.ZH, Chinese, args), EN: fill(text.EN, English, args)}
}

// Printer speaks one language of the catalogue.
func (c *Catalogue) Printer(l Lang) *Printer { return &Printer{catalogue: c, lang: l} }

// fill replaces {name} and {name:one|many}.
func fill(message string, l Lang, args []Arg) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(message, '{')
		if open < 0 {
			b.WriteString(message)
			return b.String()
		}
		end := strings.IndexByte(message[open:], '}')
		if end < 0 {
			b.WriteString(message)
			return b.String()
		}
		b.WriteString(message[:open])
		b.WriteString(placeholder(message[open+1:open+end], l, args))
		message = message[open+end+1:]
	}
}

func placeholder(inner string, l Lang, args []Arg) string {
	name, forms, choice := strings.Cut(inner, ":")
	i := slices.IndexFunc(args, func(a Arg) bool { return a.Name == name })
	if i < 0 {
		return "{" + inner + "}"
	}
	value := args[i].Value.In(l)
	if !choice {
		return value
	}
	one, many, _ := strings.Cut(forms, "|")
	if value == "1" {
		return one
	}
	return many
}

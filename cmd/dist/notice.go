package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// listed is one package as "go list" tells it.
type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Module     *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// component is a module, or Go itself, with its licence files by their paths.
type component struct {
	name  string // path and version
	texts map[string][]byte
}

// licenceName tells the files that say under which terms something may be handed on.
var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents)([._-].*)?$`)

// notices is the text of the licences of all that is linked into the program of a
// target: licences ask that they go with the binary. A module without one is an error:
// it may not be handed on.
func notices(t target) ([]byte, error) {
	out, err := goTool(t, "list", "-mod=readonly", "-deps", "-json=ImportPath,Dir,Standard,Module", "./cmd/kept")
	if err != nil {
		return nil, err
	}
	root, err := goTool(t, "env", "GOROOT", "GOVERSION")
	if err != nil {
		return nil, err
	}
	goroot, goversion, _ := strings.Cut(strings.TrimSpace(string(root)), "\n")
	components, err := gather(bytes.NewReader(out), goroot, strings.TrimSpace(goversion))
	if err != nil {
		return nil, err
	}
	return notice(components), nil
}

// gather finds the licence files of the packages that a list names: in the folder of
// each package and in those above it, up to the top of its module.
func gather(list io.Reader, goroot, goversion string) ([]component, error) {
	found := map[string]*component{}
	at := func(name, top, dir string) error {
		c := found[name]
		if c == nil {
			c = &component{name, map[string][]byte{}}
			found[name] = c
		}
		for {
			if err := c.read(top, dir); err != nil {
				return err
			}
			if dir == top || len(dir) <= len(top) {
				return nil
			}
			dir = filepath.Dir(dir)
		}
	}
	if err := at("Go "+strings.TrimPrefix(goversion, "go")+", its standard library and runtime", goroot, goroot); err != nil {
		return nil, err
	}
	for dec := json.NewDecoder(list); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read the list of packages: %w", err)
		}
		if p.Standard || p.Module == nil || p.Module.Main {
			continue
		}
		if err := at(p.Module.Path+" "+p.Module.Version, p.Module.Dir, p.Dir); err != nil {
			return nil, err
		}
	}
	var all []component
	for _, c := range found {
		if len(c.texts) == 0 {
			return nil, fmt.Errorf("find the licence of %s: there is no such file", c.name)
		}
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b component) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

// read takes the licence files of one folder.
func (c *component) read(top, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		stem := strings.TrimSuffix(strings.TrimSuffix(e.Name(), ".txt"), ".md")
		if !e.Type().IsRegular() || !licenceName.MatchString(stem) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		c.texts[filepath.ToSlash(rel)] = data
	}
	return nil
}

// notice is one text of all licences.
func notice(components []component) []byte {
	var b bytes.Buffer
	b.WriteString("kept is handed out under the terms of LICENSE. The program holds the following, each under\nthe terms below it.\n")
	b.WriteString("\nPapers are set in WenQuanYi Micro Hei (Google Corporation; Qianqian Fang and the WenQuanYi\nBoard of Trustees), under the Apache License 2.0 or the GNU GPL 3 with font embedding\nexception; kept uses it under the Apache License 2.0, whose text is LICENSE.\n\n")
	for _, c := range components {
		b.WriteString("  " + c.name + "\n")
	}
	for _, c := range components {
		names := make([]string, 0, len(c.texts))
		for name := range c.texts {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			fmt.Fprintf(&b, "\n%s\n%s, %s\n%s\n\n", strings.Repeat("=", 80), c.name, name, strings.Repeat("=", 80))
			b.Write(bytes.TrimRight(bytes.ReplaceAll(c.texts[name], []byte("\r\n"), []byte("\n")), "\n"))
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

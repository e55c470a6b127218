// Package config reads kept.yaml: whose records these are, in which languages
// and zone, and the few tolerances that are not records.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
	_ "time/tzdata" // a machine without zone files still knows the organisation's zone

	"kept/internal/finding"
	"kept/internal/locale"
	"kept/internal/yamldoc"
)

// File is the configuration's place in a repository.
const File = "kept.yaml"

// Config is kept.yaml. Every key has a default, so that a repository without
// the file still works.
type Config struct {
	Organisation    locale.Text
	System          locale.Text    // the management system the records belong to
	Document        string         // number of the governing procedure
	Languages       []locale.Lang  // the first is the default; never empty
	Zone            *time.Location // of all periods, dates and working time
	Branch          string         // protected branch
	RepositoryURL   string         // the forge's page of the repository, "" for none
	Forge           Forge          // the software there
	PortalURL       string         // where the portal is published, "" for nowhere known
	FutureTolerance time.Duration  // how far a declared time may lie after its commit
	Sample          bool           // every page and print says that the records are a sample
	Rules           []Rule         // severities that the organisation changed, in the order written
	EvidenceStore   string         // folder of evidence files, relative to the repository's top; "" for none
	// SignaturesRequired tells that every commit must be signed, or all that its merge
	// brings in; it holds for commits that build on the tree that says so.
	SignaturesRequired bool
	Robots             []string // addresses of programs that commit for people, in small letters, sorted
	Contacts           string   // file of contacts, relative to the repository's top; "" for none
	ContactRoles       []string // who may print contacts; never empty
	Fonts              Fonts    // faces of papers
}

// Rule is a rule whose severity the organisation changed.
type Rule struct {
	ID       string
	Severity finding.Severity
	Reason   string
	Position finding.Position // of the id
}

// DefaultZone is the zone of a repository whose kept.yaml names none.
const DefaultZone = "Asia/Shanghai"

// Default is the configuration of a repository without kept.yaml.
func Default() Config {
	return Config{
		Languages:       []locale.Lang{locale.Chinese},
		Zone:            time.FixedZone(DefaultZone, 8*60*60),
		Branch:          "main",
		FutureTolerance: 5 * time.Minute,
		ContactRoles:    []string{"brm", "complaint_handler"},
	}
}

// Load reads kept.yaml from the top of fsys. What cannot be used is a finding,
// and its default stands instead.
func Load(fsys fs.FS) (Config, finding.List, error) {
	data, err := fs.ReadFile(fsys, File)
	if errors.Is(err, fs.ErrNotExist) {
		return Default(), nil, nil
	}
	if err != nil {
		return Config{}, nil, fmt.Errorf("read %q: %w", File, err)
	}
	doc, found := yamldoc.Parse(File, data)
	if doc == nil {
		return Default(), found, nil
	}
	r := reader{config: Default(), doc: doc, found: found}
	config := r.read()
	return config, r.found.Sort(), nil
}

// keys are the keys of kept.yaml.
func keys() []string {
	return []string{"organisation", "system", "document", "languages", "time_zone", "branch", "repository_url", "forge", "portal_url", "future_tolerance", "sample", "rules", "signatures", "robots", "evidence_store", "contacts", "contact_roles", "fonts"}
}

type reader struct {
	config Config
	doc    *yamldoc.Document
	found  finding.List
}

func (r *reader) read() Config {
	root := r.doc.Root()
	for _, key := range root.Keys() {
		if !slices.Contains(keys(), key) {
			r.report(r.doc.KeyPosition("/"+key), "config.unknown-key", locale.A("key", key))
		}
	}
	c := &r.config
	c.Organisation = text(root, "organisation")
	c.System = text(root, "system")
	c.Document = root.Text("document")
	c.RepositoryURL = root.Text("repository_url")
	r.forge(root)
	c.PortalURL = root.Text("portal_url")
	c.Sample = root.Flag("sample")
	if root.Has("branch") {
		c.Branch = root.Text("branch")
	}
	r.languages(root.Texts("languages"))
	r.tolerance(root.Text("future_tolerance"))
	r.rules(root)
	r.signing(root)
	c.EvidenceStore = r.outside("evidence_store")
	c.Contacts = r.outside("contacts")
	r.fonts(root)
	if roles := root.Texts("contact_roles"); len(roles) > 0 {
		c.ContactRoles = roles
	}
	return r.withZone(root.Text("time_zone"))
}

func text(o yamldoc.Object, key string) locale.Text {
	if s := o.Text(key); s != "" {
		return locale.Plain(s)
	}
	in := o.Object(key)
	return locale.Text{ZH: in.Text("zh-CN"), EN: in.Text("en")}
}

func (r *reader) languages(tags []string) {
	var langs []locale.Lang
	for _, tag := range tags {
		l, err := locale.ParseLang(tag)
		if err != nil {
			r.report(r.doc.Position("/languages"), "config.language")
			continue
		}
		if !slices.Contains(langs, l) {
			langs = append(langs, l)
		}
	}
	if len(langs) > 0 {
		r.config.Languages = langs
	}
}

func (r *reader) tolerance(s string) {
	if s == "" {
		return
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		r.report(r.doc.Position("/future_tolerance"), "config.duration")
		return
	}
	r.config.FutureTolerance = d
}

// withZone sets the zone by its name, Asia/Shanghai where there is none.
func (r *reader) withZone(name string) Config {
	if name == "" {
		name = DefaultZone
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		r.report(r.doc.Position("/time_zone"), "config.zone")
		return r.config
	}
	r.config.Zone = zone
	return r.config
}

func (r *reader) report(pos finding.Position, key string, args ...locale.Arg) {
	r.found = append(r.found, finding.Finding{Position: pos, Rule: "config", Severity: finding.Error, Key: key, Args: args})
}

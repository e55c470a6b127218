package pipeline

import (
	"kept/internal/check"
	"kept/internal/config"
	"kept/internal/gitrepo"
	"kept/internal/schema"
)

// Beside is what a report tells beside its findings.
type Beside struct {
	Config config.Config
	Rules  []check.Line
	Head   gitrepo.Hash // commit whose files are linked; "" where there is none
}

// Beside reads the configuration and the rules of a revision, or those on disk
// where none is named. What cannot be read is left out: a report's findings say
// why.
func (p *Project) Beside(rev string) Beside {
	files := p.workTree()
	b := Beside{Config: p.configuration()}
	if p.repo != nil {
		if head, err := p.resolve("HEAD"); err == nil {
			b.Head = head
		}
		if rev == "" && p.repo.Root() == "" {
			rev = "HEAD"
		}
		if at, err := p.resolve(rev); rev != "" && err == nil {
			if then, err := p.repo.Files(at); err == nil {
				files = then
			}
			if c, _, err := config.Load(files); err == nil {
				b.Config = c
			}
		}
	}
	kinds, _ := schema.Load(kindFiles(files))
	b.Rules = check.Lines(kinds, b.Config.Rules)
	return b
}

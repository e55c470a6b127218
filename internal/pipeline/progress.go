package pipeline

import "kept/internal/locale"

// Progress hears how far long work is: the stage, a key of the catalogue, how much of
// it is done, and how much there is, 0 where that is not known before. It may be called
// often, and by several goroutines at once. Nil hears nothing.
type Progress func(stage string, done, total int)

func (f Progress) tell(stage string, done, total int) {
	if f != nil {
		f(stage, done, total)
	}
}

// of is one stage's progress, nil where nobody hears it.
func (f Progress) of(stage string) func(done, total int) {
	if f == nil {
		return nil
	}
	return func(done, total int) { f(stage, done, total) }
}

// The stages.
const (
	stageRecords = "progress.records"
	stageHistory = "progress.history"
	stageRules   = "progress.rules"
	stageAudit   = "progress.audit"
	stagePapers  = "progress.papers"
	stagePages   = "progress.pages"
	stageSeals   = "progress.seals"
	stagePack    = "progress.pack"
	stageExport  = "progress.export"
	stageLedger  = "progress.ledger"
	stageImport  = "progress.import"
	stageWrite   = "progress.write"
)

// ProgressText says how far long work is.
func ProgressText(p *locale.Printer, stage string, done, total int) string {
	key := "progress.of"
	switch {
	case done == 0:
		key = "progress.begun"
	case total == 0:
		key = "progress.counted"
	}
	return p.Say(key, locale.A("stage", p.Say(stage)), locale.N("done", done), locale.N("total", total))
}

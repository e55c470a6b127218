package check

import "kept/internal/finding"

func historyRules() []historyRule {
	rule := func(id string, severity finding.Severity, scope Scope, purpose, ref string) Rule {
		return Rule{ID: id, Severity: severity, Scope: scope, Purpose: purpose, Ref: ref}
	}
	return []historyRule{
		{Rule: rule("audit-transition-edited", finding.Error, OfChange, "audit.transition-edited.purpose", "E11"), change: editedSteps},
		{Rule: rule("audit-backdated-step", finding.Warning, OfChange, "audit.backdated-step.purpose", ""), life: backdated},
		{Rule: rule("audit-future-step", finding.Error, OfChange, "audit.future-step.purpose", "E6"), life: futureSteps},
		{Rule: rule("audit-same-commit", finding.Info, OfHistory, "audit.same-commit.purpose", ""), life: sameCommit},
		{Rule: rule("audit-round-times", finding.Info, OfHistory, "audit.round-times.purpose", ""), life: roundTimes},
		{Rule: rule("audit-record-deleted", finding.Error, OfChange, "audit.record-deleted.purpose", ""), life: deletedRecords},
		{Rule: rule("audit-disposal-open", finding.Error, OfHistory, "audit.disposal-open.purpose", "E26"), life: disposedOpen},
		{Rule: rule("audit-record-restored", finding.Warning, OfChange, "audit.record-restored.purpose", ""), change: restoredRecords},
		{Rule: rule("audit-id-reused", finding.Error, OfChange, "audit.id-reused.purpose", "E2"), change: reusedIDs},
		{Rule: rule("audit-number-gap", finding.Warning, OfHistory, "audit.number-gap.purpose", "E3"), whole: numberGaps},
		{Rule: rule("audit-edit-after-close", finding.Error, OfChange, "audit.edit-after-close.purpose", "E10"), change: editsAfterClose},
		{Rule: rule("audit-due-moved", finding.Warning, OfChange, "audit.due-moved.purpose", ""), change: movedDues},
		{Rule: rule("audit-kpi-definition", finding.Error, OfChange, "audit.kpi-definition.purpose", "E28"), change: redefinedKPIs},
		{Rule: rule("audit-author-role", finding.Warning, OfChange, "audit.author-role.purpose", "E8"), change: authorsInRole},
		{Rule: rule("audit-import-later", finding.Error, OfHistory, "audit.import-later.purpose", ""), life: importedLater},
		{Rule: rule("audit-import-state", finding.Error, OfChange, "audit.import-state.purpose", ""), change: forgedImportState},
		{Rule: rule("audit-import-source", finding.Warning, OfChange, "audit.import-source.purpose", ""), change: forgedImportSource},
		{Rule: rule("audit-own-approval", finding.Error, OfChange, "audit.own-approval.purpose", ""), change: ownApprovals},
		{Rule: rule("audit-weakened", finding.Warning, OfHistory, "audit.weakened.purpose", ""), whole: weakened},
		{Rule: rule("audit-own-review", finding.Warning, OfHistory, "audit.own-review.purpose", ""), whole: ownReviews},
		{Rule: rule("audit-clock", finding.Warning, OfHistory, "audit.clock.purpose", "E6"), whole: clocks},
		{Rule: rule("audit-foxtrot", finding.Warning, OfHistory, "audit.foxtrot.purpose", ""), whole: foxtrots},
		{Rule: rule("audit-merge-altered", finding.Warning, OfHistory, "audit.merge-altered.purpose", ""), whole: alteredByMerges},
		{Rule: rule("audit-fast-forward", finding.Info, OfHistory, "audit.fast-forward.purpose", ""), whole: fastForwards},
		{Rule: rule("audit-malformed", finding.Error, OfHistory, "audit.malformed.purpose", ""), whole: malformed},
		{Rule: rule("audit-replaced", finding.Warning, OfHistory, "audit.replaced.purpose", ""), whole: replaced},
		{Rule: rule("audit-seal-broken", finding.Error, OfHistory, "audit.seal-broken.purpose", ""), whole: brokenSeals},
		{Rule: rule("audit-seal-edited", finding.Error, OfChange, "audit.seal-edited.purpose", ""), change: proposedSealEdits},
		{Rule: rule("audit-sealed", finding.Warning, OfHistory, "audit.sealed.purpose", ""), whole: sealedTouched},
		{Rule: rule("audit-signature-bad", finding.Error, OfHistory, "audit.signature-bad.purpose", ""), whole: badSignatures},
		{Rule: rule("audit-signature-unknown", finding.Warning, OfHistory, "audit.signature-unknown.purpose", ""), whole: unknownSignatures},
		{Rule: rule("audit-signature-missing", finding.Warning, OfHistory, "audit.signature-missing.purpose", ""), whole: missingSignatures},
		{Rule: rule("audit-signer-other", finding.Warning, OfHistory, "audit.signer-other.purpose", ""), whole: otherSigners},
		{Rule: rule("audit-signature-time", finding.Warning, OfHistory, "audit.signature-time.purpose", ""), whole: signatureTimes},
		{Rule: rule("audit-ledger-line", finding.Warning, OfHistory, "audit.ledger-line.purpose", ""), whole: badLedgerLines},
		{Rule: rule("audit-ledger-unknown", finding.Warning, OfHistory, "audit.ledger-unknown.purpose", ""), whole: unknownSightings},
		{Rule: rule("audit-ledger-late", finding.Warning, OfHistory, "audit.ledger-late.purpose", ""), whole: lateSightings},
		{Rule: rule("backlog-identity", finding.Error, OfHistory, "audit.backlog-identity.purpose", "E30"), whole: backlogIdentity},
	}
}

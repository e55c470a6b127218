package htmlsite

import "kept/internal/locale"

// recordWords are those of a record's page and of what it gathers.
type recordWords struct {
	PrintBy, EditOnForge, Texts, Copy, Copied, From, InRegister, AllGathered string

	LatestFindings, Seals, Signatures, Outside, HowToVerify string

	DocRecord, Superseded, DraftNote string
}

func (w *recordWords) records(p *locale.Printer) {
	w.PrintBy, w.EditOnForge = p.Say("htmlsite.print-by"), p.Say("htmlsite.edit-on-forge")
	w.Texts, w.Copy, w.Copied = p.Say("htmlsite.texts"), p.Say("htmlsite.copy"), p.Say("htmlsite.text-copied")
	w.From = p.Say("htmlsite.from")
	w.InRegister, w.AllGathered = p.Say("htmlsite.in-register"), p.Say("htmlsite.all-gathered")
	w.LatestFindings, w.Seals, w.Signatures = p.Say("htmlsite.latest-findings"), p.Say("htmlsite.seals"), p.Say("htmlsite.signatures")
	w.Outside, w.HowToVerify = p.Say("htmlsite.outside"), p.Say("htmlsite.how-to-verify")
	w.DocRecord, w.Superseded, w.DraftNote = p.Say("htmlsite.doc-record"), p.Say("htmlsite.superseded"), p.Say("htmlsite.draft-note")
}

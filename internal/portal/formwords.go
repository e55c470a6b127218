package portal

import (
	"strings"
)

// FormWords are the fixed texts of the forms' pages.
type FormWords struct {
	NoScript, Command, Asks, Old, OldHelp, Who, WhoHint, When, WhenHint, Note, NoteHint, Doing string

	Choose, Optional, Rest, Add, UploadHint, Make, Served string

	Result, File, Copy, Copied, Download, Open, Collide string
}

// FormWords are the fixed texts of the forms in the language of the view.
func (v *View) FormWords() FormWords {
	say := v.p.Say
	return FormWords{
		NoScript: say("form.no-script"), Command: say("form.command"), Asks: say("form.asks"), Old: say("form.old"), OldHelp: say("form.old-help"),
		Who: say("form.who"), WhoHint: say("form.who-hint"), When: say("form.when"), WhenHint: say("form.when-hint"),
		Note: say("form.note"), NoteHint: say("form.note-hint"), Doing: say("form.doing"),
		Choose: say("form.choose"), Optional: say("form.optional"), Rest: say("form.rest"), Add: say("form.add"),
		UploadHint: say("form.upload-hint"), Make: say("form.make"), Served: say("form.served"),
		Result: say("form.result"), File: say("form.file"), Copy: say("form.copy"), Copied: say("form.copied"), Download: say("form.download"), Open: say("form.open"),
		Collide: say("form.collide"),
	}
}

// scriptWords are what form.js says, by the last part of their key.
func (v *View) scriptWords() map[string]string {
	words := map[string]string{}
	for _, key := range []string{
		"form.js-colon", "form.js-covered", "form.js-empty", "form.js-errors", "form.js-few", "form.js-gone", "form.js-half", "form.js-high", "form.js-long",
		"form.js-low", "form.js-many", "form.js-merge", "form.js-number", "form.js-pattern", "form.js-put-edit", "form.js-put-full", "form.js-put-new",
		"form.js-put-none", "form.js-remove", "form.js-required", "form.js-save", "form.js-short", "form.js-state", "form.js-take", "form.js-theirs", "form.js-unreadable",
	} {
		_, name, _ := strings.Cut(key, "-")
		words[name] = v.p.Say(key)
	}
	return words
}

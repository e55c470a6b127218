package portal

import (
	"strconv"
	"strings"
	"time"

	"kept/internal/locale"
)

// Sheet is a register for spreadsheets: the table of its paper, cell by cell, with
// what a reader must know of its columns and where it comes from. Package sheet
// draws it. It carries the code of the paper, which `kept verify` proves.
type Sheet struct {
	Name         string // stem of the file: complaint-register
	Title        string
	Organisation string
	DocumentNo   string // with its version: SD-02004-F01 1.1; "" for none
	Size         string // of its paper: a4 (also ""), a3, a5, letter
	Landscape    bool
	Tool         string // version of kept
	Table        *Table
	Code         string
	Created      time.Time // of the data version
	Lang         locale.Lang
	Facts        []SheetFact // where it comes from
	Words        SheetWords
}

// SheetFact is one labelled statement about a sheet.
type SheetFact struct{ Label, Text string }

// SheetWords are the fixed words of a workbook in one language.
type SheetWords struct {
	Data, About                string // names of its two sheets
	Column, Key, Type, Meaning string // heads of the list of columns
	Types                      map[ColumnType]string
	Code                       string // before the code in the head of a text file
	Page                       string // Page {page} of {pages}
}

// SheetFolder is where a language's sheets lie, below the language's folder.
const SheetFolder = "sheet"

// Sheet makes the workbook of a register's paper. It panics on a paper of
// anything else.
func (v *View) Sheet(p *Print) *Sheet {
	s := &Sheet{
		Name: p.ID, Title: p.Title, Organisation: p.Organisation, DocumentNo: strings.TrimSpace(p.DocumentNo + " " + p.Version),
		Size: p.Size, Landscape: p.Landscape, Tool: p.Tool, Table: p.Sections[0].Table.plain(),
		Code: p.Code(), Created: p.Created.UTC(), Lang: p.Lang, Words: v.sheetWords(),
	}
	if p.PeriodKey != "" {
		s.Name += "_" + p.PeriodKey
	}
	fact := func(key, text string) {
		if text != "" {
			s.Facts = append(s.Facts, SheetFact{v.p.Say(key), text})
		}
	}
	fact("portal.sheet-title", p.Title)
	fact("portal.sheet-organisation", p.Organisation)
	fact("portal.sheet-system", p.System)
	fact("portal.sheet-number", p.DocumentNo)
	fact("portal.sheet-period", p.Period)
	fact("portal.sheet-rows", strconv.Itoa(len(s.Table.Rows)))
	fact("portal.sheet-edition", p.Classification)
	fact("portal.sheet-version", p.DataVersion)
	fact("portal.sheet-created", v.moment(p.Created))
	fact("portal.sheet-as-of", p.AsOf)
	fact("portal.sheet-zone", v.zone.String())
	fact("portal.sheet-tool", "kept "+p.Tool)
	fact("portal.sheet-code", s.Code)
	if !p.WorkTree {
		fact("portal.sheet-verify", "kept verify "+s.Code)
	}
	if p.WorkTree {
		s.Words.Code = v.p.Say("portal.print-work-tree") + " · " + s.Words.Code
		fact("portal.sheet-note", v.p.Say("portal.print-work-tree-note"))
	}
	if p.Sample {
		fact("portal.sheet-note", p.Words.Sample)
	}
	return s
}

func (v *View) sheetWords() SheetWords {
	return SheetWords{
		Data: v.p.Say("portal.sheet-data"), About: v.p.Say("portal.sheet-about"),
		Column: v.p.Say("portal.sheet-column"), Key: v.p.Say("portal.sheet-key"),
		Type: v.p.Say("portal.sheet-type"), Meaning: v.p.Say("portal.sheet-meaning"),
		Types: map[ColumnType]string{
			TextColumn: v.p.Say("portal.sheet-text"), NumberColumn: v.p.Say("portal.sheet-numeric"),
			DateColumn: v.p.Say("portal.sheet-date"), TimeColumn: v.p.Say("portal.sheet-time"),
		},
		Code: v.p.Say("portal.sheet-code"), Page: NewPrintWords(v.p).Page,
	}
}

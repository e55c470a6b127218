package pdf

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
	"time"

	"kept/internal/portal"
)

// additions describes the paper to programs: XMP with title, author, dates,
// source commit and code, the language, and the attachments.
func (d *paper) additions() additions {
	p := d.print
	add := additions{lang: string(p.Lang), xmp: d.xmp(), faces: d.faces, used: &d.used, pictures: d.shown, stamps: d.stamps}
	for _, a := range append([]portal.PrintAttachment{p.Attachment}, p.Sources...) {
		if a.Name != "" {
			add.files = append(add.files, attachment{name: attachmentName(a.Name), kind: cmp.Or(a.Type, "application/yaml"), data: a.Data})
		}
	}
	slices.SortStableFunc(add.files, func(a, b attachment) int { return cmp.Compare(utf16Hex(a.name), utf16Hex(b.name)) })
	return add
}

func (d *paper) xmp() []byte {
	p, at := d.print, d.created().Format(time.RFC3339)
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">`)
	element(&b, "dc:format", "", "application/pdf")
	element(&b, "dc:title", `rdf:Alt/rdf:li xml:lang="x-default"`, d.fullTitle())
	element(&b, "dc:creator", "rdf:Seq/rdf:li", p.Organisation)
	element(&b, "dc:language", "rdf:Bag/rdf:li", string(p.Lang))
	element(&b, "dc:identifier", "", d.code)
	if p.DataVersion != "" {
		element(&b, "dc:source", "", "git:"+p.DataVersion)
	}
	if !p.Judged.IsZero() {
		element(&b, "dc:date", "rdf:Seq/rdf:li", p.Judged.Format(time.RFC3339))
	}
	element(&b, "xmp:CreateDate", "", at)
	element(&b, "xmp:ModifyDate", "", at)
	element(&b, "xmp:CreatorTool", "", strings.TrimSpace(creator+" "+oneLine(p.Tool)))
	element(&b, "pdf:Keywords", "", d.code)
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return []byte(b.String())
}

// element writes one property. Inner elements are named from outside in and
// parted by slashes; attributes follow the last name.
func element(b *strings.Builder, name, inner, value string) {
	var close []string
	open := func(tag string) {
		b.WriteString("<" + tag + ">")
		word, _, _ := strings.Cut(tag, " ")
		close = append(close, "</"+word+">")
	}
	open(name)
	if inner != "" {
		for tag := range strings.SplitSeq(inner, "/") {
			open(tag)
		}
	}
	_ = xml.EscapeText(b, []byte(value)) // a Builder never fails
	for i := len(close) - 1; i >= 0; i-- {
		b.WriteString(close[i])
	}
}

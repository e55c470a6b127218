// Package site carries the portal's own sources: controlled documents, style
// sheet and script, and the catalogue of messages.
package site

import "embed"

// FS holds the folders content, assets and i18n.
//
//go:embed content assets i18n
var FS embed.FS

// Procedure holds the sample procedure alone, in content: a company that is made
// up has it as its own.
//
//go:embed content/sd-02004*.md
var Procedure embed.FS

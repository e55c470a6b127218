package ledger

import (
	"testing"
)

// Radicals and twins of characters, as PDFs leave them, are the characters.
func TestTidyUnifies(t *testing.T) {
	if got := Tidy("客\u2f3e名称 \uf9fd\u2ea0\u2f45\u2ed3"); got != "客户名称 什民方长" {
		t.Errorf("%q", got)
	}
}

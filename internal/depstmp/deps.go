// Package depstmp holds the imports while the house is being built.
package depstmp

import (
	_ "github.com/6tail/lunar-go/calendar"
	_ "github.com/chromedp/chromedp"
	_ "github.com/expr-lang/expr"
	_ "github.com/go-git/go-git/v5"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/jba/templatecheck"
	_ "github.com/jung-kurt/gofpdf"
	_ "github.com/mattn/go-isatty"
	_ "github.com/mojocn/base64Captcha"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/santhosh-tekuri/jsonschema/v5"
	_ "github.com/spf13/cobra"
	_ "github.com/yuin/goldmark"
	_ "golang.org/x/text/collate"
	_ "golang.org/x/text/language"
	_ "golang.org/x/text/unicode/norm"
	_ "golang.org/x/text/width"
	_ "gopkg.in/yaml.v3"
	_ "pgregory.net/rapid"
)

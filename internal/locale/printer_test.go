package locale_test

import (
	"math/big"
	"testing"
	"testing/fstest"
	"time"

	"kept/internal/locale"
)

func TestDates(t *testing.T) {
	c, err := locale.Load(fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 9, 4, 23, 30, 0, 0, time.FixedZone("", 8*60*60))
	for lang, want := range map[locale.Lang]string{locale.Chinese: "2026年9月4日", locale.English: "4 Sep 2026"} {
		if got := c.Printer(lang).Date(day); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
		if got := c.Printer(lang).Moment(day); got != "2026-09-04 23:30" {
			t.Errorf("%s: moment %q", lang, got)
		}
	}
}

// Half away from zero, on the exact value: 92.25 is not 92.2.
func TestDecimal(t *testing.T) {
	c, _ := locale.Load(fstest.MapFS{})
	for want, r := range map[string]*big.Rat{
		"92.3": big.NewRat(9225, 100), "-0.1": big.NewRat(-5, 100), "66.7": big.NewRat(200, 3), "0.0": new(big.Rat),
	} {
		if got := c.Printer(locale.English).Decimal(r, 1); got != want {
			t.Errorf("%s rounds to %q, want %q", r, got, want)
		}
	}
}

func TestTextFallsBack(t *testing.T) {
	for _, tc := range []struct {
		text locale.Text
		lang locale.Lang
		want string
	}{
		{locale.Text{ZH: "客户", EN: "Customer"}, locale.English, "Customer"},
		{locale.Text{ZH: "客户"}, locale.English, "客户"},
		{locale.Text{EN: "Customer"}, locale.Chinese, "Customer"},
	} {
		if got := tc.text.In(tc.lang); got != tc.want {
			t.Errorf("%+v in %s is %q, want %q", tc.text, tc.lang, got, tc.want)
		}
	}
}

func TestParseLang(t *testing.T) {
	for _, l := range locale.Langs() {
		if got, err := locale.ParseLang(string(l)); err != nil || got != l {
			t.Errorf("ParseLang(%q) = %q, %v", l, got, err)
		}
	}
	if _, err := locale.ParseLang("zh"); err == nil {
		t.Error("zh alone was accepted")
	}
}

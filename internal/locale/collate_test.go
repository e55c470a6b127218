package locale

import (
	"slices"
	"testing"
)

func TestSortByReadsAsTheLanguageDoes(t *testing.T) {
	for lang, want := range map[Lang][]string{
		Chinese: {"9号机房", "10号机房", "alpha", "Beta", "阿里", "李四", "孙", "张三", "长江"},
		English: {"9号机房", "10号机房", "alpha", "Beta"},
	} {
		got := slices.Clone(want)
		slices.Sort(got)
		if slices.Equal(got, want) {
			t.Fatalf("%s: the words are in order by their bytes", lang)
		}
		SortBy(lang, got, func(s string) string { return s })
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

package locale

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortBy sorts list as readers of l look things up: Chinese by pinyin, digits by
// their value, case aside. What the language does not tell apart keeps its order.
func SortBy[T any](l Lang, list []T, text func(T) string) {
	c := collate.New(language.Make(string(l)), collate.Numeric)
	type item struct {
		key   []byte
		value T
	}
	var buffer collate.Buffer
	items := make([]item, len(list))
	for i, value := range list {
		items[i] = item{c.KeyFromString(&buffer, text(value)), value}
	}
	slices.SortStableFunc(items, func(a, b item) int { return slices.Compare(a.key, b.key) })
	for i := range items {
		list[i] = items[i].value
	}
}

package history

import (
	"strconv"
	"strings"
)

// nameOf is what keeps an item apart from its neighbours: its id, else the text
// under its first key that ends in _id, else to@at, else its index.
func nameOf(item mapping, index int) string {
	if id, ok := item["id"].(string); ok && id != "" {
		return id
	}
	first := ""
	for key, value := range item {
		id, _ := value.(string)
		if id != "" && strings.HasSuffix(key, "_id") && (first == "" || key < first) {
			first = key
		}
	}
	if id, ok := item[first].(string); ok && first != "" {
		return id
	}
	to, hasTo := item["to"].(string)
	at, hasAt := item["at"].(string)
	if hasTo && hasAt {
		return to + "@" + at
	}
	return strconv.Itoa(index)
}

// unused counts the occurrences of a name. taken holds for each name the number
// last given to it, so that ten thousand alike do not count up anew each time.
func unused(name string, taken map[string]int) string {
	free, n := name, taken[name]
	for n > 0 && taken[free] > 0 {
		n++
		free = name + "#" + strconv.Itoa(n)
	}
	taken[name] = max(n, 1)
	taken[free] = max(taken[free], 1)
	return free
}

package ledger

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"kept/internal/finding"
	"kept/internal/locale"
)

// FileTarget, followed by a field of evidence, is a column that names files.
const FileTarget = "$file."

// File is an evidence file that a row names, as it stands there.
type File struct {
	Field   string
	Heading string
	Name    string
	At      finding.Position
}

// KnownTool is a tool that is known by one of its headings.
type KnownTool struct {
	Headings []string
	Preset   map[string]string
}

// Fill says what a row lacks and a list of another record has: the item that agrees
// with the row, where one alone does.
type Fill struct {
	From, List  string
	Match, Take map[string]string // field of the row by member of the item
}

// Marks are what is told of rows that do not count, and kept (domain.md §5.1).
type Marks struct {
	Counts map[string]string // what a record that counts holds
	List   []Mark
}

// Mark is one reason. Its condition is When, an expression about the record; that an
// earlier one has the same fields, Same; or that a list says the same throughout.
type Mark struct {
	Set    map[string]string // "$name" copies a field, "" takes one away
	When   string
	Same   []string
	Within string // field of time: no further apart than Minutes
	// Minutes bounds Within.
	Minutes int
	Alike   string // list.member
	Least   int    // so many items at least
}

// filesIn are the files that a cell names, one in each line or between semicolons.
func filesIn(field, heading, text string, at finding.Position) []File {
	var list []File
	for _, name := range cut(text, ";；\n") {
		list = append(list, File{field, heading, name, at})
	}
	return list
}

func (t *table) cellFault(row, i int, wrong *fault) finding.Finding {
	return refusal(Place(t.request.File, t.page.Name, row, i+1), wrong.key, append([]locale.Arg{locale.A("heading", t.head.texts[i])}, wrong.args...)...)
}

// constants puts in what every row gets. A row that says otherwise is refused.
func (t *table) constants(e *Entry) {
	for _, path := range slices.Sorted(maps.Keys(t.request.Set)) {
		f, ok := field(t.request.Kind, path)
		if !ok {
			continue
		}
		said := t.request.Set[path]
		v, _, wrong := t.reader.read(f, t.mapping.column(path), Cell{Text: said})
		at := finding.Position{Path: "--set " + path}
		if wrong != nil {
			e.wrong(path, refusal(at, wrong.key, append([]locale.Arg{locale.A("heading", "--set "+path)}, wrong.args...)...))
			continue
		}
		if held(e.Fields, path) && !reflect.DeepEqual(value(e.Fields, path), v) {
			e.Found = append(e.Found, refusal(Place(t.request.File, e.Sheet, e.Row, t.columnOf(path)), "ledger.set-against", locale.T("field", f.Title), locale.A("set", path+"="+said)))
			continue
		}
		put(e.Fields, path, v, "", false)
	}
	for _, known := range t.mapping.Known {
		if slices.ContainsFunc(t.head.texts, func(h string) bool { return headed(known.Headings, h) }) {
			for path, word := range known.Preset {
				if f, ok := field(t.request.Kind, path); ok && !held(e.Fields, path) {
					put(e.Fields, path, t.reader.worded(f, word), "", false)
				}
			}
			break
		}
	}
}

// columnOf is the column that fills a target, from 1; 0 for none.
func (t *table) columnOf(target string) int {
	return slices.IndexFunc(t.holds, func(h int) bool { return h >= 0 && t.mapping.Columns[h].To == target }) + 1
}

// column is how the mapping reads a field.
func (m *Mapping) column(path string) MappedColumn {
	if at := slices.IndexFunc(m.Columns, func(c MappedColumn) bool { return c.To == path }); at >= 0 {
		return m.Columns[at]
	}
	return MappedColumn{To: path}
}

// numbered gives a row that has no number of its own the one that its fields make. A
// second row with the same is told apart by its count.
func (t *table) numbered(e *Entry) {
	if e.Key != "" {
		return
	}
	for _, set := range t.mapping.Key {
		if !slices.ContainsFunc(set, func(path string) bool { return !held(e.Fields, path) }) {
			parts := make([]string, len(set))
			for i, path := range set {
				parts[i], _ = value(e.Fields, path).(string)
			}
			e.Key, e.Keyed = strings.Join(parts, "/"), set
			t.counted[e.Key]++
			if n := t.counted[e.Key]; n > 1 {
				e.Key += "/" + strconv.Itoa(n)
			}
			return
		}
	}
}

// value is what stands at a dotted path.
func value(fields map[string]any, path string) any {
	head, rest, deeper := strings.Cut(path, ".")
	if !deeper {
		return fields[head]
	}
	inner, _ := fields[head].(map[string]any)
	return value(inner, rest)
}

// secondsUnit reads durations as seconds.
const secondsUnit = "seconds"

// seconds reads a duration: 10秒, 1分20秒, 1小时2分3秒, 1:02:03, or seconds alone.
func seconds(text string) (string, bool) {
	s := Fold(text)
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return strconv.Itoa(n), true
	}
	weights := []int{3600, 60, 1}
	m := clockedTime.FindStringSubmatch(s)
	if m == nil {
		weights = []int{86400, 3600, 60, 1}
		if m = spelledTime.FindStringSubmatch(s); m == nil || s == "" {
			return "", false
		}
	}
	total := 0
	for i, w := range weights {
		n, _ := strconv.Atoi(m[i+1])
		total += n * w
	}
	return strconv.Itoa(total), true
}

// ScanTitle is what an evidence file is called after the column that names it.
func ScanTitle(heading string) string {
	title := Tidy(fileNamed.ReplaceAllString(locale.Narrow(heading), ""))
	if title == "" {
		return Tidy(heading)
	}
	return title
}

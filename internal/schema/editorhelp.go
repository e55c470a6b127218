package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kept/internal/locale"
)

// EditorHelp is a kind's schema with what an editor shows about each key while it
// completes it: the YAML language server says nothing of a title then. Whoever
// changes a description in the copy of a repository changes markdownDescription with
// it, or leaves that away. What stands in data stays as it is, to the byte.
func EditorHelp(data []byte, say *locale.Printer) ([]byte, error) {
	var root map[string]any
	if err := json.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("read a schema: %w", err)
	}
	h := editorHelp{data: data, say: say, tokens: json.NewDecoder(bytes.NewReader(data))}
	if _, err := h.tokens.Token(); err != nil {
		return nil, err
	}
	if err := h.schema(root, ""); err != nil {
		return nil, fmt.Errorf("read a schema: %w", err)
	}
	h.out.Write(data[h.copied:])
	return h.out.Bytes(), nil
}

// editorHelp copies a schema and puts keywords behind the titles and patterns of it.
type editorHelp struct {
	data   []byte
	say    *locale.Printer
	tokens *json.Decoder
	out    bytes.Buffer
	copied int // bytes of data
}

// schema reads one whose brace is read already; help is what is to stand behind its
// title, "" for nothing.
func (h *editorHelp) schema(node map[string]any, help string) error {
	for h.tokens.More() {
		before := int(h.tokens.InputOffset())
		key, err := h.tokens.Token()
		if err != nil {
			return err
		}
		gap := h.gap(before)
		switch child := node[key.(string)].(type) {
		case map[string]any:
			if key == "properties" {
				err = h.properties(child, node)
			} else {
				err = h.nested(child, key == "items")
			}
		default:
			var value json.RawMessage
			err = h.tokens.Decode(&value)
		}
		if err != nil {
			return err
		}
		switch example, ok := exampleOf(node); {
		case key == "title" && help != "" && node["markdownDescription"] == nil:
			h.insert(gap, "markdownDescription", help)
		case key == "pattern" && ok && node["patternErrorMessage"] == nil:
			h.insert(gap, "patternErrorMessage", h.say.Say("schema.editor-pattern", locale.A("example", example)))
		}
	}
	_, err := h.tokens.Token()
	return err
}

// nested reads a value in braces: a schema, or something that holds none.
func (h *editorHelp) nested(node map[string]any, schema bool) error {
	if !schema {
		var value json.RawMessage
		return h.tokens.Decode(&value)
	}
	if _, err := h.tokens.Token(); err != nil {
		return err
	}
	return h.schema(node, "")
}

func (h *editorHelp) properties(fields, of map[string]any) error {
	if _, err := h.tokens.Token(); err != nil {
		return err
	}
	required, _ := of["required"].([]any)
	for h.tokens.More() {
		name, err := h.tokens.Token()
		if err != nil {
			return err
		}
		field, ok := fields[name.(string)].(map[string]any)
		if !ok {
			return fmt.Errorf("%q is no schema", name)
		}
		if _, err := h.tokens.Token(); err != nil {
			return err
		}
		if err := h.schema(field, h.about(field, slices.Contains(required, any(name)))); err != nil {
			return err
		}
	}
	_, err := h.tokens.Token()
	return err
}

// gap is what stands between a key and what comes before it, but for the comma.
func (h *editorHelp) gap(from int) string {
	rest := h.data[from:]
	if gap := strings.Trim(string(rest[:bytes.IndexByte(rest, '"')]), ","); gap != "" {
		return gap
	}
	return " "
}

func (h *editorHelp) insert(gap, key, text string) {
	at := int(h.tokens.InputOffset())
	h.out.Write(h.data[h.copied:at])
	h.copied = at
	value := bytes.Buffer{}
	e := json.NewEncoder(&value)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // text encodes always
	fmt.Fprintf(&h.out, ",%s%q: %s", gap, key, strings.TrimSpace(value.String()))
}

// about is title, whether it must be there, what is said of it, and how it is written.
func (h *editorHelp) about(field map[string]any, required bool) string {
	text := func(key, english string) string {
		zh, _ := field[key].(string)
		en, _ := field[english].(string)
		return h.say.Text(locale.Text{ZH: zh, EN: en})
	}
	args := []locale.Arg{locale.A("title", escapedMarkdown(text("title", "x-en")))}
	lines := []string{h.say.Say("schema.editor-optional", args...)}
	if required {
		lines[0] = h.say.Say("schema.editor-required", args...)
	}
	for _, line := range []string{escapedMarkdown(text("description", "x-en-description")), h.form(field)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n\n")
}

// escapedMarkdown is text that no sign in it turns into anything else.
func escapedMarkdown(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`).Replace(text)
}

// form is how a value is written, as far as the editor does not list the choices.
func (h *editorHelp) form(field map[string]any) string {
	is := func(key string, value any) bool { return field[key] == value }
	number := func(key string) string {
		n, ok := field[key].(float64)
		if !ok {
			return ""
		}
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	example, _ := exampleOf(field)
	refs := []string{}
	if list, ok := field["x-ref"].([]any); ok {
		for _, ref := range list {
			refs = append(refs, fmt.Sprint(ref))
		}
	}
	switch {
	case field["const"] != nil:
		return h.say.Say("schema.editor-const", locale.A("value", fmt.Sprint(field["const"])))
	case field["enum"] != nil:
		return h.say.Say("schema.editor-enum")
	case field["x-ref"] != nil:
		return h.say.Say("schema.editor-ref", locale.A("kinds", strings.Join(refs, ", ")))
	case is("type", "boolean"):
		return h.say.Say("schema.editor-flag")
	case is("type", "array"):
		return h.say.Say("schema.editor-list")
	case is("type", "object"):
		return h.say.Say("schema.editor-object")
	case is("x-moment", true):
		return h.say.Say("schema.editor-moment")
	case is("format", "date"):
		return h.say.Say("schema.editor-date")
	case is("format", "date-time"):
		return h.say.Say("schema.editor-instant")
	case (is("type", "integer") || is("type", "number")) && number("minimum") != "" && number("maximum") != "":
		return h.say.Say("schema.editor-number", locale.A("least", number("minimum")), locale.A("most", number("maximum")))
	case example != "":
		return h.say.Say("schema.editor-pattern", locale.A("example", example))
	case is("type", "string") && number("maxLength") != "":
		return h.say.Say("schema.editor-text", locale.A("most", number("maxLength")))
	}
	return ""
}

// exampleOf is a text that the pattern of a field takes, where one that somebody
// would write can be told from the pattern.
func exampleOf(field map[string]any) (string, bool) {
	pattern, _ := field["pattern"].(string)
	inside, begins := strings.CutPrefix(pattern, "^")
	inside, ends := strings.CutSuffix(inside, "$")
	if !begins || !ends {
		return "", false
	}
	for _, sign := range []struct{ from, to string }{
		{"[0-9]{4}-(0[1-9]|1[0-2])", "2026-09"},
		{"-[0-9]{4,}", "-0001"},
		{"[0-9]{4}", "2026"},
		{"[0-9]{5}", "02004"},
		{"[0-9]{2,}", "01"},
		{"[0-9]{2}", "01"},
		{"[0-9]{3,}", "001"},
		{"[0-9]{2,4}", "01"},
		{"[0-9]{1,3}", "1"},
		{"H[12]", "H1"},
	} {
		inside = strings.ReplaceAll(inside, sign.from, sign.to)
	}
	if inside == "-?[0-9]+(\\.[0-9]+)?" || inside == "[0-9]+(\\.[0-9]+)?" {
		return `"12.5"`, true
	}
	if strings.ContainsAny(inside, `[]{}()|\.*+?`) {
		return "", false
	}
	return inside, true
}

package yamldoc

// Edit is a file's text being changed in place: lines that no change touches
// keep every byte, comments included.
type Edit struct {
	text []byte
}

// NewEdit starts from a file's bytes, which must parse.
func NewEdit(path string, data []byte) (*Edit, error) { panic("yamldoc") }

// Set gives a top-level key a value (plain values as in [Document.Plain]; map
// keys are written in the order given by order, then sorted). A new key goes
// before the key named in before, or to the end where before is "".
func (e *Edit) Set(key string, value any, before string, order []string) error { panic("yamldoc") }

// Append adds an item to the block list at a top-level key, creating the list
// at the end where there is none. A mapping is written in flow style on one
// line where short, as {to: closed, at: "…"}.
func (e *Edit) Append(key string, item any, order []string) error { panic("yamldoc") }

// Bytes is the changed file; it parses.
func (e *Edit) Bytes() []byte { return e.text }

// Write renders a new file's top-level mapping in the given key order.
func Write(fields map[string]any, order []string) []byte { panic("yamldoc") }

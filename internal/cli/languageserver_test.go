package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"kept/internal/browsertest"
	"kept/internal/tooltest"
)

// languageServer is the YAML language server that editors run, from npm, spoken to
// over its protocol.
type languageServer struct {
	t        *testing.T
	root     string
	settings map[string]any // of the editor, as the server asks for them
	in       io.WriteCloser
	mu       sync.Mutex
	last     int
	answers  map[int]chan json.RawMessage
	wrong    map[string]chan []diagnostic // by address of a file
}

// place is a line and a column, counted from 0.
type place struct {
	Line int `json:"line"`
	Char int `json:"character"`
}

type diagnostic struct {
	Range   struct{ Start, End place }
	Source  string // with the title of the field
	Message string
}

// serverPatience is how long one answer may take on a busy machine.
const serverPatience = 60 * time.Second

// startServer starts one for a folder; settings is its .vscode/settings.json, nil for
// an editor that has none.
func startServer(t *testing.T, root string, settings map[string]any) *languageServer {
	t.Helper()
	program := filepath.Join(browsertest.Modules(t), "yaml-language-server", "bin", "yaml-language-server")
	cmd := exec.CommandContext(t.Context(), tooltest.Need(t, "node"), program, "--stdio")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := &languageServer{t: t, root: root, settings: settings, in: in, answers: map[int]chan json.RawMessage{}, wrong: map[string]chan []diagnostic{}}
	go s.listen(bufio.NewReader(out))
	folder := map[string]any{"uri": s.address(""), "name": "records"}
	s.ask("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": s.address(""), "workspaceFolders": []any{folder}, "locale": "zh-cn",
		"capabilities": map[string]any{
			"workspace": map[string]any{"configuration": true, "workspaceFolders": true},
			"textDocument": map[string]any{
				"completion": map[string]any{"completionItem": map[string]any{"documentationFormat": []string{"markdown"}, "snippetSupport": true}},
				"hover":      map[string]any{"contentFormat": []string{"markdown"}},
			},
		},
	}, nil)
	s.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return s
}

// address is a file's, as the protocol names it.
func (s *languageServer) address(file string) string {
	return "file://" + filepath.ToSlash(filepath.Join(s.root, file))
}

func (s *languageServer) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	data, err := json.Marshal(message)
	if err != nil {
		panic(err) // made of texts and numbers
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
}

// ask waits for an answer and reads it into result, nil for one that does not matter.
func (s *languageServer) ask(method string, params, result any) {
	s.t.Helper()
	s.mu.Lock()
	s.last++
	id, answer := s.last, make(chan json.RawMessage, 1)
	s.answers[id] = answer
	s.mu.Unlock()
	s.send(map[string]any{"id": id, "method": method, "params": params})
	select {
	case data := <-answer:
		if result == nil {
			return
		}
		if err := json.Unmarshal(data, result); err != nil {
			s.t.Fatalf("%s: %v: %s", method, err, data)
		}
	case <-time.After(serverPatience):
		s.t.Fatalf("%s: the language server does not answer", method)
	}
}

// listen reads what the server says until it ends.
func (s *languageServer) listen(r *bufio.Reader) {
	for {
		head, err := textproto.NewReader(r).ReadMIMEHeader()
		if err != nil {
			return
		}
		length, err := strconv.Atoi(head.Get("Content-Length"))
		if err != nil {
			return
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(r, data); err != nil {
			return
		}
		var m struct {
			ID     json.RawMessage
			Method string
			Params struct {
				URI         string
				Diagnostics []diagnostic
				Items       []struct{ Section string }
			}
			Result json.RawMessage
		}
		if json.Unmarshal(data, &m) != nil {
			return
		}
		switch {
		case m.Method == "textDocument/publishDiagnostics":
			select {
			case s.of(m.Params.URI) <- m.Params.Diagnostics:
			default: // nobody looks again
			}
		case m.Method == "workspace/configuration":
			told := make([]any, len(m.Params.Items))
			for i, item := range m.Params.Items {
				told[i] = s.settings[item.Section]
			}
			s.send(map[string]any{"id": m.ID, "result": told})
		case m.Method != "" && m.ID != nil:
			s.send(map[string]any{"id": m.ID, "result": nil})
		case m.ID != nil:
			id, _ := strconv.Atoi(string(m.ID))
			s.mu.Lock()
			answer := s.answers[id]
			s.mu.Unlock()
			if answer != nil {
				answer <- m.Result
			}
		}
	}
}

func (s *languageServer) of(address string) chan []diagnostic {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.wrong[address] == nil {
		s.wrong[address] = make(chan []diagnostic, 4)
	}
	return s.wrong[address]
}

// open shows the server a file that somebody has just opened.
func (s *languageServer) open(file, text string) {
	s.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{
		"textDocument": map[string]any{"uri": s.address(file), "languageId": "yaml", "version": 1, "text": text},
	}})
}

// errors are what the server finds in an open file, as "line:column source message".
func (s *languageServer) errors(file string) []string {
	s.t.Helper()
	select {
	case list := <-s.of(s.address(file)):
		said := []string{}
		for _, d := range list {
			said = append(said, fmt.Sprintf("%d:%d %s %s", d.Range.Start.Line+1, d.Range.Start.Char+1, d.Source, d.Message))
		}
		return said
	case <-time.After(serverPatience):
		s.t.Fatalf("%s: the language server says nothing of it", file)
	}
	return nil
}

func (s *languageServer) at(file string, line, column int) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": s.address(file)}, "position": place{line - 1, column - 1}}
}

// offers are what the editor lists at a place, each with what it says beside it.
func (s *languageServer) offers(file string, line, column int) map[string]string {
	s.t.Helper()
	var list struct {
		Items []struct {
			Label         string
			Documentation json.RawMessage
		}
	}
	s.ask("textDocument/completion", s.at(file, line, column), &list)
	offered := map[string]string{}
	for _, item := range list.Items {
		offered[item.Label] = worded(item.Documentation)
	}
	return offered
}

// hover is what the editor shows over a place.
func (s *languageServer) hover(file string, line, column int) string {
	s.t.Helper()
	var shown struct{ Contents json.RawMessage }
	s.ask("textDocument/hover", s.at(file, line, column), &shown)
	return worded(shown.Contents)
}

// worded is the text of what is a text, or one with its form beside it.
func worded(data json.RawMessage) string {
	var text string
	if json.Unmarshal(data, &text) == nil {
		return text
	}
	var marked struct{ Value string }
	_ = json.Unmarshal(data, &marked)
	return marked.Value
}

// String is a place as people count.
func (p place) String() string { return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Char) }

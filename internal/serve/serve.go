// Package serve shows the portal of a work tree on the loopback address, drawn page
// by page as it is asked for, and takes what its forms send: a new record, a next
// step, an evidence file, a submission.
//
// Only the user who started it gets in: a token that holds once, in the address
// that is printed, is exchanged for a cookie; the Host header must name the
// loopback address, so that no foreign name leads here; requests that another page
// makes are refused; what changes files must come from a page of this server and
// carry a header that no form of another page can send.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"kept/internal/locale"
	"kept/internal/pipeline"
)

// Request says what to serve.
type Request struct {
	Live     *pipeline.Live
	Messages *locale.Catalogue
	// Lang is the language of the first page; "" is the first of kept.yaml.
	Lang locale.Lang
	// Environment is what git is called with.
	Environment []string
	// Patience is how long a page waits for the rules before it says that they have
	// not spoken yet; zero is 250 ms.
	Patience time.Duration
}

// Server serves one work tree. It is safe for concurrent use.
type Server struct {
	request  Request
	listener net.Listener
	port     string
	session  string // in the cookie
	guard    sync.Mutex
	token    string // in the printed address; "" once it was used
	book     book
	writing  sync.Mutex
	printing sync.Mutex
	// importing lets one ledger be read after the other: each takes memory for all of it.
	importing sync.Mutex
	jobs      jobs
	streams   chan struct{}
}

// Limits.
const (
	patience   = 250 * time.Millisecond
	maxBody    = 1 << 20 // of what a form says
	maxStreams = 100
)

// Listen binds the loopback address; port 0 takes a free one.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err == nil {
		return l, nil
	}
	if six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(port))); err == nil {
		return six, nil
	}
	return nil, fmt.Errorf("listen on port %d of this machine: %w", port, err)
}

// ErrNotLoopback refuses a listener that others could reach.
var ErrNotLoopback = errors.New("not a loopback address")

// New prepares a server behind a listener of [Listen].
func New(req Request, l net.Listener) (*Server, error) {
	at, ok := l.Addr().(*net.TCPAddr)
	if !ok || !at.IP.IsLoopback() {
		return nil, ErrNotLoopback
	}
	if req.Patience == 0 {
		req.Patience = patience
	}
	s := &Server{
		request: req, listener: l, port: strconv.Itoa(at.Port), session: rand.Text() + rand.Text(), token: rand.Text(),
		streams: make(chan struct{}, maxStreams),
	}
	return s, nil
}

// Address is what opens the portal, once.
func (s *Server) Address() string {
	s.guard.Lock()
	defer s.guard.Unlock()
	return "http://" + s.listener.Addr().String() + enterPath + "?token=" + s.token
}

// Serve answers until ctx ends, and then lets what is under way come to its end.
func (s *Server) Serve(ctx context.Context) error {
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 3 * time.Minute,
		IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10, BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(s.listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := server.Shutdown(limit)
	if errors.Is(err, context.DeadlineExceeded) {
		err = server.Close()
	}
	return err
}

// Handler is the server without its listener.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{path...}", s.page)
	mux.HandleFunc("GET /_kept/events", s.events)
	mux.HandleFunc("GET /_kept/record", s.record)
	mux.HandleFunc("POST /_kept/plan", s.ours(s.plan))
	mux.HandleFunc("POST /_kept/write", s.ours(s.alone(s.write)))
	mux.HandleFunc("POST /_kept/attach", s.ours(s.alone(s.attach)))
	mux.HandleFunc("GET /_kept/template", s.template)
	mux.HandleFunc("GET /_kept/import/progress", s.progress)
	mux.HandleFunc("POST /_kept/import", s.ours(s.previewImport))
	mux.HandleFunc("POST /_kept/import/write", s.ours(s.alone(s.writeImport)))
	mux.HandleFunc("GET /_kept/waits", s.waits)
	mux.HandleFunc("POST /_kept/submit", s.ours(s.alone(s.submit)))
	return s.guarded(mux)
}

// lang is the first page's.
func (s *Server) lang() locale.Lang {
	if s.request.Lang != "" {
		return s.request.Lang
	}
	return s.request.Live.Present().Config.Languages[0]
}

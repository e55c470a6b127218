package serve

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

// What another page, another name or another user of the machine sends is refused,
// and no record comes of it.
func TestStrangersStayOutside(t *testing.T) {
	h := watched(t)
	home, write := "/zh-CN/index.html", "/_kept/write"
	body := `{"kind":"customer","by":"u-wangl","sets":[["title","示例"],["type","enterprise"]]}`
	for name, c := range map[string]struct {
		method, path string
		spoil        func(*http.Request)
	}{
		"no cookie":                 {http.MethodGet, home, func(r *http.Request) { r.Header.Del("Cookie") }},
		"a wrong cookie":            {http.MethodGet, home, func(r *http.Request) { r.Header.Set("Cookie", h.cookie.Name+"=guess") }},
		"no cookie on an event":     {http.MethodGet, "/_kept/events", func(r *http.Request) { r.Header.Del("Cookie") }},
		"another name (rebinding)":  {http.MethodGet, home, func(r *http.Request) { r.Host = "evil.example:" + h.server.port }},
		"another port in the name":  {http.MethodGet, home, func(r *http.Request) { r.Host = "127.0.0.1:1" }},
		"the name without its port": {http.MethodGet, home, func(r *http.Request) { r.Host = "localhost" }},
		"a script of another page": {http.MethodGet, "/zh-CN/search/words.js", func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "same-site")
			r.Header.Set("Sec-Fetch-Mode", "no-cors")
			r.Header.Set("Sec-Fetch-Dest", "script")
		}},
		"a frame in another page": {http.MethodGet, home, func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Mode", "navigate")
			r.Header.Set("Sec-Fetch-Dest", "iframe")
		}},
		"a form of another page": {http.MethodPost, write, func(r *http.Request) {
			r.Header.Set("Origin", "https://evil.example")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Del("X-Kept")
		}},
		"a fetch of another page": {http.MethodPost, write, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }},
		"a page of another port": {http.MethodPost, write, func(r *http.Request) {
			r.Header.Set("Origin", "http://127.0.0.1:1")
			r.Header.Set("Sec-Fetch-Site", "same-site")
		}},
		"a page without an origin":       {http.MethodPost, write, func(r *http.Request) { r.Header.Set("Origin", "null") }},
		"a form without our header":      {http.MethodPost, write, func(r *http.Request) { r.Header.Del("X-Kept") }},
		"a write without the cookie":     {http.MethodPost, write, func(r *http.Request) { r.Header.Del("Cookie") }},
		"a submission from elsewhere":    {http.MethodPost, "/_kept/submit", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }},
		"a plan from elsewhere":          {http.MethodPost, "/_kept/plan", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }},
		"a file from elsewhere":          {http.MethodPost, "/_kept/attach", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }},
		"a ledger from elsewhere":        {http.MethodPost, "/_kept/import", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }},
		"a ledger without our header":    {http.MethodPost, "/_kept/import", func(r *http.Request) { r.Header.Del("X-Kept") }},
		"an import from elsewhere":       {http.MethodPost, "/_kept/import/write", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }},
		"what waits, without the cookie": {http.MethodGet, "/_kept/waits", func(r *http.Request) { r.Header.Del("Cookie") }},
		"what waits, read by a foreign page": {http.MethodGet, "/_kept/waits", func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Mode", "cors")
		}},
		"how far, without the cookie":    {http.MethodGet, "/_kept/import/progress?job=1", func(r *http.Request) { r.Header.Del("Cookie") }},
		"a template, without the cookie": {http.MethodGet, "/_kept/template?kind=customer", func(r *http.Request) { r.Header.Del("Cookie") }},
	} {
		r := h.request(c.method, c.path, strings.NewReader(body))
		c.spoil(r)
		if a := h.send(r); a.status != http.StatusForbidden || strings.Contains(a.body, "KH-0001") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if h.live.Look() != nil || h.live.Present().Register.Get("KH-0001") != nil {
		t.Error("a record came of it")
	}
	r := h.request(http.MethodGet, home, nil) // who follows a link from a letter has the cookie, and comes in
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	r.Header.Set("Sec-Fetch-Dest", "document")
	if a := h.send(r); a.status != http.StatusOK {
		t.Errorf("a link from elsewhere: %d", a.status)
	}
}

func TestTheTokenHoldsOnce(t *testing.T) {
	h := serving(t, repository(t))
	path := strings.TrimPrefix(h.server.Address(), h.base)
	if a := h.send(h.request(http.MethodGet, enterPath+"?token=guess", nil)); a.status != http.StatusForbidden || len(a.cookies) > 0 {
		t.Errorf("a guess: %d", a.status)
	}
	a := h.send(h.request(http.MethodGet, path, nil))
	if a.status != http.StatusOK || len(a.cookies) != 1 {
		t.Fatalf("the first use: %d", a.status)
	}
	if c := a.cookies[0]; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" {
		t.Errorf("the cookie is %v", c)
	}
	if again := h.send(h.request(http.MethodGet, path, nil)); again.status != http.StatusForbidden || len(again.cookies) > 0 {
		t.Errorf("the second use: %d", again.status)
	}
	if empty := h.send(h.request(http.MethodGet, enterPath+"?token=", nil)); empty.status != http.StatusForbidden {
		t.Errorf("no token after it was used: %d", empty.status)
	}
	h.cookie = a.cookies[0]
	if known := h.send(h.request(http.MethodGet, path, nil)); known.status != http.StatusOK {
		t.Errorf("who is in already opens it again: %d", known.status)
	}
}

func TestEveryAnswerIsFenced(t *testing.T) {
	h := watched(t)
	for _, path := range []string{"/zh-CN/index.html", "/assets/kept.css", "/_kept/record?id=u-wangl", "/nothing"} {
		header := h.send(h.request(http.MethodGet, path, nil)).header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
}

func TestNoWayOutside(t *testing.T) {
	h := watched(t)
	for _, path := range []string{
		"/%2e%2e/kept.yaml", "/assets/%2e%2e/%2e%2e/kept.yaml", "/assets/..%2f..%2fkept.yaml", "/assets//etc/passwd", `/assets/..%5c..%5ckept.yaml`,
		"/zh-CN/%2e%2e/%2e%2e/kept.yaml", "/kept.yaml", "/.git/config", "/records/person/u-wangl.yaml", "/zh-CN/person/..%2f..%2f..%2fkept.html", "/_kept/", "/_kept/kept.yaml",
	} {
		r := h.request(http.MethodGet, "/", nil)
		r.URL.Opaque = "//" + r.URL.Host + path // as it is, without cleaning
		if a := h.send(r); a.status == http.StatusOK || strings.Contains(a.body, "organisation:") || strings.Contains(a.body, "[core]") {
			t.Errorf("%s: %d %.80s", path, a.status, a.body)
		}
	}
}

func TestOnlyLoopback(t *testing.T) {
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if _, err := New(Request{}, listener); err != ErrNotLoopback {
		t.Errorf("a listener for all is taken: %v", err)
	}
	own, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	if at := own.Addr().(*net.TCPAddr); !at.IP.IsLoopback() {
		t.Errorf("it listens on %v", at)
	}
}

func TestLargeBodiesAreCut(t *testing.T) {
	h := watched(t)
	huge := `{"kind":"customer","note":"` + strings.Repeat("x", maxBody) + `"}`
	for _, path := range []string{"/_kept/plan", "/_kept/write", "/_kept/submit"} {
		if a := h.send(h.request(http.MethodPost, path, strings.NewReader(huge))); a.status != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d", path, a.status)
		}
		if a := h.send(h.request(http.MethodPost, path, strings.NewReader("{"))); a.status != http.StatusBadRequest {
			t.Errorf("%s with half an object: %d", path, a.status)
		}
	}
}

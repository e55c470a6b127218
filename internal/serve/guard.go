package serve

import (
	"crypto/subtle"
	"fmt"
	"html"
	"net/http"
	"runtime/debug"
	"strings"

	"kept/internal/locale"
)

// enterPath takes the token.
const enterPath = "/_kept/enter"

// policy is the content security policy of every answer. Pages say the same in a
// meta element; here stands what only a header can say.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// guarded lets in who may.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler { //nolint:errorlint // it is no error
				s.sorry(w, http.StatusInternalServerError, "serve.panic", locale.A("reason", fmt.Sprintf("%v\n%s", v, debug.Stack())))
			}
		}()
		switch {
		case !s.named(r.Host):
			s.sorry(w, http.StatusForbidden, "serve.host")
		case r.URL.Path == enterPath && r.Method == http.MethodGet:
			s.enter(w, r)
		case !s.known(r):
			s.sorry(w, http.StatusForbidden, "serve.stranger")
		case foreign(r):
			s.sorry(w, http.StatusForbidden, "serve.foreign")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// named tells a Host header that names this server by its address, or by the name
// that every machine gives it.
func (s *Server) named(host string) bool {
	for _, name := range []string{"127.0.0.1", "localhost", "[::1]"} {
		if host == name+":"+s.port {
			return true
		}
	}
	return false
}

func (s *Server) cookie() string { return "kept-" + s.port }

// known tells who holds the cookie.
func (s *Server) known(r *http.Request) bool {
	for _, c := range r.CookiesNamed(s.cookie()) {
		if subtle.ConstantTimeCompare([]byte(c.Value), []byte(s.session)) == 1 {
			return true
		}
	}
	return false
}

// enter exchanges the token for the cookie. The page that answers leads on by
// itself: a redirection would keep the cookie back where the address was opened
// from another program's page.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !s.known(r) && !s.spend(r.URL.Query().Get("token")) {
		s.sorry(w, http.StatusForbidden, "serve.token")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: s.session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html>\n<html lang=%q>\n<meta charset=utf-8>\n<meta http-equiv=refresh content=\"0; url=/%s/index.html\">\n<link rel=icon href=/assets/kept.svg type=image/svg+xml>\n<title>kept</title>\n<p><a href=\"/%[2]s/index.html\">kept</a></p>\n", s.lang(), s.lang())
}

// spend takes the token, once.
func (s *Server) spend(token string) bool {
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.token == "" || subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1 {
		return false
	}
	s.token = ""
	return true
}

// foreign tells a request that a page of elsewhere makes, by what browsers say of
// it. Another port of this machine is elsewhere. Who follows a link comes in.
func foreign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if site == "" || site == "same-origin" || site == "none" {
		return false
	}
	return r.Method != http.MethodGet || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// origin tells a request that a page of this server makes. Browsers send the header
// with every POST; one without it is none of theirs and needs the cookie and the
// header of [Server.ours] like any other.
func (s *Server) origin(r *http.Request) bool {
	for _, from := range r.Header.Values("Origin") {
		if name, ok := strings.CutPrefix(from, "http://"); !ok || name != r.Host || !s.named(name) {
			return false
		}
	}
	return true
}

// ours guards what a page of this server alone may ask for.
func (s *Server) ours(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.origin(r) || r.Header.Get("X-Kept") == "" {
			s.refuse(w, r, http.StatusForbidden, "serve.foreign")
			return
		}
		do(w, r)
	}
}

// alone lets one change of files come after the other.
func (s *Server) alone(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.writing.Lock()
		defer s.writing.Unlock()
		do(w, r)
	}
}

// sorry is a page that says why there is no other.
func (s *Server) sorry(w http.ResponseWriter, status int, key string, args ...locale.Arg) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	text := s.request.Messages.Message(key, args...)
	fmt.Fprintf(w, "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>kept</title>\n<link rel=\"icon\" href=\"/assets/kept.svg\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" href=\"/assets/kept.css\">\n<main><h1>%d</h1>\n<p>%s</p>\n<p lang=\"en\">%s</p></main>\n", status, html.EscapeString(text.ZH), html.EscapeString(text.EN))
}

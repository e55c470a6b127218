package locale

import "testing"

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text            string
		most            int
		shorten, within string
	}{
		{"", 2, "", ""},
		{"投诉", 2, "投诉", "投诉"},
		{"投诉单", 2, "投诉…", "投…"},
	} {
		if got := Shorten(c.text, c.most); got != c.shorten {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.text, c.most, got, c.shorten)
		}
		if got := Within(c.text, c.most); got != c.within {
			t.Errorf("Within(%q, %d) = %q, want %q", c.text, c.most, got, c.within)
		}
	}
}

package tooltest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestChromiumRunsAPageOffline(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "页.html")
	write(t, page, `<!doctype html><meta charset="utf-8"><title>kept</title>
<p id="sum"></p><p id="far">no answer</p>
<script>document.getElementById("sum").textContent = "投诉 " + (3 + 4) + " 件"</script>
<script src="http://kept.invalid/x.js" onerror="document.getElementById('far').textContent='unreachable'"></script>`)
	args := append(ChromiumFlags(filepath.Join(dir, "profile")), "--dump-dom", "file://"+page)
	dom := Run(t, dir, "chromium", args...)
	for _, want := range []string{`<p id="sum">投诉 7 件</p>`, `<p id="far">unreachable</p>`} {
		if !strings.Contains(dom, want) {
			t.Errorf("the page shows no %s:\n%s", want, dom)
		}
	}
}

func TestPopplerReadsText(t *testing.T) {
	text := Run(t, "", "pdftotext", "-layout", tinyPDF(t), "-")
	if strings.TrimSpace(text) != "kept 2026-09" {
		t.Errorf("pdftotext reads %q", text)
	}
}

func TestPopplerCountsPages(t *testing.T) {
	info := Run(t, "", "pdfinfo", tinyPDF(t))
	if !strings.Contains(strings.Join(strings.Fields(info), " "), "Pages: 1 ") {
		t.Errorf("pdfinfo says:\n%s", info)
	}
}

func TestQPDFFindsNothingWrong(t *testing.T) {
	out := Run(t, "", "qpdf", "--check", tinyPDF(t))
	if !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf --check says:\n%s", out)
	}
}

func TestGitKeepsAChineseName(t *testing.T) {
	dir := t.TempDir()
	who := []string{"-c", "user.name=周敏", "-c", "user.email=zhou@example.com", "-c", "commit.gpgsign=false"}
	Run(t, dir, "git", "init", "--quiet", "--initial-branch=main")
	write(t, filepath.Join(dir, "投诉.yaml"), "id: TS-2026-0001\n")
	Run(t, dir, "git", "add", "--all")
	Run(t, dir, "git", append(who, "commit", "--quiet", "--message=投诉")...)
	if got := Run(t, dir, "git", "ls-tree", "-z", "--name-only", "HEAD"); got != "投诉.yaml\x00" {
		t.Errorf("git lists %q", got)
	}
	if got := Run(t, dir, "git", "log", "--format=%an %s"); got != "周敏 投诉\n" {
		t.Errorf("git logs %q", got)
	}
}

func TestMissingNamesThePackage(t *testing.T) {
	for program, pkg := range map[string]string{"pdftotext": "poppler-utils", "pdffonts": "poppler-utils", "qpdf": "qpdf", "chromium": "chromium", "ssh-keygen": "openssh-client", "gpg": "gnupg"} {
		if said := Missing(program); !strings.HasSuffix(said, "--no-install-recommends "+pkg) || !strings.HasPrefix(said, program+" is missing") {
			t.Errorf("of %s kept says %q", program, said)
		}
	}
}

// tinyPDF writes a PDF of one page that holds one line of text.
func tinyPDF(t *testing.T) string {
	t.Helper()
	content := "BT /F1 12 Tf 72 720 Td (kept 2026-09) Tj ET"
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b, xref strings.Builder
	b.WriteString("%PDF-1.4\n")
	fmt.Fprintf(&xref, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, object := range objects {
		fmt.Fprintf(&xref, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", xref.String(), len(objects)+1, start)
	path := filepath.Join(t.TempDir(), "tiny.pdf")
	write(t, path, b.String())
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

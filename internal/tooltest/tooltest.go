// Package tooltest proves the outside programs that kept's tests lean on:
// Chromium to look at the portal, poppler and qpdf to look at PDFs, git to make
// and to cross-check histories. kept itself needs none of them. A program that
// is not there fails the test with the command that installs it; nothing is
// skipped.
package tooltest

import (
	"context"
	"fmt"
	"os/exec"
	"testing"
	"time"
)

// Limit is how long one run of an outside program may take.
const Limit = 2 * time.Minute

// Need returns the path of an outside program, by the name of its command, and
// ends the test with the command that installs it where it is missing.
func Need(t testing.TB, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(Missing(program))
	}
	return path
}

// Missing is what a test says about a program that is not there.
func Missing(program string) string {
	return fmt.Sprintf("%s is missing: run `make tools`, or as root: apt-get install -y --no-install-recommends %s", program, debian(program))
}

// debian is the Debian package that brings a program.
func debian(program string) string {
	switch program {
	case "ssh-keygen":
		return "openssh-client"
	case "gpg":
		return "gnupg"
	case "node":
		return "nodejs"
	case "pdftotext", "pdfinfo", "pdffonts", "pdftoppm", "pdfdetach":
		return "poppler-utils"
	}
	return program
}

// Run runs a program in dir (empty for the current folder) and returns what it
// wrote to standard output; a failure ends the test with both its streams.
func Run(t testing.TB, dir, program string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), Limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, Need(t, program), args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s%s", program, args, err, out, stderrOf(err))
	}
	return string(out)
}

func stderrOf(err error) []byte {
	if exit, ok := err.(*exec.ExitError); ok {
		return exit.Stderr
	}
	return nil
}

// ChromiumFlags start Chromium without a window, without a sandbox (tests run
// as root in containers) and with no word to the network: every host name is
// unknown to it. Profile is a folder of the test's own.
func ChromiumFlags(profile string) []string {
	return []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--no-first-run", "--disable-sync", "--disable-background-networking",
		"--disable-component-update", "--disable-extensions",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + profile,
	}
}

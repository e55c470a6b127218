package intake_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kept/internal/intake"
	"kept/internal/schema"
	"kept/internal/submit"
	"kept/schemas"
)

// renewed is a repository of Gitea with its files as init wrote them, whose files are
// made anew for other people.
type renewed struct {
	t     *testing.T
	files fstest.MapFS
	// commits hold what was there after each update, but for what is kept beside.
	commits map[string][]byte
	asked   intake.InitRequest
	take    []string
	keep    []string
}

func newRenewed(t *testing.T) *renewed {
	t.Helper()
	r := &renewed{t: t, files: fstest.MapFS{}, commits: map[string][]byte{}, asked: initRequest(t)}
	r.asked.Forge, r.asked.People[0].Account = "gitea", "zhangw"
	plans, found, err := intake.Init(r.asked)
	if err != nil || len(found) > 0 {
		t.Fatal(err, tell(t, found))
	}
	for _, p := range plans {
		r.files[p.Path] = &fstest.MapFile{Data: p.After}
	}
	r.asked.Schemas = nil
	r.commit()
	return r
}

func (r *renewed) commit() {
	for name, f := range r.files {
		if !strings.HasPrefix(name, ".kept-init/") {
			r.commits[intake.BlobID(f.Data)] = f.Data
		}
	}
}

func (r *renewed) text(name string) string {
	data, err := fs.ReadFile(r.files, name)
	if err != nil {
		return ""
	}
	return string(data)
}

func (r *renewed) set(name, old, is string) {
	r.t.Helper()
	text := r.text(name)
	if !strings.Contains(text, old) {
		r.t.Fatalf("%s has no %q:\n%s", name, old, text)
	}
	r.files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, is, 1))}
}

// update carries an update out and tells the fates of all files but the unchanged.
func (r *renewed) update() map[string]intake.Fate {
	r.t.Helper()
	kinds, _ := schema.Load(schemas.FS)
	list, plans, err := intake.Renewing{
		Request: r.asked, Kinds: kinds, Files: r.files, Written: intake.ReadWritten([]byte(r.text(intake.WrittenFile))), Take: r.take, Keep: r.keep,
		Blob: func(id string) ([]byte, error) {
			if text, ok := r.commits[id]; ok {
				return text, nil
			}
			return nil, fs.ErrNotExist
		},
		Merge: func(ours, base, theirs []byte) ([]byte, bool, error) {
			return submit.Merge(r.t.Context(), os.Environ(), ours, base, theirs)
		},
	}.Plan()
	if err != nil {
		r.t.Fatal(err)
	}
	for _, p := range plans {
		if now := r.text(p.Path); now != string(p.Before) {
			r.t.Errorf("the plan of %s does not know what is there", p.Path)
		}
		if r.files[p.Path] = (&fstest.MapFile{Data: p.After}); p.After == nil {
			delete(r.files, p.Path)
		}
	}
	r.commit()
	fates := map[string]intake.Fate{}
	for _, f := range list {
		if f.Fate != intake.Same {
			fates[f.Path] = f.Fate
		}
	}
	return fates
}

func (r *renewed) expect(what string, want map[string]intake.Fate) {
	r.t.Helper()
	got := r.update()
	if len(got) != len(want) {
		r.t.Errorf("%s: %v, not %v", what, got, want)
	}
	for name, fate := range want {
		if got[name] != fate {
			r.t.Errorf("%s: %s is %d, not %d", what, name, got[name], fate)
		}
	}
}

const giteaOwners = ".gitea/CODEOWNERS"

// What nobody touched is renewed; what somebody changed by hand stays, also where the
// same lines get other owners; nothing is asked or written twice.
func TestUpdateKeepsWhatWasChangedByHand(t *testing.T) {
	r := newRenewed(t)
	r.expect("nothing new", nil)
	lee := intake.Founder{ID: "u-lim", Name: "李敏", Account: "lim", Roles: []string{"process_owner", "doc_controller"}}
	r.asked.People = append(r.asked.People, lee)
	r.expect("somebody more", map[string]intake.Fate{giteaOwners: intake.Renewed})
	if text := r.text(giteaOwners); !strings.Contains(text, "\nschemas/.* @lim\n") || !strings.Contains(text, "\nrecords/document/.* @zhangw @lim\n") {
		t.Errorf("owners are\n%s", text)
	}
	r.set(giteaOwners, "\nschemas/.* @lim\n", "\nschemas/.* @lim @boss\n")
	r.set("README.md", "#", "# 我们的")
	hand := r.text("README.md")
	r.asked.People[1].Account = "limin"
	r.asked.People[0].Roles = nil
	r.expect("another account, a role that ended", map[string]intake.Fate{giteaOwners: intake.Merged, "README.md": intake.Yours})
	if text := r.text(giteaOwners); !strings.Contains(text, "\nschemas/.* @limin @boss\n") || !strings.Contains(text, "\nrecords/document/.* @limin\n") {
		t.Errorf("owners are\n%s", text)
	}
	r.expect("once more", map[string]intake.Fate{giteaOwners: intake.Yours, "README.md": intake.Yours})
	r.asked.People[1].Account = "lm" // the base is no commit's, but kept beside
	r.expect("a second time by hand and by kept", map[string]intake.Fate{giteaOwners: intake.Merged, "README.md": intake.Yours})
	if text := r.text(giteaOwners); !strings.Contains(text, "\nschemas/.* @lm @boss\n") || r.text("README.md") != hand {
		t.Errorf("owners are\n%s", text)
	}
}

// Owners that are filled in before the first commit stay, too.
func TestUpdateKnowsOwnersOfTheFirstDay(t *testing.T) {
	r := newRenewed(t)
	r.commits = map[string][]byte{}
	r.set(giteaOwners, "# schemas/.* @待填", "schemas/.* @boss")
	r.asked.People[0].Account = "zw"
	r.expect("filled in", map[string]intake.Fate{giteaOwners: intake.Merged})
	if text := r.text(giteaOwners); !strings.Contains(text, "\nschemas/.* @boss\n") || !strings.Contains(text, "\nrecords/document/.* @zw\n") {
		t.Errorf("owners are\n%s", text)
	}
}

// The same place changed by both is left to somebody; --keep and --take settle it. A
// file that somebody removed stays away.
func TestUpdateLeavesTheSamePlaceToSomebody(t *testing.T) {
	r := newRenewed(t)
	r.set("README.md", "甲", "乙")
	r.asked.Organisation.ZH = "丙"
	delete(r.files, ".editorconfig")
	contested := map[string]intake.Fate{"README.md": intake.Contested, ".editorconfig": intake.Gone}
	r.expect("both", contested)
	before := r.text("README.md")
	r.expect("again", contested)
	if r.text("README.md") != before || !strings.Contains(before, "乙") {
		t.Error("a contested file was changed")
	}
	r.keep = []string{"README.md"}
	r.expect("kept", map[string]intake.Fate{"README.md": intake.Yours, ".editorconfig": intake.Gone})
	r.keep = nil
	r.expect("not told again", map[string]intake.Fate{"README.md": intake.Yours, ".editorconfig": intake.Gone})
	r.take = []string{"README.md", ".editorconfig"}
	r.expect("taken", map[string]intake.Fate{"README.md": intake.Taken, ".editorconfig": intake.Added})
	r.take = nil
	r.expect("settled", nil)
	// made by a kept that noted nothing: nobody knows what it wrote
	delete(r.files, intake.WrittenFile)
	r.set("README.md", "丙", "丁")
	r.expect("without a note", map[string]intake.Fate{"README.md": intake.Contested})
}

// Another forge has its own files; those of the former go unless somebody changed them.
func TestUpdateGoesToAnotherForge(t *testing.T) {
	r := newRenewed(t)
	r.set(giteaOwners, "zhangw", "other")
	r.asked.Forge = "gitlab"
	got := r.update()
	if got[giteaOwners] != intake.Left || got[".gitea/workflows/kept.yaml"] != intake.Dropped || got[".gitlab-ci.yml"] != intake.Added || got[".gitlab/CODEOWNERS"] != intake.Added {
		t.Errorf("%v", got)
	}
	if r.text(giteaOwners) == "" || r.text(".gitea/workflows/kept.yaml") != "" || r.text("ci/check.sh") == "" {
		t.Error("the files of the forges are not those told")
	}
}

// What is planned beside the records never touches a record, a kind or a setting.
func TestUpdateLeavesRecordsAlone(t *testing.T) {
	r := newRenewed(t)
	kinds, _ := schema.Load(schemas.FS)
	r.asked.Schemas = schemas.FS
	plans, err := intake.Scaffold(r.asked, kinds)
	if err != nil || len(plans) < 20 {
		t.Fatal(len(plans), err)
	}
	for _, p := range plans {
		if p.Path == "kept.yaml" || strings.HasPrefix(p.Path, "records/") || strings.HasPrefix(p.Path, "schemas/") {
			t.Errorf("%s is planned", p.Path)
		}
	}
}

// Code owners that do not fit the roles are told by the people's ids; people whom the
// records do not know are nobody's business.
func TestStrays(t *testing.T) {
	people := []intake.Founder{{ID: "u-a", Account: "a"}, {ID: "u-b", Email: "b@example.com"}, {ID: "u-c"}}
	want := []byte("# Owners\n/x/ @a b@example.com\n/y/ @a\n# /z/ @ doc_controller\n")
	for have, expect := range map[string][]intake.Stray{
		"/x/ @A B@example.com @guest\n/y/ @a\n":            nil,
		"/x/ @a\n/y/ @a\n":                                 {{Pattern: "/x/", Missing: []string{"u-b"}}},
		"/x/ @a b@example.com\n/y/ @guest b@example.com\n": {{Pattern: "/y/", Missing: []string{"u-a"}, Extra: []string{"u-b"}}},
		"/x/ @a b@example.com\n# /y/ @ nobody\n/z/ @a\n":   {{Pattern: "/y/", Missing: []string{"u-a"}}, {Pattern: "/z/", Extra: []string{"u-a"}}},
	} {
		got := intake.Strays([]byte(have), want, people)
		if !slices.EqualFunc(got, expect, func(a, b intake.Stray) bool {
			return a.Pattern == b.Pattern && slices.Equal(a.Missing, b.Missing) && slices.Equal(a.Extra, b.Extra)
		}) {
			t.Errorf("%q: %v, not %v", have, got, expect)
		}
	}
}

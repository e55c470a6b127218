package doctor

import (
	"time"

	"kept/internal/config"
	"kept/internal/finding"
	"kept/internal/locale"
)

// Facts is what was found. The zero value is a machine without git, outside a
// repository.
type Facts struct {
	OS       string // as runtime.GOOS
	Packager string // of the system, as "apt-get"; "" where none is known
	Now      time.Time

	GitFound   bool
	GitVersion string
	Git        map[string]string // settings that hold, by names in small letters
	Distrusted bool              // git refuses the repository of another user
	Name       string            // of who would commit
	Email      string

	Dir       string // top of what was looked at
	Records   bool   // there are records, or settings for them
	InGit     bool
	Bare      bool
	Unopened  string        // why the repository cannot be opened, "" where it can
	Cut       *Trouble      // the history is not all there
	Partial   *Trouble      // the work tree is not all there
	Commits   bool          // there is one
	Elsewhere string        // a remote's branch that has commits where HEAD has none, as origin/main; "" for none
	Newest    time.Time     // when the newest commit was made, zero where none tells
	Tolerance time.Duration // of clocks that differ
	Branch    string        // the protected one
	Named     bool          // kept.yaml says which that is
	Local     bool          // it is here
	Tracked   bool          // it is known of the remote
	Remotes   []Remote
	Folded    bool   // the file system takes KEPT.YAML for kept.yaml
	LineEnds  bool   // .gitattributes keeps line ends as they are
	Hook      string // folder of the hooks that the repository offers, "" for none
	Hooked    bool   // a hook runs before each commit
	Editor    bool   // the editor's settings name the schemas
	Unnamed   int    // records whose first line names no schema

	Config   bool // kept.yaml is there
	Found    finding.List
	Broken   int // records that cannot be read
	Zone     string
	FontsErr string // why the faces cannot be used, "" where they can
	Fonts    bool   // kept.yaml names faces
	Store    Store
	Contacts Contacts

	Persons   int    // who are active
	Me        string // the person of Email, "" for none
	Robot     bool   // Email is one of a program's
	Strangers []Stranger
	Unheld    []Role   // that steps need and nobody has
	Alone     []Pair   // steps that two people must do and one alone can
	Calendars []int    // years that are known
	Gone      Gone     // the calendar of this year, where it was committed and deleted
	China     []string // calendars that are still those of China which every new repository has
	Limits    bool     // limits count working time

	Forge config.Forge
	Told  bool     // kept.yaml says which forge that is
	Files []string // that the forge's template has and the repository lacks
	Owned bool     // some line of CODEOWNERS names somebody
	Rules bool     // a CODEOWNERS is there
	// Strays are the lines of it that do not fit the roles.
	Strays []Stray
}

// Stray is a line of CODEOWNERS: people who hold the role and are not named there, and
// people who are and do not.
type Stray struct {
	Pattern        string
	Missing, Extra []string
}

// Gone is a file that a commit holds and the work tree does not; empty for none.
type Gone struct{ File, Commit string }

// Trouble is a message with the command that mends it.
type Trouble struct{ Key, Mend string }

// Remote is where branches come from and go.
type Remote struct {
	Name, Host string      // "" where the address is a folder
	Place      locale.Text // where the servers of the host stand, empty where that is not known
	Abroad     bool
}

// Store is the folder of evidence.
type Store struct {
	Name     string // as kept.yaml says, "" for none
	Inside   bool   // it lies in the repository, and git does not ignore it
	Missing  bool
	NoFolder bool // something else is there
	ReadOnly bool
	Kept     int // files that records name
}

// Contacts is the file of contacts.
type Contacts struct {
	Name       string // as kept.yaml says, "" for none
	Inside     bool
	Missing    bool
	Unreadable bool
	Open       bool // others on this machine may read it
}

// Stranger is an author of commits who is no person of the records.
type Stranger struct {
	Email, Commit string // of the newest
	N             int
}

// Role is a role that steps of kinds need.
type Role struct {
	ID      string
	Title   locale.Text
	Kinds   []locale.Text
	Waiting bool // a record waits for such a step
}

// Pair is two steps that must be done by two people.
type Pair struct {
	Kind          locale.Text
	First, Second locale.Text
	Person        string // who alone may do both, "" for nobody
	Waiting       bool   // a record of the kind is open
}

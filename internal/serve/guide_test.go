package serve

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kept/internal/browsertest"
)

// pictures is the folder that the pictures of the guides go to:
//
//	go test ./internal/serve -run TestTheGuideInABrowser -args -pictures ../../templates/init/files/docs/quick-start
var pictures = flag.String("pictures", "", "take the pictures of the guides into this folder")

// words are what somebody types in one language.
type guideWords struct{ lang, title, subject, description, remedy, answer, message string }

// The five steps of the guide, as docs/quick-start tells them: somebody who never opens
// a terminal follows them, and each is taken.
func TestTheGuideInABrowser(t *testing.T) {
	all := []guideWords{
		{"zh-CN", "报修后未到场", "报修后未到场", "客户 9 月 18 日上午报修，约定下午到场，至 17:30 无人到场，也没有电话说明。", "今日内到场修复", "", ""},
		{"en", "Nobody came after a fault was reported", "Nobody came", "A fault was reported on the morning of 18 September; a visit was promised for the afternoon, and nobody came or called.", "A visit today", "", ""},
	}
	if *pictures == "" {
		t.Skip("the pictures of the guides are taken by hand, with -args -pictures DIR; the same way is walked by other tests here")
	}
	for _, w := range all {
		t.Run(w.lang, func(t *testing.T) { followGuide(t, w) })
	}
}

func followGuide(t *testing.T, w guideWords) {
	d, remote := sit(t)
	b := d.b
	d.save("kept.yaml", strings.NewReplacer(`repository_url: ""`, `repository_url: "https://git.example.cn/shili/records"`, `forge: ""`, `forge: "gitea"`).Replace(d.file("kept.yaml")))
	git(t, d.dir, "add", "-A")
	git(t, d.dir, "commit", "-qm", "customer: KH-0001")
	git(t, d.dir, "push", "-q", "origin", "main")
	b.Width(900)
	n := 0
	take := func(from string, height int) {
		n++
		d.still()
		b.Open(strings.TrimPrefix(browsertest.Eval[string](b, `location.href`), d.base+"/"))
		d.shoot(w.lang+"-"+strconv.Itoa(n)+".png", from, height)
	}

	b.Open(w.lang + "/index.html")
	take("h1", 400)
	b.Click(`.kinds a[href$="form/complaint.html"]`)
	d.arrive("/" + w.lang + "/form/complaint.html")
	d.ready()
	for _, set := range [][2]string{
		{"customer", "KH-0001"},
		{"title", w.title},
		{"subject", w.subject},
		{"channel", "hotline"},
		{"received_at", "2026-09-18T17:30"},
		{"description", w.description},
		{"remedy_sought", w.remedy},
		{"is_repeat", "false"},
		{"provisional_severity", "major"},
	} {
		d.fill(set[0], set[1])
	}
	n++
	d.shoot(w.lang+"-2.png", "h1", 740)
	d.press()
	d.arrive("/" + w.lang + "/complaint/TS-2026-0001.html")
	take("h1", 520)
	b.Open(w.lang + "/uncommitted.html")
	d.still()
	b.Open(w.lang + "/uncommitted.html")
	b.Click("#submit")
	b.Wait(`document.getElementById("submitted").textContent.includes("https://git.example.cn/shili/records/compare/main...")`)
	n++
	d.shoot(w.lang+"-4.png", "h1", 420)

	git(t, d.dir, "checkout", "-q", "main")
	git(t, d.dir, "merge", "-q", "--no-ff", "-m", "Merge kept/TS-2026-0001", "kept/TS-2026-0001")
	git(t, d.dir, "push", "-q", "origin", "main")
	if said := git(t, remote, "log", "--oneline", "main"); !strings.Contains(said, "Merge kept/TS-2026-0001") {
		t.Fatal(said)
	}
	d.still()
	b.Open(w.lang + "/complaint/TS-2026-0001.html")
	if said := browsertest.Eval[string](b, `document.querySelector("main").innerText`); !strings.Contains(said, w.title) {
		t.Errorf("after the merge the page says\n%s", said)
	}
	take("h1", 480)
}

// still waits until the rules have judged what lies on disk and HEAD is read, so that
// the page loads anew no more.
func (d desk) still() {
	d.t.Helper()
	if err := d.live.Look(); err != nil {
		d.t.Fatal(err)
	}
	for at := d.live.Present(); !at.Current() || !at.Judged; at = d.live.Present() {
		<-d.live.Changed(at.Version)
	}
}

// shoot takes the page from an element down, in a few colours.
func (d desk) shoot(name, from string, height int) {
	d.t.Helper()
	top := browsertest.Eval[int](d.b, `Math.max(0, Math.round(document.querySelector("`+from+`").getBoundingClientRect().top + scrollY) - 6)`)
	whole, err := png.Decode(bytes.NewReader(d.b.Picture()))
	if err != nil {
		d.t.Fatal(err)
	}
	area := image.Rect(0, top, whole.Bounds().Dx(), min(top+height, whole.Bounds().Dy()))
	few := image.NewPaletted(image.Rect(0, 0, area.Dx(), area.Dy()), paletteOf(whole, area, 16))
	draw.Draw(few, few.Bounds(), whole, area.Min, draw.Src)
	var data bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&data, few); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, name), data.Bytes(), 0o666); err != nil {
		d.t.Fatal(err)
	}
}

// paletteOf is the n most frequent colours of an area, none close to another.
func paletteOf(picture image.Image, area image.Rectangle, n int) color.Palette {
	counts := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			counts[color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)]++
		}
	}
	frequent := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var p color.Palette
	for _, apart := range []int{24, 12, 0} {
		for _, c := range frequent {
			if len(p) == n {
				return p
			}
			if !slices.ContainsFunc(p, func(o color.Color) bool { return near(o.(color.RGBA), c, apart) }) {
				p = append(p, c)
			}
		}
	}
	return p
}

func near(a, b color.RGBA, apart int) bool {
	far := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return far(a.R, b.R)+far(a.G, b.G)+far(a.B, b.B) <= apart
}

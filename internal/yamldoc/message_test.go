package yamldoc

import (
	"os"
	"strings"
	"testing"

	"kept/internal/locale"
)

// A valid file and one fault: the place and the exact words in both languages,
// and nothing of the file itself.
func TestRefusalsInWords(t *testing.T) {
	catalogue, err := locale.Load(os.DirFS("../../site/i18n"))
	if err != nil {
		t.Fatal(err)
	}
	const fine = "title: 电钻\nowner: u-a\nlist: [1, 2]\n"
	for _, c := range []struct{ name, old, new, zh, en string }{
		{"fine", "", "", "", ""},
		{"not UTF-8", "电钻", "\xff", "a.yaml:1:8: 文件不是 UTF-8 编码，请另存为 UTF-8 [yaml-encoding]", "a.yaml:1:8: the file is not UTF-8; save it as UTF-8 [yaml-encoding]"},
		{"GBK", "电钻", "\xb5\xe7\xd7\xea", "a.yaml:1:8: 文件不是 UTF-8 编码，像是 GBK？请用编辑器“另存为 UTF-8” [yaml-encoding]", "a.yaml:1:8: the file is not UTF-8, perhaps GBK? Save it as UTF-8 [yaml-encoding]"},
		{"control character", "电钻", "a\x1bb", "a.yaml:1:9: 此处有不可见的控制字符 U+001B，请删除 [yaml-character]", "a.yaml:1:9: there is an invisible control character U+001B here; delete it [yaml-character]"},
		{"line separator", "电钻", "a\u2028b", "a.yaml:1:9: 此处有不可见的控制字符 U+2028，请删除 [yaml-character]", "a.yaml:1:9: there is an invisible control character U+2028 here; delete it [yaml-character]"},
		{"key twice", "owner: u-a", "title: u-a", "a.yaml:2:1: 同一个键写了两次，请只保留一个 [yaml-duplicate-key]", "a.yaml:2:1: this key stands twice; keep one [yaml-duplicate-key]"},
		{"tag", "电钻", "!!str 电钻", "a.yaml:1:8: 不允许使用 YAML 标签（! 或 !!）；文字若以 ! 开头请加引号 [yaml-tag]", "a.yaml:1:8: YAML tags (! and !!) are not allowed; quote a text that begins with ! [yaml-tag]"},
		{"merge key", "owner: u-a", "<<: {a: 1}", "a.yaml:2:1: 不允许使用合并键 <<，请把内容直接写出 [yaml-merge]", "a.yaml:2:1: merge keys (<<) are not allowed; write the fields out [yaml-merge]"},
		{"number as key", "owner: u-a", "1: u-a", "a.yaml:2:1: 键必须是文字；数字、true、false、null 作键请加引号 [yaml-key]", "a.yaml:2:1: a key must be text; quote a number, true, false or null used as a key [yaml-key]"},
		{"second document", "owner: u-a", "---\nowner: u-a", "a.yaml:2:1: 一个文件只能有一条记录；请删除“---”及其后的第二个文档 [yaml-document]", "a.yaml:2:1: one file holds one document; remove the --- and the second document [yaml-document]"},
		{"enormous number", "[1, 2]", "1e9999", "a.yaml:3:7: 数字位数过多或指数过大；若是编号请加引号 [yaml-number]", "a.yaml:3:7: the number has too many digits or too large an exponent; quote it if it is a code [yaml-number]"},
		{"open bracket", "[1, 2]", "[1, 2", "a.yaml:2: 方括号或花括号未配对，或缺少半角逗号 [yaml-syntax]", "a.yaml:2: a bracket or brace is not closed, or a comma is missing [yaml-syntax]"},
		{"open quote", "电钻", "\"电钻", "a.yaml:4: 引号或括号没有收尾 [yaml-syntax]", "a.yaml:4: a quote or bracket is not closed [yaml-syntax]"},
		{"wide colon", "owner: u-a", "owner：u-a", "a.yaml:2:6: 键后面用了全角冒号“：”，请改为半角冒号加空格 [yaml-syntax]", "a.yaml:2:6: a full-width colon stands after the key; write a plain colon and a space [yaml-syntax]"},
		{"tab", "owner: u-a", "owner:\n\ta: b", "a.yaml:3:1: 缩进请用空格，不能用制表符（Tab） [yaml-syntax]", "a.yaml:3:1: indent with spaces, not with a tab [yaml-syntax]"},
		{"no such anchor", "u-a", "*nobody", "a.yaml:1: 以 * 开头的文字会被当作引用；请加引号 [yaml-syntax]", "a.yaml:1: a text that begins with * reads as an alias; quote it [yaml-syntax]"},
		{"colon in a text", "u-a", "a: b", "a.yaml:2: 此处不应再出现“键: 值”；文字中含冒号加空格时请加引号，并检查缩进 [yaml-syntax]", "a.yaml:2: no second “key: value” may stand here; quote a text that holds a colon and a space, and check indentation [yaml-syntax]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.old != "" && !strings.Contains(fine, c.old) {
				t.Fatalf("the file does not hold %q", c.old)
			}
			_, found := Parse("a.yaml", []byte(strings.Replace(fine, c.old, c.new, 1)))
			for lang, want := range map[locale.Lang]string{locale.Chinese: c.zh, locale.English: c.en} {
				var got []string
				for _, f := range found {
					got = append(got, f.Position.String()+": "+f.Message(catalogue.Printer(lang))+" ["+f.Rule+"]")
				}
				if text := strings.Join(got, "\n"); text != want {
					t.Errorf("in %s: %q, want %q", lang, text, want)
				}
			}
		})
	}
}

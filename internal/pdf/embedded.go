package pdf

import (
	"embed"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	base64Captcha "github.com/mojocn/base64Captcha"
)

// bundledFace names the collection in the module that carries it.
const bundledFace = "fonts/wqy-microhei.ttc"

// bundled is WenQuanYi Micro Hei, the face that go.sum pins, read once. Its bytes are
// everybody's and never changed.
var bundled = sync.OnceValues(readBundled)

// readBundled reads the face out of its module, which keeps its files in an
// unexported field of type embed.FS. The field is read through its address and never
// written; a test holds the digest.
func readBundled() ([]byte, error) {
	field := reflect.ValueOf(base64Captcha.DefaultEmbeddedFonts).Elem().FieldByName("fs")
	if !field.IsValid() || field.Type() != reflect.TypeFor[embed.FS]() || !field.CanAddr() {
		return nil, errors.New("the font module has another shape than expected")
	}
	files := (*embed.FS)(unsafe.Pointer(field.UnsafeAddr()))
	data, err := files.ReadFile(bundledFace)
	if err != nil {
		return nil, fmt.Errorf("read bundled face: %w", err)
	}
	return data, nil
}

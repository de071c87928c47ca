package typeset

import (
	"os"
	"testing"
)

func TestShots(t *testing.T) {
	for n, d := range map[string]*Doc{"jiyao": minutes(), "pack-zh": pack("zh", 2), "pack-en": pack("en", 2)} {
		f, _ := os.Create("/tmp/print/" + n + ".pdf")
		if err := d.WritePDF(f); err != nil {
			t.Error(err)
		}
		f.Close()
		f, _ = os.Create("/tmp/print/" + n + ".docx")
		if err := d.WriteDOCX(f); err != nil {
			t.Error(err)
		}
		f.Close()
	}
}

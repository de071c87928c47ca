package typeset

import (
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// thick is a pack of twelve pages with nine charts.
func thick() *Doc {
	d := pack("zh", 9)
	for i := range 3 {
		d.Blocks = append(d.Blocks, PageBreak{}, Heading{Level: 1, Text: "附表"}, Table{Head: []string{"编号", "事项"}, Rows: [][]Cell{{{Runs: Text("2026-0007")}, {Runs: Text(string(rune('甲' + i)))}}}})
	}
	return d
}

// BenchmarkPack makes a pack of twelve pages with nine charts as Word and as
// PDF, the former against its pages without charts, and says how far the heap
// rose for the PDF.
func BenchmarkPack(b *testing.B) {
	bare := thick()
	for i, block := range bare.Blocks {
		if _, ok := block.(Chart); ok {
			bare.Blocks[i] = Rule{}
		}
	}
	var word, pdf, text, peak float64
	for b.Loop() {
		word += seconds(b, func() error { return thick().WriteDOCX(io.Discard) })
		text += seconds(b, func() error { return bare.WriteDOCX(io.Discard) })
		peak = max(peak, rise(func() { pdf += seconds(b, func() error { return thick().WritePDF(io.Discard) }) }))
	}
	n := float64(b.N)
	b.ReportMetric(word/n, "s/docx")
	b.ReportMetric(pdf/n, "s/pdf")
	b.ReportMetric(word/text, "x-docx-without-charts")
	b.ReportMetric(peak, "MiB-pdf-peak")
}

func seconds(b *testing.B, fn func() error) float64 {
	began := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began).Seconds()
}

// rise is by how many MiB the heap grew at most while fn ran.
func rise(fn func()) float64 {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	var done atomic.Bool
	most := make(chan uint64)
	go func() {
		peak := uint64(0)
		for !done.Load() {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
			time.Sleep(time.Millisecond)
		}
		most <- peak
	}()
	fn()
	done.Store(true)
	return float64(<-most-before.HeapAlloc) / (1 << 20)
}

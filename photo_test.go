package docket_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
)

func TestWhatAFormSaysOfItsPhotos(t *testing.T) {
	now := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	taken := func(change func(*docket.Photo)) docket.Photo {
		p := docket.Photo{SHA256: strings.Repeat("a", 64), Source: docket.PhotoTaken, TakenAt: now, TimeBy: docket.ByPhone,
			Where: &docket.Spot{Lat: 31.2304, Lon: 121.4737, Accuracy: 12}, WhereBy: docket.ByPhone}
		change(&p)
		return p
	}
	for want, change := range map[string]func(*docket.Photo){
		"":                          func(*docket.Photo) {},
		"evidence.sha256":           func(p *docket.Photo) { p.SHA256 = "A" + p.SHA256[1:] },
		"verification.photo_source": func(p *docket.Photo) { p.Source = "" },
		"verification.photo_future": func(p *docket.Photo) { p.TakenAt = now.Add(2 * time.Hour) },
		"verification.photo_place":  func(p *docket.Photo) { p.Where = &docket.Spot{Lat: 91} },
		// a chosen picture has nothing but itself to tell by
		"verification.photo_teller": func(p *docket.Photo) { p.Source = docket.PhotoChosen },
	} {
		v := docket.Verification{Outcome: docket.FoundTrue, Photos: []docket.Photo{taken(change)}}
		if got := firstKey(v.Validate(now)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for name, change := range map[string]func(*docket.Photo){
		"a time nobody tells":     func(p *docket.Photo) { p.TimeBy = "" },
		"a teller of no time":     func(p *docket.Photo) { p.TakenAt = time.Time{} },
		"a place nobody tells":    func(p *docket.Photo) { p.WhereBy = "" },
		"a chosen one's place":    func(p *docket.Photo) { p.Source, p.TimeBy = docket.PhotoChosen, docket.ByPicture },
		"somebody else's telling": func(p *docket.Photo) { p.TimeBy = "office" },
	} {
		v := docket.Verification{Outcome: docket.FoundTrue, Photos: []docket.Photo{taken(change)}}
		if got := firstKey(v.Validate(now)); got != "verification.photo_teller" {
			t.Errorf("%s: %q", name, got)
		}
	}
	bare := taken(func(p *docket.Photo) {
		p.Source, p.TakenAt, p.TimeBy, p.Where, p.WhereBy = docket.PhotoChosen, time.Time{}, "", nil, ""
	})
	v := docket.Verification{Outcome: docket.FoundTrue, Photos: []docket.Photo{bare}}
	if err := v.Validate(now); err != nil {
		t.Errorf("a photo without time and place: %v", err)
	}
	v.Photos = append(v.Photos, bare)
	if got := firstKey(v.Validate(now)); got != "verification.photo_twice" {
		t.Errorf("the same photo twice: %q", got)
	}
	v.Photos = nil
	for i := range docket.MaxPhotos + 1 {
		v.Photos = append(v.Photos, taken(func(p *docket.Photo) { p.SHA256 = strings.Repeat("a", 63) + string("0123456789abcdef"[i]) }))
	}
	if got := firstKey(v.Validate(now)); got != "verification.too_many_photos" {
		t.Errorf("eleven photos: %q", got)
	}
}

func firstKey(err error) string {
	var e *docket.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Fields[0].Key
}

func TestAPhotoTakenFarFromTheVisitSaysSo(t *testing.T) {
	seen := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	for hours, want := range map[int]bool{0: false, -24: false, -25: true, 25: true} {
		p := docket.Photo{TakenAt: seen.Add(time.Duration(hours) * time.Hour)}
		if p.Apart(seen) != want {
			t.Errorf("%d hours from the visit: %v", hours, !want)
		}
	}
	if (&docket.Photo{}).Apart(seen) {
		t.Error("nobody knows when it was taken")
	}
}

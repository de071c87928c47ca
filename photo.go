package docket

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// PhotoSource tells how a photo came into the verifier's form.
type PhotoSource string

// The sources.
const (
	PhotoTaken  PhotoSource = "camera" // taken while the form was open
	PhotoChosen PhotoSource = "album"  // taken before, and chosen
)

// PhotoTeller tells who says when or where a photo was taken; "" where nobody does.
type PhotoTeller string

// The tellers.
const (
	ByPhone   PhotoTeller = "phone"   // the verifier's phone, at that moment
	ByPicture PhotoTeller = "picture" // what the camera wrote into the picture
)

// Limits of photos.
const (
	MaxPhotos     = 10             // of a verification
	MaxPhotoBytes = 10 << 20       // of one
	PhotoApart    = 24 * time.Hour // from the visit; further away the page says so
)

// Photo is a picture the verifier files with what was seen. It belongs to its
// verification: no unit offers it, carries it or takes it back, and it never
// counts as evidence, so it makes nobody a hand in the matter.
type Photo struct {
	SHA256  string      `json:"sha256"`
	Name    string      `json:"name"`  // a label, never a path
	Media   string      `json:"media"` // as its content tells
	Size    int64       `json:"size"`  // bytes
	Source  PhotoSource `json:"source"`
	TakenAt time.Time   `json:"taken_at"` // zero: not known
	TimeBy  PhotoTeller `json:"time_by"`
	Where   *Spot       `json:"where,omitempty"` // nil: not given
	WhereBy PhotoTeller `json:"where_by"`
}

// Spot is a place on the earth (WGS 84).
type Spot struct {
	Lat      float64 `json:"lat"`      // degrees, north positive
	Lon      float64 `json:"lon"`      // degrees, east positive
	Accuracy float64 `json:"accuracy"` // metres; 0: not known
}

func (s *Spot) sound() bool {
	return math.Abs(s.Lat) <= 90 && math.Abs(s.Lon) <= 180 && s.Accuracy >= 0 && s.Accuracy <= 1e6
}

// Apart reports whether the photo was taken so long before or after the visit
// that readers should know.
func (p *Photo) Apart(seen time.Time) bool {
	return !p.TakenAt.IsZero() && p.TakenAt.Sub(seen).Abs() > PhotoApart
}

// photoFaults gives the faults of what a form says about its photos. What the
// phone says at the moment of filing proves nothing about a picture that was
// taken before, so of a chosen one only the picture itself may tell.
func photoFaults(photos []Photo, now time.Time) (f []FieldError) {
	if n := strconv.Itoa(MaxPhotos); len(photos) > MaxPhotos {
		f = append(f, FieldError{Field: "photos", Key: "verification.too_many_photos", Args: map[string]string{"max": n}, Message: "at most " + n + " photos"})
	}
	seen := map[string]bool{}
	for i := range photos {
		p := &photos[i]
		at := FieldError{Field: PhotoField(i), Args: map[string]string{"n": strconv.Itoa(i + 1)}}
		switch {
		case len(p.SHA256) != 64 || strings.Trim(p.SHA256, "0123456789abcdef") != "":
			at.Key, at.Message = "evidence.sha256", "a SHA-256 is 64 lower-case hexadecimals"
		case seen[p.SHA256]:
			at.Key, at.Message = "verification.photo_twice", "the same photo stands there twice"
		case p.Source != PhotoTaken && p.Source != PhotoChosen:
			at.Key, at.Message = "verification.photo_source", "say whether it was taken now or chosen"
		case p.TakenAt.After(now.Add(time.Hour)): // clocks differ a little
			at.Key, at.Message = "verification.photo_future", "it cannot have been taken in the future"
		case !p.told(p.TimeBy, !p.TakenAt.IsZero()) || !p.told(p.WhereBy, p.Where != nil):
			at.Key, at.Message = "verification.photo_teller", "say who tells its time and place; of a chosen picture only the picture can"
		case p.Where != nil && !p.Where.sound():
			at.Key, at.Message = "verification.photo_place", "its place is no place on the earth"
		}
		if seen[p.SHA256] = true; at.Key != "" {
			f = append(f, at)
		}
	}
	return f
}

// told: something is said exactly where somebody may say it.
func (p *Photo) told(by PhotoTeller, said bool) bool {
	if !said {
		return by == ""
	}
	return by == ByPicture || by == ByPhone && p.Source == PhotoTaken
}

// PhotoField names the i-th photo of a form in a fault.
func PhotoField(i int) string { return "photos[" + strconv.Itoa(i) + "]" }

// IsPhoto reports whether a content of that media type may be a photo: what every
// browser draws.
func IsPhoto(media string) bool {
	return media == "image/jpeg" || media == "image/png" || media == "image/webp"
}

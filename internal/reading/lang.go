package reading

// language tells Chinese from English by the script of most letters.
func language(ps []para) string {
	han, latin := 0, 0
	for i := range ps {
		for _, r := range ps[i].text {
			switch {
			case isHan(r):
				han++
			case r < 0x80 && (r|0x20) >= 'a' && (r|0x20) <= 'z':
				latin++
			}
		}
	}
	if han*4 >= latin { // a Chinese character says about as much as four letters
		return "zh"
	}
	return "en"
}

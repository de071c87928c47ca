package docket

import (
	"slices"
	"strings"
)

// reforms are the stems of bureaus' names before the reforms of 2018 and 2023,
// each with the stems that bear the work today, in the short form that is
// compared. Older papers still write them; the directory of a place founded
// since never held them. They are only ever proposed: which body inherited a
// task differs from place to place, so a person says it.
var reforms = map[string][]string{
	"环保": {"生态环境"}, "环境保护": {"生态环境"},
	"卫计": {"卫健"}, "卫生计生": {"卫健"}, "卫生和计划生育": {"卫健"}, "卫生": {"卫健"},
	"老龄": {"民政", "卫健"},
	"国土": {"自然资源", "自规"}, "国土资源": {"自然资源", "自规"},
	"规划": {"自然资源", "自规"}, "城乡规划": {"自然资源", "自规"}, "林业": {"自然资源", "自规", "林草"},
	"工商": {"市场监管"}, "工商行政": {"市场监管"}, "质监": {"市场监管"}, "质量技术监督": {"市场监管"},
	"食药监": {"市场监管"}, "食品药品监督": {"市场监管"}, "食品药品监管": {"市场监管"},
	"旅游": {"文旅", "文广旅"}, "文化": {"文旅", "文广旅"}, "文广新": {"文旅", "文广旅"}, "文广": {"文旅", "文广旅"},
	"广电": {"文广旅", "文旅"}, "文化广电新闻出版": {"文旅", "文广旅"},
	"安监": {"应急"}, "安全生产监督": {"应急"},
	"农业": {"农业农村"}, "农": {"农业农村"}, "畜牧": {"农业农村"},
	"扶贫": {"农业农村", "乡村振兴"}, "扶贫开发": {"农业农村", "乡村振兴"}, "乡村振兴": {"农业农村"},
	"物价": {"发改"}, "粮食": {"发改", "粮食和物资储备"},
	"法制": {"司法"}, "地税": {"税务"}, "国税": {"税务"},
	"大数据": {"数据", "政数", "数据资源"}, "大数据发展": {"数据", "政数", "数据资源"},
	"房管": {"住建"}, "建设": {"住建"}, "城乡建设": {"住建"}, "建": {"住建"},
	"人事": {"人社"}, "劳动和社会保障": {"人社"}, "人力社保": {"人社"},
	"教": {"教育", "教体"}, "科": {"科技"}, "外侨": {"外事"}, "外事侨务": {"外事"},
}

// kinds are the endings a bureau's short form may bear; a reform or a level
// may give the same work another one (市卫健委, 县卫健局).
var kinds = []string{"局", "委", "办", "厅"}

// stemOf takes the ending off a bureau's short form.
func stemOf(short string) (string, bool) {
	for _, k := range kinds {
		if stem, ok := strings.CutSuffix(short, k); ok {
			return stem, true
		}
	}
	return "", false
}

// proposeReformed proposes who bears today the work of a bureau that is named
// as before a reform, those of the place that is meant before others.
func (d *Directory) proposeReformed(readings []reading, near UnitID) (Match, bool) {
	var here, elsewhere []UnitID
	for _, r := range readings {
		stem, _ := stemOf(shorten(r.core))
		for _, today := range reforms[stem] {
			for _, k := range kinds {
				best, others := d.fitting(reading{places: r.places, word: r.word, core: today + k}, near)
				here, elsewhere = d.standing(here, best), d.standing(elsewhere, others)
			}
		}
	}
	if len(here) == 0 {
		here = elsewhere
	}
	return Match{How: HowFormer, Suggested: here[:min(len(here), MaxSuggested)]}, len(here) > 0
}

// standing adds the units behind the keys that stand today, each once.
func (d *Directory) standing(to []UnitID, keys []nameKey) []UnitID {
	for _, k := range keys {
		if k.how != HowFormer && d.tree.units[k.unit].Stands(d.tree.on) && !slices.Contains(to, k.unit) {
			to = append(to, k.unit)
		}
	}
	return to
}

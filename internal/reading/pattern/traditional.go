package pattern

import (
	"strings"
	"unicode/utf8"
)

// simplified maps the traditional characters that occur in unit names, role
// words, dates and measures. Words outside the grammar need no entry.
var simplified = pairs("負负責责牽牵頭头單单門门處处廳厅辦办發发財财會会員员關关協协導导領领參参與与對对機机構构區区縣县鄉乡鎮镇東东華华國国務务" +
	"黨党團团聯联總总醫医衛卫療疗險险環环護护態态農农業业漁渔糧粮儲储運运輸输設设規规劃划資资產产權权監监審审計计統统經经濟济" +
	"貿贸稅税銀银證证電电廣广視视報报聞闻體体藝艺學学術术軍军隊队應应災灾動动勞劳書书記记長长無无個个項项萬万億亿畝亩裏里幾几" +
	"過过達达標标準准實实現现確确爭争將将從从間间開开結结備备傳传選选組组織织論论調调訊讯訓训課课試试點点線线級级類类際际質质" +
	"檢检測测驗验數数據据網网絡络創创優优進进還还這这來来後后內内時时週周於于並并為为節节約约綠绿續续維维樹树歸归屬属職职條条" +
	"範范圍围專专營营場场廠厂館馆園园莊庄島岛灣湾橋桥樓楼層层雙双圓元貧贫戶户齡龄殘残婦妇僑侨臺台誌志檔档憲宪議议訪访藥药飲饮" +
	"養养愛爱種种認认識识許许談谈讓让轉转輕轻較较紀纪綜综練练終终給给繼继績绩編编緊紧縮缩羅罗聖圣聽听勢势勵励勸劝匯汇卻却變变" +
	"號号啟启喪丧嚴严圖图壓压壞坏夠够寫写寬宽寧宁尋寻屆届歲岁帶带帳账幹干廢废強强彈弹徑径復复憑凭懷怀戰战擇择擔担擬拟擴扩攝摄" +
	"攜携敗败敵敌斷断曆历極极榮荣樣样歡欢歷历毀毁決决沒没況况淨净溝沟滅灭滿满漢汉潔洁煙烟熱热爾尔牆墙獎奖獨独礦矿礎础禮礼離离" +
	"稱称積积穩稳窮穷競竞簡简簽签籌筹糾纠純纯細细紹绍絕绝綱纲" +
	"請请則则見见須须儘尽盡尽貫贯徹彻彙汇鑒鉴訂订製制佈布補补幫帮併并徵征瀏浏覽览題题掃扫當当頁页詞词閱阅讀读遞递慶庆違违罰罚貳贰賠赔償偿診诊購购買买賣卖價价費费貼贴貸贷債债賬账輯辑輔辅軌轨" +
	"載载遠远遲迟適适遺遗鄰邻釋释針针鐵铁鏈链鎖锁鋪铺閉闭閒闲閣阁陣阵陳陈陸陆隨随隱隐難难雜杂雲云靈灵靜静韌韧響响順顺預预頒颁頻频願愿顧顾顯显風风飛飞餘余駐驻駕驾騰腾驅驱驚惊魚鱼鳥鸟麗丽齊齐")

// Plain maps a traditional character of the grammar to its simplified form and leaves
// every other rune alone.
func Plain(r rune) rune {
	if r < 0x4e00 { // none stands below: most text is spared the look-up
		return r
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	return r
}

func pairs(s string) map[rune]rune {
	m := make(map[rune]rune, len(s)/6)
	var from rune
	for _, r := range s {
		if from == 0 {
			from = r
			continue
		}
		if from != r {
			m[from] = r
		}
		from = 0
	}
	return m
}

// variants are the traditional characters of each simplified one.
var variants = func() map[rune]string {
	m := make(map[rune]string, len(simplified))
	for t, s := range simplified {
		m[s] += string(t)
	}
	return m
}()

// widen lets an expression match traditional characters too: 关 becomes [关關], and a
// class takes in the variants of its members. Variants are as long as what they stand for.
func widen(expr string) string {
	var b strings.Builder
	class, escaped := false, false
	for _, r := range expr {
		more := variants[r]
		switch {
		case r < utf8.RuneSelf:
			if !escaped && r == '[' {
				class = true
			} else if !escaped && r == ']' {
				class = false
			}
			b.WriteRune(r)
		case more != "" && !class:
			b.WriteString("[" + string(r) + more + "]")
		default:
			b.WriteString(string(r) + more)
		}
		escaped = r == '\\' && !escaped
	}
	return b.String()
}

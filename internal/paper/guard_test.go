package paper

import (
	"errors"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// marked are lines that are a marking wherever they stand.
var marked = []string{
	"绝密", "机密", "秘密", "机 密", "机\u00ad密", "机\u2060密★1年", "机\u0301密", "S\u00adECRET", "绝　密", "機密", "絕密", "祕密", "【机密】", "（秘密）", "〔绝密〕", "[机密]",
	"机密★1年", "秘密★启封前", "绝密★长期", "机密★", "秘密 启封前", "机密☆6个月", "机密＊１０年", "秘密★5年 特急", "000001 机密★1年 特急",
	"No.000123 绝密", "密级：机密", "密级: 秘密 保密期限：10年", "密　级：绝　密", "机密级", "绝密文件", "机密件", "秘密，不得外传", "份号：000012 秘密★1年",
	"【机密】关于2027年专项工作的通知", "（绝密★长期）云州市应急预案", "云州市委文件 机密★10年",
	"SECRET", "TOP SECRET", "CONFIDENTIAL", "ＣＯＮＦＩＤＥＮＴＩＡＬ", "S E C R E T", "C O N F I D E N T I A L", "*** SECRET ***", "SECRET//NOFORN", "TOP SECRET//SI//NOFORN",
	"UK SECRET", "STRICTLY CONFIDENTIAL", "PRIVATE AND CONFIDENTIAL", "CONFIDENTIAL – NOT FOR DISTRIBUTION", "(CONFIDENTIAL)", "CLASSIFICATION: SECRET",
	"[SECRET] Plan for the river gates", "CONFIDENTIAL Page 2 of 9",
}

// unmarked are lines that only speak of secrecy.
var unmarked = []string{
	"严格保守国家秘密。", "加强商业秘密保护", "工作秘密", "国家秘密的密级分为绝密、机密、秘密三级。", "绝密、机密、秘密", "保守秘密是每个工作人员的义务", "手机密码管理", "手机 密码",
	"涉及机密的事项不得上网", "机密文件管理办法", "秘密投票选举产生", "（三）不得泄露国家秘密、商业秘密", "一、秘密载体的管理", "对标注“机密★1年”的文件，由专人登记保管并按期清退", "密级：公开", "密级：内部",
	"内部资料 注意保存", "机要秘书处", "秘书", "电子政务内网密钥更新", "绝密级事项由市保密局按程序办理", "《商业秘密保护规定》",
	"Open a confidential helpline", "The secretary keeps the minutes.", "SECRETARIAT", "Secretary", "CONFIDENTIALITY", "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE", "OFFICIAL", "UNCLASSIFIED",
	"CONFIDENTIAL HELPLINE", "SECRET BALLOT", "Confidential helpline", "The report is confidential and secret ballots apply.", "privacy and confidentiality",
}

func TestGuardText(t *testing.T) {
	for _, line := range marked {
		for _, text := range []string{line, "  " + line + "\r\n云州市人民政府\n", strings.Repeat("正文。\n", 40) + line + "\n正文。"} {
			err := GuardText(text)
			if !errors.Is(err, docket.Classified) {
				t.Errorf("not refused: %q", text[max(0, len(text)-80):])
			}
		}
	}
	for _, line := range unmarked {
		if err := GuardText(line + "\n" + line); err != nil {
			t.Errorf("refused %q: %v", line, err)
		}
		if err := Guard(&Document{Title: line, Blocks: []Block{{Text: line}, {Kind: Furniture, Text: line}}}); err != nil {
			t.Errorf("refused as title or running head %q: %v", line, err)
		}
	}
}

func TestGuardFrontOnly(t *testing.T) {
	for _, line := range []string{"Confidential", "Top Secret", "CONFIDENTIAL: plan for the river gates", "Private and Confidential", "Classification: Secret"} {
		if GuardText(line) == nil {
			t.Errorf("not refused at the front: %q", line)
		}
		if err := GuardText(strings.Repeat("Body.\n", 40) + line); err != nil {
			t.Errorf("refused in the body: %q", line)
		}
	}
}

func TestGuardNamesAndTitles(t *testing.T) {
	for _, name := range []string{
		"【机密】2027年方案.docx", "机密-2027年方案.docx", "2027年方案（秘密）.pdf", "2027年方案_绝密_v2.docx", "机密 2027年方案.txt", "方案 機密★1年.docx", "CONFIDENTIAL plan.docx",
		"plan-SECRET.pdf", "plan (confidential).docx", "Top_Secret.pdf", "TOP SECRET river gates.md", "plan_CONFIDENTIAL_v2.pdf", "Confidential - plan.docx", "Confidential.docx",
	} {
		if GuardName(name) == nil {
			t.Errorf("not refused: %s", name)
		}
	}
	for _, name := range []string{
		"商业秘密保护条例.docx", "保守国家秘密法实施条例.pdf", "机密文件管理办法.docx", "secretariat.docx", "Secret Garden festival.docx", "SECRET SANTA.docx", "confidential helpline.docx",
		"绝密、机密、秘密的区分.docx", "手机密码.txt", "OFFICIAL-SENSITIVE plan.docx", "秘书处.md", "secret_santa.docx",
	} {
		if err := GuardName(name); err != nil {
			t.Errorf("refused: %s: %v", name, err)
		}
	}
}

func TestGuardRunningHeadsAndTables(t *testing.T) {
	field := &Table{Rows: []Row{{Line: 1, Cells: []Cell{{Text: "密级"}, {Text: "机密"}, {Text: "份号"}, {Text: "12"}}}}}
	column := &Table{Rows: []Row{{Cells: []Cell{{Text: "事项"}, {Text: "密 级"}}}, {Line: 2, Cells: []Cell{{Text: "防汛"}, {Text: "公开"}}}, {Line: 3, Cells: []Cell{{Text: "演练"}, {Text: "秘密★1年"}}}}}
	explains := &Table{Rows: []Row{{Cells: []Cell{{Text: "密级"}, {Text: "期限"}}}, {Cells: []Cell{{Text: "绝密"}, {Text: "30年"}}}, {Cells: []Cell{{Text: "机密"}, {Text: "20年"}}}, {Cells: []Cell{{Text: "秘密"}, {Text: "10年"}}}}}
	refused := map[string]Block{
		"running head":       {Kind: Furniture, Text: "云州市工作简报 机密", Page: 3},
		"english head":       {Kind: Furniture, Text: "Northford | CONFIDENTIAL | 3"},
		"field of a table":   {Kind: TableBlock, Table: field},
		"column of a table":  {Kind: TableBlock, Table: column},
		"cell with a star":   {Kind: TableBlock, Table: &Table{Rows: []Row{{Cells: []Cell{{Text: "云州市委"}, {Text: "机密★1年"}}}}}},
		"line in paragraph":  {Text: "云州市\n机密\n通知"},
		"deep in a document": {Text: "绝密★长期", Page: 9},
	}
	body := make([]Block, 60)
	for i := range body {
		body[i] = Block{Text: "一、由市科技局牵头。"}
	}
	for name, k := range refused {
		if k.Table != nil {
			k.Text = k.Table.Text()
		}
		err := Guard(&Document{Name: "a.docx", Blocks: append(body[:60:60], k)})
		if !errors.Is(err, docket.Classified) {
			t.Errorf("%s: not refused", name)
		} else if strings.Contains(err.Error(), "云州") {
			t.Errorf("%s: the error repeats the text: %v", name, err)
		}
	}
	for name, k := range map[string]Block{"table that explains": {Kind: TableBlock, Table: explains, Text: explains.Text()}, "list that explains": {Text: "绝密\n机密\n秘密"}} {
		if err := Guard(&Document{Blocks: []Block{k}}); err != nil {
			t.Errorf("%s refused: %v", name, err)
		}
	}
}

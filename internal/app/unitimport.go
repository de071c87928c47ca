package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// Most rows of one unit file, and how many of them the answer repeats.
const (
	maxUnitRows   = 20_000
	shownUnitRows = 200
)

// ImportUnits takes the tree from a table (xlsx, csv, or any paper with one):
// code, name, parent (code or name), level, aliases. Rows may come in any order.
// A row with a known code, or else a known name in that place, changes that
// unit; good rows are kept, faulty ones are named. On a dry run nothing is kept.
func (a *App) ImportUnits(ctx context.Context, actor docket.Actor, name string, content []byte, dryRun bool) (UnitImport, error) {
	if err := allow(&actor, docket.ActManageUnits); err != nil {
		return UnitImport{}, err
	}
	doc, err := a.cfg.Readers.Read(ctx, paper.Bytes(name, content), a.cfg.Limits)
	if err != nil {
		return UnitImport{}, err
	}
	rows, err := unitRows(name, doc)
	if err != nil {
		return UnitImport{}, err
	}
	if dryRun {
		pl, err := a.place(ctx)
		if err != nil {
			return UnitImport{}, err
		}
		return planUnits(pl, rows).report(true), nil
	}
	var done UnitImport
	err = a.change(ctx, actor, docket.VerbImportUnits, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActManageUnits, docket.Subject{}); err != nil {
			return err
		}
		if err := c.freshPlace(ctx); err != nil {
			return err
		}
		c.units = true
		plan := planUnits(c.Place, rows)
		entries, err := plan.apply(ctx, c)
		if err != nil {
			return err
		}
		done = plan.report(false)
		return c.Record(ctx, append(entries, docket.Entry{After: note("file", name, "added", done.Added, "changed", done.Changed, "faulty", len(done.Errors))})...)
	})
	return done, err
}

// unitRow is one row of the file.
type unitRow struct {
	line                       int
	code, name, parent, levels string
	aliases                    []string
}

// unitHeads are the words a column may be headed by.
var unitHeads = map[string][]string{
	"code":    {"code", "代码", "编码", "单位代码", "单位编码"},
	"name":    {"name", "unit", "名称", "单位", "单位名称"},
	"parent":  {"parent", "上级", "上级单位", "上级代码", "主管单位"},
	"level":   {"level", "级别", "层级"},
	"aliases": {"aliases", "alias", "别名", "简称"},
}

func unitRows(file string, doc *paper.Document) ([]unitRow, error) {
	for _, b := range doc.Blocks {
		if b.Table == nil || len(b.Table.Rows) == 0 {
			continue
		}
		at := heads(b.Table.Rows[0])
		if _, ok := at["name"]; !ok {
			continue
		}
		if n := len(b.Table.Rows) - 1; n > maxUnitRows {
			return nil, docket.Errorf(docket.TooLarge, "unit.too_many_rows", fmt.Sprintf("%s has %d rows; at most %d can be imported at once", file, n, maxUnitRows),
				"file", file, "count", strconv.Itoa(n), "limit", strconv.Itoa(maxUnitRows))
		}
		var out []unitRow
		for _, r := range b.Table.Rows[1:] {
			cell := func(head string) string {
				if i, ok := at[head]; ok && i < len(r.Cells) {
					return strings.TrimSpace(r.Cells[i].Text)
				}
				return ""
			}
			row := unitRow{line: r.Line, code: cell("code"), name: cell("name"), parent: cell("parent"), levels: cell("level"),
				aliases: tidy(strings.FieldsFunc(cell("aliases"), func(r rune) bool { return strings.ContainsRune(";；|、\n", r) }))}
			if row.code+row.name+row.parent+row.levels == "" {
				continue
			}
			if err := guardNames(append([]string{row.name, row.code}, row.aliases...)...); err != nil {
				return nil, err
			}
			out = append(out, row)
		}
		return out, nil
	}
	return nil, docket.Errorf(docket.Invalid, "unit.no_table", file+" has no table whose first row names the columns; “name” is needed, “code”, “parent”, “level” and “aliases” may follow", "file", file)
}

func heads(r paper.Row) map[string]int {
	at := map[string]int{}
	for i, c := range r.Cells {
		text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c.Text, "\ufeff")))
		for head, words := range unitHeads {
			if _, taken := at[head]; !taken && slices.Contains(words, text) {
				at[head] = i
			}
		}
	}
	return at
}

// levelOfWord reads a level as people write it; none is that of a body's own unit.
func levelOfWord(word string) (docket.Level, bool) {
	switch strings.ToLower(word) {
	case "", "unit", "单位", "部门":
		return docket.UnitLevel, true
	case "national", "国家", "中央":
		return docket.National, true
	case "provincial", "省", "省级", "自治区":
		return docket.Provincial, true
	case "city", "市", "市级", "地级":
		return docket.City, true
	case "county", "县", "区", "县级", "区县", "旗":
		return docket.County, true
	case "township", "乡", "镇", "街道", "乡镇", "乡级":
		return docket.Township, true
	}
	return "", false
}

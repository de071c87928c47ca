// The wire's nouns under the names the screens use.
export interface Span { start: number; end: number }
export interface Provenance { origin: string; clause: number; span: Span; rule?: number }
export interface Finding { code: string; severity: string; field?: string; args?: Record<string, string>; span?: Span | null }
export interface Person { id: number; login: string; name: string; email: string; lang: string; active: boolean; version: number }
export interface MyPost { role: string; unit: number; unit_name: string }
export interface Me { person: Person; posts: MyPost[]; may: string[]; needs_password: boolean; today: string; workdays_left: number; period: string; version: string }
export interface SessionInfo { id: string; agent: string; seen: string; current: boolean }
export interface UnitVersion { from: string; name: string; parent: number }
export interface Unit { id: number; code: string; name: string; parent: number; level: string; ord: number; aliases: string[]; versions: UnitVersion[]; from: string; to: string; version: number; children: number; ended: boolean }
export interface Succession { from: number; to: number; on: string; kind: string }
export interface UnitDetail extends Unit { path: { id: number; name: string }[]; successors: Succession[]; people: number }
export interface ImportRowError { row: number; field: string; key: string; args?: Record<string, string>; message: string }
export interface UnitImport { added: number; changed: number; unchanged: number; errors: ImportRowError[]; rows: { row: number; code: string; name: string; parent: string; level: string; change: string }[] }
export interface Post { id: number; person: number; role: string; unit: number; from: string; to: string; unit_name: string }
export interface PersonRow extends Person { posts: Post[] }
export interface FileRef { sha256: string; name: string; format: string; size: number }
export interface ParentRef { title: string; number: string; directive: number }
export interface Directive { id: number; owner: number; title: string; number: string; issuer: string; issued_on: string; level: string; lang: string; addressees: string[]; parents: ParentRef[]; status: string; file: FileRef; findings: Finding[]; imported_by: number; imported_at: string; adopted_at?: string; version: number }
export interface DirectiveSummary extends Directive { owner_name: string; doubts: number; clauses: number; covered: number; matters: number }
export interface DirectivePage { directive: Directive; owner_name: string; parents: ParentRef[]; counts: { clauses: number; covered: number; open: number; matters: number }; lamps: Record<string, number>; may: string[] }
export interface Reason { key: string; args?: Record<string, string> }
export interface ClauseMatter { id: number; no: string; status: string; lamp: string; reason: Reason }
export interface Clause { id: number; directive: number; ord: number; parent: number; kind: string; part: string; label: string; path: string; text: string; page: number; line: number; struck?: Span[]; matters: ClauseMatter[]; hidden: number; lamp: string }
export interface Assignment { role: string; name: string; written?: string; vague?: boolean; open?: boolean; unsure?: boolean; from: Provenance; unit: number; unit_name?: string; suggested?: { id: number; name: string }[]; accepted?: string | null }
export interface Due { kind: string; on: string; from: string; at?: string; count?: number; unit?: string; event?: string; every?: string; day?: number; stage?: string; words: string; from_text: Provenance; assumed?: boolean; report?: boolean; former?: boolean }
export interface Measure { name?: string; value: number; high?: number; unit?: string; direction: string; strength?: string; words: string; from: Provenance }
export interface Matter { id: number; no: string; owner: number; directive: number; clause: number; clause_ord: number; ord: number; span: Span; title: string; requirement: string; strength: string; duty: boolean; status: string; result: string; aside: boolean; due: string; first_due: string; review_on: string; provisional: boolean; assignments: Assignment[]; dues: Due[]; measures: Measure[]; findings: Finding[]; assigned_at?: string | null; updated_at: string; version: number }
export interface Adoption { matters: number; units: number; aside: number; blockers: { matter: number; clause_ord: number; key: string; args?: Record<string, string> }[]; warnings: number }
export interface EntryView { seq: number; at: string; actor: number; actor_name: string; verb: string; reason?: string; changes: { field: string; before: unknown; after: unknown }[] }
export interface UnitRef { unit: number; name: string }
export interface LedgerRow { id: number; no: string; title: string; requirement: string; directive: number; directive_number: string; directive_title: string; clause_label: string; clause_ord: number; leads: UnitRef[]; supports: UnitRef[]; several: UnitRef[]; status: string; lamp: string; reason: Reason; due: string; first_due: string; review_on: string; overdue_days: number; assigned_at?: string }
export interface LedgerGroup { key: string; name: string; total: number; lamps: Record<string, number> }
export interface Ledger { items: LedgerRow[]; total: number; lamps: Record<string, number>; statuses: Record<string, number>; groups?: LedgerGroup[]; next_cursor?: string; as_of: string }
export interface LedgerQuery { directive?: number; unit?: number; below?: boolean; role?: string; status?: string[]; lamp?: string[]; level?: string; due_from?: string; due_to?: string; text?: string; sort?: string; desc?: boolean }
export interface SavedView { id: number; person: number; name: string; query: LedgerQuery; columns: string[]; group: string }
export interface Obligation { id: number; kind: string; matter: number; unit: number; unit_name?: string; due: string; since: string; met?: string | null }
export interface MatterPage { matter: Matter; lamp: string; reason: Reason; directive: { id: number; number: string; title: string }; context: Clause[]; obligations: Obligation[]; history: EntryView[]; may: string[]; why: Reason[] }
export interface DeskRow { kind: string; matter?: number; directive?: number; no: string; title: string; lamp: string; reason: Reason; due: string; unit: number; unit_name: string; act: string; version: number }
export interface Desk { owed: DeskRow[]; waiting: DeskRow[]; came_back: DeskRow[]; mine: { open: number; lamps: Record<string, number> }; upcoming: { date: string; count: number }[]; done_today: number }
export interface Hit { kind: string; directive: number; clause?: number; ord: number; matter?: number; label: string; text: string }
export interface Imported { directive: number; matters: number; clauses: number; doubts: number }

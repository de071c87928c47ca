package httpapi

import docket "github.com/docket-os/docket"

// Acts as the table names them.
var (
	content     = may(docket.ActRead)
	units       = may(docket.ActManageUnits)
	people      = may(docket.ActManagePeople)
	correct     = may(docket.ActCorrect)
	exporting   = may(docket.ActExport)
	offer       = may(docket.ActOffer)
	signInRules = may(docket.ActManageSignIn)
)

// Routes is the whole API, below /api/v1. Request and answer types are those of
// the handler.
func Routes() []Route {
	return []Route{
		fewTries(answers("POST /session", anyone, "Sign in by login and password; sets the session cookie", (*server).signIn)),
		fewTries(answers("POST /session/link", anyone, "Sign in by a one-time link, which is used up", (*server).signInByLink)),
		fewTries(answers("POST /session/code", anyone, "Second step of signing in: a code of the second factor", (*server).secondStep)),
		answers("GET /session/ways", anyone, "What the sign-in page offers beside the password", (*server).ways),
		goes("GET /session/provider", anyone, "Go to the sign-in provider", (*server).beginProvider),
		goes("GET /session/provider/done", anyone, "Come back from it", (*server).finishProvider),
		browser(early(does("DELETE /session", signedIn, "Sign out", (*server).signOut))),
		early(answers("GET /me", signedIn, "Who is signed in, with posts and possible acts", (*server).me)),
		browser(early(answers("PATCH /me", signedIn, "Change own name, mail address or language", (*server).editMe))),
		browser(early(does("PUT /me/password", signedIn, "Set the own password; ends all other sessions", (*server).setPassword))),
		browser(answers("GET /me/sessions", signedIn, "Browsers signed in as the reader", (*server).sessions)),
		browser(does("DELETE /me/sessions/{id}", signedIn, "Sign one of them out", (*server).endSession)),
		browser(early(answers("GET /me/second-factor", signedIn, "Whether the reader has a second factor", (*server).factor))),
		browser(early(secret(answers("POST /me/second-factor", signedIn, "Begin to set one up: its secret, shown once", (*server).startFactor)))),
		browser(early(secret(answers("POST /me/second-factor/confirm", signedIn, "Make it count, by a first code; recovery codes are shown once", (*server).confirmFactor)))),
		browser(secret(answers("POST /me/second-factor/codes", signedIn, "Make new recovery codes, by a code", (*server).renewCodes))),
		browser(secret(does("POST /me/second-factor/end", signedIn, "End the second factor, by a code", (*server).endFactor))),
		browser(answers("GET /me/tokens", signedIn, "Own tokens for programs", (*server).tokens)),
		browser(secret(created(answers("POST /me/tokens", signedIn, "Make a token; its text is shown once", (*server).newToken)))),
		browser(does("DELETE /me/tokens/{id}", signedIn, "End a token at once", (*server).endToken)),

		answers("GET /units", signedIn, "The whole tree of units as it stood on a day, flat", (*server).unitTree),
		answers("GET /units/{id}", signedIn, "One unit", (*server).unit),
		created(answers("POST /units", units, "Found a unit", (*server).addUnit)),
		answers("PATCH /units/{id}", units, "Correct a unit without a new version", (*server).editUnit),
		answers("POST /units/{id}/rename", units, "Rename a unit from a day on", (*server).renameUnit),
		answers("POST /units/{id}/move", units, "Put a unit below another from a day on", (*server).moveUnit),
		answers("POST /units/{id}/merge", units, "End a unit; another carries on", (*server).mergeUnit),
		answers("POST /units/{id}/split", units, "End a unit; several carry on", (*server).splitUnit),
		answers("POST /units/{id}/end", units, "End a unit; nobody carries on", (*server).endUnit),
		takes("POST /units/import", units, "Units from a workbook or CSV file; good rows are kept, faulty ones named", (*server).importUnits),

		answers("GET /people", may(docket.ActReadPeople), "Everybody with their posts", (*server).people),
		created(answers("POST /people", people, "Add a person", (*server).addPerson)),
		answers("PATCH /people/{id}", people, "Change a person's account", (*server).editPerson),
		browser(secret(answers("POST /people/{id}/link", people, "Make a one-time sign-in link, shown once", (*server).newLink))),
		browser(does("POST /people/{id}/second-factor/reset", people, "Take away the second factor of somebody who has lost it", (*server).resetFactor)),
		created(answers("POST /people/{id}/posts", people, "Give a person a post", (*server).addPost)),
		answers("POST /posts/{id}/end", people, "End a post", (*server).endPost),

		created(takes("POST /imports", may(docket.ActImport), "Bring a document in: a file, or pasted text as JSON", (*server).importPaper)),
		answers("GET /directives", content, "Directives in the reader's scope, newest first", (*server).directives),
		answers("GET /directives/{id}", content, "Head of a directive's page", (*server).directive),
		answers("PATCH /directives/{id}", may(docket.ActEditFront), "Correct title, number, issuer, date, level, addressees", (*server).editFront),
		does("DELETE /directives/{id}", may(docket.ActDiscard), "Throw a reading away that is not adopted", (*server).discard),
		answers("GET /directives/{id}/clauses", content, "The text with its gutter", (*server).clauses),
		sends("GET /directives/{id}/file", content, "The source file", []string{"application/octet-stream"}, (*server).source),
		answers("GET /directives/{id}/matters", correct, "The correction table: drafts as read", (*server).drafts),
		created(answers("POST /directives/{id}/matters", correct, "Take one more draft from a sentence", (*server).addDraft)),
		answers("PATCH /directives/{id}/matters/{mid}", correct, "Correct a draft", (*server).editDraft),
		answers("POST /directives/{id}/names", correct, "Settle a written name for all drafts", (*server).settleName),
		answers("GET /directives/{id}/adoption", may(docket.ActAdopt), "What adopting would do and what stands in its way", (*server).adoption),
		answers("POST /directives/{id}/adopt", may(docket.ActAdopt), "Register and assign all matters in one act", (*server).adopt),
		answers("GET /directives/{id}/history", content, "Journal of a directive", (*server).history),

		answers("GET /ledger", content, "Matters: filtered, sorted, counted", (*server).ledger),
		sends("GET /ledger.xlsx", exporting, "The same query as a workbook", []string{mediaXLSX}, (*server).ledgerXLSX),
		sends("GET /ledger.csv", exporting, "The same query as CSV", []string{mediaCSV}, (*server).ledgerCSV),
		answers("GET /views", content, "Own saved views", (*server).views),
		created(answers("POST /views", content, "Save a view", (*server).addView)),
		answers("PATCH /views/{id}", content, "Change a saved view", (*server).editView),
		does("DELETE /views/{id}", content, "Delete a saved view", (*server).deleteView),
		answers("GET /matters/{id}", content, "A matter with its sentence and history", (*server).matter),
		created(answers("POST /matters", may(docket.ActRegister), "Register and hand over a matter that stands in no document", (*server).registerMatter)),
		answers("POST /matters/{id}/moves", may(moveActs()...), "Make a move of the law: acknowledge, plan, park …", (*server).move),
		answers("POST /moves", content, "The same move on many matters, each by itself; dry_run tells what would be refused", (*server).moveMany),
		answers("GET /matters/{id}/report", may(docket.ActReport), "The form a unit reports on: what is unfinished, or the last values", (*server).reportForm),
		answers("PUT /matters/{id}/report", may(docket.ActReport), "Keep what was typed so far", (*server).saveReport),
		created(answers("POST /matters/{id}/reports", may(docket.ActReport), "File a report or claim: before the unit's head, or out at once by the head", (*server).fileReport)),
		answers("POST /matters/{id}/reports/{rid}/approve", may(docket.ActApprove), "Let a report out", (*server).approveReport),
		answers("POST /matters/{id}/reports/{rid}/accept", may(docket.ActReview, docket.ActReport), "Take a report; of a part the lead does", (*server).acceptReport),
		answers("POST /matters/{id}/reports/{rid}/return", may(docket.ActReview, docket.ActReport, docket.ActApprove), "Send a report back with the reason", (*server).returnReport),
		answers("POST /matters/{id}/reports/{rid}/withdraw", may(docket.ActReport), "Take a report back before the head has spoken", (*server).withdrawReport),
		created(answers("POST /matters/{id}/requests", may(docket.ActAsk), "Ask for a later due, dispute, ask to park or to stop", (*server).ask)),
		answers("POST /matters/{id}/requests/{rid}/decide", may(docket.ActDecide, docket.ActAssign, docket.ActPark, docket.ActStop, docket.ActConsent), "Grant or refuse a request", (*server).decide),
		answers("POST /matters/{id}/requests/{rid}/withdraw", may(docket.ActAsk), "Take a request back", (*server).withdrawRequest),
		created(answers("POST /matters/{id}/instructions", may(docket.ActInstruct), "Write an instruction", (*server).instruct)),
		answers("POST /matters/{id}/instructions/{rid}/close", may(docket.ActInstruct), "No further note", (*server).closeInstruction),
		created(answers("POST /matters/{id}/verifications", may(docket.ActVerify), "File what was seen: decides a claim, or is a look back or spot check", (*server).verify)),
		answers("GET /matters/{id}/measures", content, "What a matter is measured by, planned and actual, for a day as known on another", (*server).measures),
		answers("PUT /matters/{id}/measures", may(docket.ActSetMeasures), "Set what a matter is measured by", (*server).setMeasures),
		created(answers("POST /matters/{id}/observations", may(docket.ActObserve), "Give a figure of a measure, or correct one", (*server).observe)),
		answers("GET /lamps", signedIn, "The body's thresholds of the lamps", (*server).lamps),
		answers("PUT /lamps", may(docket.ActSetRules), "Change the thresholds; every lamp follows at once", (*server).setLamps),
		answers("GET /rounds", content, "Rounds of reports", (*server).rounds),
		created(answers("POST /rounds", may(docket.ActRound), "Ask everybody who answers for an open matter for a report", (*server).openRound)),
		answers("POST /rounds/{id}/lock", may(docket.ActRound), "Take no more reports for a round", (*server).lockRound),
		answers("POST /rounds/{id}/reopen", may(docket.ActRound), "Let one unit file after the lock", (*server).reopenRound),
		answers("GET /rounds/{id}/rates", content, "Of the reports a round asks for: how many are in, how many on time", (*server).roundRates),
		answers("GET /rates", content, "Completeness and timeliness of units over a span of days", (*server).rates),
		answers("GET /rules", signedIn, "The body's rules of the law", (*server).rules),
		answers("PUT /rules", may(docket.ActSetRules), "Change the rules", (*server).setRules),
		answers("GET /matters/{id}/evidence", content, "A matter's evidence, and for which units the reader may add to it", (*server).evidence),
		answers("PATCH /matters/{id}/evidence/{eid}", offer, "Describe an own piece anew, until a report carries it", (*server).editEvidence),
		does("DELETE /matters/{id}/evidence/{eid}", offer, "Take an own piece back, until a report carries it", (*server).removeEvidence),
		sends("GET /matters/{id}/evidence/{eid}/content", content, "The file itself, to be kept", []string{"application/octet-stream"}, (*server).evidenceFile),
		lasting(answers("GET /matters/{id}/evidence/{eid}/preview", content, "How it can be shown; of a text, its start", (*server).previewEvidence)),
		sends("GET /matters/{id}/evidence/{eid}/pages/{page}", content, "A page of it, drawn by the server", []string{"image/jpeg"}, (*server).evidencePage),
		created(answers("POST /matters/{id}/uploads", offer, "Announce a file; an unfinished one of the same hash goes on", (*server).beginUpload)),
		answers("GET /matters/{id}/uploads/{uid}", offer, "How much of an own upload has arrived", (*server).upload),
		piecewise(answers("PATCH /matters/{id}/uploads/{uid}", offer, "Send the next piece, at most 4 MiB", (*server).appendUpload)),
		does("DELETE /matters/{id}/uploads/{uid}", offer, "Drop an own upload", (*server).cancelUpload),
		lasting(created(answers("POST /matters/{id}/uploads/{uid}/finish", offer, "Make evidence of a whole upload", (*server).finishUpload))),
		answers("GET /desk", signedIn, "What the reader owes and waits for", (*server).desk),
		answers("GET /journal", may(docket.ActReadJournal), "The whole journal, newest first", (*server).journal),
		sends("GET /journal.csv", may(docket.ActReadJournal), "The same query as CSV, oldest first", []string{mediaCSV}, (*server).journalCSV),
		answers("GET /why", signedIn, "Why the reader sees a directive, a unit, people", (*server).why),
		answers("GET /me/feed", signedIn, "Whether the reader has a calendar feed", (*server).feed),
		secret(answers("POST /me/feed", signedIn, "Make the address of the reader's calendar feed, shown once; a former one ends", (*server).newFeed)),
		does("DELETE /me/feed", signedIn, "End the reader's calendar feed", (*server).endFeed),
		sends("GET /calendar.ics", anyone, "What the holder of a feed's key owes, for calendar programs", []string{mediaICS}, (*server).calendar),
		answers("GET /search", may(docket.ActSearch), "Full-text search in the reader's scope", (*server).search),

		browser(answers("GET /settings/sign-in", signInRules, "How people sign in, without secrets", (*server).signInRules)),
		browser(answers("PUT /settings/sign-in", signInRules, "Set how people sign in; a secret left out stays", (*server).setSignInRules)),

		answers("GET /health", anyone, "Whether the server answers", (*server).health),
		sends("GET /openapi.json", anyone, "This document", []string{"application/openapi+json"}, (*server).document),
	}
}

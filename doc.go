// Package docket holds the nouns of Docket and the rules they keep. It imports
// the standard library only and is imported by everything else.
//
// The chain in one page:
//
//	directive   a document that creates work, kept whole with its number and source file
//	  clause    one unit of its text; the clauses joined in order are the document
//	    matter  one registered thing to see through; keeps its clause for ever
//	      assignment   which unit has which part in it: lead, support, several
//	      due          until when, as written and as reckoned
//	      measure      what will show that it worked
//	      obligation   what is owed, by whom, until when, met when
//	journal     every change of any of these, in order, with actor, instant and reason
package docket

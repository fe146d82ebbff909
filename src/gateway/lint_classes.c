/* lint_classes.c - the classes of findings of this layer, and the tables of all layers (lint.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/directory.h"
#include "gateway/lint.h"
#include "policy/lint.h"
#include "reading/lexicon.h"

const struct finding_class gateway_classes[] = {
	[GATEWAY_MISTAKE] = { "mistake", "what is written cannot be read, or means nothing; the configuration is refused for it",
			      "Mend it; copyhold.conf(5) has every key and what it takes. Until then the last good configuration stays in force." },
	[GATEWAY_DIRECTORY_MISTAKE] = { "directory-mistake", "the people file cannot be read; the configuration is refused for it",
					"Mend the row; copyhold-people(5) has the columns. Until then the last good directory stays in force, over a start as well." },
	[GATEWAY_NO_AUTHORITY] = { "enforce-without-authority", "a rule is enforced, and what must stand behind that is missing",
				   "Put in what is missing, or set mode = \"advise\" until the Council has resolved it." },
	[GATEWAY_NO_REVIEWER] = { "hold-without-reviewer", "a rule holds mail that too few people can release",
				  "Name reviewers, or take two_persons or the hold from the rule." },
	[GATEWAY_NO_SECOND_REVIEWER] = { "no-second-reviewer", "nobody can decide on what the first reviewer sent, received or is the subject of",
					 "Name council.second_reviewer, somebody outside the office, before the rule is enforced." },
	[GATEWAY_REVIEWER_UNKNOWN] = { "reviewer-unknown", "a reviewer has no row in the directory, or is not in office",
				       "Give them a row, so that nobody decides on their own mail." },
	[GATEWAY_NOTICES_FROM] = { "notices-from", "notices come from an address that nobody may read",
				   "Set council.notice_from to a mailbox that somebody reads: people answer notices." },
	[GATEWAY_WORDS_TOO_LONG] = { "words-too-long", "a rule's words are cut in a notice", "Shorten them: what is cut helps nobody." },
	[GATEWAY_LANGUAGE_MISSING] = { "language-missing", "a rule has no words in a language that notices are written in",
				       "Write them, or take the language from `languages`." },
	[GATEWAY_NO_RULES] = { "no-rules", "there is no rule at all", "Name a pack, or write rules." },
	[GATEWAY_NO_TEST] = { "rule-without-test", "no test wants the rule to fire, neither the Council's own nor its pack's",
			      "Write a test with a message on which it is to fire (tests in copyhold.conf(5)), and one that it must leave alone." },
	[GATEWAY_MEMORY_OFF] = { "memory-off", "nothing is remembered, so that some rules cannot see what they are about",
				 "Leave memory.keep on unless the Council has decided otherwise." },
	[GATEWAY_HOLIDAYS] = { "holidays", "the office's calendar has no holidays ahead", "Set office.bank_holidays, or put in the dates." },
	[GATEWAY_OPEN_RELAY] = { "open-relay", "everybody on the Internet may write in anybody's name", "Name the relay's own addresses." },
	[GATEWAY_DIRECTORY_OLD] = { "directory-old", "the people file was not touched for longer than report.directory_days",
				    "Go through it, and save it or write report.directory_reviewed." },
	[GATEWAY_CALENDAR] = { "calendar", "the civic calendar does not fit together, or has no period ahead", "Correct the dates, or put in the next ones." },
	[GATEWAY_PERMISSION_ENDED] = { "permission-ended", "a permission that the Council wrote down has ended",
				       "Renew it, or take it out once nothing of that time is in dispute." },
	[GATEWAY_ACCOUNT] = { "account", "an account of the console fits nobody who may decide", "See copyhold user." },
	[GATEWAY_CLAUSE_UNKNOWN] = { "clause-unknown", "a pack's rule cites a clause that its documents do not have",
				     "Cite it as the pack's list of clauses names it, or add what is missing there." },
	[GATEWAY_CLAUSE_LIST] = { "clause-list", "a pack's list of clauses cannot be read, or names a rule that the pack does not have",
				  "Correct the name, or write the rule; copyhold policy coverage shows the whole list." },
	{ NULL, NULL, NULL },
};

const struct finding_class *const lint_classes[] = { gateway_classes, policy_classes, lexicon_classes, directory_classes, NULL };

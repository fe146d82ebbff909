/* page_help.c - the words these pages use, explained.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/pages.h"
#include "page_parts.h"

static const struct word explained[] = {
	{ "Held", "The copy for that person has not been sent. It is kept safely until somebody decides, or until the time the Council has set is over; it is never"
		  " deleted without a word." },
	{ "Open", "The person stands in To or Cc, so that everybody who gets the message can see that they get it too." },
	{ "Hidden", "The person gets the message, but does not stand in To or Cc. The others cannot see it." },
	{ "Clause", "The part of the Council's own protocol that the rule is taken from." },
	{ "Finding", "What a rule observed in one message. It is an observation, not a judgement about anybody." },
	{ "Evidence", "The few words or facts that the finding rests on." },
	{ "Release", "The message goes on to those you chose, as it was written. The button says when, and until then you can undo it." },
	{ "Release with a line that makes the copy open", "The message goes on with a line at its foot that says who else gets it." },
	{ "Return to the sender", "The sender gets the message back with the clause and your reason, and can send it again in another way." },
	{ "Pass to the second reviewer", "You do not decide; the person the Council has named as second reviewer does." },
	{ "Second reviewer", "Decides on what the first may not: mail that person sent, received or is named in. Also steps in when a decision is overdue." },
	{ "Two persons", "For some clauses the Council wants two people to agree before a message goes on. One decides, another confirms." },
	{ "Deadline", "The end of the working hours the Council allows for a decision. After it the second reviewer is asked." },
	{ "Wrong match", "The rule saw something that is not there. Marking it helps to improve the rule, and it is not counted against anybody." },
	{ "Legal hold", "The message is kept even when its time is over, for example while a request for information is open." },
	{ "Journal", "The list of everything that was done here, and by whom. No line can be changed or taken out unseen." },
	{ NULL, NULL },
};

void page_help(struct page *page, const json_t *answer)
{
	(void)answer;
	page_begin(page, "Help");
	markup_element(page->markup, "h2", "How to decide in a minute", NULL);
	markup_open(page->markup, "ol", NULL);
	markup_element(page->markup, "li", "Open the oldest message on the desk.", NULL);
	markup_element(page->markup, "li", "Read the clause and the marked words. You seldom need the whole text; reading it is recorded.", NULL);
	markup_element(page->markup, "li", "Choose a reason and press the button for your decision. Under each stands what it will do.", NULL);
	markup_element(page->markup, "li", "If it was a slip, press \"Undo this decision\" on the same page. Nothing goes out before the time shown there.", NULL);
	markup_close(page->markup, "ol");
	markup_element(page->markup, "h2", "What the words mean", NULL);
	facts_begin(page);
	for (const struct word *word = explained; word->code != NULL; word++)
		facts_words(page, word->code, word->words);
	facts_end(page);
	page_end(page);
}

/* predicates_markings.c - conditions on markings, whose they are, and on what could not be read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include "base/unicode.h"
#include "reading/lexicon.h"

static void show_marking(struct question *question, const struct marked *marked)
{
	question_evidence(question, marked->marking->where, "%s", marked->marking->words);
}

static enum answer find_marking(struct question *question, bool (*wanted)(const struct marked *marked))
{
	const struct facts *facts = question->facts;
	bool found = false;
	for (size_t i = 0; i < facts->marked_count; i++)
		if (marked_counts(&facts->marked[i]) && wanted(&facts->marked[i])) {
			show_marking(question, &facts->marked[i]);
			found = true;
		}
	return facts_found(facts, found);
}

static bool by_council(const struct marked *marked)
{
	return marked->council_author;
}

static bool by_officer(const struct marked *marked)
{
	return marked->officer_author;
}

static bool by_anybody(const struct marked *marked)
{
	return true;
}

static enum answer council_marked(struct question *question, const struct argument *arguments)
{
	return find_marking(question, by_council);
}

static enum answer officer_marked(struct question *question, const struct argument *arguments)
{
	return find_marking(question, by_officer);
}

/* Where people write it: a mail program sets the header field by itself, and a file's name speaks of the file. */
static bool by_author_in_words(const struct marked *marked)
{
	enum marking_place place = marked->marking->place;
	return marked->letter->kind == LETTER_OUTER && !marked->marking->inherited &&
	       (place == MARKING_IN_SUBJECT || place == MARKING_IN_TEXT);
}

static enum answer author_marked(struct question *question, const struct argument *arguments)
{
	return find_marking(question, by_author_in_words);
}

static enum answer anybody_marked(struct question *question, const struct argument *arguments)
{
	return find_marking(question, by_anybody);
}

static enum answer marking_is_theirs(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->recipients[question->recipient].marking_is_theirs);
}

/* ---- casework ----------------------------------------------------------------------------------------------- */

static bool mailbox_is_officer(struct question *question, const struct mailbox *mailbox)
{
	const struct facts *facts = question->facts;
	const struct person *person = NULL;
	if (mailbox->address != NULL && mailbox->address[0] != '\0')
		person = directory_by_address(facts->directory, mailbox->address);
	if (person != NULL)
		return person_has_role(person, ROLE_OFFICER, facts->on);
	return mailbox->name != NULL &&
	       directory_by_name(question->arena, facts->directory, mailbox->name, ROLE_OFFICER, facts->on).count > 0;
}

/* An officer's letter inside makes the mail more than the councillor's own. */
static bool contains_officers_letter(struct question *question)
{
	const struct reading *reading = question->facts->reading;
	for (size_t i = 1; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		for (size_t j = 0; j < letter->from.count; j++)
			if (mailbox_is_officer(question, &letter->from.items[j]))
				return true;
	}
	return false;
}

static bool is_constituent(const struct recipient *recipient)
{
	enum role role = recipient->party.role;
	return role == ROLE_NONE || role == ROLE_RESIDENT || role == ROLE_COMPLAINANT;
}

/* The councillor put it there, in the letter itself: not behind Fwd:, not the mail program's Company-Confidential, not
 * the name of a file; and it is no label that councils put on their papers. */
static enum answer is_own_marking(struct question *question, const struct marked *marked, const char *labels)
{
	const struct marking *marking = marked->marking;
	bool in_letter = marking->place == MARKING_IN_SUBJECT || marking->place == MARKING_IN_TEXT;
	if (marked->letter->kind != LETTER_OUTER || !in_letter || marking->behind_forward || marked->officer_author)
		return NO;
	struct phrase_match match;
	struct bytes words = unicode_plain(question->arena, bytes_of(marking->words));
	return answer_not(lexicon_find(question->lexicon, question->scratch, labels, words, &match));
}

static enum answer own_casework(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	bool councillor = facts->sender_known && party_has_role(&facts->sender, ROLE_COUNCILLOR, facts->on) &&
			  !party_has_role(&facts->sender, ROLE_OFFICER, facts->on);
	if (!councillor || !is_constituent(&facts->recipients[question->recipient]) || contains_officers_letter(question))
		return NO;
	enum answer answer = YES;
	for (size_t i = 0; i < facts->marked_count; i++)
		if (marked_counts(&facts->marked[i]))
			answer = answer_and(answer, is_own_marking(question, &facts->marked[i], arguments->word));
	/* The constituent is not named: whose casework it is says enough. */
	if (answer == YES)
		question_evidence(question, "envelope", "casework of %s", party_name(&facts->sender));
	return answer;
}

static enum answer unmarked(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->unmarked);
}

/* ---- what could not be read --------------------------------------------------------------------------------- */

static enum answer other_text_marked(struct question *question, const struct argument *arguments)
{
	if (!question->facts->reading->other_text_marked)
		return NO;
	question_evidence(question, "message", "two readings of it differ, and a marking shows in one");
	return YES;
}

static void show_unreadable(struct question *question, const struct unreadable *unreadable)
{
	if (unreadable->part[0] == '\0')
		question_evidence(question, "message", "%s", unreadable->why);
	else
		question_evidence(question, arena_printf(question->arena, "part %s", unreadable->part), "%s", unreadable->why);
}

static enum answer unreadable(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	for (size_t i = 0; i < reading->unreadable_count; i++)
		show_unreadable(question, &reading->unreadable[i]);
	return answer_of(reading->unreadable_count > 0);
}

static enum answer unreadable_for(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->unreadable_count; i++) {
		struct phrase_match match;
		struct bytes why = unicode_plain(question->arena, bytes_of(reading->unreadable[i].why));
		enum answer said = lexicon_find(question->lexicon, question->scratch, arguments->word, why, &match);
		if (said == YES)
			show_unreadable(question, &reading->unreadable[i]);
		answer = answer_or(answer, said);
	}
	return answer;
}

const struct predicate predicates_markings[] = {
	{ "the council has marked it confidential", false, false, council_marked,
	  "an explicit marking by an officer or councillor, or one in a forward whose author cannot be told" },
	{ "an officer has marked it confidential", false, false, officer_marked, "an explicit marking in an officer's letter" },
	{ "the author marks it in so many words", false, false, author_marked,
	  "an explicit marking in the subject or text of the letter itself, not carried along behind Re: or Fwd:" },
	{ "it carries an explicit marking", false, false, anybody_marked, "an explicit marking by anybody, boilerplate not counted" },
	{ "the only marking is this recipient's own", true, false, marking_is_theirs, "it is returned to the person who wrote it" },
	{ "the marking is the sending councillor's own, to this recipient as constituent, and no {family}", true, true, own_casework,
	  "casework: freshly marked by the councillor, no officer's letter inside, and no label of the council's own papers" },
	{ "the author cancels the marking", false, false, unmarked, "\"no longer confidential\", \"may be shared\"" },
	{ "two readings differ and one is marked", false, false, other_text_marked,
	  "mail programs may show different texts, and only some show the marking" },
	{ "something is unreadable", false, false, unreadable, "a part could not be examined" },
	{ "something is unreadable for {family}", false, false, unreadable_for, "the reason it was not read is in that family" },
	{ 0 },
};

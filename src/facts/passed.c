/* passed.c - what a councillor wrote and the sender now hands to other councillors, the writer left out (DOMAIN: silent-forward).
 *
 * The writer is known by the block above a quoted, forwarded or enclosed letter, by the From line of a message that was sent on as it was,
 * or by memory. What had gone to several councillors or to the public was never between one councillor and officers. Who had it already
 * is told by its block, by the thread it stands in, and by memory; when in doubt, they had it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

/* More other councillors than that, and a letter is not an individual councillor's correspondence with officers. */
#define READERS_MOST 1

/* Those of one councillor's letter. */
struct readership {
	struct person_set people;   /* who had it, or had part in its thread */
	size_t councillors;         /* to whom its author had sent it */
	bool open;                  /* to the public or the press too */
	bool officer, shown;        /* an officer is among its addressees; it shows addressees */
};

struct passing {
	struct gathering *gathering;
	struct passed_on *items;
	struct person_set shown; /* authors whose letters this message shows: memory has nothing to add but who had them */
};

static bool is_councillor(const struct facts *facts, const struct person *person)
{
	return !person->is_list && person_has_role(person, ROLE_COUNCILLOR, facts->on);
}

/* Another envelope that was seen is among the recipients; where a relay splits them, who stands in To or Cc gets it in one to come. */
static bool gets_it(const struct gathering *gathering, const struct person *person)
{
	return person_set_has(&gathering->recipients, person) ||
	       (gathering->facts->copies_partly_known && person_set_has(&gathering->visible, person));
}

/* A councillor who is neither sender nor recipient. */
static bool is_left_out(const struct gathering *gathering, const struct person *person)
{
	return person != NULL && is_councillor(gathering->facts, person) && !person_set_has(&gathering->senders, person) &&
	       !gets_it(gathering, person);
}

static const struct person *author_of(struct gathering *gathering, const struct letter *letter)
{
	return letter->from.count != 1 ? NULL : person_of_mailbox(gathering, &letter->from.items[0]);
}

/* ---- who had it --------------------------------------------------------------------------------------------- */

static void count_reader(const struct facts *facts, struct readership *had, const struct person *author, const struct person *person)
{
	if (person == author || !person_set_add(&had->people, person))
		return;
	had->councillors += is_councillor(facts, person);
	had->officer |= person_has_role(person, ROLE_OFFICER, facts->on);
	had->open |= person_has_role(person, ROLE_PRESS, facts->on);
}

static void count_readers(struct gathering *gathering, struct readership *had, const struct person *author, const struct person *person)
{
	bool open = false, archive = false;
	if (!person->is_list) {
		count_reader(gathering->facts, had, author, person);
		return;
	}
	struct person_list members = list_members(gathering->arena, gathering->facts->directory, person, gathering->facts->on, &open, &archive);
	had->open |= open;
	for (size_t i = 0; i < members.count; i++)
		count_reader(gathering->facts, had, author, members.items[i]);
}

static void count_addressee(struct gathering *gathering, struct readership *had, const struct person *author, const struct mailbox *mailbox)
{
	const struct facts *facts = gathering->facts;
	const struct person *person = person_of_mailbox(gathering, mailbox);
	had->shown = true;
	if (person == NULL) {
		/* "Clerk", or a mailbox of the council that nobody put into the directory */
		had->officer |= mailbox->address[0] == '\0' || directory_is_council_domain(facts->directory, mailbox->address);
		return;
	}
	count_readers(gathering, had, author, person);
}

static void count_addressees(struct gathering *gathering, struct readership *had, const struct person *author, const struct letter *letter)
{
	for (size_t i = 0; i < letter->to.count; i++)
		count_addressee(gathering, had, author, &letter->to.items[i]);
	for (size_t i = 0; i < letter->cc.count; i++)
		count_addressee(gathering, had, author, &letter->cc.items[i]);
}

/* An enclosed message is a thread of its own. */
static const struct letter *thread_of(const struct letter *letter)
{
	while (letter->kind != LETTER_ENCLOSED && letter->parent != NULL)
		letter = letter->parent;
	return letter;
}

static bool takes_part(struct gathering *gathering, const struct letter *letter, const struct person *person)
{
	const struct mailbox_list *lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->count; j++)
			if (person_of_mailbox(gathering, &lists[i]->items[j]) == person)
				return true;
	return false;
}

static void add_participants(struct gathering *gathering, struct readership *had, const struct letter *letter)
{
	const struct mailbox_list *lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->count; j++) {
			const struct person *person = person_of_mailbox(gathering, &lists[i]->items[j]);
			if (person != NULL)
				person_set_reach(&had->people, gathering->arena, gathering->facts, person);
		}
}

/* Newer letters of the thread carry this one to those of theirs; older ones are what its author answered. */
static void add_thread(struct gathering *gathering, struct readership *had, const struct person *author, size_t at)
{
	const struct reading *reading = gathering->facts->reading;
	const struct letter *thread = thread_of(reading->letters[at]);
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		if (i == at || !letter_is_below(letter) || thread_of(letter) != thread)
			continue;
		if (i < at || letter->to.count + letter->cc.count == 0 || takes_part(gathering, letter, author))
			add_participants(gathering, had, letter);
	}
}

/* A newer letter of the thread is somebody's outside: then it is theirs that is passed on, whomever they quote. */
static bool came_from_outside(struct gathering *gathering, size_t at)
{
	const struct facts *facts = gathering->facts;
	const struct letter *thread = thread_of(facts->reading->letters[at]);
	for (size_t i = 0; i < at; i++) {
		const struct letter *letter = facts->reading->letters[i];
		if (!letter_is_below(letter) || letter->from.count == 0 || thread_of(letter) != thread)
			continue;
		const struct person *person = author_of(gathering, letter);
		const char *address = letter->from.items[0].address;
		if (person != NULL ? !person->is_list && !person_serves(person, facts->on)
				   : address[0] != '\0' && !directory_is_council_domain(facts->directory, address))
			return true;
	}
	return false;
}

/* An officer had opened the thread with the author among others. */
static void add_company(struct gathering *gathering, struct readership *had, const struct person *author, const struct ancestor *opened)
{
	struct person_set company = person_set_new(gathering->arena, gathering->facts->directory);
	for (size_t i = 0; i < opened->reader_count; i++)
		person_set_reach(&company, gathering->arena, gathering->facts, opened->readers[i]);
	for (size_t i = 0; person_set_has(&company, author) && i < opened->reader_count; i++)
		person_set_reach(&had->people, gathering->arena, gathering->facts, opened->readers[i]);
}

/* What memory knows of whom the author had sent it to, and with whom they were in a thread. */
static void add_remembered(struct gathering *gathering, struct readership *had, const struct person *author)
{
	const struct recall *recall = gathering->facts->recall;
	for (size_t i = 0; i < recall->ancestor_count; i++) {
		const struct ancestor *ancestor = &recall->ancestors[i];
		if ((ancestor->kinds & MEMORY_OPENED) != 0)
			add_company(gathering, had, author, ancestor);
		for (size_t j = 0; j < ancestor->reader_count && (ancestor->kinds & MEMORY_LETTER) != 0 && ancestor->author == author; j++)
			count_readers(gathering, had, author, ancestor->readers[j]);
	}
}

/* ---- who gets it now ---------------------------------------------------------------------------------------- */

static void pass(struct passing *passing, const struct readership *had, struct passed_on passed)
{
	struct gathering *gathering = passing->gathering;
	struct facts *facts = gathering->facts;
	if (had->open || had->councillors > READERS_MOST)
		return;
	const struct person **to = NULL;
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *person = directory_at(facts->directory, i);
		if (person_set_has(&gathering->recipients, person) && is_councillor(facts, person) && person != passed.author &&
		    !person_set_has(&gathering->senders, person) && !person_set_has(&had->people, person))
			*ARENA_PUSH(gathering->arena, to, passed.to_count) = person;
	}
	passed.to = to;
	if (passed.to_count > 0)
		*ARENA_PUSH(gathering->arena, passing->items, facts->passed_count) = passed;
}

static bool is_known(const struct passing *passing, const struct person *author)
{
	for (size_t i = 0; i < passing->gathering->facts->passed_count; i++)
		if (passing->items[i].author == author)
			return true;
	return false;
}

static const struct ancestor *remembered_letter(const struct facts *facts, const struct person *author)
{
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		if ((facts->recall->ancestors[i].kinds & MEMORY_LETTER) != 0 && facts->recall->ancestors[i].author == author)
			return &facts->recall->ancestors[i];
	return NULL;
}

static void pass_letter(struct passing *passing, size_t at, const struct person *author)
{
	struct gathering *gathering = passing->gathering;
	const struct letter *letter = gathering->facts->reading->letters[at];
	if (!is_left_out(gathering, author) || is_known(passing, author))
		return;
	person_set_add(&passing->shown, author);
	struct readership had = { .people = person_set_new(gathering->arena, gathering->facts->directory) };
	count_addressees(gathering, &had, author, letter);
	if ((had.shown && !had.officer) || (!had.shown && came_from_outside(gathering, at)))
		return;
	add_thread(gathering, &had, author, at);
	add_remembered(gathering, &had, author);
	pass(passing, &had, (struct passed_on){ .author = author, .letter = letter, .ancestor = remembered_letter(gathering->facts, author) });
}

/* Sent on as it was: From, To and Cc are still its author's. */
static void pass_resent(struct passing *passing)
{
	struct gathering *gathering = passing->gathering;
	const struct reading *reading = gathering->facts->reading;
	if (reading->resent_from.count == 0)
		return;
	const struct person *author = author_of(gathering, reading->outer), *by = person_of_mailbox(gathering, &reading->resent_from.items[0]);
	if (author == NULL || author == by)
		return;
	pass_letter(passing, 0, author);
}

/* ---- by memory alone ---------------------------------------------------------------------------------------- */

/* A letter below that nobody is said to have written: "> " alone. */
static const struct letter *nobodys_letter(const struct reading *reading)
{
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		if ((letter->kind == LETTER_QUOTED || letter->kind == LETTER_FORWARDED) && letter->from.count == 0 && letter->passage_count > 0)
			return letter;
	}
	return NULL;
}

bool ancestor_is_carried(const struct facts *facts, const struct ancestor *ancestor)
{
	bool thread = ancestor_is_of_thread(ancestor);
	if ((ancestor->hows & 1u << DESCENT_ENCLOSED) != 0)
		return true;
	if (passages_tell_alone(ancestor->matched, ancestor) || (thread && passages_tell_beside(ancestor->matched, ancestor)))
		return true;
	return thread && ((ancestor->hows & 1u << DESCENT_FILE) != 0 || nobodys_letter(facts->reading) != NULL);
}

static void pass_remembered(struct passing *passing, const struct ancestor *ancestor)
{
	struct gathering *gathering = passing->gathering;
	const struct facts *facts = gathering->facts;
	if ((ancestor->kinds & MEMORY_LETTER) == 0 || !is_left_out(gathering, ancestor->author) || is_known(passing, ancestor->author) ||
	    person_set_has(&passing->shown, ancestor->author) || !ancestor_is_carried(facts, ancestor))
		return;
	struct readership had = { .people = person_set_new(gathering->arena, facts->directory) };
	add_remembered(gathering, &had, ancestor->author);
	for (size_t i = 0; i < facts->reading->letter_count; i++)
		if (letter_is_below(facts->reading->letters[i]))
			add_participants(gathering, &had, facts->reading->letters[i]);
	pass(passing, &had, (struct passed_on){ .author = ancestor->author, .letter = nobodys_letter(facts->reading), .ancestor = ancestor });
}

void gather_passed(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct passing passing = { .gathering = gathering, .shown = person_set_new(gathering->arena, facts->directory) };
	if (!facts->sender_known)
		return;
	pass_resent(&passing);
	for (size_t i = 0; i < facts->reading->letter_count; i++) {
		const struct letter *letter = facts->reading->letters[i];
		if (letter_is_below(letter))
			pass_letter(&passing, i, author_of(gathering, letter));
	}
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		pass_remembered(&passing, &facts->recall->ancestors[i]);
	facts->passed = passing.items;
}

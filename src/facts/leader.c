/* leader.c - mail that reaches the Leader as Leader, and answers to it (DOMAIN: leader-reply).
 *
 * To the Leader as such: at a mailbox of that office, or under "Dear Leader", "Dear Councillor X". What residents write to the
 * councillor under their first name is ward mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "base/name_title.h"

/* A salutation stands in one of the first lines. */
#define LINES_MOST 6

static bool is_leader(const struct facts *facts, const struct person *person)
{
	return person != NULL && !person->is_list && (person_offices(person, facts->on) & OFFICE_LEADER) != 0;
}

static bool is_office_mailbox(const char *address)
{
	static const char *const names[] = { "leader", "council.leader", "councilleader", "theleader", "arweinydd" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct bytes rest = bytes_of(address);
		if (bytes_starts_with_nocase(rest, bytes_of(names[i])) && rest.length > strlen(names[i]) && strchr("@+.", rest.data[strlen(names[i])]) != NULL)
			return true;
	}
	return false;
}

static struct bytes behind(struct bytes text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (bytes_starts_with_nocase(text, bytes_of(*words)))
			return bytes_trim(bytes_slice(text, strlen(*words), text.length));
	return (struct bytes){ 0 };
}

/* "Dear Leader", "Dear Cllr Price": an office or a title, not a first name. */
static bool salutes(struct gathering *gathering, struct bytes line, const struct person *leader)
{
	static const char *const greetings[] = { "dear ", "to ", "annwyl ", "at ", NULL };
	static const char *const offices[] = { "the leader", "leader", "council leader", "mr leader", "madam leader", "arweinydd", "yr arweinydd", NULL };
	struct bytes name = behind(bytes_trim(line), greetings);
	if (name.length == 0)
		return false;
	for (size_t i = 0; offices[i] != NULL; i++)
		if (bytes_starts_with_nocase(name, bytes_of(offices[i])))
			return true;
	struct bytes whole = name;
	name = name_behind_councillor(name);
	if (name.length == whole.length) /* a first name */
		return false;
	while (name.length > 0 && strchr(",.:!-", name.data[name.length - 1]) != NULL)
		name.length--;
	if (name.length == 0)
		return false;
	const char *written = arena_string_of(gathering->arena, name);
	struct person_list found = directory_by_name(gathering->arena, gathering->facts->directory, written, ROLE_COUNCILLOR, gathering->facts->on);
	return found.count == 1 && found.items[0] == leader;
}

static bool letter_salutes(struct gathering *gathering, const struct letter *letter, const struct person *leader)
{
	for (size_t i = 0; i < letter->passage_count; i++) {
		size_t looked = 0;
		for (size_t j = 0; j < letter->passages[i].line_count && looked < LINES_MOST; j++) {
			const struct line *line = &letter->passages[i].lines[j];
			if (line->zone != ZONE_AUTHOR || bytes_trim(line->plain).length == 0)
				continue;
			looked++;
			if (salutes(gathering, line->plain, leader))
				return true;
		}
	}
	return false;
}

/* "On Sunday Ivy Webb wrote:" does not say to whom: then the greeting does. */
static bool greets_leader(struct gathering *gathering, const struct letter *letter)
{
	const struct person *answers = gathering->facts->name.person;
	return letter->to.count == 0 && is_leader(gathering->facts, answers) && letter_salutes(gathering, letter, answers);
}

static bool is_to_leader(struct gathering *gathering, const struct letter *letter)
{
	for (size_t i = 0; i < letter->to.count; i++) {
		const struct person *person = person_of_mailbox(gathering, &letter->to.items[i]);
		if (is_leader(gathering->facts, person) &&
		    (is_office_mailbox(letter->to.items[i].address) || letter_salutes(gathering, letter, person)))
			return true;
	}
	return false;
}

static bool is_recipient(struct gathering *gathering, const char *address)
{
	const char *theirs = comparable_address(gathering->arena, address);
	for (size_t i = 0; theirs != NULL && i < gathering->facts->recipient_count; i++) {
		const char *ours = comparable_address(gathering->arena, gathering->facts->recipients[i].party.address);
		if (ours != NULL && strcmp(ours, theirs) == 0)
			return true;
	}
	return false;
}

/* Quoted below, and its writer is answered. */
static bool quotes_leaders_mail(struct gathering *gathering)
{
	const struct reading *reading = gathering->facts->reading;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		if (letter->kind == LETTER_QUOTED && letter->from.count == 1 && is_recipient(gathering, letter->from.items[0].address) &&
		    (is_to_leader(gathering, letter) || greets_leader(gathering, letter)))
			return true;
	}
	return false;
}

static bool follows_leaders_mail(const struct facts *facts)
{
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		if ((facts->recall->ancestors[i].kinds & MEMORY_LEADER) != 0 &&
		    ancestor_is_of_thread(&facts->recall->ancestors[i]))
			return true;
	return false;
}

void gather_leader(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	facts->to_leader = !facts->sender_known && is_to_leader(gathering, facts->reading->outer);
	if (facts->sender_known && (facts->name.offices & OFFICE_LEADER) != 0)
		facts->answers_leaders_mail = follows_leaders_mail(facts) || quotes_leaders_mail(gathering);
}

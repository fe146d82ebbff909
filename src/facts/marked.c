/* marked.c - markings and whose they are: a councillor's letter, an officer's, or a correspondent's own.
 *
 * A marking belongs to the author of the letter it stands in. One in a subject behind "Re:" or "Fwd:" belongs to the letters below;
 * where none is left, nobody can tell, and in our own forward it counts as the council's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "base/unicode.h"

/* Whose letter it is, as far as the text tells. */
struct authorship {
	const struct party *party; /* NULL: not told, or several people fit */
	const char *name;          /* as the block shows it, or NULL */
	bool told;
	bool council, officer;
};

struct marker {
	struct gathering *gathering;
	struct authorship *authors; /* of each letter */
	bool *to_councillor;        /* each letter */
	struct marked *items;
};

/* Somebody who has left wrote for the council while they served. */
static bool served(const struct person *person, enum role role, calendar_date on)
{
	if (role_on(person, on) != ROLE_NONE)
		return person_has_role(person, role, on);
	for (size_t i = 0; i < person->tenure_count; i++)
		if (person->tenures[i].role == role)
			return true;
	return false;
}

static struct authorship authorship_of(const struct facts *facts, struct party *party)
{
	struct authorship author = { .party = party, .told = true };
	if (party->person != NULL) {
		author.officer = served(party->person, ROLE_OFFICER, facts->on) || party->role == ROLE_OFFICER;
		author.council = author.officer || served(party->person, ROLE_COUNCILLOR, facts->on) || party_is_council(party);
	}
	return author;
}

static struct party *keep(struct gathering *gathering, struct party party)
{
	struct party *kept = arena_alloc(gathering->arena, sizeof *kept);
	*kept = party;
	return kept;
}

/* A name without an address: one person of that name, or several who are all of the council. */
static struct authorship author_by_name(struct gathering *gathering, const char *name)
{
	const struct facts *facts = gathering->facts;
	struct person_list found = directory_by_name(gathering->arena, facts->directory, name, ROLE_NONE, facts->on);
	if (found.count == 1) {
		const struct person *person = found.items[0];
		const char *address = person->address_count > 0 ? person->addresses[0] : NULL;
		struct authorship author =
			authorship_of(facts, keep(gathering, party_of_person(gathering->arena, facts, person, address)));
		author.name = name;
		return author;
	}
	struct authorship author = { .name = name, .told = true, .council = found.count > 0, .officer = found.count > 0 };
	for (size_t i = 0; i < found.count; i++) {
		bool officer = served(found.items[i], ROLE_OFFICER, facts->on);
		author.officer &= officer;
		author.council &= officer || served(found.items[i], ROLE_COUNCILLOR, facts->on);
	}
	return author;
}

static struct authorship author_of_block(struct gathering *gathering, const struct letter *letter)
{
	if (letter->from.count == 0)
		return (struct authorship){ 0 };
	const struct mailbox *from = &letter->from.items[0];
	if (from->address[0] == '\0')
		return from->name == NULL ? (struct authorship){ 0 } : author_by_name(gathering, from->name);
	struct party party = party_of_address(gathering->arena, gathering->facts, from->address);
	/* An unlisted mailbox of the council: the name may be known. */
	if (party.person == NULL && party.council_domain && from->name != NULL)
		return author_by_name(gathering, from->name);
	struct authorship author = authorship_of(gathering->facts, keep(gathering, party));
	author.name = from->name;
	return author;
}

static struct authorship author_of(struct gathering *gathering, const struct letter *letter)
{
	struct facts *facts = gathering->facts;
	if (letter->kind != LETTER_OUTER)
		return author_of_block(gathering, letter);
	if (facts->sender_known)
		return authorship_of(facts, &facts->sender);
	return (struct authorship){ .party = &facts->sender, .told = true };
}

static bool mailbox_is_councillor(struct gathering *gathering, const struct mailbox *mailbox)
{
	const struct facts *facts = gathering->facts;
	const struct person *person = NULL;
	if (mailbox->address[0] != '\0')
		person = directory_by_address(facts->directory, mailbox->address);
	if (person == NULL && mailbox->name != NULL)
		return directory_by_name(gathering->arena, facts->directory, mailbox->name, ROLE_COUNCILLOR, facts->on).count > 0;
	if (person == NULL || !person->is_list)
		return person != NULL && served(person, ROLE_COUNCILLOR, facts->on);
	struct person_list members = members_of(gathering->arena, facts, person);
	for (size_t i = 0; i < members.count; i++)
		if (person_has_role(members.items[i], ROLE_COUNCILLOR, facts->on))
			return true;
	return false;
}

static bool some_recipient_is_councillor(const struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	if (facts->visible_councillor_count > 0)
		return true;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (facts->recipients[i].party.role == ROLE_COUNCILLOR)
			return true;
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (facts->hidden[i].role == ROLE_COUNCILLOR)
			return true;
	return false;
}

/* What a councillor passes on came to them. */
static bool is_to_councillor(struct gathering *gathering, const struct letter *letter)
{
	const struct facts *facts = gathering->facts;
	if (letter->kind == LETTER_OUTER)
		return some_recipient_is_councillor(gathering);
	for (size_t i = 0; i < letter->to.count; i++)
		if (mailbox_is_councillor(gathering, &letter->to.items[i]))
			return true;
	return facts->sender_known && facts->sender.person != NULL && person_has_role(facts->sender.person, ROLE_COUNCILLOR, facts->on);
}

static bool zone_says(const struct letter *letter, bool disclaimer, struct bytes words)
{
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t j = 0; j < letter->passages[i].line_count; j++) {
			const struct line *line = &letter->passages[i].lines[j];
			if ((line->zone == ZONE_DISCLAIMER) == disclaimer && bytes_find_nocase(line->plain, words, 0) != (size_t)-1)
				return true;
		}
	return false;
}

/* Organisation boilerplate: it stands in the disclaimer and nowhere else, or reads like one. */
static bool is_boilerplate(struct gathering *gathering, const struct letter *letter, const struct marking *marking)
{
	if (marking->place != MARKING_IN_TEXT && marking->place != MARKING_IN_DOCUMENT)
		return false;
	struct bytes words = unicode_plain(gathering->arena, bytes_of(marking->words));
	if (words.length > 0 && zone_says(letter, true, words) && !zone_says(letter, false, words))
		return true;
	struct phrase_match match;
	enum answer answer = lexicon_find(gathering->lexicon, gathering->scratch, "disclaimer", words, &match);
	gathering->facts->undecided_pattern |= answer == UNKNOWN;
	return answer == YES;
}

/* The letters below this one, where an inherited marking comes from. */
static struct authorship author_of_below(const struct marker *marker, size_t letter)
{
	const struct facts *facts = marker->gathering->facts;
	size_t end = facts->reading->letter_count, untold = 0;
	while (end > letter + 1 && facts->reading->letters[end - 1]->kind == LETTER_ATTACHED)
		end--; /* they stand behind all others, and nobody answers them */
	size_t below = end - letter - 1;
	struct authorship author = { .told = below > 0 };
	for (size_t i = letter + 1; i < end; i++) {
		const struct authorship *other = &marker->authors[i];
		/* A letter whose author has taken the marking off says nothing for it. */
		if (facts->reading->letters[i]->unmarked && other->council)
			continue;
		untold += !other->told;
		author.council |= other->council;
		author.officer |= other->officer;
		if (author.party == NULL || other->council)
			author.party = other->party;
		if (author.name == NULL)
			author.name = other->name;
	}
	if (!author.told || untold == below)
		author = (struct authorship){ 0 };
	return author;
}

/* Where nobody can tell, what we send on is ours. */
static bool is_council(const struct marker *marker, const struct authorship *author)
{
	const struct facts *facts = marker->gathering->facts;
	return author->told ? author->council : facts->sender_known && marker->authors[0].council;
}

static void add_marking(struct marker *marker, size_t letter, const struct marking *marking)
{
	struct facts *facts = marker->gathering->facts;
	const struct letter *of = facts->reading->letters[letter];
	struct authorship author = marking->inherited ? author_of_below(marker, letter) : marker->authors[letter];
	*ARENA_PUSH(marker->gathering->arena, marker->items, facts->marked_count) =
		(struct marked){ .marking = marking,
				 .letter = of,
				 .author = author.party,
				 .council_author = is_council(marker, &author),
				 .officer_author = author.officer,
				 .to_councillor = marker->to_councillor[letter],
				 .boilerplate = is_boilerplate(marker->gathering, of, marking) };
}

static void gather_markings(struct marker *marker)
{
	struct facts *facts = marker->gathering->facts;
	const struct reading *reading = facts->reading;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		/* What an inner letter's own author takes off is off; the outer letter's word is judged in find_unmarked. */
		if (letter->kind != LETTER_OUTER && letter->unmarked)
			continue;
		for (size_t j = 0; j < letter->marking_count; j++)
			add_marking(marker, i, &letter->markings[j]);
	}
	facts->marked = marker->items;
}

bool marked_counts(const struct marked *marked)
{
	return marked->marking->strength == MARKING_EXPLICIT && !marked->boilerplate;
}

/* The author cancels the marking: an officer any, anybody else only what is theirs. */
static bool find_unmarked(const struct marker *marker)
{
	const struct facts *facts = marker->gathering->facts;
	if (!facts->reading->outer->unmarked)
		return false;
	for (size_t i = 0; i < facts->marked_count; i++) {
		const struct marked *marked = &facts->marked[i];
		bool theirs = marked->author != NULL && marked->author->person != NULL && marked->author->person == facts->sender.person;
		if (marked_counts(marked) && marked->council_author && !theirs && !marker->authors[0].officer)
			return false;
	}
	return true;
}

/* ---- is a recipient only given back what they marked themselves? ---------------------------------------------- */

static const char *display_name(const struct facts *facts, const char *address)
{
	const struct mailbox_list *lists[] = { &facts->reading->outer->to, &facts->reading->outer->cc };
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < lists[i]->count; j++)
			if (bytes_equal_nocase(bytes_of(lists[i]->items[j].address), bytes_of(address)))
				return lists[i]->items[j].name;
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool is_author(const struct marker *marker, const struct authorship *author, const struct recipient *recipient)
{
	const struct facts *facts = marker->gathering->facts;
	struct arena *arena = marker->gathering->arena;
	if (author->party != NULL && author->party->person != NULL)
		return author->party->person == recipient->party.person;
	if (author->party != NULL && author->party->address != NULL)
		return same_text(comparable_address(arena, author->party->address), comparable_address(arena, recipient->party.address));
	const char *name = display_name(facts, recipient->party.address);
	return author->told && author->name != NULL && name != NULL &&
	       same_text(unicode_key(arena, bytes_of(author->name)), unicode_key(arena, bytes_of(name)));
}

/* To names them and nobody else. */
static bool is_addressed(const struct gathering *gathering, const struct party *party)
{
	const struct facts *facts = gathering->facts;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		if (!party_is_same(gathering->arena, &facts->visible[i], party))
			return false;
	return facts->visible_to_count > 0;
}

/* The one correspondent a reply goes back to: alone in To, and the only outsider who gets it. With a councillor beside them in
 * To, a second outsider, or the press, "Re:" says nothing of whose the marking is: anybody can type it. */
static const struct party *only_correspondent(const struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	const struct party *only = NULL;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		if (party->role == ROLE_PRESS)
			return NULL;
		if (!party->third_party)
			continue;
		if (only != NULL && !party_is_same(gathering->arena, only, party))
			return NULL;
		only = party;
	}
	return only != NULL && is_addressed(gathering, only) ? only : NULL;
}

static size_t letter_index(const struct facts *facts, const struct letter *letter)
{
	size_t index = 0;
	while (facts->reading->letters[index] != letter)
		index++;
	return index;
}

/* A receipt's "Subject: ..." in a letter that nobody else is shown to have written: the line has the answered subject, and nothing more. */
static bool shows_answered_subject(const struct marked *marked, const struct letter *outer)
{
	static const char *const labels[] = { "Subject", "Pwnc", "Testun" };
	struct bytes line = bytes_strip(bytes_of(marked->marking->words), "> \t");
	if (marked->marking->place != MARKING_IN_TEXT || outer->bare_subject == NULL || (marked->letter != outer && marked->letter->from.count > 0))
		return false;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		struct bytes label = bytes_of(labels[i]);
		if (bytes_starts_with_nocase(line, label) && line.length > label.length && line.data[label.length] == ':')
			return bytes_equal_nocase(bytes_trim(bytes_slice(line, label.length + 1, line.length)), bytes_of(outer->bare_subject));
	}
	return false;
}

/* A subject that came back behind "Re:" in an answer to the one correspondent is theirs, or no secret from them. */
static bool is_answered_subject(const struct marked *marked, const struct facts *facts)
{
	const struct letter *outer = facts->reading->outer;
	return outer->is_reply && !outer->is_forward &&
	       ((marked->marking->inherited && !marked->marking->behind_forward) || shows_answered_subject(marked, outer));
}

static bool returns_own_marking(const struct marker *marker, const struct recipient *recipient, bool only)
{
	const struct facts *facts = marker->gathering->facts;
	size_t markings = 0;
	for (size_t i = 0; i < facts->marked_count; i++) {
		const struct marked *marked = &facts->marked[i];
		if (!marked_counts(marked))
			continue;
		markings++;
		const struct authorship *author = &marker->authors[letter_index(facts, marked->letter)];
		bool theirs = !marked->marking->inherited && is_author(marker, author, recipient);
		if (!theirs && !(only && is_answered_subject(marked, facts)))
			return false;
	}
	return markings > 0;
}

void gather_marked(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct reading *reading = facts->reading;
	struct marker marker = { .gathering = gathering };
	marker.authors = arena_array(gathering->arena, reading->letter_count, sizeof *marker.authors);
	marker.to_councillor = arena_array(gathering->arena, reading->letter_count, sizeof *marker.to_councillor);
	for (size_t i = 0; i < reading->letter_count; i++) {
		marker.authors[i] = author_of(gathering, reading->letters[i]);
		marker.to_councillor[i] = is_to_councillor(gathering, reading->letters[i]);
	}
	gather_markings(&marker);
	facts->unmarked = find_unmarked(&marker);
	const struct party *only = only_correspondent(gathering);
	for (size_t i = 0; i < facts->recipient_count && facts->marked_count > 0; i++)
		if (facts->recipients[i].party.third_party)
			gathering->writable_recipients[i].marking_is_theirs =
				returns_own_marking(&marker, &facts->recipients[i], only != NULL);
}

/* masking.c - see masking.h. A table of all names of the directory, longest first, with what each becomes; addresses are found by
 * their form, so that people the directory does not know are masked too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "masking.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define SENIOR (OFFICE_CLERK | OFFICE_DEPUTY_CLERK | OFFICE_RFO | OFFICE_HEAD_OF_SERVICE | OFFICE_MONITORING_OFFICER)
#define SHORTEST_WORD ((size_t)3) /* of a name, that is masked when it stands alone */

struct masked_word {
	const char *word;
	const char *becomes; /* NULL: it stays */
	bool exactly;        /* case counts: a part of a name, which may be a word of the language as well */
};

struct masking {
	struct arena *arena;
	const struct directory *directory;
	struct reviewer self;
	calendar_date on;
	bool redact;
	struct masked_word *words;
	size_t word_count, replaced;
};

static bool is_self(const struct masking *masking, const struct person *person)
{
	return person != NULL && person == masking->self.person;
}

static bool is_shown(const struct masking *masking, const struct person *person)
{
	if (person == NULL || person->is_list)
		return person != NULL;
	if (!masking->redact)
		return is_self(masking, person);
	return person_has_role(person, ROLE_COUNCILLOR, masking->on) || (person_offices(person, masking->on) & SENIOR) != 0;
}

static const char *label_of(const struct masking *masking, const struct person *person)
{
	if (person == NULL)
		return "a third party";
	if (person_has_role(person, ROLE_COUNCILLOR, masking->on))
		return "a councillor";
	return person_has_role(person, ROLE_OFFICER, masking->on) ? "an officer" : "a third party";
}

/* --- the table --- */

static void add_word(struct masking *masking, struct bytes word, const char *becomes, bool exactly)
{
	if (word.length == 0)
		return;
	*ARENA_PUSH(masking->arena, masking->words, masking->word_count) =
		(struct masked_word){ arena_string_of(masking->arena, word), becomes, exactly };
	struct masked_word *words = masking->words;
	for (size_t i = masking->word_count - 1; i > 0 && strlen(words[i - 1].word) < word.length; i--) {
		struct masked_word longer = words[i];
		words[i] = words[i - 1];
		words[i - 1] = longer;
	}
}

/* Firms and bodies have words of the language in their names. */
static bool has_surname(const struct masking *masking, const struct person *person)
{
	static const enum role people[] = { ROLE_COUNCILLOR, ROLE_OFFICER, ROLE_COMPLAINANT, ROLE_RESIDENT };
	for (size_t i = 0; i < sizeof people / sizeof *people; i++)
		if (person_has_role(person, people[i], masking->on))
			return true;
	return person_role(person, masking->on) == ROLE_NONE;
}

static void add_name(struct masking *masking, const struct person *person, const char *name, const char *becomes)
{
	struct bytes whole = bytes_of(name);
	add_word(masking, whole, becomes, false);
	if (becomes == NULL || !has_surname(masking, person))
		return;
	for (size_t at = 0; at < whole.length;) {
		size_t end = bytes_find_char(whole, ' ', at);
		end = end == (size_t)-1 ? whole.length : end;
		struct bytes part = bytes_slice(whole, at, end);
		if (part.length >= SHORTEST_WORD && memchr(part.data, '.', part.length) == NULL)
			add_word(masking, part, becomes, true);
		at = end + 1;
	}
}

struct masking *masking_new(struct arena *arena, const struct directory *directory, const struct reviewer *self, int64_t at, bool redact)
{
	struct masking *masking = arena_alloc(arena, sizeof *masking);
	*masking = (struct masking){ .arena = arena, .directory = directory, .self = *self, .on = clock_date_of(at), .redact = redact };
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *person = directory_at(directory, i);
		if (is_shown(masking, person)) {
			add_word(masking, bytes_of(person->name), NULL, false);
			add_word(masking, bytes_of(person->welsh_name), NULL, false);
			continue;
		}
		add_name(masking, person, person->name, label_of(masking, person));
		add_name(masking, person, person->welsh_name, label_of(masking, person));
	}
	return masking;
}

/* --- addresses --- */

static bool may_show_address(const struct masking *masking, const char *address)
{
	const struct person *person = directory_by_address(masking->directory, address);
	if (person == NULL)
		person = directory_by_login(masking->directory, address);
	if (person != NULL)
		return is_shown(masking, person);
	return !masking->redact && reviewer_has_address(masking->directory, &masking->self, address);
}

static const char *mask(struct masking *masking, const char *address)
{
	const char *at = strrchr(address, '@');
	size_t length = at == NULL ? strlen(address) : (size_t)(at - address);
	masking->replaced++;
	if (at == NULL)
		return "(a login)";
	if (length < 3 || (unsigned char)address[0] >= 0x80 || (unsigned char)address[length - 1] >= 0x80)
		return "...@...";
	return arena_printf(masking->arena, "%c...%c@...", address[0], address[length - 1]);
}

const char *masking_address(struct masking *masking, const char *address)
{
	if (address == NULL || *address == '\0' || may_show_address(masking, address))
		return address;
	return mask(masking, address);
}

const char *masking_who(struct masking *masking, const char *address)
{
	const struct person *person = address == NULL ? NULL : directory_by_address(masking->directory, address);
	if (person == NULL && address != NULL)
		person = directory_by_login(masking->directory, address);
	if (person == NULL)
		return address != NULL && may_show_address(masking, address) ? address : label_of(masking, NULL);
	return is_shown(masking, person) ? person->name : label_of(masking, person);
}

/* --- text --- */

/* Of an address; what is beyond ASCII counts, so that nothing of one is left standing. */
static bool is_address_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80 || (c != '\0' && strchr(".!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* The length of an address that begins here; 0 when none does. */
static size_t address_length(struct bytes text, size_t at)
{
	size_t end = at;
	if (at > 0 && is_address_byte(text.data[at - 1]))
		return 0;
	while (end < text.length && is_address_byte(text.data[end]))
		end++;
	if (end == at || end >= text.length || text.data[end] != '@')
		return 0;
	size_t domain = ++end;
	while (end < text.length && (is_address_byte(text.data[end]) || text.data[end] == '[' || text.data[end] == ']' || text.data[end] == ':'))
		end++;
	while (end > domain && strchr(".,'!?;:", text.data[end - 1]) != NULL)
		end--;
	return end == domain ? 0 : end - at;
}

static const struct masked_word *word_at(const struct masking *masking, struct bytes text, size_t at)
{
	if (at > 0 && utf8_is_word(text.data[at - 1]))
		return NULL;
	for (size_t i = 0; i < masking->word_count; i++) {
		struct bytes word = bytes_of(masking->words[i].word), here = bytes_slice(text, at, at + word.length);
		if (here.length < word.length || (at + word.length < text.length && utf8_is_word(text.data[at + word.length])))
			continue;
		if (masking->words[i].exactly ? bytes_equal(here, word) : bytes_equal_nocase(here, word))
			return &masking->words[i];
	}
	return NULL;
}

static const char *masked(struct masking *masking, const char *written, bool without_quotes)
{
	struct text out = TEXT_INIT;
	if (written == NULL)
		return NULL;
	struct bytes text = unicode_repair(masking->arena, bytes_of(written));
	for (size_t at = 0; at < text.length;) {
		size_t length = address_length(text, at);
		const struct masked_word *word = length > 0 ? NULL : word_at(masking, text, at);
		if (length > 0) {
			text_add(&out, masking_address(masking, arena_string_of(masking->arena, bytes_slice(text, at, at + length))));
		} else if (word != NULL) {
			length = strlen(word->word);
			masking->replaced += word->becomes != NULL;
			text_add_bytes(&out, word->becomes != NULL ? bytes_of(word->becomes) : bytes_slice(text, at, at + length));
		} else if (without_quotes && text.data[at] == '"') {
			size_t end = text.length; /* to the last one: what was quoted may hold quotes itself */
			while (end > at + 1 && text.data[end - 1] != '"')
				end--;
			length = end > at + 1 ? end - at : text.length - at;
			masking->replaced++;
			text_add(&out, "(words withheld)");
		} else {
			length = 1;
			text_add_char(&out, text.data[at]);
		}
		at += length;
	}
	const char *whole = arena_string(masking->arena, text_string(&out));
	text_release(&out);
	return whole;
}

const char *masking_text(struct masking *masking, const char *text)
{
	return masked(masking, text, false);
}

const char *masking_sentence(struct masking *masking, const char *text)
{
	return masked(masking, text, true);
}

size_t masking_count(const struct masking *masking)
{
	return masking->replaced;
}

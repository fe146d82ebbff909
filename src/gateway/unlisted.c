/* unlisted.c - see unlisted.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/unlisted.h"

#include <string.h>

#include "base/text.h"

#define IN_THEIR_PLACE "(not listed)"

struct gathering {
	struct arena *arena;
	const char **words;
	struct unlisted *out;
};

/* Longer ones first, so that no part of a longer one is left standing. */
static void add_word(struct gathering *gathering, const char *word)
{
	if (word == NULL || *word == '\0')
		return;
	*ARENA_PUSH(gathering->arena, gathering->words, gathering->out->word_count) = word;
	for (size_t i = gathering->out->word_count - 1; i > 0 && strlen(gathering->words[i - 1]) < strlen(word); i--) {
		gathering->words[i] = gathering->words[i - 1];
		gathering->words[i - 1] = word;
	}
}

static void add_party(struct gathering *gathering, const struct party *party)
{
	gathering->out->anybody = true;
	add_word(gathering, party->address);
	if (party->person == NULL)
		return;
	add_word(gathering, party->person->name);
	add_word(gathering, party->person->welsh_name);
	for (size_t i = 0; i < party->person->address_count; i++)
		add_word(gathering, party->person->addresses[i]);
}

static void add_visible(struct gathering *gathering, const struct facts *facts)
{
	for (size_t i = 0; i < facts->visible_count; i++)
		if (party_is_protected(&facts->visible[i]))
			add_party(gathering, &facts->visible[i]);
	const struct party *senders[] = { &facts->sender, &facts->header_from, &facts->header_sender };
	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++)
		if (party_is_protected(senders[i]))
			add_party(gathering, senders[i]);
}

struct unlisted unlisted_of(struct arena *arena, const struct facts *facts)
{
	struct unlisted out = { 0 };
	struct gathering gathering = { arena, NULL, &out };
	bool *recipients = arena_array(arena, facts->recipient_count + 1, sizeof *recipients);
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		recipients[i] = party_is_protected(party);
		if (recipients[i])
			add_party(&gathering, party);
	}
	add_visible(&gathering, facts);
	out.wholly = facts_is_protected_only(facts) || facts_sender_is_protected(facts);
	out.anybody |= out.wholly;
	out.recipients = recipients;
	out.words = gathering.words;
	return out;
}

const char *unlisted_text(struct arena *arena, const struct unlisted *unlisted, const char *text)
{
	if (text == NULL || unlisted->word_count == 0)
		return text;
	struct text out = TEXT_INIT;
	for (size_t at = 0; text[at] != '\0';) {
		size_t length = 0;
		for (size_t i = 0; i < unlisted->word_count && length == 0; i++)
			if (strncasecmp(text + at, unlisted->words[i], strlen(unlisted->words[i])) == 0)
				length = strlen(unlisted->words[i]);
		if (length > 0)
			text_add(&out, IN_THEIR_PLACE);
		else
			text_add_char(&out, text[at]);
		at += length > 0 ? length : 1;
	}
	const char *masked = arena_string(arena, text_string(&out));
	text_release(&out);
	return masked;
}

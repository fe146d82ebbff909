/* mailboxes.c - address lists as people and programs write them, grammar or not.
 *
 * This reader takes each list character by character and gives a mailbox for everything that could be one, so that no
 * visible recipient is lost. mailboxes_twice.c asks libetpan beside it to vouch for the grammar.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "internal.h"
#include "message/address.h"
#include "message/header.h"

struct reader {
	struct arena *arena;
	struct bytes value;
	size_t at;
	struct text words;   /* outside angle brackets, quotes kept */
	struct text phrase;  /* the same with quotes undone */
	struct text comment; /* the last one */
	struct text angle;
	bool has_angle;
	const char *group;
	struct mailbox *items;
	size_t count;
	bool unclosed; /* a quote was met that has no partner */
	bool lenient;
};

static char here(const struct reader *reader)
{
	return reader->value.data[reader->at];
}

static bool done(const struct reader *reader)
{
	return reader->at >= reader->value.length;
}

/* The closing quote of the string that opens at reader->at; NOT_FOUND when it never closes. */
static size_t closing_quote(const struct reader *reader)
{
	for (size_t at = reader->at + 1; at < reader->value.length; at++) {
		if (reader->value.data[at] == '"')
			return at;
		at += reader->value.data[at] == '\\';
	}
	return NOT_FOUND;
}

/* A quoted string: as written to `raw`, its content to `content` (which may be NULL). A quote that is never closed is
 * passed over, and so are all after it: what follows may still be an address to somebody. */
static void take_quoted(struct reader *reader, struct text *raw, struct text *content)
{
	size_t end = reader->unclosed ? NOT_FOUND : closing_quote(reader);
	if (end == NOT_FOUND) {
		reader->lenient = reader->unclosed = true;
		reader->at++;
		return;
	}
	text_add_bytes(raw, bytes_slice(reader->value, reader->at, end + 1));
	for (reader->at++; content != NULL && reader->at < end; reader->at++) {
		if (here(reader) == '\\' && reader->at + 1 < end)
			reader->at++;
		text_add_char(content, here(reader));
	}
	reader->at = end + 1;
}

static void take_comment(struct reader *reader)
{
	size_t depth = 0;
	text_truncate(&reader->comment, 0);
	for (; !done(reader); reader->at++) {
		char c = here(reader);
		if (c == ')' && --depth == 0) {
			reader->at++;
			return;
		}
		if (c == '\\' && reader->at + 1 < reader->value.length)
			c = reader->value.data[++reader->at];
		else if (c == '(' && depth++ == 0)
			continue;
		text_add_char(&reader->comment, c);
	}
	reader->lenient = true;
}

static void take_angle(struct reader *reader)
{
	reader->has_angle = true;
	text_truncate(&reader->angle, 0);
	reader->at++;
	while (!done(reader)) {
		char c = here(reader);
		if (c == '"') {
			take_quoted(reader, &reader->angle, NULL);
			continue;
		}
		if (c == '(') {
			take_comment(reader);
			text_truncate(&reader->comment, 0);
			continue;
		}
		reader->at++;
		if (c == '>')
			return;
		if (c == '<')
			reader->lenient = true; /* "<<a@b>>" */
		else if (!ascii_is_space(c))
			text_add_char(&reader->angle, c);
	}
	reader->lenient = true;
}

static const char *decoded_name(struct reader *reader, struct bytes raw)
{
	bool damaged = false;
	raw = bytes_trim(raw);
	if (raw.length == 0)
		return NULL;
	const char *name = header_decode_words(reader->arena, raw, &damaged);
	struct bytes trimmed = bytes_trim(bytes_of(name));
	return trimmed.length == 0 ? NULL : arena_string_of(reader->arena, trimmed);
}

static void add_mailbox(struct reader *reader, struct bytes name, struct bytes address)
{
	struct mailbox *mailbox = ARENA_PUSH(reader->arena, reader->items, reader->count);
	mailbox->name = decoded_name(reader, name);
	mailbox->address = arena_string_of(reader->arena, unicode_repair(reader->arena, address));
	mailbox->group = reader->group;
}

/* The next word of `words`, quoted strings kept whole; false at the end. */
static bool next_word(struct bytes words, size_t *at, struct bytes *word_out)
{
	while (*at < words.length && ascii_is_space(words.data[*at]))
		++*at;
	size_t start = *at;
	bool quoted = false;
	for (; *at < words.length && (quoted || !ascii_is_space(words.data[*at])); ++*at) {
		if (quoted && words.data[*at] == '\\' && *at + 1 < words.length)
			++*at;
		else if (words.data[*at] == '"')
			quoted = !quoted;
	}
	*word_out = bytes_slice(words, start, *at);
	return *at > start;
}

/* "john @ example" -> "john@example": obsolete grammar, outside quotes only. */
static struct bytes join_around_at(struct reader *reader, struct bytes words)
{
	char *joined = arena_alloc(reader->arena, words.length + 1);
	size_t length = 0;
	bool quoted = false;
	for (size_t i = 0; i < words.length; i++) {
		char c = words.data[i];
		if (c == '"')
			quoted = !quoted;
		if (c == '@' && !quoted)
			while (length > 0 && ascii_is_space(joined[length - 1]))
				length--;
		if (ascii_is_space(c) && !quoted && length > 0 && joined[length - 1] == '@')
			continue;
		joined[length++] = c;
	}
	return (struct bytes){ joined, length };
}

static bool is_address(struct bytes word)
{
	return bytes_find_char(word, '@', 0) != NOT_FOUND && !bytes_starts_with(word, BYTES("=?"));
}

/* Words without angle brackets: "a@b", "John a@b", "a@b c@d", "John Smith". */
static void finish_words(struct reader *reader)
{
	struct bytes words = join_around_at(reader, bytes_trim(text_bytes(&reader->words))), word;
	size_t at = 0, name_start = 0, found = 0;
	while (next_word(words, &at, &word)) {
		if (!is_address(word))
			continue;
		size_t start = (size_t)(word.data - words.data);
		struct bytes name = bytes_slice(words, name_start, start);
		bool whole = word.length == words.length;
		reader->lenient |= !whole;
		add_mailbox(reader, whole ? text_bytes(&reader->comment) : name, word);
		name_start = at;
		found++;
	}
	if (found == 0) {
		reader->lenient = true; /* a bare name */
		add_mailbox(reader, text_bytes(&reader->phrase), BYTES_EMPTY);
	}
}

static void forget_words(struct reader *reader)
{
	text_truncate(&reader->words, 0);
	text_truncate(&reader->phrase, 0);
	text_truncate(&reader->comment, 0);
}

static void finish_mailbox(struct reader *reader)
{
	struct bytes words = bytes_trim(text_bytes(&reader->words));
	if (reader->has_angle) {
		struct bytes name = bytes_trim(text_bytes(&reader->phrase));
		add_mailbox(reader, name.length > 0 ? name : text_bytes(&reader->comment), text_bytes(&reader->angle));
	} else if (words.length > 0) {
		finish_words(reader);
	}
	forget_words(reader);
	reader->has_angle = false;
}

/* A colon behind plain words opens a group; anywhere else it is a character like any other. */
static bool opens_group(const struct reader *reader)
{
	struct bytes words = bytes_trim(text_bytes(&reader->words));
	return reader->group == NULL && !reader->has_angle && words.length > 0 &&
	       bytes_find_char(words, '@', 0) == NOT_FOUND;
}

static void take_plain(struct reader *reader, char c)
{
	text_add_char(&reader->words, c);
	text_add_char(&reader->phrase, c);
	reader->at++;
}

static bool separator_follows(const struct reader *reader)
{
	size_t at = reader->at;
	while (at < reader->value.length && ascii_is_space(reader->value.data[at]))
		at++;
	return at == reader->value.length || strchr(",;(>", reader->value.data[at]) != NULL;
}

static void take_next(struct reader *reader)
{
	char c = here(reader);
	switch (c) {
	case '"':
		take_quoted(reader, &reader->words, &reader->phrase);
		return;
	case '(':
		take_comment(reader);
		return;
	case '<':
		take_angle(reader);
		if (!separator_follows(reader)) {
			reader->lenient = true; /* a comma was forgotten */
			finish_mailbox(reader);
		}
		return;
	case '>':
		reader->lenient = true;
		reader->at++;
		return;
	case ':':
		if (!opens_group(reader))
			break;
		reader->group = decoded_name(reader, text_bytes(&reader->phrase));
		forget_words(reader);
		reader->at++;
		return;
	case ';':
		if (reader->group == NULL)
			reader->lenient = true; /* a separator to some programs */
		/* fall through */
	case ',':
		finish_mailbox(reader);
		if (c == ';')
			reader->group = NULL;
		reader->at++;
		return;
	default:
		break;
	}
	take_plain(reader, c);
}

static struct mailbox_list read_leniently(struct arena *arena, struct bytes value)
{
	struct reader reader = { .arena = arena, .value = value };
	while (!done(&reader))
		take_next(&reader);
	finish_mailbox(&reader);
	reader.lenient |= reader.group != NULL; /* a group without its end */
	text_release(&reader.words);
	text_release(&reader.phrase);
	text_release(&reader.comment);
	text_release(&reader.angle);
	return (struct mailbox_list){ reader.items, reader.count, reader.lenient };
}

struct mailbox_list mailboxes_parse_ours(struct arena *arena, struct bytes value)
{
	struct header header = { .value = value };
	/* A NUL would end the strings made of the value; without it two pieces of an address join as some clients do it. */
	return read_leniently(arena, arena_without_nul(arena, header_unfolded(arena, &header)));
}

struct mailbox_list mailboxes_gather(struct arena *arena, const struct part *part, const char *field,
				     struct mailbox_list (*parse)(struct arena *arena, struct bytes value))
{
	struct mailbox *items = NULL;
	size_t count = 0;
	bool lenient = record_of(part)->noted >> DEFECT_HEADER_LONG & 1; /* the list may have been cut */
	for (size_t n = 0; n < part->header_count; n++) {
		if (!bytes_equal_nocase(part->headers[n].name, bytes_of(field)))
			continue;
		struct mailbox_list list = parse(arena, part->headers[n].value);
		for (size_t i = 0; i < list.count; i++)
			*ARENA_PUSH(arena, items, count) = list.items[i];
		lenient |= list.lenient;
	}
	return (struct mailbox_list){ items, count, lenient };
}

struct mailbox_list mailboxes_of_ours(struct arena *arena, const struct part *part, const char *field)
{
	return mailboxes_gather(arena, part, field, mailboxes_parse_ours);
}

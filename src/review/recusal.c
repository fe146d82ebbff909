/* recusal.c - see recusal.h. People are compared, not strings; who is unlisted is compared by address.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "recusal.h"

#include "base/text.h"
#include "base/unicode.h"
#include "evidence.h"

struct reader reader_resolve(const struct directory *directory, const char *written)
{
	return (struct reader){ directory_by_login(directory, written), written };
}

bool reader_has_address(const struct directory *directory, const struct reader *reader, const char *address)
{
	if (address == NULL || *address == '\0')
		return false;
	if (bytes_equal_nocase(bytes_of(address), bytes_of(reader->address)))
		return true;
	return reader->person != NULL && directory_by_address(directory, address) == reader->person;
}

static bool is_sender(const struct directory *directory, const struct held *held, const struct reader *reader)
{
	if (held->auth != NULL && reader->person != NULL && directory_by_login(directory, held->auth) == reader->person)
		return true;
	return reader_has_address(directory, reader, held->auth) || reader_has_address(directory, reader, held->sender_address) ||
	       reader_has_address(directory, reader, held->header_from) || reader_has_address(directory, reader, held->from);
}

static bool is_on_list(struct arena *arena, const struct directory *directory, const struct person *list, const struct person *person,
		       int64_t at)
{
	bool public = false, archive = false;
	struct person_list members = list_members(arena, directory, list, clock_date_of(at), &public, &archive);
	for (size_t i = 0; i < members.count; i++)
		if (members.items[i] == person)
			return true;
	return false;
}

static bool is_recipient(struct arena *arena, const struct directory *directory, const struct held *held, const struct reader *reader)
{
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		const char *address = held->all_recipients[i];
		if (reader_has_address(directory, reader, address))
			return true;
		const struct person *found = directory_by_address(directory, address);
		if (found != NULL && found->is_list && reader->person != NULL && is_on_list(arena, directory, found, reader->person, held->at))
			return true;
	}
	return false;
}

static bool is_word_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* As whole words; both in unicode_key form. */
static bool has_words(struct bytes text, struct bytes words)
{
	if (words.length == 0)
		return false;
	for (size_t i = bytes_find(text, words, 0); i != (size_t)-1; i = bytes_find(text, words, i + 1)) {
		size_t end = i + words.length;
		if ((i == 0 || !is_word_byte(text.data[i - 1])) && (end == text.length || !is_word_byte(text.data[end])))
			return true;
	}
	return false;
}

/* "Amir Khan", or "Cllr Khan": a bare surname may be anybody's. */
static bool has_name(struct arena *arena, struct bytes text, const char *name)
{
	static const char *const titles[] = { "cllr", "cllr.", "councillor", "cyng", "cyng.", "cynghorydd", "mr", "mr.", "mrs", "mrs.",
					      "ms",   "ms.",   "miss",       "dr",   "dr." };
	struct bytes key = bytes_of(name == NULL ? NULL : unicode_key(arena, bytes_of(name)));
	if (has_words(text, key))
		return true;
	size_t surname = key.length;
	while (surname > 0 && key.data[surname - 1] != ' ')
		surname--;
	for (size_t i = 0; surname < key.length && i < sizeof titles / sizeof titles[0]; i++)
		if (has_words(text, bytes_of(arena_printf(arena, "%s %s", titles[i], key.data + surname))))
			return true;
	return false;
}

static bool text_names(struct arena *arena, const char *written, const struct reader *reader)
{
	if (written == NULL)
		return false;
	struct bytes text = bytes_of(unicode_key(arena, bytes_of(written)));
	if (reader->person == NULL)
		return has_words(text, bytes_of(unicode_key(arena, bytes_of(reader->address))));
	if (has_name(arena, text, reader->person->name) || has_name(arena, text, reader->person->welsh_name))
		return true;
	for (size_t i = 0; i < reader->person->address_count; i++)
		if (has_words(text, bytes_of(reader->person->addresses[i])))
			return true;
	return false;
}

static bool is_named(struct arena *arena, const struct held *held, const struct reader *reader)
{
	for (size_t i = 0; i < held->finding_count; i++) {
		size_t count = 0;
		const struct evidence *evidence = evidence_parse(arena, held->findings[i].evidence, &count);
		if (text_names(arena, held->findings[i].explanation, reader))
			return true;
		for (size_t k = 0; k < count; k++)
			if (text_names(arena, evidence[k].text, reader))
				return true;
	}
	return false;
}

const char *recusal_reason(const struct directory *directory, const struct held *held, const struct reader *reader)
{
	struct arena *arena = arena_new();
	const char *reason = NULL;
	if (is_sender(directory, held, reader))
		reason = "they sent it";
	else if (is_recipient(arena, directory, held, reader))
		reason = "it was sent to them";
	else if (is_named(arena, held, reader))
		reason = "its findings name them";
	arena_free(&arena);
	return reason;
}

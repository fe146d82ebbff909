/* part.c - what a heading, attribute or property of a foreign list means for a person.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define UAC_DISABLED 2L /* ACCOUNTDISABLE of Active Directory's userAccountControl */

bool heading_is(struct bytes heading, const char *word)
{
	for (size_t i = 0; i < heading.length; i++) {
		char c = ascii_lower(heading.data[i]);
		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && (unsigned char)c < 0x80)
			continue;
		if (c != *word++)
			return false;
	}
	return *word == '\0';
}

int part_of(const struct part_word *words, struct bytes heading)
{
	for (size_t i = 0; words[i].word != NULL; i++)
		if (heading_is(heading, words[i].word))
			return words[i].part;
	return PART_NONE;
}

static bool is_yes(struct bytes value)
{
	static const char *const words[] = { "true", "yes", "1", "locked", "blocked", "y" };
	value = bytes_trim(value);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_equal_nocase(value, bytes_of(words[i])))
			return true;
	return false;
}

static bool is_no(struct bytes value)
{
	value = bytes_trim(value);
	return bytes_equal_nocase(value, BYTES("false")) || bytes_equal_nocase(value, BYTES("no")) || bytes_equal(value, BYTES("0"));
}

struct kind_word {
	const char *word;
	enum { KIND_LIST, KIND_MAILBOX, KIND_NOBODY } kind;
};

/* As vCard, LDAP, Exchange and Graph name what is not a person; whole words, without case. */
static const struct kind_word kinds[] = {
	{ "group", KIND_LIST },
	{ "groupofnames", KIND_LIST },
	{ "groupofuniquenames", KIND_LIST },
	{ "posixgroup", KIND_LIST },
	{ "#microsoft.graph.group", KIND_LIST },
	{ "mailuniversaldistributiongroup", KIND_LIST },
	{ "mailuniversalsecuritygroup", KIND_LIST },
	{ "mailnonuniversalgroup", KIND_LIST },
	{ "dynamicdistributiongroup", KIND_LIST },
	{ "groupmailbox", KIND_LIST },
	{ "sharedmailbox", KIND_MAILBOX },
	{ "teammailbox", KIND_MAILBOX },
	{ "4", KIND_MAILBOX }, /* msExchRecipientTypeDetails of a shared mailbox */
	{ "roommailbox", KIND_NOBODY },
	{ "equipmentmailbox", KIND_NOBODY },
	{ "schedulingmailbox", KIND_NOBODY },
	{ "discoverymailbox", KIND_NOBODY },
	{ "computer", KIND_NOBODY },
	{ "location", KIND_NOBODY },
};

static void put_kind(struct record *record, struct bytes value)
{
	value = bytes_trim(value);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!bytes_equal_nocase(value, bytes_of(kinds[i].word)))
			continue;
		record->is_list |= kinds[i].kind == KIND_LIST;
		record->is_mailbox |= kinds[i].kind == KIND_MAILBOX;
		record->removed |= kinds[i].kind == KIND_NOBODY;
	}
}

/* Of "SMTP:a@x+smtp:b@x" (admin centre), or with blanks, ';' or ',' between: where the next one begins. A '+' may be part of an address. */
static size_t next_proxy(struct bytes value, size_t from)
{
	static const char *const schemes[] = { "smtp:", "sip:", "x500:", "x400:", "spo:", "eum:" };
	for (size_t i = from + 1; i < value.length; i++) {
		if (strchr("+;, |\n", value.data[i - 1]) == NULL)
			continue;
		for (size_t j = 0; j < sizeof schemes / sizeof *schemes; j++)
			if (bytes_starts_with_nocase(bytes_slice(value, i, value.length), bytes_of(schemes[j])))
				return i;
	}
	return value.length;
}

static void put_strings(struct records *records, const char ***items, size_t *count, struct bytes value)
{
	const char *clean = *count >= IMPORT_MAX_MEMBERS ? NULL : record_clean(records, value);
	if (clean != NULL)
		*ARENA_PUSH(records->arena, *items, *count) = clean;
}

/* One address, perhaps in < > or as a link. */
static bool put_address(struct records *records, struct record *record, int part, struct bytes value)
{
	value = bytes_strip(value, " \t\r\n,;|<>()\"'");
	if (bytes_starts_with_nocase(value, BYTES("mailto:")))
		value = bytes_slice(value, strlen("mailto:"), value.length);
	if (bytes_find_char(value, '@', 0) == (size_t)-1)
		return false;
	if (part == PART_DOUBTFUL) {
		put_strings(records, &record->doubtful, &record->doubtful_count, value);
	} else {
		record_add_address(records, record, value, part == PART_PRIMARY);
	}
	return true;
}

/* All addresses of a cell; words that are none are names beside them, unless there is no address at all. */
static void put_addresses(struct records *records, struct record *record, int part, struct bytes value)
{
	bool any = false;
	struct bytes each;
	for (size_t offset = 0; next_in_cell(value, " ,;|\t\r\n", &offset, &each);)
		any |= put_address(records, record, part, each);
	if (!any && part != PART_POSTAL && bytes_trim(value).length > 0)
		record_add_address(records, record, value, false);
}

static void put_proxies(struct records *records, struct record *record, struct bytes value)
{
	if (bytes_find_char(value, ':', 0) == (size_t)-1) {
		put_addresses(records, record, COLUMN_ADDRESSES, value);
		return;
	}
	for (size_t from = 0, to; from < value.length; from = to) {
		to = next_proxy(value, from);
		record_add_proxy(records, record, bytes_strip(bytes_slice(value, from, to), " +;,|\r\n\t"));
	}
}

/* Not a group's distinguished name, but what it is called: "CN=All Councillors,OU=Lists,DC=..." */
static struct bytes common_name(struct bytes name)
{
	if (!bytes_starts_with_nocase(name, BYTES("cn=")))
		return name;
	size_t end = 3;
	while (end < name.length && (name.data[end] != ',' || name.data[end - 1] == '\\'))
		end++;
	return bytes_slice(name, 3, end);
}

static void put_key(struct records *records, const char **key, struct bytes value)
{
	const char *clean = record_clean(records, value);
	if (clean != NULL && *key == NULL)
		*key = unicode_key(records->arena, bytes_of(clean));
}

static void put_once(struct records *records, const char **place, struct bytes value)
{
	if (*place == NULL)
		*place = record_clean(records, value);
}

static void put_member(struct records *records, struct record *record, struct bytes value)
{
	const char *key = NULL;
	if (record->member_count >= IMPORT_MAX_MEMBERS)
		return;
	if (bytes_starts_with_nocase(value, BYTES("mailto:")))
		value = bytes_slice(value, strlen("mailto:"), value.length);
	put_key(records, &key, value);
	if (key != NULL)
		*ARENA_PUSH(records->arena, record->members, record->member_count) = key;
}

/* What an account is, not who they are. */
static void put_account(struct records *records, struct record *record, int part, struct bytes value)
{
	const char *number = part == PART_CONTROL ? record_clean(records, value) : NULL;
	switch (part) {
	case PART_ACCOUNT: put_once(records, &record->login, value); break;
	case PART_BLOCKED: record->blocked |= is_yes(value); break;
	case PART_ENABLED: record->blocked |= is_no(value); break;
	case PART_CONTROL: record->blocked |= number != NULL && (strtol(number, NULL, 10) & UAC_DISABLED) != 0; break;
	case PART_KIND: put_kind(record, value); break;
	case PART_REMOVED: record->removed |= bytes_trim(value).length > 0; break;
	case PART_KEY: put_key(records, &record->key, value); break;
	case PART_GROUP: put_strings(records, &record->groups, &record->group_count, common_name(value)); break;
	case PART_MEMBER: put_member(records, record, value); break;
	default: break;
	}
}

void record_put(struct records *records, struct record *record, int part, struct bytes value)
{
	switch (part) {
	case COLUMN_NAME: put_once(records, &record->written, value); break;
	case PART_GIVEN: put_once(records, &record->given, value); break;
	case PART_SURNAME: put_once(records, &record->surname, value); break;
	case PART_POST: put_once(records, &record->title, value); break;
	case COLUMN_ADDRESSES:
	case PART_PRIMARY:
	case PART_POSTAL:
	case PART_DOUBTFUL: put_addresses(records, record, part, value); break;
	case PART_PROXY: put_proxies(records, record, value); break;
	default:
		if (part < (int)COLUMN_COUNT)
			record_set(records, record, (enum column)part, value);
		else
			put_account(records, record, part, value);
	}
}

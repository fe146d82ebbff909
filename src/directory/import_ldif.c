/* import_ldif.c - entries of an LDAP directory or Active Directory in LDIF (RFC 2849) as records.
 *
 * Our own reader: libldap's ldif_parse_line2 opens the file that a value names as a URL ("jpegPhoto:< file:///..."), which a list from
 * elsewhere must not choose.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/text.h"
#include "message/decode.h"

#define LINE_MOST ((size_t)1 << 20) /* photographs are long */

static const struct part_word attributes[] = {
	{ "dn", PART_KEY },
	{ "displayname", COLUMN_NAME },
	{ "cn", COLUMN_NAME },
	{ "givenname", PART_GIVEN },
	{ "gn", PART_GIVEN },
	{ "sn", PART_SURNAME },
	{ "surname", PART_SURNAME },
	{ "title", PART_POST },
	{ "mail", COLUMN_ADDRESSES },
	{ "rfc822mailbox", COLUMN_ADDRESSES },
	{ "mailalternateaddress", COLUMN_ADDRESSES },
	{ "maillocaladdress", COLUMN_ADDRESSES },
	{ "mailalias", COLUMN_ADDRESSES },
	{ "proxyaddresses", PART_PROXY },
	{ "othermailbox", PART_DOUBTFUL },
	{ "mailforwardingaddress", PART_DOUBTFUL },
	{ "uid", PART_ACCOUNT },
	{ "samaccountname", PART_ACCOUNT },
	{ "useraccountcontrol", PART_CONTROL },
	{ "nsaccountlock", PART_BLOCKED },
	{ "objectclass", PART_KIND },
	{ "msexchrecipienttypedetails", PART_KIND },
	{ "memberof", PART_GROUP },
	{ "member", PART_MEMBER },
	{ "uniquemember", PART_MEMBER },
	{ NULL, PART_NONE },
};

struct reader {
	struct records *records;
	struct record *record; /* of the entry being read */
	struct bytes display;  /* displayName goes before cn, whichever comes first */
	int line;              /* where the line that is gathered began */
	struct text unfolded;
};

/* "name;option;option": the name, and whether lang-cy is among the options (RFC 3866). */
static struct bytes attribute_name(struct bytes description, bool *welsh)
{
	size_t end = bytes_find_char(description, ';', 0);
	*welsh = bytes_find_nocase(description, BYTES(";lang-cy"), 0) != (size_t)-1;
	return bytes_slice(description, 0, end == (size_t)-1 ? description.length : end);
}

/* The value behind ":", "::" (base64) or ":<" (a URL, which is not followed). */
static bool value_of(struct reader *reader, struct bytes rest, struct bytes *out)
{
	bool clean = true;
	if (bytes_starts_with(rest, BYTES("<")))
		return false;
	if (!bytes_starts_with(rest, BYTES(":"))) {
		*out = bytes_trim(rest);
		return true;
	}
	*out = base64_to_bytes(reader->records->arena, bytes_trim(bytes_slice(rest, 1, rest.length)), &clean);
	if (!clean)
		records_note(reader->records, IMPORT_UNREADABLE, "line %d: no base64", reader->line);
	return clean;
}

static void end_entry(struct reader *reader)
{
	if (reader->record == NULL)
		return;
	if (reader->display.length > 0) {
		reader->record->written = NULL;
		record_put(reader->records, reader->record, COLUMN_NAME, reader->display);
	}
	record_finish(reader->records, reader->record);
	reader->record = NULL;
	reader->display = BYTES_EMPTY;
}

static void read_attribute(struct reader *reader, struct bytes description, struct bytes rest)
{
	bool welsh;
	struct bytes name = attribute_name(description, &welsh), value;
	int part = part_of(attributes, name);
	if (part == PART_NONE || !value_of(reader, rest, &value))
		return;
	if (welsh) {
		if (part == COLUMN_NAME)
			record_put(reader->records, reader->record, COLUMN_WELSH_NAME, value);
		return;
	}
	if (bytes_equal_nocase(name, BYTES("displayName")))
		reader->display = arena_bytes(reader->records->arena, value);
	else
		record_put(reader->records, reader->record, part, value);
}

/* One unfolded line. */
static bool read_line(struct reader *reader, struct bytes line, struct error *err)
{
	const char *name = reader->records->options->name;
	if (line.length == 0) {
		end_entry(reader);
		return true;
	}
	size_t colon = bytes_find_char(line, ':', 0);
	if (line.data[0] == '#')
		return true;
	if (colon == (size_t)-1)
		return error_set(err, ERROR_INPUT, "%s:%d: no LDIF: a line without \"attribute: value\"", name, reader->line);
	struct bytes description = bytes_slice(line, 0, colon), rest = bytes_slice(line, colon + 1, line.length);
	if (bytes_equal_nocase(description, BYTES("changetype")))
		return error_set(err, ERROR_INPUT, "%s:%d: a list of changes, not of entries: export the entries themselves", name, reader->line);
	if (bytes_equal_nocase(description, BYTES("dn"))) {
		end_entry(reader);
		if ((reader->record = records_add(reader->records, reader->line, err)) == NULL)
			return false;
	}
	/* "version: 1" stands before the first entry, "search: 2" and "result: 0 Success" behind the last. */
	if (reader->record != NULL)
		read_attribute(reader, description, rest);
	return true;
}

static bool flush(struct reader *reader, struct error *err)
{
	bool good = read_line(reader, text_bytes(&reader->unfolded), err);
	text_truncate(&reader->unfolded, 0);
	return good;
}

/* A line goes on in the next where that begins with one blank (RFC 2849, note 2). */
static bool read_lines(struct reader *reader, struct bytes content, struct error *err)
{
	struct bytes line;
	size_t offset = 0;
	for (int number = 1; bytes_next_line(content, &offset, &line); number++) {
		bool folded = line.length > 0 && line.data[0] == ' ';
		if (!folded && number > 1 && !flush(reader, err))
			return false;
		if (!folded)
			reader->line = number;
		if (reader->unfolded.length < LINE_MOST)
			text_add_bytes(&reader->unfolded, folded ? bytes_slice(line, 1, line.length) : line);
	}
	if (!flush(reader, err))
		return false;
	end_entry(reader);
	return true;
}

bool import_ldif(struct records *records, struct bytes content, struct error *err)
{
	struct reader reader = { .records = records, .unfolded = TEXT_INIT };
	bool good = read_lines(&reader, import_text(records->arena, content), err);
	text_release(&reader.unfolded);
	if (good && records->count == 0)
		return error_set(err, ERROR_INPUT, "%s: no entries of LDIF: no line begins with \"dn:\"", records->options->name);
	return good;
}

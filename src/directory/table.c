/* table.c - people.csv as rows (RFC 4180, read by libcsv in its strict mode).
 *
 * libcsv counts no lines, so it is fed one line at a time: what is complete when a line ends began where the last complete row
 * ended.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

/* More fields than columns can only be a mistake; they are counted, not kept. */
#define TABLE_MAX_FIELDS 64

const char *const column_words[] = {
	"name", "role",   "addresses", "id",    "offices",    "group", "ward", "from",
	"to",   "logins", "members",   "owner", "welsh_name", "notes", NULL,
};
_Static_assert(sizeof column_words / sizeof *column_words == COLUMN_COUNT + 1, "a word for each column");

struct reader {
	struct arena *arena;
	struct table *table;
	struct problems *problems;
	const char *fields[TABLE_MAX_FIELDS];
	size_t field_count;   /* of the row being read; may pass TABLE_MAX_FIELDS */
	int line;             /* where that row began */
	bool open;            /* a row has begun and not ended */
	bool header_read;
	int columns[TABLE_MAX_FIELDS]; /* enum column of each field, -1: none */
	size_t column_count;
};

void problems_add(struct problems *problems, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(problems->arena, format, args);
	va_end(args);
	*ARENA_PUSH(problems->arena, problems->items, problems->count) = (struct directory_problem){ line, true, text, NULL };
}

void problems_warn(struct problems *problems, enum directory_class class, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(problems->arena, format, args);
	va_end(args);
	*ARENA_PUSH(problems->arena, problems->items, problems->count) =
		(struct directory_problem){ line, false, text, &directory_classes[class] };
}

bool problems_has_error(const struct problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		if (problems->items[i].error)
			return true;
	return false;
}

/* Ends trimmed, each run of blanks and line ends one space; other control characters are refused. */
static const char *clean_field(struct reader *reader, struct bytes raw)
{
	raw = bytes_trim(raw);
	char *clean = arena_alloc(reader->arena, raw.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < raw.length; i++) {
		unsigned char c = (unsigned char)raw.data[i];
		if (!ascii_is_space((char)c))
			clean[length++] = (char)c;
		else if (clean[length - 1] != ' ')
			clean[length++] = ' ';
		if (!ascii_is_space((char)c) && (c < 0x20 || c == 0x7f)) {
			problems_add(reader->problems, reader->line, "a control character in a field: remove it");
			break;
		}
	}
	clean[length] = '\0';
	return clean;
}

static void on_field(void *data, size_t length, void *context)
{
	struct reader *reader = context;
	if (reader->field_count < TABLE_MAX_FIELDS)
		reader->fields[reader->field_count] = clean_field(reader, (struct bytes){ data, length });
	reader->field_count++;
}

static int column_of(const char *word)
{
	for (int i = 0; column_words[i] != NULL; i++)
		if (bytes_equal_nocase(bytes_of(column_words[i]), bytes_of(word)))
			return i;
	return -1;
}

static void complain_column(struct reader *reader, const char *word)
{
	const char *close = settings_suggest(word, column_words);
	if (reader->field_count == 1 && strpbrk(word, ";\t|") != NULL)
		problems_add(reader->problems, reader->line,
			     "the columns of the header row are not separated by commas: save as comma-separated UTF-8");
	else if (close != NULL)
		problems_add(reader->problems, reader->line, "unknown column \"%s\" (did you mean \"%s\"?)", word, close);
	else
		problems_add(reader->problems, reader->line, "unknown column \"%s\"", word);
}

static void read_header(struct reader *reader)
{
	bool seen[COLUMN_COUNT] = { false };
	reader->header_read = true;
	reader->column_count = reader->field_count < TABLE_MAX_FIELDS ? reader->field_count : TABLE_MAX_FIELDS;
	for (size_t i = 0; i < reader->column_count; i++) {
		int column = reader->columns[i] = column_of(reader->fields[i]);
		if (column < 0 && reader->fields[i][0] != '\0')
			complain_column(reader, reader->fields[i]);
		if (column >= 0 && seen[column])
			problems_add(reader->problems, reader->line, "column \"%s\" is there twice", column_words[column]);
		if (column >= 0)
			seen[column] = true;
	}
	for (int required = COLUMN_NAME; required <= COLUMN_ADDRESSES && !problems_has_error(reader->problems); required++)
		if (!seen[required])
			problems_add(reader->problems, reader->line,
				     "the header row lacks the column \"%s\": the first row must name the columns",
				     column_words[required]);
}

static bool row_is_blank(const struct reader *reader)
{
	for (size_t i = 0; i < reader->field_count && i < TABLE_MAX_FIELDS; i++)
		if (reader->fields[i][0] != '\0')
			return false;
	return true;
}

static void read_row(struct reader *reader)
{
	struct row *row = ARENA_PUSH(reader->arena, reader->table->rows, reader->table->count);
	row->line = reader->line;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		row->fields[i] = "";
	for (size_t i = 0; i < reader->field_count; i++) {
		bool placed = i < reader->column_count && reader->columns[i] >= 0;
		if (placed)
			row->fields[reader->columns[i]] = reader->fields[i];
		else if (i >= TABLE_MAX_FIELDS || reader->fields[i][0] != '\0') {
			/* Spreadsheets leave empty fields behind the last column; content there is a comma too many. */
			problems_add(reader->problems, reader->line,
				     "%zu fields, but the header names %zu columns: put a field that has a comma in quotes",
				     reader->field_count, reader->column_count);
			return;
		}
	}
}

static void on_row(int end, void *context)
{
	struct reader *reader = context;
	if (!row_is_blank(reader)) {
		if (reader->header_read)
			read_row(reader);
		else
			read_header(reader);
	}
	reader->field_count = 0;
	reader->open = false;
}

/* libcsv stops at a quote it does not understand; what follows would be guesswork. */
static bool feed(struct reader *reader, struct csv_parser *parser, struct bytes line)
{
	return csv_parse(parser, line.data, line.length, on_field, on_row, reader) == line.length &&
	       csv_parse(parser, "\n", 1, on_field, on_row, reader) == 1;
}

static void read_lines(struct reader *reader, struct csv_parser *parser, struct bytes content)
{
	struct bytes line;
	size_t offset = 0;
	int number = 0;
	while (bytes_next_line(content, &offset, &line)) {
		number++;
		if (!reader->open && bytes_trim(line).length == 0)
			continue;
		if (!reader->open)
			reader->line = number;
		reader->open = true;
		if (!feed(reader, parser, line)) {
			problems_add(reader->problems, number,
				     "a quote in the wrong place: put the whole field in quotes and double each quote inside it");
			return;
		}
	}
	if (reader->open)
		problems_add(reader->problems, reader->line, "a quote opened in this row is not closed");
}

/* The first byte order mark is dropped; what is no UTF-8 is named with its line. */
static bool check_encoding(struct bytes *content, struct problems *problems)
{
	static const char how[] = "save the file as UTF-8 (in Excel: \"CSV UTF-8\")";
	if (bytes_starts_with(*content, BYTES("\xef\xbb\xbf")))
		*content = bytes_slice(*content, 3, content->length);
	struct bytes line;
	size_t offset = 0;
	for (int number = 1; bytes_next_line(*content, &offset, &line); number++)
		if (!unicode_is_utf8(line) || bytes_find_char(line, '\0', 0) != (size_t)-1) {
			problems_add(problems, number, "not UTF-8: %s", how);
			return false;
		}
	return true;
}

void table_read(struct arena *arena, struct bytes content, struct table *out, struct problems *problems)
{
	*out = (struct table){ NULL, 0 };
	if (!check_encoding(&content, problems))
		return;
	struct csv_parser parser;
	if (csv_init(&parser, CSV_STRICT) != 0)
		abort();
	struct reader *reader = arena_alloc(arena, sizeof *reader);
	*reader = (struct reader){ .arena = arena, .table = out, .problems = problems };
	read_lines(reader, &parser, content);
	csv_free(&parser);
	if (!reader->header_read && !problems_has_error(problems))
		problems_add(problems, 1, "the file is empty: the first row must name the columns name, role and addresses");
}

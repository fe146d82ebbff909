/* sheet.c - a table as Excel, LibreOffice or PowerShell saved it: any of their separators and charsets, read by libcsv in its lenient
 * mode. people.csv itself is read strictly (table.c).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <csv.h>
#include <stdlib.h>

#include "message/decode.h"

#define SHEET_MAX_CELLS ((size_t)300) /* of a row */
#define SHEET_MAX_ROWS ((size_t)100000)

struct reader {
	struct arena *arena;
	struct sheet *sheet;
	struct cells row;
	size_t line, next_line; /* where the row began; the line being read */
	bool open, too_much;
};

struct bytes import_text(struct arena *arena, struct bytes content)
{
	bool clean;
	if (bytes_starts_with(content, BYTES("\xef\xbb\xbf")))
		content = bytes_slice(content, 3, content.length);
	const char *charset = bytes_starts_with(content, BYTES("\xff\xfe")) ? "utf-16le" : bytes_starts_with(content, BYTES("\xfe\xff")) ? "utf-16be" : NULL;
	if (charset != NULL)
		content = bytes_slice(content, 2, content.length);
	return arena_without_nul(arena, charset_to_utf8(arena, content, charset, &clean));
}

static void on_cell(void *data, size_t length, void *context)
{
	struct reader *reader = context;
	if (reader->row.count >= SHEET_MAX_CELLS)
		reader->too_much = true;
	else
		*ARENA_PUSH(reader->arena, reader->row.items, reader->row.count) =
			arena_string_of(reader->arena, bytes_trim((struct bytes){ data, length }));
}

static bool is_blank(const struct cells *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->items[i][0] != '\0')
			return false;
	return true;
}

static void on_row(int end, void *context)
{
	struct reader *reader = context;
	reader->row.line = (int)reader->line;
	reader->too_much = reader->too_much || reader->sheet->count >= SHEET_MAX_ROWS;
	if (!is_blank(&reader->row) && !reader->too_much)
		*ARENA_PUSH(reader->arena, reader->sheet->rows, reader->sheet->count) = reader->row;
	reader->row = (struct cells){ NULL, 0, 0 };
	reader->open = false;
}

/* The separator that the headings have most of. */
static char separator_of(struct bytes headings)
{
	static const char separators[] = { ',', ';', '\t' };
	char best = ',';
	size_t most = 0;
	for (size_t i = 0; i < sizeof separators; i++) {
		size_t count = 0;
		for (size_t j = 0; j < headings.length; j++)
			count += headings.data[j] == separators[i];
		if (count > most) {
			most = count;
			best = separators[i];
		}
	}
	return best;
}

/* PowerShell's "#TYPE ..." and Excel's "sep=;" stand before the headings. */
static bool is_preamble(struct bytes line)
{
	return bytes_trim(line).length == 0 || bytes_starts_with(line, BYTES("#TYPE")) || bytes_starts_with_nocase(line, BYTES("sep="));
}

static bool read_lines(struct reader *reader, struct csv_parser *parser, struct bytes content)
{
	struct bytes line;
	size_t offset = 0;
	bool begun = false;
	for (reader->next_line = 1; bytes_next_line(content, &offset, &line); reader->next_line++) {
		if (!begun && is_preamble(line))
			continue;
		if (!begun)
			csv_set_delim(parser, (unsigned char)separator_of(line));
		begun = true;
		if (!reader->open)
			reader->line = reader->next_line;
		reader->open = true;
		if (csv_parse(parser, line.data, line.length, on_cell, on_row, reader) != line.length ||
		    csv_parse(parser, "\n", 1, on_cell, on_row, reader) != 1 || reader->too_much)
			return false;
	}
	return csv_fini(parser, on_cell, on_row, reader) == 0 && !reader->too_much;
}

bool sheet_read(struct arena *arena, const char *name, struct bytes content, struct sheet *out, struct error *err)
{
	struct csv_parser parser;
	*out = (struct sheet){ NULL, 0 };
	if (csv_init(&parser, 0) != 0)
		abort();
	struct reader reader = { .arena = arena, .sheet = out };
	bool good = read_lines(&reader, &parser, import_text(arena, content));
	csv_free(&parser);
	if (!good)
		return error_set(err, ERROR_INPUT, "%s:%zu: no table: more than %zu columns or %zu rows", name, reader.next_line, SHEET_MAX_CELLS,
				 SHEET_MAX_ROWS);
	return out->count > 0 || error_set(err, ERROR_INPUT, "%s: no table: it is empty", name);
}

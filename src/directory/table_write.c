/* table_write.c - rows as a people.csv again, in the manner of the file they replace.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/text.h"

static const enum column usual_order[COLUMN_COUNT] = {
	COLUMN_ID, COLUMN_NAME, COLUMN_ROLE, COLUMN_OFFICES, COLUMN_GROUP, COLUMN_WARD, COLUMN_ADDRESSES,
	COLUMN_FROM, COLUMN_TO, COLUMN_LOGINS, COLUMN_MEMBERS, COLUMN_OWNER, COLUMN_WELSH_NAME, COLUMN_NOTES,
};

struct order {
	enum column columns[COLUMN_COUNT];
	size_t count;
	bool has[COLUMN_COUNT];
};

static void order_add(struct order *order, enum column column)
{
	if (!order->has[column])
		order->columns[order->count++] = column;
	order->has[column] = true;
}

/* The headings of the file that is replaced, which was read before and so is in order. */
static void order_of_file(struct arena *arena, struct bytes replaced, struct order *order)
{
	struct sheet sheet;
	struct error err = ERROR_INIT;
	if (sheet_read(arena, "", replaced, &sheet, &err))
		for (size_t i = 0; i < sheet.rows[0].count; i++)
			for (int column = 0; column_words[column] != NULL; column++)
				if (bytes_equal_nocase(bytes_of(column_words[column]), bytes_of(sheet.rows[0].items[i])))
					order_add(order, (enum column)column);
	error_release(&err);
}

static bool is_used(const struct table *table, enum column column)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->rows[i].fields[column][0] != '\0')
			return true;
	return false;
}

static void add_field(struct text *text, const char *field)
{
	if (strpbrk(field, ",\"\r\n") == NULL) {
		text_add(text, field);
		return;
	}
	text_add_char(text, '"');
	for (; *field != '\0'; field++) {
		if (*field == '"')
			text_add_char(text, '"');
		text_add_char(text, *field);
	}
	text_add_char(text, '"');
}

struct bytes table_write(struct arena *arena, const struct table *table, struct bytes replaced)
{
	struct order order = { .count = 0 };
	struct text text = TEXT_INIT;
	size_t end = bytes_find_char(replaced, '\n', 0);
	const char *line_end = end != (size_t)-1 && end > 0 && replaced.data[end - 1] == '\r' ? "\r\n" : "\n";
	if (replaced.length > 0)
		order_of_file(arena, replaced, &order);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (replaced.length == 0 || is_used(table, usual_order[i]))
			order_add(&order, usual_order[i]);
	if (bytes_starts_with(replaced, BYTES("\xef\xbb\xbf")))
		text_add(&text, "\xef\xbb\xbf");
	for (size_t i = 0; i < order.count; i++)
		text_printf(&text, "%s%s", i == 0 ? "" : ",", column_words[order.columns[i]]);
	text_add(&text, line_end);
	for (size_t i = 0; i < table->count; i++) {
		for (size_t j = 0; j < order.count; j++) {
			text_add(&text, j == 0 ? "" : ",");
			add_field(&text, table->rows[i].fields[order.columns[j]]);
		}
		text_add(&text, line_end);
	}
	return text_to_arena(&text, arena);
}

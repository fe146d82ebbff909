/* copy_lines.c - copy lines in the author's own foot, and whom they name.
 *
 * The foot is what stands after the sign-off, or the last lines of the letter; quoted and forwarded letters have feet of their
 * own, which say nothing of this one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "copy_lead.h"

#define FOOT_LINES 8
/* Enough for any letter; a foot of thousands of names is bulk. */
#define MAX_COPY_LINES 50
#define MAX_NAMES 100
#define MAX_CANDIDATES 200
#define MAX_WRAPPED_LINES 40

struct line_reader {
	struct gathering *gathering;
	struct copy_line *lines;
	bool *named_in[2]; /* for each hidden person: named in some foot of plain text, of HTML */
	bool present[2];   /* the letter has text of that kind */
	/* the line being read */
	struct copy_line line;
	const struct person **named;
	const char **doubtful, **not_copied;
	struct person_set named_set;
	bool html;
	size_t names;
	size_t candidates; /* lines that began like copy lines, in the whole letter */
};

static bool is_blank(const struct line *line)
{
	return bytes_trim(line->plain).length == 0;
}

/* The first line of the foot. */
static size_t foot_start(const struct passage *passage)
{
	size_t start = passage->line_count, filled = 0;
	while (start > 0 && filled < FOOT_LINES) {
		const struct line *line = &passage->lines[--start];
		filled += line->zone != ZONE_HEADER && !is_blank(line);
	}
	for (size_t i = 0; i < start; i++)
		if (passage->lines[i].zone == ZONE_SIGNATURE)
			return i;
	return start;
}

/* Marks the hidden people a line speaks of: that person, or all a list reaches (NULL: everybody whom `all` means). */
static void mark_hidden(struct line_reader *reader, const struct person *person, bool all)
{
	const struct facts *facts = reader->gathering->facts;
	for (size_t i = 0; i < facts->hidden_count; i++) {
		struct hidden *hidden = &reader->gathering->hidden[i];
		bool meant = all ? facts_is_hidden_councillor(hidden) : hidden->person == person || hidden->via_list == person;
		if (!meant)
			continue;
		reader->named_in[reader->html][i] = true;
		if (hidden->foot_line == NULL)
			hidden->foot_line = reader->line.text;
	}
}

static void note_not_copied(struct line_reader *reader, const struct person *person)
{
	const struct gathering *gathering = reader->gathering;
	if (!person_set_has(&gathering->recipients, person) && !person_set_has(&gathering->visible, person) &&
	    !person_set_has(&gathering->senders, person))
		*ARENA_PUSH(gathering->arena, reader->not_copied, reader->line.not_copied_count) = person->name;
}

/* "CC all councillors" names each of them. */
static void name_all(struct line_reader *reader)
{
	const struct facts *facts = reader->gathering->facts;
	struct person_list all = directory_with_role(reader->gathering->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	reader->line.all_councillors = true;
	mark_hidden(reader, NULL, true);
	for (size_t i = 0; i < all.count; i++)
		note_not_copied(reader, all.items[i]);
}

static void name_person(struct line_reader *reader, const struct person *person)
{
	struct arena *arena = reader->gathering->arena;
	if (!person_set_add(&reader->named_set, person))
		return;
	mark_hidden(reader, person, false);
	if (!person_has_role(person, ROLE_COUNCILLOR, reader->gathering->facts->on))
		return;
	*ARENA_PUSH(arena, reader->named, reader->line.named_count) = person;
	note_not_copied(reader, person);
}

/* "the Mayor", when one councillor holds that office. */
static struct person_list holders(const struct line_reader *reader, const char *name)
{
	static const char *const articles[] = { "the ", "y ", "yr ", "town ", NULL };
	const struct facts *facts = reader->gathering->facts;
	struct bytes word = bytes_of(name);
	unsigned bits;
	for (size_t i = 0; articles[i] != NULL; i++)
		if (bytes_starts_with_nocase(word, bytes_of(articles[i])))
			word = bytes_slice(word, strlen(articles[i]), word.length);
	if (bytes_equal_nocase(word, BYTES("maer")))
		word = BYTES("mayor");
	if (!office_parse(arena_string_of(reader->gathering->arena, word), &bits))
		return (struct person_list){ NULL, 0 };
	return directory_with_office(reader->gathering->arena, facts->directory, bits, facts->on);
}

static const struct person *list_of_that_name(const struct line_reader *reader, const char *name)
{
	const struct facts *facts = reader->gathering->facts;
	const char *key = unicode_key(reader->gathering->arena, bytes_of(name));
	const struct person *last = NULL;
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct person *list = facts->hidden[i].via_list;
		if (list == NULL || list == last)
			continue;
		if (strcmp(unicode_key(reader->gathering->arena, bytes_of(list->name)), key) == 0)
			return list;
		last = list;
	}
	return NULL;
}

/* False when the name is nobody's we know. */
static bool read_name(struct line_reader *reader, const char *name)
{
	const struct facts *facts = reader->gathering->facts;
	struct arena *arena = reader->gathering->arena;
	if (strchr(name, '@') != NULL) {
		const struct person *person = directory_by_address(facts->directory, name);
		if (person != NULL)
			name_person(reader, person);
		return person != NULL;
	}
	struct person_list found = directory_by_name(arena, facts->directory, name, ROLE_COUNCILLOR, facts->on);
	const struct person *list = found.count == 0 ? list_of_that_name(reader, name) : NULL;
	if (found.count == 0 && list == NULL)
		found = holders(reader, name);
	if (list != NULL)
		mark_hidden(reader, list, false);
	else if (found.count == 1)
		name_person(reader, found.items[0]);
	else if (found.count > 1)
		*ARENA_PUSH(arena, reader->doubtful, reader->line.doubtful_count) = name;
	return list != NULL || found.count > 0;
}

/* "Cllrs Huw and Bronwen Jones": a first name takes the surname of the name behind it. */
static const char *with_surname_of(struct arena *arena, struct bytes name, struct bytes next)
{
	size_t blank = next.length;
	while (blank > 0 && next.data[blank - 1] != ' ')
		blank--;
	if (blank == 0)
		return NULL;
	struct bytes surname = bytes_slice(next, blank, next.length);
	return arena_printf(arena, "%.*s %.*s", (int)name.length, name.data, (int)surname.length, surname.data);
}

/* How many of the names are known. */
static size_t read_names(struct line_reader *reader, struct bytes names)
{
	struct arena *arena = reader->gathering->arena;
	struct bytes name, next;
	size_t at = 0, known = 0;
	while (reader->names < MAX_NAMES && copy_next_name(names, &at, &name)) {
		size_t ahead = at;
		reader->names++;
		if (read_name(reader, arena_string_of(arena, name))) {
			known++;
			continue;
		}
		const char *longer = copy_next_name(names, &ahead, &next) ? with_surname_of(arena, name, next) : NULL;
		known += longer != NULL && read_name(reader, longer);
	}
	return known;
}

/* The names of a copy line: the rest of it, with the lines that go on where it is broken. *index moves to the last line used. */
static struct bytes whole_names(struct arena *arena, const struct passage *passage, size_t *index, struct bytes rest)
{
	struct text joined = TEXT_INIT;
	text_add_bytes(&joined, rest);
	for (size_t more = 0; more < MAX_WRAPPED_LINES && copy_goes_on(text_bytes(&joined)); more++) {
		if (*index + 1 >= passage->line_count || is_blank(&passage->lines[*index + 1]))
			break;
		text_add_char(&joined, ' ');
		text_add_bytes(&joined, bytes_trim(passage->lines[++*index].plain));
	}
	return text_to_arena(&joined, arena);
}

/* A label alone on its line has the names below it, one a line. */
static size_t read_below(struct line_reader *reader, const struct passage *passage, size_t *index)
{
	size_t known = 0;
	for (size_t more = 0; more < MAX_WRAPPED_LINES && *index + 1 < passage->line_count; more++) {
		struct bytes plain = bytes_trim(passage->lines[*index + 1].plain);
		size_t here = plain.length == 0 ? 0 : read_names(reader, plain);
		if (here == 0)
			break;
		known += here;
		++*index;
	}
	return known;
}

static bool is_told_already(const struct line_reader *reader, const char *text)
{
	for (size_t i = 0; i < reader->gathering->facts->copy_line_count; i++)
		if (strcmp(reader->lines[i].text, text) == 0)
			return true;
	return false;
}

static void begin_line(struct line_reader *reader, const struct passage *passage, size_t index)
{
	struct arena *arena = reader->gathering->arena;
	const char *part = passage->part->number;
	reader->line = (struct copy_line){ .text = arena_string_of(arena, bytes_trim(passage->lines[index].plain)) };
	reader->line.where = part[0] == '\0' ? arena_printf(arena, "text, line %zu", index + 1) :
						arena_printf(arena, "part %s, line %zu", part, index + 1);
	reader->named = NULL;
	reader->doubtful = reader->not_copied = NULL;
	reader->named_set = person_set_new(arena, reader->gathering->facts->directory);
	reader->html = passage->html;
	reader->names = 0;
}

/* The same line in the other alternative is told once. */
static void keep_line(struct line_reader *reader)
{
	struct facts *facts = reader->gathering->facts;
	if (is_told_already(reader, reader->line.text))
		return;
	reader->line.named = reader->named;
	reader->line.doubtful = reader->doubtful;
	reader->line.not_copied = reader->not_copied;
	*ARENA_PUSH(reader->gathering->arena, reader->lines, facts->copy_line_count) = reader->line;
}

static void read_line(struct line_reader *reader, const struct passage *passage, size_t *index)
{
	struct bytes rest;
	if (passage->lines[*index].zone == ZONE_HEADER || !copy_lead(passage->lines[*index].plain, &rest))
		return;
	if (++reader->candidates > MAX_CANDIDATES)
		return;
	begin_line(reader, passage, *index);
	struct bytes names = whole_names(reader->gathering->arena, passage, index, rest);
	if (copy_is_all(reader->gathering->arena, names)) {
		name_all(reader);
		keep_line(reader);
		return;
	}
	size_t known = names.length == 0 ? read_below(reader, passage, index) : read_names(reader, names);
	if (known > 0)
		keep_line(reader);
}

static void read_passage(struct line_reader *reader, const struct passage *passage)
{
	const struct facts *facts = reader->gathering->facts;
	for (size_t i = 0; i < passage->line_count; i++)
		reader->present[passage->html] |= passage->lines[i].zone != ZONE_HEADER && !is_blank(&passage->lines[i]);
	for (size_t i = foot_start(passage); i < passage->line_count && facts->copy_line_count < MAX_COPY_LINES; i++)
		read_line(reader, passage, &i);
}

/* Whoever reads the plain text and whoever reads the HTML must be able to see the line. */
static void judge_feet(struct line_reader *reader)
{
	for (size_t i = 0; i < reader->gathering->facts->hidden_count; i++) {
		bool plain = !reader->present[false] || reader->named_in[false][i];
		bool html = !reader->present[true] || reader->named_in[true][i];
		reader->gathering->hidden[i].in_foot = plain && html && reader->gathering->hidden[i].foot_line != NULL;
	}
}

void gather_copy_lines(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct line_reader reader = { .gathering = gathering };
	for (size_t i = 0; i < 2; i++)
		reader.named_in[i] = arena_array(gathering->arena, facts->hidden_count + 1, sizeof *reader.named_in[i]);
	const struct letter *outer = facts->reading->outer;
	for (size_t i = 0; i < outer->passage_count; i++)
		if (!outer->passages[i].attachment)
			read_passage(&reader, &outer->passages[i]);
	judge_feet(&reader);
	facts->copy_lines = reader.lines;
	facts->copies_partly_known = facts->sender_by != NULL && strcmp(facts->sender_by, "trusted relay") == 0;
}

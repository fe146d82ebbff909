/* signatories.c - see signatories.h. One person may be written in several ways, and an office stands before or behind its name.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "signatories.h"

#include <string.h>

#define SIGNATORIES_MOST 8
#define FIRST_NAME_LINES 3 /* a bare name further down is a street or a town */
#define NOWHERE ((size_t)-1)

struct signatory *signatories_current(struct signatories *signatories)
{
	return signatories->count == 0 ? NULL : &signatories->items[signatories->count - 1];
}

struct signatory *signatories_add(struct signatories *signatories, struct bytes name)
{
	if (signatories->count == SIGNATORIES_MOST)
		return signatories_current(signatories);
	struct signatory *fresh = ARENA_PUSH(signatories->arena, signatories->items, signatories->count);
	fresh->name = name;
	fresh->principal = signatories->principal;
	fresh->line = signatories->line;
	return fresh;
}

struct bytes name_first_word(struct bytes name)
{
	size_t end = bytes_find_char(name, ' ', 0);
	return bytes_slice(name, 0, end == NOWHERE ? name.length : end);
}

static struct bytes last_word(struct bytes name)
{
	size_t start = name.length;
	while (start > 0 && !ascii_is_space(name.data[start - 1]))
		start--;
	return bytes_slice(name, start, name.length);
}

bool name_has_one_word(struct bytes name)
{
	return bytes_find_char(name, ' ', 0) == NOWHERE;
}

/* "Amir" and "Amir Khan", "A. Khan" and "Amir Khan", "Khan" and "Amir Khan". */
static bool same_person(struct bytes a, struct bytes b)
{
	if (a.length == 0 || b.length == 0)
		return false;
	if (bytes_equal_nocase(a, b))
		return true;
	if (name_has_one_word(a) || name_has_one_word(b)) {
		struct bytes one = name_has_one_word(a) ? a : b, other = name_has_one_word(a) ? b : a;
		return bytes_equal_nocase(one, name_first_word(other)) || bytes_equal_nocase(one, last_word(other));
	}
	return bytes_equal_nocase(last_word(a), last_word(b)) && ascii_lower(a.data[0]) == ascii_lower(b.data[0]);
}

struct signatory *signatories_named(struct signatories *signatories, struct bytes name)
{
	for (size_t i = 0; i < signatories->count; i++) {
		struct signatory *known = &signatories->items[i];
		if (!same_person(known->name, name))
			continue;
		if (name.length > known->name.length)
			known->name = name;
		known->principal = known->principal || signatories->principal;
		return known;
	}
	struct signatory *last = signatories_current(signatories);
	if (last != NULL && last->name.length == 0 && last->principal == signatories->principal) {
		last->name = name; /* the office stood before the name */
		return last;
	}
	return signatories_add(signatories, name);
}

static void apply_title(struct signatory *signatory, const struct title *title)
{
	signatory->as_councillor |= title->kind == TITLE_COUNCILLOR || title->kind == TITLE_WARD;
	signatory->as_officer |= title->kind == TITLE_OFFICER;
	signatory->ward |= title->kind == TITLE_WARD;
	signatory->council_office |= (title->kind == TITLE_COUNCILLOR && !title->before_name) || title->office != NULL;
	/* The head of the council outranks the chair of a committee, and any office the lack of one. */
	bool outranks = title->office != NULL && (signatory->office == NULL || strcmp(signatory->office, "committee-chair") == 0);
	if (outranks)
		signatory->office = title->office;
}

/* "pp Councillor Khan" / "Mayor": the office of the principal named right above. "pp Councillor Khan" / "Administrator" is not. */
static bool is_of_principal(const struct signatories *signatories, const struct signatory *whose, const struct title *title)
{
	bool clashes = title->kind == TITLE_OFFICER ? whose->as_councillor : whose->as_officer;
	return whose->principal && !signatories->principal && whose->line + 1 == signatories->line && !clashes;
}

static struct signatory *last_writer(struct signatories *signatories)
{
	for (size_t i = signatories->count; i-- > 0;)
		if (signatories->items[i].principal == signatories->principal)
			return &signatories->items[i];
	return signatories_add(signatories, BYTES_EMPTY);
}

/* Of the names side by side on the line above, the one that this column's office stands below. */
static struct signatory *above_column(struct signatories *signatories)
{
	size_t column = 0;
	for (size_t i = 0; i < signatories->count; i++)
		if (signatories->items[i].line + 1 == signatories->line && ++column == signatories->column)
			return &signatories->items[i];
	return NULL;
}

void signatories_take_office(struct signatories *signatories, const struct title *title)
{
	struct signatory *above = above_column(signatories);
	if (above != NULL) {
		signatories->candidate = BYTES_EMPTY;
		apply_title(above, title);
		return;
	}
	struct signatory *whose = signatories_current(signatories);
	if (signatories->candidate.length > 0)
		whose = signatories_named(signatories, signatories->candidate);
	else if (whose == NULL || (whose->principal != signatories->principal && !is_of_principal(signatories, whose, title)))
		whose = last_writer(signatories);
	signatories->candidate = BYTES_EMPTY;
	apply_title(whose, title);
	/* Below two names on one line it is the office of both: a job share. */
	for (size_t i = 0; i < signatories->count; i++)
		if (whose->line < signatories->line && signatories->items[i].line == whose->line && &signatories->items[i] != whose)
			apply_title(&signatories->items[i], title);
}

void signatories_take_name(struct signatories *signatories, struct bytes name, bool titled)
{
	bool first = signatories->count == 0 || (signatories->count == 1 && signatories_current(signatories)->name.length == 0);
	bool known = false;
	for (size_t i = 0; i < signatories->count; i++)
		known = known || same_person(signatories->items[i].name, name);
	if (titled || known || signatories->principal || (first && signatories->line <= FIRST_NAME_LINES)) {
		signatories_named(signatories, name);
		signatories->candidate = BYTES_EMPTY;
	} else {
		signatories->candidate = name;
	}
}

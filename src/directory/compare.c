/* compare.c - in what two people files differ, told from the two as they load and from nothing else: what a merge did cannot stay untold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/import.h"
#include "internal.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

struct comparison {
	struct arena *arena;
	const struct directory *before, *after;
	calendar_date today;
	struct difference *items;
	size_t count;
	struct index ids, names; /* of before */
	bool *matched;           /* of before */
};

static void tell(struct comparison *comparison, enum difference_heading heading, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void tell(struct comparison *comparison, enum difference_heading heading, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(comparison->arena, format, args);
	va_end(args);
	*ARENA_PUSH(comparison->arena, comparison->items, comparison->count) = (struct difference){ heading, text };
}

static bool same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool has(const char *const *items, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i], wanted) == 0)
			return true;
	return false;
}

static const char *day(struct comparison *comparison, calendar_date date)
{
	return clock_format_day(comparison->arena, date);
}

static const char *joined(struct comparison *comparison, const char *const *items, size_t count)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < count; i++)
		text_printf(&text, "%s%s", i == 0 ? "" : ", ", items[i]);
	return text_to_arena(&text, comparison->arena).data;
}

/* What becomes of the addresses of somebody who has no role from that day on. */
static const char *consequence(struct comparison *comparison, const struct person *person, enum role role, calendar_date on)
{
	if ((role != ROLE_COUNCILLOR && role != ROLE_OFFICER) || person->address_count == 0 || person_role(person, on) != ROLE_NONE)
		return "";
	return arena_printf(comparison->arena, "; %zu address%s will become %s from %s: %s", person->address_count, person->address_count == 1 ? "" : "es",
			    person->address_count == 1 ? "a third party" : "third parties", day(comparison, on),
			    joined(comparison, person->addresses, person->address_count));
}

static bool same_but_end(struct comparison *comparison, const struct tenure *a, const struct tenure *b)
{
	return a->from == b->from && strcmp(tenure_text(comparison->arena, a, false), tenure_text(comparison->arena, b, false)) == 0;
}

static void tell_end(struct comparison *comparison, const struct person *after, const struct tenure *was, const struct tenure *is)
{
	const char *role = role_name(is->role);
	if (is->to == DATE_NONE)
		tell(comparison, DIFFERENCE_OTHER, "%s is %s without an end; it was to be until %s", after->name, role, day(comparison, was->to));
	else if (was->to == DATE_NONE || is->to < was->to)
		tell(comparison, DIFFERENCE_ENDED, "%s ends as %s on %s%s", after->name, role, day(comparison, is->to),
		     consequence(comparison, after, is->role, clock_date_add(is->to, 1)));
	else
		tell(comparison, DIFFERENCE_OTHER, "%s is %s until %s; it was to be until %s", after->name, role, day(comparison, is->to),
		     day(comparison, was->to));
}

static bool became(struct comparison *comparison, const struct tenure *was, const struct tenure *is, int pass)
{
	switch (pass) {
	case 0: return was->to == is->to && same_but_end(comparison, was, is);
	case 1: return same_but_end(comparison, was, is);
	case 2: return was->role == is->role;
	default: return was->from == is->from;
	}
}

/* Which tenure of `after` each of `before` became: the same, then the same but for its end, then one of the same role, then one that began
 * on the same day. */
static size_t *pair_tenures(struct comparison *comparison, const struct person *before, const struct person *after, bool *used)
{
	size_t *pairs = arena_array(comparison->arena, before->tenure_count, sizeof *pairs);
	for (size_t i = 0; i < before->tenure_count; i++)
		pairs[i] = (size_t)-1;
	for (int pass = 0; pass < 4; pass++)
		for (size_t i = 0; i < before->tenure_count; i++)
			for (size_t j = 0; j < after->tenure_count && pairs[i] == (size_t)-1; j++) {
				if (used[j] || !became(comparison, &before->tenures[i], &after->tenures[j], pass))
					continue;
				pairs[i] = j;
				used[j] = true;
			}
	return pairs;
}

static void compare_tenures(struct comparison *comparison, const struct person *before, const struct person *after)
{
	bool *used = arena_array(comparison->arena, after->tenure_count, sizeof *used);
	const size_t *pairs = pair_tenures(comparison, before, after, used);
	for (size_t i = 0; i < before->tenure_count; i++) {
		const struct tenure *was = &before->tenures[i], *is = pairs[i] == (size_t)-1 ? NULL : &after->tenures[pairs[i]];
		const char *text = tenure_text(comparison->arena, was, true), *now = is == NULL ? NULL : tenure_text(comparison->arena, is, true);
		if (is == NULL)
			tell(comparison, DIFFERENCE_GONE, "%s is no longer %s%s", after->name, text,
			     consequence(comparison, after, was->role, comparison->today));
		else if (was->to != is->to && same_but_end(comparison, was, is))
			tell_end(comparison, after, was, is);
		else if (strcmp(text, now) != 0)
			tell(comparison, is->to != DATE_NONE && is->to != was->to ? DIFFERENCE_ENDED : DIFFERENCE_OTHER, "%s: was %s; becomes %s%s",
			     after->name, text, now,
			     is->to == was->to || is->to == DATE_NONE ? "" : consequence(comparison, after, is->role, clock_date_add(is->to, 1)));
	}
	for (size_t j = 0; j < after->tenure_count; j++)
		if (!used[j])
			tell(comparison, DIFFERENCE_NEW, "%s is also %s", after->name, tenure_text(comparison->arena, &after->tenures[j], true));
}

/* Mail there is no longer mail to them: unless somebody else has the address, it is mail to a stranger. */
static void compare_addresses(struct comparison *comparison, const struct person *before, const struct person *after)
{
	for (size_t i = 0; i < after->address_count; i++) {
		const struct person *owner = directory_by_address(comparison->before, after->addresses[i]);
		if (!has(before->addresses, before->address_count, after->addresses[i]))
			tell(comparison, DIFFERENCE_ADDRESS, "%s gains %s%s%s", after->name, after->addresses[i],
			     owner != NULL && owner != before ? ", which was that of " : "", owner != NULL && owner != before ? owner->name : "");
	}
	for (size_t i = 0; i < before->address_count; i++) {
		const struct person *owner = directory_by_address(comparison->after, before->addresses[i]);
		if (has(after->addresses, after->address_count, before->addresses[i]))
			continue;
		tell(comparison, DIFFERENCE_ADDRESS, "%s loses %s%s%s", after->name, before->addresses[i],
		     owner == NULL ? ": mail there becomes mail to a third party" : owner == after ? "" : ", which becomes that of ",
		     owner == NULL || owner == after ? "" : owner->name);
	}
	if (before->address_count > 0 && after->address_count > 0 && strcmp(before->addresses[0], after->addresses[0]) != 0)
		tell(comparison, DIFFERENCE_ADDRESS, "%s gets notices at %s, not at %s", after->name, after->addresses[0], before->addresses[0]);
}

static void compare_items(struct comparison *comparison, const char *name, const char *what, const char *const *before, size_t before_count,
			  const char *const *after, size_t after_count)
{
	for (size_t i = 0; i < after_count; i++)
		if (!has(before, before_count, after[i]))
			tell(comparison, DIFFERENCE_OTHER, "%s gains the %s %s", name, what, after[i]);
	for (size_t i = 0; i < before_count; i++)
		if (!has(after, after_count, before[i]))
			tell(comparison, DIFFERENCE_OTHER, "%s loses the %s %s", name, what, before[i]);
}

static void compare_text(struct comparison *comparison, const char *name, const char *what, const char *before, const char *after)
{
	if (!same_text(before, after))
		tell(comparison, DIFFERENCE_OTHER, "%s: %s %s%s%s becomes %s%s%s", name, what, before == NULL ? "" : "\"", before == NULL ? "(none)" : before,
		     before == NULL ? "" : "\"", after == NULL ? "" : "\"", after == NULL ? "(none)" : after, after == NULL ? "" : "\"");
}

static void compare_people(struct comparison *comparison, const struct person *before, const struct person *after)
{
	compare_text(comparison, before->name, "the name", before->name, after->name);
	compare_tenures(comparison, before, after);
	compare_addresses(comparison, before, after);
	compare_items(comparison, after->name, "login", before->logins, before->login_count, after->logins, after->login_count);
	compare_items(comparison, after->name, "member", before->members, before->member_count, after->members, after->member_count);
	compare_text(comparison, after->name, "the owner", before->owner, after->owner);
	compare_text(comparison, after->name, "the Welsh name", before->welsh_name, after->welsh_name);
	compare_text(comparison, after->name, "the id", before->id, after->id);
	compare_text(comparison, after->name, "the note", before->notes, after->notes);
}

static const struct person *free_one(struct comparison *comparison, const struct person *found, const struct person *after)
{
	return found == NULL || found->is_list != after->is_list || comparison->matched[directory_index(comparison->before, found)] ? NULL : found;
}

static const struct person *by_key(struct comparison *comparison, const struct index *index, const char *key, const struct person *after)
{
	size_t count = 0;
	const struct entry *found = key == NULL ? NULL : index_find(index, key, &count);
	for (size_t i = 0; found != NULL && i < count; i++)
		if (free_one(comparison, found[i].person, after) != NULL)
			return found[i].person;
	return NULL;
}

/* Who they were: by id, else by an address, else by the name. */
static const struct person *counterpart(struct comparison *comparison, const struct person *after)
{
	const struct person *found = by_key(comparison, &comparison->ids, after->id, after);
	for (size_t i = 0; found == NULL && i < after->address_count; i++)
		found = free_one(comparison, directory_by_address(comparison->before, after->addresses[i]), after);
	if (found == NULL)
		found = by_key(comparison, &comparison->names, unicode_key(comparison->arena, bytes_of(after->name)), after);
	return found;
}

static void tell_new(struct comparison *comparison, const struct person *person)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		tell(comparison, DIFFERENCE_NEW, "%s, %s%s%s%s%s", person->name, tenure_text(comparison->arena, &person->tenures[i], true),
		     person->address_count == 0 || i > 0 ? "" : ": ", i > 0 ? "" : joined(comparison, person->addresses, person->address_count),
		     person->member_count == 0 ? "" : "; reaches ", joined(comparison, person->members, person->member_count));
}

static void index_before(struct comparison *comparison)
{
	for (size_t i = 0; i < directory_count(comparison->before); i++) {
		const struct person *person = directory_at(comparison->before, i);
		index_add(comparison->arena, &comparison->names, unicode_key(comparison->arena, bytes_of(person->name)), person, person->line);
		if (person->id != NULL)
			index_add(comparison->arena, &comparison->ids, person->id, person, person->line);
	}
	index_sort(&comparison->names);
	index_sort(&comparison->ids);
}

static void compare_all(struct comparison *comparison, calendar_date on, struct differences *out)
{
	const struct person **then = arena_array(comparison->arena, directory_count(comparison->before) + 1, sizeof *then);
	for (size_t i = 0; i < directory_count(comparison->after); i++) {
		const struct person *after = directory_at(comparison->after, i), *before = counterpart(comparison, after);
		if (before == NULL) {
			tell_new(comparison, after);
			continue;
		}
		then[directory_index(comparison->before, before)] = after;
		comparison->matched[directory_index(comparison->before, before)] = true;
		compare_people(comparison, before, after);
	}
	for (size_t i = 0; i < directory_count(comparison->before); i++) {
		const struct person *before = directory_at(comparison->before, i);
		if (then[i] == NULL)
			tell(comparison, DIFFERENCE_GONE, "%s (%s) has no row any more%s%s", before->name, tenure_text(comparison->arena, &before->tenures[0], true),
			     before->address_count == 0 ? "" : ": ", joined(comparison, before->addresses, before->address_count));
		enum role role = before->is_list ? ROLE_NONE : person_role(before, comparison->today);
		if (role == ROLE_NONE)
			continue;
		out->held[role]++;
		out->lost[role] += then[i] == NULL || person_role(then[i], on) == ROLE_NONE;
	}
}

/* The day after the last of the ends that are near: by then what the change ends has ended, and no ordinary term of years. */
static calendar_date effect_day(const struct directory *after, calendar_date today)
{
	calendar_date day = today, limit = clock_date_add(today, 60);
	for (size_t i = 0; i < directory_count(after); i++)
		for (size_t j = 0; j < directory_at(after, i)->tenure_count; j++) {
			calendar_date to = directory_at(after, i)->tenures[j].to;
			if (to != DATE_NONE && to > day && to <= limit)
				day = to;
		}
	return clock_date_add(day, 1);
}

struct differences directory_differences(struct arena *arena, const struct directory *before, const struct directory *after, calendar_date today)
{
	struct comparison comparison = { .arena = arena, .before = before, .after = after, .today = today };
	struct differences out = { .count = 0 };
	comparison.matched = arena_array(arena, directory_count(before) + 1, sizeof *comparison.matched);
	index_before(&comparison);
	compare_all(&comparison, effect_day(after, today), &out);
	out.items = comparison.items;
	out.count = comparison.count;
	return out;
}

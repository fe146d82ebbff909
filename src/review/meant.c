/* meant.c - see meant.h. A name is good enough to ask for somebody's entries by, as long as it can only be one person's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "meant.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

static bool name_is(struct arena *arena, const char *name, const char *key)
{
	return name != NULL && strcmp(unicode_key(arena, bytes_of(name)), key) == 0;
}

/* Those of exactly this name, whenever they held an office; else those it fits today. */
static struct person_list find_by_name(struct arena *arena, const struct directory *directory, const char *written, int64_t at)
{
	const char *key = unicode_key(arena, bytes_of(written));
	const struct person **found = NULL;
	struct person_list list = { 0 };
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *person = directory_at(directory, i);
		if (!person->is_list && (name_is(arena, person->name, key) || name_is(arena, person->welsh_name, key)))
			*ARENA_PUSH(arena, found, list.count) = person;
	}
	list.items = found;
	return list.count > 0 ? list : directory_by_name(arena, directory, written, ROLE_NONE, clock_date_of(at));
}

static bool resolve_name(struct arena *arena, const struct directory *directory, const char *written, int64_t at, struct reviewer *out,
			 struct error *err)
{
	struct person_list list = find_by_name(arena, directory, written, at);
	if (list.count == 0)
		return error_set(err, ERROR_INPUT, "nobody in the directory is called \"%s\"; give an address", written);
	if (list.count > 1) {
		struct text choice = TEXT_INIT;
		for (size_t i = 0; i < list.count; i++)
			text_printf(&choice, "%s%s", i == 0 ? "" : ", ", list.items[i]->address_count > 0 ? list.items[i]->addresses[0] : list.items[i]->name);
		error_set(err, ERROR_INPUT, "\"%s\" may be several people: give one of %s", written, text_string(&choice));
		text_release(&choice);
		return false;
	}
	*out = (struct reviewer){ list.items[0], list.items[0]->address_count > 0 ? list.items[0]->addresses[0] : written };
	return true;
}

bool meant_resolve(struct arena *arena, const struct directory *directory, const char *written, int64_t at, struct reviewer *out,
		   struct error *err)
{
	if (written == NULL || written[0] == '\0')
		return error_set(err, ERROR_INPUT, "whose? Give an address, a login or a name");
	*out = reviewer_resolve(directory, written);
	if (out->person == NULL)
		out->person = directory_by_address(directory, written); /* whatever +tag they use */
	if (out->person != NULL && out->person->is_list)
		return error_set(err, ERROR_INPUT, "%s is a list; give the address or name of one person", written);
	if (out->person != NULL)
		return true;
	const char *at_sign = strrchr(written, '@');
	if (at_sign == NULL)
		return resolve_name(arena, directory, written, at, out, err);
	if (at_sign == written || at_sign[1] == '\0' || strpbrk(written, " \t\r\n<>,;") != NULL)
		return error_set(err, ERROR_INPUT, "\"%s\" is not an address", written);
	return true;
}

const char *meant_name(const struct reviewer *who)
{
	return who->person == NULL ? who->address : who->person->name;
}

const char *meant_addresses(struct arena *arena, const struct reviewer *who)
{
	struct text all = TEXT_INIT;
	if (who->person == NULL)
		text_add(&all, who->address);
	for (size_t i = 0; who->person != NULL && i < who->person->address_count; i++)
		text_printf(&all, "%s%s", i == 0 ? "" : " ", who->person->addresses[i]);
	return text_to_arena(&all, arena).data;
}

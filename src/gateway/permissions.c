/* permissions.c - what the Council or the Clerk has allowed somebody once and for all, from the configuration; refused when it names
 * nobody, so that an approval that exempts nobody is not believed in.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "gateway/build.h"

struct permission_keys {
	int kind;
	struct string_list who, with, topic;
	const char *from, *to, *minute, *by;
};
static const struct setting_row permission_rows[] = {
	{ "kind", SETTING_WORD, offsetof(struct permission_keys, kind), true, 0, 0, permission_words, "what is allowed" },
	{ "who", SETTING_STRINGS, offsetof(struct permission_keys, who), true, 0, 0, NULL, "to whom: addresses, offices, or a role" },
	{ "with", SETTING_STRINGS, offsetof(struct permission_keys, with), false, 0, 0, NULL, "towards which officers; of a copy: whose correspondence; of send-as: whose address" },
	{ "topic", SETTING_STRINGS, offsetof(struct permission_keys, topic), false, 0, 0, NULL, "in which matter: a family, or phrases of its own" },
	{ "from", SETTING_STRING, offsetof(struct permission_keys, from), true, 0, 0, NULL, "the first day" },
	{ "to", SETTING_STRING, offsetof(struct permission_keys, to), false, 0, 0, NULL, "the last day" },
	{ "minute", SETTING_STRING, offsetof(struct permission_keys, minute), false, 0, 0, NULL, "the minute that allows it" },
	{ "by", SETTING_STRING, offsetof(struct permission_keys, by), false, 0, 0, NULL, "who allowed it: an address, or an office" },
};

/* Who may be allowed it, and whom it may be towards: 1 << enum role; 0: nobody is to be named. */
#define MEMBERS (1U << ROLE_COUNCILLOR)
#define OFFICERS (1U << ROLE_OFFICER)
static const struct {
	unsigned who, with;
	bool needs_with;
} kinds[] = {
	[PERMISSION_DIRECT_CONTACT] = { MEMBERS, OFFICERS, true },
	[PERMISSION_INSTRUCTION] = { MEMBERS, OFFICERS, true },
	[PERMISSION_COPY] = { MEMBERS, MEMBERS, false },
	[PERMISSION_SPOKESPERSON] = { MEMBERS | OFFICERS, 0, false },
	[PERMISSION_PRESS_APPROVAL] = { MEMBERS | OFFICERS, 0, false },
	[PERMISSION_SEND_AS] = { MEMBERS | OFFICERS, MEMBERS | OFFICERS, true },
};

/* One entry while it is read. */
struct entry {
	struct build *build;
	const struct settings_node *node;
	const char *kind;
};

static const char *roles_sentence(unsigned roles)
{
	return roles == MEMBERS ? "a councillor" : roles == OFFICERS ? "an officer" : "a councillor or an officer";
}

static bool ever_has_role(const struct person *person, unsigned roles)
{
	bool has = person->is_list;
	for (size_t i = 0; i < person->tenure_count; i++)
		has |= (roles & (1U << person->tenures[i].role)) != 0;
	return has;
}

static const char *closest_address(const struct entry *entry, const char *written)
{
	const struct directory *directory = entry->build->snapshot->directory;
	const char **known = NULL;
	size_t count = 0;
	for (size_t i = 0; i < directory_count(directory); i++)
		for (size_t j = 0; j < directory_at(directory, i)->address_count; j++)
			*ARENA_PUSH(entry->build->arena, known, count) = directory_at(directory, i)->addresses[j];
	*ARENA_PUSH(entry->build->arena, known, count) = NULL;
	return settings_suggest(written, known);
}

static bool add_person(const struct entry *entry, const char *key, const char *written, unsigned roles, struct circle *circle, struct error *err)
{
	const struct settings_node *node = settings_find(entry->node, key);
	const struct person *person = directory_by_address(entry->build->snapshot->directory, written);
	const char *close = person == NULL ? closest_address(entry, written) : NULL;
	if (close != NULL)
		return settings_complain(node, err, "permissions.%s: the directory does not know \"%s\" (did you mean \"%s\"?)", key, written, close);
	if (person == NULL)
		return settings_complain(node, err, "permissions.%s: the directory does not know \"%s\"; add the address to people.csv", key, written);
	if (!ever_has_role(person, roles))
		return settings_complain(node, err, "permissions.%s: %s is not %s, and \"%s\" is for %s", key, person->name, roles_sentence(roles), entry->kind,
					 roles_sentence(roles));
	const struct person **people = (const struct person **)circle->people;
	*ARENA_PUSH(entry->build->arena, people, circle->count) = person;
	circle->people = people;
	return true;
}

static const char *closest_word(const char *written)
{
	const char *close = settings_suggest(written, office_words);
	return close != NULL ? close : settings_suggest(written, (const char *const[]){ "councillor", "officer", NULL });
}

static bool add_named(const struct entry *entry, const char *key, const char *written, unsigned roles, struct circle *circle, struct error *err)
{
	unsigned office;
	enum role role;
	if (strchr(written, '@') != NULL)
		return add_person(entry, key, written, roles, circle, err);
	if (office_parse(written, &office)) {
		circle->offices |= office;
		return true;
	}
	if (role_parse(written, &role) && (roles & (1U << role)) != 0) {
		circle->roles |= 1U << role;
		return true;
	}
	const char *close = closest_word(written);
	return settings_complain(settings_find(entry->node, key), err, "permissions.%s: \"%s\" is no address, no office and not \"%s\"%s%s%s", key, written,
				 role_name(roles == OFFICERS ? ROLE_OFFICER : ROLE_COUNCILLOR), close == NULL ? "" : " (did you mean \"",
				 close == NULL ? "" : close, close == NULL ? "" : "\"?)");
}

static bool read_circle(const struct entry *entry, const char *key, const struct string_list *written, unsigned roles, struct circle *out,
			struct error *err)
{
	const struct settings_node *node = settings_find(entry->node, key);
	if (node != NULL && roles == 0)
		return settings_complain(node, err, "permissions.%s: \"%s\" is towards nobody in particular; leave \"%s\" out", key, entry->kind, key);
	if (node != NULL && written->count == 0)
		return settings_complain(node, err, "permissions.%s is empty: it would allow nobody anything", key);
	for (size_t i = 0; i < written->count; i++)
		if (!add_named(entry, key, written->items[i], roles, out, err))
			return false;
	return true;
}

static bool read_dates(const struct entry *entry, const struct permission_keys *keys, struct permission *permission, struct error *err)
{
	if (!build_date(entry->node, "from", "permissions.from", keys->from, &permission->from, err) ||
	    !build_date(entry->node, "to", "permissions.to", keys->to, &permission->to, err))
		return false;
	if (permission->to != DATE_NONE && permission->to < permission->from)
		return settings_complain(settings_find(entry->node, "to"), err, "permissions: it ends on %s, before it begins on %s", keys->to, keys->from);
	calendar_date today = clock_date_of(clock_now());
	if (permission->to != DATE_NONE && permission->to < today)
		build_warn(entry->build, GATEWAY_PERMISSION_ENDED, settings_file_of(entry->node), permission->line,
			   "permissions: \"%s\" ended on %s: renew it, or take it out once nothing of that time is in dispute", entry->kind, keys->to);
	return true;
}

/* By whom it was given: a person of the directory, or whoever holds an office. */
static bool read_giver(const struct entry *entry, const struct permission_keys *keys, struct circle *giver, struct error *err)
{
	if (keys->minute == NULL && keys->by == NULL)
		return settings_complain(entry->node, err, "permissions: say who allowed it: minute = \"25/071\"; or by = \"clerk\";");
	if (keys->minute != NULL && bytes_trim(bytes_of(keys->minute)).length == 0)
		return settings_complain(settings_find(entry->node, "minute"), err, "permissions.minute is empty");
	return keys->by == NULL || add_named(entry, "by", keys->by, MEMBERS | OFFICERS, giver, err);
}

static const char *said_of(const struct entry *entry, const struct permission_keys *keys, const struct permission *permission, const struct circle *giver)
{
	struct arena *arena = entry->build->arena;
	const char *by = keys->minute != NULL ? arena_printf(arena, "minute %s", keys->minute) :
			 giver->count > 0     ? giver->people[0]->name :
						arena_printf(arena, "the %s", keys->by);
	if (permission->to == DATE_NONE)
		return by;
	return arena_printf(arena, "%s, to %s", by, clock_format_day(arena, permission->to));
}

/* One word that is a family's name means that family; anything else is a phrase. */
static bool read_topic(const struct entry *entry, const struct string_list *topic, size_t index, const char **family_out, struct error *err)
{
	struct lexicon *lexicon = entry->build->snapshot->lexicon;
	const struct settings_node *node = settings_find(entry->node, "topic");
	if (node == NULL)
		return true;
	if (topic->count == 0)
		return settings_complain(node, err, "permissions.topic is empty: leave it out where any matter will do");
	if (topic->count == 1 && lexicon_has(lexicon, topic->items[0])) {
		*family_out = topic->items[0];
		return true;
	}
	static const char *const none[] = { NULL };
	struct arena *arena = entry->build->arena;
	const char **phrases = arena_array(arena, topic->count + 1, sizeof *phrases);
	memcpy(phrases, topic->items, topic->count * sizeof *phrases);
	const struct lexicon_family family = { arena_printf(arena, "matter-of-permission-%zu", index + 1), phrases, none, none, none };
	struct error why = ERROR_INIT;
	if (!lexicon_take(lexicon, &family, &why)) {
		settings_complain(node, err, "permissions.topic: %s", error_text(&why));
		error_release(&why);
		return false;
	}
	*family_out = family.name;
	return true;
}

static bool read_entry(const struct entry *entry, const struct permission_keys *keys, size_t index, struct permission *out, struct error *err)
{
	struct circle giver = { 0 };
	out->kind = (enum permission_kind)keys->kind;
	out->line = settings_line(entry->node);
	if (!read_circle(entry, "who", &keys->who, kinds[out->kind].who, &out->who, err) ||
	    !read_circle(entry, "with", &keys->with, kinds[out->kind].with, &out->with, err))
		return false;
	if (kinds[out->kind].needs_with && keys->with.count == 0)
		return settings_complain(entry->node, err, "permissions: \"%s\" needs with = \"...\": an officer's address, an office, or \"officer\" for all of them", entry->kind);
	if (!read_dates(entry, keys, out, err) || !read_giver(entry, keys, &giver, err) || !read_topic(entry, &keys->topic, index, &out->family, err))
		return false;
	out->said = said_of(entry, keys, out, &giver);
	return true;
}

bool build_permissions(struct build *build, struct error *err)
{
	const struct settings_node *list = build->top.permissions;
	/* Without people they cannot be read, and that there are none has been told; the rules still can. */
	size_t count = list == NULL || build->snapshot->directory == NULL ? 0 : settings_count(list);
	struct permission *permissions = arena_array(build->arena, count, sizeof *permissions);
	for (size_t i = 0; i < count; i++) {
		struct permission_keys keys = { 0 };
		struct entry entry = { build, settings_at(list, i), NULL };
		if (!settings_fill(entry.node, ROWS(permission_rows), build->arena, &keys, err))
			return false;
		entry.kind = permission_words[keys.kind];
		if (!read_entry(&entry, &keys, i, &permissions[i], err))
			return false;
	}
	build->snapshot->council.permissions = permissions;
	build->snapshot->council.permission_count = count;
	return true;
}

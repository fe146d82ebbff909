/* conduct.c - where the Council wants complaints about conduct to go, and the words its wards are known by, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "gateway/build.h"

struct standards_keys {
	const char *name;
	struct string_list addresses;
};
static const struct setting_row standards_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct standards_keys, name), true, 0, 0, NULL, "as notes call it" },
	{ "addresses", SETTING_STRINGS, offsetof(struct standards_keys, addresses), true, 0, 0, NULL, "where complaints under the code reach it" },
};

struct complaints_keys {
	struct string_list about_officers, about_clerk;
};
static const struct setting_row complaints_rows[] = {
	{ "about_officers", SETTING_STRINGS, offsetof(struct complaints_keys, about_officers), false, 0, 0, NULL,
	  "offices and addresses that get complaints about officers" },
	{ "about_clerk", SETTING_STRINGS, offsetof(struct complaints_keys, about_clerk), false, 0, 0, NULL,
	  "the same where the clerk is complained of: never the clerk" },
};

struct ward_keys {
	const char *name;
	struct string_list words;
};
static const struct setting_row ward_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct ward_keys, name), true, 0, 0, NULL, "as the column `ward` of the directory has it" },
	{ "words", SETTING_STRINGS, offsetof(struct ward_keys, words), true, 0, 0, NULL, "its streets, villages and beginnings of postcodes" },
};

static bool check_addresses(struct build *build, const struct settings_node *node, const struct string_list *addresses, const char *key,
			    struct error *err)
{
	for (size_t i = 0; i < addresses->count; i++)
		if (!build_is_address(build, addresses->items[i]))
			return settings_complain(node, err, "council.%s: \"%s\" is not an address", key, addresses->items[i]);
	return true;
}

static bool read_standards(struct build *build, const struct settings_node *group, struct error *err)
{
	struct standards_keys keys = { 0 };
	struct conduct *conduct = &build->snapshot->council.conduct;
	if (group == NULL)
		return true;
	if (!settings_fill(group, ROWS(standards_rows), build->arena, &keys, err) ||
	    !check_addresses(build, settings_find(group, "addresses"), &keys.addresses, "standards.addresses", err))
		return false;
	conduct->standards_name = keys.name;
	conduct->standards = keys.addresses;
	return true;
}

/* A word with an @ is an address, any other one an office. */
static bool read_route(struct build *build, const struct settings_node *group, const char *key, const struct string_list *words, struct route *out,
		       struct error *err)
{
	const struct settings_node *node = settings_find(group, key);
	const char **addresses = arena_array(build->arena, words->count, sizeof *addresses);
	struct text names = TEXT_INIT;
	bool good = true;
	for (size_t i = 0; good && i < words->count; i++) {
		const char *word = words->items[i];
		unsigned office = 0;
		text_printf(&names, "%s%s", i == 0 ? "" : ", ", word);
		if (strchr(word, '@') == NULL && office_parse(word, &office))
			out->offices |= office;
		else if (build_is_address(build, word))
			addresses[out->addresses.count++] = word;
		else
			good = settings_complain(node, err, "council.complaints.%s: \"%s\" is neither an office nor an address", key, word);
	}
	out->addresses.items = addresses;
	out->words = words->count == 0 ? NULL : arena_string(build->arena, text_string(&names));
	text_release(&names);
	return good;
}

static bool read_complaints(struct build *build, const struct settings_node *group, struct error *err)
{
	struct complaints_keys keys = { 0 };
	struct conduct *conduct = &build->snapshot->council.conduct;
	if (group == NULL)
		return true;
	if (!settings_fill(group, ROWS(complaints_rows), build->arena, &keys, err) ||
	    !read_route(build, group, "about_officers", &keys.about_officers, &conduct->about_officers, err) ||
	    !read_route(build, group, "about_clerk", &keys.about_clerk, &conduct->about_clerk, err))
		return false;
	if ((conduct->about_clerk.offices & OFFICE_CLERK) != 0)
		return settings_complain(settings_find(group, "about_clerk"), err,
					 "council.complaints.about_clerk names the clerk: a complaint never goes to whom it is about");
	return true;
}

static bool read_wards(struct build *build, const struct settings_node *list, struct error *err)
{
	size_t count = list == NULL ? 0 : settings_count(list);
	struct ward *wards = arena_array(build->arena, count, sizeof *wards);
	for (size_t i = 0; i < count; i++) {
		struct ward_keys keys = { 0 };
		const struct settings_node *node = settings_at(list, i);
		if (!settings_is_group(node))
			return settings_complain(node, err, "council.wards: each is a group: { name = \"Mill\"; words = [ \"Mill Lane\", \"MB1 2\" ]; }");
		if (!settings_fill(node, ROWS(ward_rows), build->arena, &keys, err))
			return false;
		wards[i] = (struct ward){ keys.name, keys.words };
	}
	build->snapshot->council.conduct.wards = wards;
	build->snapshot->council.conduct.ward_count = count;
	return true;
}

bool build_conduct(struct build *build, const struct conduct_settings *settings, struct error *err)
{
	return read_standards(build, settings->standards, err) && read_complaints(build, settings->complaints, err) &&
	       read_wards(build, settings->wards, err);
}

/* label_map.c - see label_map.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/label_map.h"

#include <stdlib.h>

#define GUID_LENGTH ((size_t)36)
#define NAME_LEAST 3

struct label_settings {
	const char *name, *guid, *tenant;
	bool marks;
};

static const struct setting_row label_rows[] = {
	{ .key = "name", .type = SETTING_STRING, .offset = offsetof(struct label_settings, name),
	  .meaning = "as people write it in a subject or on a line of its own" },
	{ .key = "guid", .type = SETTING_STRING, .offset = offsetof(struct label_settings, guid), .meaning = "its number in Microsoft Purview" },
	{ .key = "tenant", .type = SETTING_STRING, .offset = offsetof(struct label_settings, tenant),
	  .meaning = "the number of the organisation whose label it is" },
	{ .key = "marks", .type = SETTING_BOOL, .offset = offsetof(struct label_settings, marks), .required = true,
	  .meaning = "whether it says that a message is confidential" },
};

struct label_map *label_map_new(void)
{
	struct label_map *map = memory_must(calloc(1, sizeof *map));
	map->arena = arena_new();
	return map;
}

void label_map_free(struct label_map **map)
{
	if (*map == NULL)
		return;
	arena_free(&(*map)->arena);
	free(*map);
	*map = NULL;
}

void label_map_add(struct label_map *map, const struct label *label)
{
	*ARENA_PUSH(map->arena, map->items, map->count) = (struct label){
		.name = arena_string(map->arena, label->name),
		.guid = arena_string(map->arena, label->guid),
		.tenant = arena_string(map->arena, label->tenant),
		.marks = label->marks,
	};
}

bool is_guid(struct bytes text)
{
	if (text.length != GUID_LENGTH)
		return false;
	for (size_t i = 0; i < GUID_LENGTH; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		char c = ascii_lower(text.data[i]);
		if (dash ? c != '-' : !ascii_is_digit(c) && (c < 'a' || c > 'f'))
			return false;
	}
	return true;
}

static bool has_letters(const char *name)
{
	size_t letters = 0;
	for (const char *c = name; *c != '\0'; c++)
		letters += ascii_is_alpha(*c) || (unsigned char)*c >= 0x80;
	return letters >= NAME_LEAST;
}

static bool is_known(const struct label_map *map, const struct label_settings *settings)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct label *label = &map->items[i];
		bool same_tenant = bytes_equal_nocase(bytes_of(label->tenant), bytes_of(settings->tenant));
		if (settings->guid != NULL && same_tenant && bytes_equal_nocase(bytes_of(label->guid), bytes_of(settings->guid)))
			return true;
	}
	return false;
}

bool label_read(struct arena *arena, const struct label_map *map, const struct settings_node *node, struct label *out, struct error *err)
{
	struct label_settings settings = { 0 };
	if (!settings_is_group(node))
		return settings_complain(node, err, "labels: each is a group: { name = \"...\"; marks = true; }");
	if (!settings_fill(node, label_rows, sizeof label_rows / sizeof *label_rows, arena, &settings, err))
		return false;
	if (settings.name == NULL && settings.guid == NULL)
		return settings_complain(node, err, "labels: a label has a name, a guid, or both");
	if (settings.name != NULL && !has_letters(settings.name))
		return settings_complain(node, err, "labels: the name \"%s\" is too short to be told from other words", settings.name);
	if (settings.guid != NULL && !is_guid(bytes_of(settings.guid)))
		return settings_complain(node, err, "labels: \"%s\" is no guid (8-4-4-4-12 hexadecimal digits, without braces)", settings.guid);
	if (settings.tenant != NULL && !is_guid(bytes_of(settings.tenant)))
		return settings_complain(node, err, "labels: \"%s\" is no tenant's number (8-4-4-4-12 hexadecimal digits, without braces)", settings.tenant);
	if (settings.tenant != NULL && settings.guid == NULL)
		return settings_complain(node, err, "labels: \"tenant\" says whose \"guid\" it is, and there is no guid");
	if (is_known(map, &settings))
		return settings_complain(node, err, "labels: the guid %s stands there twice", settings.guid);
	*out = (struct label){ settings.name, settings.guid, settings.tenant, settings.marks };
	return true;
}

void label_phrase(const struct label *label, struct text *out)
{
	for (const char *c = label->name; *c != '\0'; c++) {
		bool word = ascii_is_alpha(*c) || ascii_is_digit(*c) || (unsigned char)*c >= 0x80 || *c == ' ';
		if (!word)
			text_add_char(out, '\\');
		text_add_char(out, *c);
	}
}

const struct label *label_map_find(const struct label_map *map, struct bytes guid, struct bytes tenant)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct label *label = &map->items[i];
		bool its_tenant = label->tenant == NULL || tenant.length == 0 || bytes_equal_nocase(bytes_of(label->tenant), tenant);
		if (label->guid != NULL && its_tenant && bytes_equal_nocase(bytes_of(label->guid), guid))
			return label;
	}
	return NULL;
}

bool label_map_is_foreign(const struct label_map *map, struct bytes tenant)
{
	bool told = false;
	for (size_t i = 0; i < map->count; i++) {
		if (map->items[i].tenant == NULL)
			continue;
		told = true;
		if (bytes_equal_nocase(bytes_of(map->items[i].tenant), tenant))
			return false;
	}
	return told && tenant.length > 0;
}

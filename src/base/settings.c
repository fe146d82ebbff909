/* settings.c - see settings.h. The one file that sees libconfig: its complaints name no key and no remedy, so the
 * text is looked over first (settings_scan.c), and groups are read by rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/settings.h"

#include <libconfig.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/settings_scan.h"
#include "base/text.h"

/* A council's configuration is some kilobytes; a mistaken path should not eat the memory. */
#define SETTINGS_MAX_BYTES ((size_t)4 << 20)

struct settings_file {
	config_t config; /* first: a node finds its file through its config */
	char *path;
};

static const config_setting_t *raw_of(const struct settings_node *node)
{
	return (const config_setting_t *)node;
}

static const struct settings_node *node_of(const config_setting_t *setting)
{
	return (const struct settings_node *)setting;
}

static const struct settings_file *file_of(const struct settings_node *node)
{
	return (const struct settings_file *)raw_of(node)->config;
}

/* libconfig's reasons, and what to do about them. */
static bool complain_syntax(const char *path, const char *content, const config_t *config, struct error *err)
{
	const char *reason = config->error_text == NULL ? "syntax error" : config->error_text;
	int line = config->error_line;
	if (strstr(reason, "duplicate setting") != NULL) {
		struct bytes key = settings_scan_repeated_key(bytes_of(content), line);
		if (key.length > 0)
			return error_set(err, ERROR_SETTINGS, "%s:%d: \"%.*s\" is set twice in the same group: keep one of them",
					 path, line, (int)key.length, key.data);
		return error_set(err, ERROR_SETTINGS, "%s:%d: a setting is given twice in the same group: keep one of them", path,
				 line);
	}
	if (strstr(reason, "mismatched element type") != NULL)
		return error_set(err, ERROR_SETTINGS,
				 "%s:%d: an array [ ... ] holds values of one kind only: use a list ( ... ) for several", path, line);
	return error_set(err, ERROR_SETTINGS,
			 "%s:%d: %s: look for a missing quote, comma, '=' or bracket on this line or just before it", path, line,
			 reason);
}

static bool parse(const char *path, struct bytes content, struct settings_file **file_out, struct error *err)
{
	if (content.length == 0)
		content = BYTES("");
	if (!settings_scan(path, content, err))
		return false;
	struct settings_file *file = calloc(1, sizeof *file);
	if (file == NULL || (file->path = strdup(path)) == NULL)
		abort();
	config_init(&file->config);
	/* The scan has made sure that there is no NUL inside: the content is a C string. */
	if (config_read_string(&file->config, content.data) == CONFIG_TRUE) {
		*file_out = file;
		return true;
	}
	complain_syntax(path, content.data, &file->config, err);
	settings_close(&file);
	return false;
}

bool settings_open(const char *path, struct settings_file **file_out, struct error *err)
{
	struct arena *arena = arena_new();
	struct bytes content;
	bool ok = file_read(arena, path, SETTINGS_MAX_BYTES, ERROR_SETTINGS, &content, err) && parse(path, content, file_out, err);
	arena_free(&arena);
	return ok;
}

bool settings_open_string(const char *name, const char *content, struct settings_file **file_out, struct error *err)
{
	return parse(name, bytes_of(content), file_out, err);
}

void settings_close(struct settings_file **file)
{
	if (*file == NULL)
		return;
	config_destroy(&(*file)->config);
	free((*file)->path);
	free(*file);
	*file = NULL;
}

const struct settings_node *settings_root(const struct settings_file *file)
{
	return node_of(file->config.root);
}

const char *settings_path(const struct settings_file *file)
{
	return file->path;
}

const char *settings_name(const struct settings_node *node)
{
	return raw_of(node)->name;
}

bool settings_is_group(const struct settings_node *node)
{
	return raw_of(node)->type == CONFIG_TYPE_GROUP;
}

static bool is_list(const config_setting_t *setting)
{
	return setting->type == CONFIG_TYPE_LIST || setting->type == CONFIG_TYPE_ARRAY;
}

static bool is_aggregate(const config_setting_t *setting)
{
	return is_list(setting) || setting->type == CONFIG_TYPE_GROUP;
}

size_t settings_count(const struct settings_node *list)
{
	const config_setting_t *raw = raw_of(list);
	return is_aggregate(raw) && raw->value.list != NULL ? raw->value.list->length : 0;
}

const struct settings_node *settings_at(const struct settings_node *list, size_t index)
{
	return index < settings_count(list) ? node_of(raw_of(list)->value.list->elements[index]) : NULL;
}

const struct settings_node *settings_item(const struct settings_node *strings, size_t index)
{
	return settings_string(strings) != NULL ? strings : settings_at(strings, index);
}

const struct settings_node *settings_find(const struct settings_node *group, const char *key)
{
	for (size_t i = 0; settings_is_group(group) && i < settings_count(group); i++) {
		const struct settings_node *child = settings_at(group, i);
		if (strcmp(settings_name(child), key) == 0)
			return child;
	}
	return NULL;
}

const char *settings_string(const struct settings_node *node)
{
	return raw_of(node)->type == CONFIG_TYPE_STRING ? raw_of(node)->value.sval : NULL;
}

int settings_line(const struct settings_node *node)
{
	return (int)raw_of(node)->line;
}

const char *settings_file_of(const struct settings_node *node)
{
	return file_of(node)->path;
}

bool settings_complain(const struct settings_node *node, struct error *err, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_vset(err, ERROR_SETTINGS, format, args);
	va_end(args);
	const char *path = file_of(node)->path;
	int line = settings_line(node);
	return line > 0 ? error_context(err, "%s:%d", path, line) : error_context(err, "%s", path);
}

/* "limits" for a named node, "an entry of rules" for a list's element, "the file" for the root. */
static void describe(const struct settings_node *node, struct text *out)
{
	const config_setting_t *raw = raw_of(node);
	if (raw->parent == NULL)
		text_add(out, "the file");
	else if (raw->name != NULL)
		text_printf(out, "\"%s\"", raw->name);
	else if (raw->parent->name != NULL)
		text_printf(out, "an entry of \"%s\"", raw->parent->name);
	else
		text_add(out, "an entry");
}

static const char *type_name(const config_setting_t *setting)
{
	switch (setting->type) {
	case CONFIG_TYPE_GROUP:
		return "a group { ... }";
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return "a number";
	case CONFIG_TYPE_FLOAT:
		return "a number with a fraction";
	case CONFIG_TYPE_STRING:
		return "a string";
	case CONFIG_TYPE_BOOL:
		return "true or false";
	case CONFIG_TYPE_ARRAY:
	case CONFIG_TYPE_LIST:
		return "a list";
	default:
		return "nothing";
	}
}

static bool complain_type(const struct settings_node *node, const char *wanted, struct error *err)
{
	struct text what = TEXT_INIT;
	describe(node, &what);
	settings_complain(node, err, "%s must be %s, but is %s", text_string(&what), wanted, type_name(raw_of(node)));
	text_release(&what);
	return false;
}

bool settings_strings(const struct settings_node *node, struct arena *arena, struct string_list *out, struct error *err)
{
	const config_setting_t *raw = raw_of(node);
	bool single = raw->type == CONFIG_TYPE_STRING;
	if (!single && !is_list(raw))
		return complain_type(node, "a string or a list of strings", err);
	size_t count = single ? 1 : settings_count(node);
	const char **items = arena_array(arena, count + 1, sizeof *items);
	int *lines = arena_array(arena, count + 1, sizeof *lines);
	for (size_t i = 0; i < count; i++) {
		const struct settings_node *item = single ? node : settings_at(node, i);
		if (settings_string(item) == NULL)
			return complain_type(item, "a string", err);
		items[i] = arena_string(arena, settings_string(item));
		lines[i] = settings_line(item);
	}
	*out = (struct string_list){ items, count, lines };
	return true;
}

static bool fill_string(const struct settings_node *node, const struct setting_row *row, struct arena *arena, const char **target,
			struct error *err)
{
	const char *value = settings_string(node);
	if (value == NULL)
		return complain_type(node, "a string", err);
	if (row->required && value[0] == '\0')
		return settings_complain(node, err, "\"%s\" must not be empty", row->key);
	*target = arena_string(arena, value);
	return true;
}

/* A row without bounds (both 0) takes what an int can hold; the scan has refused larger numbers. */
static bool fill_int(const struct settings_node *node, const struct setting_row *row, int *target, struct error *err)
{
	const config_setting_t *raw = raw_of(node);
	long long value;
	if (raw->type == CONFIG_TYPE_INT)
		value = raw->value.ival;
	else if (raw->type == CONFIG_TYPE_INT64)
		value = raw->value.llval;
	else
		return complain_type(node, "a whole number", err);
	bool bounded = row->least != 0 || row->most != 0;
	long long least = bounded ? row->least : INT_MIN, most = bounded ? row->most : INT_MAX;
	if (value < least || value > most)
		return settings_complain(node, err, "\"%s\" is %lld, but must be from %lld to %lld", row->key, value, least, most);
	*target = (int)value;
	return true;
}

static bool fill_bool(const struct settings_node *node, bool *target, struct error *err)
{
	if (raw_of(node)->type != CONFIG_TYPE_BOOL)
		return complain_type(node, "true or false (without quotes)", err);
	*target = raw_of(node)->value.ival != 0;
	return true;
}

static void join_words(struct text *out, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		text_printf(out, "%s\"%s\"", i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ", words[i]);
}

static bool fill_word(const struct settings_node *node, const struct setting_row *row, int *target, struct error *err)
{
	const char *value = settings_string(node);
	if (value == NULL)
		return complain_type(node, "a string", err);
	for (int i = 0; row->words[i] != NULL; i++)
		if (strcmp(row->words[i], value) == 0) {
			*target = i;
			return true;
		}
	struct text choice = TEXT_INIT;
	join_words(&choice, row->words);
	const char *close = settings_suggest(value, row->words);
	settings_complain(node, err, "\"%s\" cannot be \"%s\": it is one of %s%s%s%s", row->key, value, text_string(&choice),
			  close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
	text_release(&choice);
	return false;
}

static bool fill_node(const struct settings_node *node, const struct setting_row *row, const struct settings_node **target,
		      struct error *err)
{
	bool fits = row->type == SETTING_GROUP ? settings_is_group(node) : is_list(raw_of(node));
	if (!fits)
		return complain_type(node, row->type == SETTING_GROUP ? "a group { ... }" : "a list ( ... )", err);
	*target = node;
	return true;
}

static bool fill_one(const struct settings_node *node, const struct setting_row *row, struct arena *arena, void *target,
		     struct error *err)
{
	switch (row->type) {
	case SETTING_STRING:
		return fill_string(node, row, arena, target, err);
	case SETTING_STRINGS:
		return settings_strings(node, arena, target, err);
	case SETTING_INT:
		return fill_int(node, row, target, err);
	case SETTING_BOOL:
		return fill_bool(node, target, err);
	case SETTING_WORD:
		return fill_word(node, row, target, err);
	case SETTING_GROUP:
	case SETTING_LIST:
		return fill_node(node, row, target, err);
	}
	abort();
}

static const struct setting_row *row_find(const struct setting_row *rows, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(rows[i].key, key) == 0)
			return &rows[i];
	return NULL;
}

static bool complain_unknown(const struct settings_node *node, const struct setting_row *rows, size_t row_count,
			     struct error *err)
{
	const char **keys = calloc(row_count + 1, sizeof *keys);
	if (keys == NULL)
		abort();
	for (size_t i = 0; i < row_count; i++)
		keys[i] = rows[i].key;
	const char *close = settings_suggest(settings_name(node), keys);
	struct text where = TEXT_INIT;
	describe(node_of(raw_of(node)->parent), &where);
	if (close != NULL) {
		settings_complain(node, err, "unknown key \"%s\" in %s (did you mean \"%s\"?)", settings_name(node),
				  text_string(&where), close);
	} else {
		struct text known = TEXT_INIT;
		join_words(&known, keys);
		settings_complain(node, err, "unknown key \"%s\" in %s, which takes %s", settings_name(node), text_string(&where),
				  row_count == 0 ? "none" : text_string(&known));
		text_release(&known);
	}
	text_release(&where);
	free(keys);
	return false;
}

static bool complain_missing(const struct settings_node *group, const struct setting_row *row, struct error *err)
{
	struct text where = TEXT_INIT;
	describe(group, &where);
	settings_complain(group, err, "%s lacks the key \"%s\"%s%s", text_string(&where), row->key, row->meaning == NULL ? "" : ": ",
			  row->meaning == NULL ? "" : row->meaning);
	text_release(&where);
	return false;
}

bool settings_fill(const struct settings_node *group, const struct setting_row *rows, size_t row_count, struct arena *arena,
		   void *target, struct error *err)
{
	bool good = true;
	if (!settings_is_group(group))
		return complain_type(group, "a group { ... }", err);
	for (size_t i = 0; i < settings_count(group); i++) {
		const struct settings_node *child = settings_at(group, i);
		const struct setting_row *row = row_find(rows, row_count, settings_name(child));
		if (row == NULL ? complain_unknown(child, rows, row_count, err) : fill_one(child, row, arena, (char *)target + row->offset, err))
			continue;
		good = false;
		if (!error_gathered(err))
			return false;
	}
	for (size_t i = 0; i < row_count; i++) {
		if (!rows[i].required || settings_find(group, rows[i].key) != NULL)
			continue;
		good = complain_missing(group, &rows[i], err);
		if (!error_gathered(err))
			return false;
	}
	return good;
}

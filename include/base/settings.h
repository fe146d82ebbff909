/* settings.h - reading libconfig files with exact complaints.
 *
 * settings.c alone sees libconfig. A reader describes each group by rows of key, type, bounds and meaning;
 * unknown keys, wrong types and values out of bounds are refused with file, line, key and, where one is close,
 * "did you mean ...?". The same rows make the manual pages. */
#ifndef COPYHOLD_BASE_SETTINGS_H
#define COPYHOLD_BASE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct settings_file;  /* an open file; owns its nodes */
struct settings_node;  /* a group, list, array or scalar in it; borrowed from the file */

enum setting_type {
	SETTING_STRING,  /* const char *   target; copied into the arena */
	SETTING_STRINGS, /* struct string_list: one string, or an array or list of strings */
	SETTING_INT,     /* int            within least..most */
	SETTING_BOOL,    /* bool */
	SETTING_WORD,    /* int            index into the NULL-terminated `words` */
	SETTING_GROUP,   /* const struct settings_node * */
	SETTING_LIST,    /* const struct settings_node *: a list ( ... ) or array [ ... ] */
};

struct string_list {
	const char *const *items;
	size_t count;
	const int *lines; /* the line each item stands on */
};

struct setting_row {
	const char *key;
	enum setting_type type;
	size_t offset;             /* of the target in the caller's struct */
	bool required;
	long least, most;          /* for SETTING_INT */
	const char *const *words;  /* for SETTING_WORD, NULL-terminated */
	const char *meaning;       /* one line for the manual */
};

/* Reads and parses; includes (@include) are refused: a council's files are merged by rule id, not by text.
 * A syntax error names file and line. The file is closed with settings_close. */
bool settings_open(const char *path, struct settings_file **file_out, struct error *err) MUST_CHECK;
/* The same from memory; `name` stands for the path in messages. */
bool settings_open_string(const char *name, const char *content, struct settings_file **file_out, struct error *err) MUST_CHECK;
void settings_close(struct settings_file **file);
const struct settings_node *settings_root(const struct settings_file *file);
const char *settings_path(const struct settings_file *file);

/* Fills the struct at `target` from a group: every key of the group must have a row (ERROR_SETTINGS otherwise),
 * keys that are absent leave their target as it is. Strings are copied into the arena. */
bool settings_fill(const struct settings_node *group, const struct setting_row *rows, size_t row_count,
		   struct arena *arena, void *target, struct error *err) MUST_CHECK;

size_t settings_count(const struct settings_node *list);
const struct settings_node *settings_at(const struct settings_node *list, size_t index);
const char *settings_name(const struct settings_node *node);    /* NULL for a list element */
bool settings_is_group(const struct settings_node *node);
/* The node of one string of what SETTING_STRINGS reads: an item of the list, or the string itself that stands in place of a list. NULL past the end
 * of a list. */
const struct settings_node *settings_item(const struct settings_node *strings, size_t index);
/* The child of that key, or NULL. */
const struct settings_node *settings_find(const struct settings_node *group, const char *key);
/* A scalar string's value, or NULL when it is something else; borrowed from the file. */
const char *settings_string(const struct settings_node *node);
/* A string, or a list or array of strings, as a list. */
bool settings_strings(const struct settings_node *node, struct arena *arena, struct string_list *out, struct error *err) MUST_CHECK;
int settings_line(const struct settings_node *node);
const char *settings_file_of(const struct settings_node *node); /* the path of its file; borrowed from the file */

/* "FILE:LINE: text" as an ERROR_SETTINGS; returns false. */
bool settings_complain(const struct settings_node *node, struct error *err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The closest of `words` (NULL-terminated) to what was written, or NULL when none is close. */
const char *settings_suggest(const char *written, const char *const *words);

#endif

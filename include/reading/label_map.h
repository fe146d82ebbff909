/* label_map.h - a council's own labels and what they mean.
 *
 *   labels = (
 *     { name = "OFFICIAL-SENSITIVE"; guid = "8d1c..."; tenant = "3b0f..."; marks = true; },
 *     { name = "Controlled"; marks = true; }
 *   );
 *
 * Microsoft Purview tells its labels apart by number; names are only for people, and each organisation (tenant) has its own. */
#ifndef COPYHOLD_READING_LABEL_MAP_H
#define COPYHOLD_READING_LABEL_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/settings.h"
#include "base/text.h"

struct label {
	const char *name;   /* as people write it, or NULL */
	const char *guid;   /* in whatever case, or NULL */
	const char *tenant; /* the same, or NULL: whichever organisation's */
	bool marks;         /* it says that the message is confidential */
};

struct label_map {
	struct label *items;
	size_t count;
	struct arena *arena; /* owns the strings */
};

/* Empty. The caller frees it, which frees the labels too and sets *map to NULL; a map that is NULL already stays so. */
struct label_map *label_map_new(void);
void label_map_free(struct label_map **map);
/* Copies the label, strings and all. */
void label_map_add(struct label_map *map, const struct label *label);
/* One element of `labels`, its strings in the arena, added to no map; refuses what is wrong in itself, and a number that the map has already. */
bool label_read(struct arena *arena, const struct label_map *map, const struct settings_node *node, struct label *out,
		struct error *err) MUST_CHECK;
/* Appends the name in the phrase language (pattern.h). */
void label_phrase(const struct label *label, struct text *out);

/* By number, without regard to case; `tenant` empty: not told. NULL when there is none for this tenant; else the map's. */
const struct label *label_map_find(const struct label_map *map, struct bytes guid, struct bytes tenant);
/* The map names tenants, and this is none of them. */
bool label_map_is_foreign(const struct label_map *map, struct bytes tenant);
/* "0f8fad5b-d9cb-469f-a165-70867728950e", without regard to case. */
bool is_guid(struct bytes text);

#endif

/* wording.c - see wording.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/wording.h"

#include <config.h>
#include <reading.pb-c.h>
#include <string.h>

#include "reading/reading.h"

struct families {
	struct arena *arena;
	const struct lexicon *lexicon;
	Wire__Family **items;
	size_t count;
};

static size_t length_of(const char *const *list)
{
	size_t length = 0;
	while (list[length] != NULL)
		length++;
	return length;
}

static bool has_family(const struct families *families, const char *name)
{
	for (size_t i = 0; i < families->count; i++)
		if (strcmp(families->items[i]->name, name) == 0)
			return true;
	return false;
}

static void add_family(struct families *families, const char *name);

/* And the families that take its meaning away. protobuf-c does not say const, and only reads. */
static char **add_list(struct families *families, const char *const *list, size_t *count_out)
{
	for (const char *const *name = list; *name != NULL; name++)
		add_family(families, *name);
	*count_out = length_of(list);
	return (char **)(uintptr_t)list;
}

static void add_family(struct families *families, const char *name)
{
	struct lexicon_family family;
	if (has_family(families, name) || !lexicon_family_of(families->lexicon, families->arena, name, &family))
		return;
	Wire__Family *wire = arena_alloc(families->arena, sizeof *wire);
	wire__family__init(wire);
	wire->name = arena_string(families->arena, name);
	wire->n_phrases = length_of(family.phrases);
	wire->phrases = (char **)(uintptr_t)family.phrases;
	*ARENA_PUSH(families->arena, families->items, families->count) = wire;
	wire->unless = add_list(families, family.unless, &wire->n_unless);
	wire->unless_before = add_list(families, family.unless_before, &wire->n_unless_before);
	wire->unless_in_clause = add_list(families, family.unless_in_clause, &wire->n_unless_in_clause);
}

static void pack_labels(struct arena *arena, const struct label_map *map, Wire__Wording *wire)
{
	wire->n_labels = map->count;
	wire->labels = arena_array(arena, map->count, sizeof *wire->labels);
	for (size_t i = 0; i < map->count; i++) {
		Wire__Label *label = arena_alloc(arena, sizeof *label);
		wire__label__init(label);
		label->name = (char *)(uintptr_t)map->items[i].name;
		label->guid = (char *)(uintptr_t)map->items[i].guid;
		label->tenant = (char *)(uintptr_t)map->items[i].tenant;
		label->marks = map->items[i].marks;
		wire->labels[i] = label;
	}
}

struct bytes wording_pack(struct arena *arena, const struct lexicon *lexicon, const struct reader_limits *limits)
{
	struct families families = { .arena = arena, .lexicon = lexicon };
	Wire__Wording wire = WIRE__WORDING__INIT;
	for (const char *const *name = reading_families; *name != NULL; name++)
		add_family(&families, *name);
	wire.version = arena_string(arena, PACKAGE_VERSION);
	wire.seconds = limits->seconds;
	wire.memory = limits->memory;
	wire.depth = limits->message.depth;
	wire.parts = limits->message.parts;
	wire.headers = limits->message.headers;
	wire.header_bytes = limits->message.header_bytes;
	wire.parameters = limits->message.parameters;
	wire.comment_depth = limits->message.comment_depth;
	wire.decoded_bytes = limits->message.decoded_bytes;
	wire.n_families = families.count;
	wire.families = families.items;
	pack_labels(arena, lexicon_labels(lexicon), &wire);
	const char *const *texts = known_texts(lexicon_known(lexicon));
	wire.n_known_texts = length_of(texts);
	wire.known_texts = (char **)(uintptr_t)texts;
	uint8_t *packed = arena_alloc(arena, wire__wording__get_packed_size(&wire) + 1);
	return (struct bytes){ (const char *)packed, wire__wording__pack(&wire, packed) };
}

/* The array with a NULL behind it. */
static const char *const *list_of(struct arena *arena, char **items, size_t count)
{
	const char **list = arena_array(arena, count + 1, sizeof *list);
	for (size_t i = 0; i < count; i++)
		list[i] = items[i];
	return list;
}

static bool take_all(struct arena *arena, const Wire__Wording *wire, struct lexicon *lexicon, struct error *err)
{
	for (size_t i = 0; i < wire->n_families; i++) {
		const Wire__Family *told = wire->families[i];
		struct lexicon_family family = {
			.name = told->name,
			.phrases = list_of(arena, told->phrases, told->n_phrases),
			.unless = list_of(arena, told->unless, told->n_unless),
			.unless_before = list_of(arena, told->unless_before, told->n_unless_before),
			.unless_in_clause = list_of(arena, told->unless_in_clause, told->n_unless_in_clause),
		};
		if (!lexicon_take(lexicon, &family, err))
			return false;
	}
	for (size_t i = 0; i < wire->n_labels; i++) {
		const Wire__Label *told = wire->labels[i];
		const struct label label = { told->name, told->guid, told->tenant, told->marks };
		lexicon_add_label(lexicon, &label);
	}
	for (size_t i = 0; i < wire->n_known_texts; i++)
		if (!lexicon_take_text(lexicon, wire->known_texts[i], err))
			return false;
	return lexicon_check(lexicon, err);
}

static void take_limits(const Wire__Wording *wire, struct reader_limits *out)
{
	*out = (struct reader_limits){
		.message = {
			.depth = (size_t)wire->depth,
			.parts = (size_t)wire->parts,
			.headers = (size_t)wire->headers,
			.header_bytes = (size_t)wire->header_bytes,
			.parameters = (size_t)wire->parameters,
			.comment_depth = (size_t)wire->comment_depth,
			.decoded_bytes = (size_t)wire->decoded_bytes,
		},
		.seconds = (unsigned)wire->seconds,
		.memory = (size_t)wire->memory,
	};
}

bool wording_unpack(struct bytes wording, struct lexicon **lexicon_out, struct reader_limits *limits_out, struct error *err)
{
	Wire__Wording *wire = wire__wording__unpack(NULL, wording.length, (const uint8_t *)wording.data);
	if (wire == NULL)
		return error_set(err, ERROR_INPUT, "the wording is not of the agreed form");
	struct arena *arena = arena_new();
	struct lexicon *lexicon = lexicon_new();
	bool good = strcmp(wire->version, PACKAGE_VERSION) == 0 ||
		    error_set(err, ERROR_INPUT, "copyhold-reader %s was started by a program of version %.40s", PACKAGE_VERSION, wire->version);
	good = good && take_all(arena, wire, lexicon, err);
	take_limits(wire, limits_out);
	wire__wording__free_unpacked(wire, NULL);
	arena_free(&arena);
	if (good) {
		lexicon_limit(lexicon, reading_families);
		*lexicon_out = lexicon;
	} else {
		lexicon_free(&lexicon);
	}
	return good;
}

/* packs.c - finding the packs a configuration names, and the libraries they use.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gateway/build.h"

struct pack_keys {
	const char *name, *title, *document;
	struct string_list uses, tests, clauses;
};
static const struct setting_row pack_rows[] = {
	{ "name", SETTING_STRING, offsetof(struct pack_keys, name), true, 0, 0, NULL, "of the pack" },
	{ "title", SETTING_STRING, offsetof(struct pack_keys, title), false, 0, 0, NULL, "one line" },
	{ "document", SETTING_STRING, offsetof(struct pack_keys, document), false, 0, 0, NULL, "the protocol it follows" },
	{ "uses", SETTING_STRINGS, offsetof(struct pack_keys, uses), false, 0, 0, NULL, "libraries its phrases and rules are in" },
	{ "tests", SETTING_STRINGS, offsetof(struct pack_keys, tests), false, 0, 0, NULL, "configurations beside it that hold its tests" },
	{ "clauses", SETTING_STRINGS, offsetof(struct pack_keys, clauses), false, 0, 0, NULL, "files beside it that list the clauses of its documents" },
};
static const struct setting_row library_rows[] = {
	{ "title", SETTING_STRING, offsetof(struct pack_keys, title), true, 0, 0, NULL, "one line" },
};

#define CONTENT_ROWS                                                                                                            \
	{ "phrases", SETTING_GROUP, offsetof(struct pack_file, phrases), false, 0, 0, NULL, "families of phrases" },                \
	{ "rules", SETTING_LIST, offsetof(struct pack_file, rules), false, 0, 0, NULL, "rules" },                               \
	{ "remember", SETTING_GROUP, offsetof(struct pack_file, remember), false, 0, 0, NULL, "what is remembered" }
static const struct setting_row pack_top_rows[] = {
	{ "pack", SETTING_GROUP, offsetof(struct pack_file, head), true, 0, 0, NULL, "what this pack is" },
	CONTENT_ROWS,
};
static const struct setting_row library_top_rows[] = {
	{ "library", SETTING_GROUP, offsetof(struct pack_file, head), true, 0, 0, NULL, "what this library is" },
	CONTENT_ROWS,
};

/* Where the program itself lies: a prefix that was moved still finds its packs, and so does a build folder. */
const char *build_beside_program(struct build *build, const char *path)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	if (length <= 0)
		return path;
	program[length] = '\0';
	return arena_printf(build->arena, "%s/%s", dirname(program), path);
}

struct shelf {
	const char *what, *folder, *installed, *where; /* where: in words, as find_pack and find_library look */
	const struct setting_row *rows;
	size_t row_count;
};
static const struct shelf pack_shelf = { "pack", "packs", PACKDIR, "beside the configuration, in packs/ beside it, and among the shipped ones",
					ROWS(pack_top_rows) };
static const struct shelf library_shelf = { "library", "library", LIBRARYDIR,
					   "in library/ beside the configuration or the pack's folder, and among the shipped ones", ROWS(library_top_rows) };

/* NAME.conf in the shelf's folder beside the configuration, then in `nearer`, then among the shipped ones. */
static const char *find_file(struct build *build, const struct shelf *shelf, const char *nearer, const char *name)
{
	const char *file = arena_printf(build->arena, "%s.conf", name);
	const char *folders[] = {
		build_beside(build, shelf->folder),
		nearer == NULL ? shelf->installed : nearer,
		build_beside_program(build, arena_printf(build->arena, "../share/copyhold/%s", shelf->folder)),
		build_beside_program(build, arena_printf(build->arena, "conf/%s", shelf->folder)),
		build_beside_program(build, arena_printf(build->arena, "../conf/%s", shelf->folder)),
		shelf->installed,
	};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *path = arena_printf(build->arena, "%s/%s", folders[i], file);
		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

/* A pack may also lie right beside the configuration; COPYHOLD_PACKS stands for where the shipped ones are. */
static const char *find_pack(struct build *build, const char *name)
{
	const char *path = build_beside(build, arena_printf(build->arena, "%s.conf", name));
	return access(path, R_OK) == 0 ? path : find_file(build, &pack_shelf, getenv("COPYHOLD_PACKS"), name);
}

/* The libraries that came with the pack go with it. */
static const char *find_library(struct build *build, const struct pack_file *pack, const char *name)
{
	const char *folder = dirname(arena_string(build->arena, settings_path(pack->file)));
	return find_file(build, &library_shelf, arena_printf(build->arena, "%s/../%s", folder, library_shelf.folder), name);
}

/* `node` names the file; NULL, and a complaint, when it cannot be had. */
static struct pack_file *open_file(struct build *build, const struct shelf *shelf, const char *name, const char *path,
				   const struct settings_node *node, struct pack_files *files, struct error *err)
{
	struct pack_file found = { .name = name };
	if (path == NULL)
		settings_complain(node, err, "there is no %s \"%s\" (looked for %s.conf %s)", shelf->what, name, name, shelf->where);
	if (path == NULL || !settings_open(path, &found.file, err))
		return NULL;
	struct pack_file *file = ARENA_PUSH(build->arena, files->items, files->count);
	*file = found;
	return settings_fill(settings_root(found.file), shelf->rows, shelf->row_count, build->arena, file, err) ? file : NULL;
}

/* Names only: what a configuration takes in is found where an administrator looks for it. */
static bool is_name(const struct shelf *shelf, const char *name, const struct settings_node *node, struct error *err)
{
	return strchr(name, '/') == NULL || settings_complain(node, err, "\"%s\" is a path; write the name of the %s only", name, shelf->what);
}

static bool is_open(const struct pack_files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].name, name) == 0)
			return true;
	return false;
}

static bool open_libraries(struct build *build, const struct pack_file *pack, const struct string_list *names, struct error *err)
{
	const struct settings_node *node = settings_find(pack->head, "uses");
	for (size_t i = 0; i < names->count; i++) {
		struct pack_keys keys = { 0 };
		const char *name = names->items[i];
		if (!is_name(&library_shelf, name, node, err))
			return false;
		if (is_open(&build->libraries, name))
			continue;
		const struct pack_file *library =
			open_file(build, &library_shelf, name, find_library(build, pack, name), node, &build->libraries, err);
		if (library == NULL || !settings_fill(library->head, ROWS(library_rows), build->arena, &keys, err))
			return false;
	}
	return true;
}

static struct string_list beside_pack(struct build *build, const char *pack, const struct string_list *files)
{
	const char **paths = arena_array(build->arena, files->count, sizeof *paths);
	const char *folder = dirname(arena_string(build->arena, pack));
	for (size_t i = 0; i < files->count; i++)
		paths[i] = arena_printf(build->arena, "%s/%s", folder, files->items[i]);
	return (struct string_list){ paths, files->count, files->lines };
}

static struct pack describe_pack(struct build *build, const struct pack_file *file, const struct pack_keys *keys)
{
	const char *path = settings_path(file->file);
	size_t count = file->rules == NULL ? 0 : settings_count(file->rules);
	struct pack_rule *rules = arena_array(build->arena, count, sizeof *rules);
	for (size_t i = 0; i < count; i++) {
		const struct settings_node *rule = settings_at(file->rules, i);
		const struct settings_node *id = settings_find(rule, "id"), *quote = settings_find(rule, "quote");
		const struct settings_node *clause = settings_find(rule, "clause");
		rules[i].id = arena_string(build->arena, id == NULL ? NULL : settings_string(id));
		rules[i].quote = arena_string(build->arena, quote == NULL ? NULL : settings_string(quote));
		rules[i].clause = arena_string(build->arena, clause == NULL ? NULL : settings_string(clause));
		rules[i].line = settings_line(clause == NULL ? rule : clause);
	}
	return (struct pack){
		.name = file->name,
		.path = arena_string(build->arena, path),
		.tests = beside_pack(build, path, &keys->tests),
		.clauses = beside_pack(build, path, &keys->clauses),
		.rules = rules,
		.rule_count = count,
	};
}

bool build_packs(struct build *build, struct error *err)
{
	const struct string_list *names = &build->top.packs;
	const struct settings_node *node = settings_find(build_root(build), "packs");
	struct pack *packs = arena_array(build->arena, names->count, sizeof *packs);
	for (size_t i = 0; i < names->count; i++) {
		struct pack_keys keys = { 0 };
		const char *name = names->items[i];
		if (!is_name(&pack_shelf, name, node, err))
			return false;
		const struct pack_file *pack = open_file(build, &pack_shelf, name, find_pack(build, name), node, &build->packs, err);
		if (pack == NULL || !settings_fill(pack->head, ROWS(pack_rows), build->arena, &keys, err) ||
		    !open_libraries(build, pack, &keys.uses, err))
			return false;
		packs[i] = describe_pack(build, pack, &keys);
	}
	const char **libraries = arena_array(build->arena, build->libraries.count, sizeof *libraries);
	for (size_t i = 0; i < build->libraries.count; i++)
		libraries[i] = arena_string(build->arena, settings_path(build->libraries.items[i].file));
	build->snapshot->libraries = (struct string_list){ libraries, build->libraries.count, NULL };
	build->snapshot->packs = packs;
	build->snapshot->pack_count = names->count;
	return true;
}

static void close_files(struct pack_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		settings_close(&files->items[i].file);
}

void build_close(struct build *build)
{
	close_files(&build->libraries);
	close_files(&build->packs);
	settings_close(&build->file);
}

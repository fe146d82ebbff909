/* snapshot.c - reads a whole configuration into one immutable value, or refuses it with one exact complaint.
 * The rows are the keys of copyhold.conf(5); each group is read by the file of its subject (build.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/snapshot.h"

#include "base/digest.h"
#include "base/file.h"
#include "gateway/build.h"

#define MEBIBYTE ((size_t)1 << 20)

static const char *const unknown_words[] = { "report", "hold", "retry", NULL };
static const char *const language_words[] = { "en", "cy", "en+cy", "cy+en", NULL };

static const struct setting_row top_rows[] = {
	{ "council", SETTING_GROUP, offsetof(struct top, council), true, 0, 0, NULL, "who the Council is" },
	{ "directory", SETTING_STRING, offsetof(struct top, directory), true, 0, 0, NULL, "the people file, see copyhold-people(5)" },
	{ "packs", SETTING_STRINGS, offsetof(struct top, packs), false, 0, 0, NULL, "rule packs to start from" },
	{ "mode", SETTING_WORD, offsetof(struct top, mode), false, 0, 0, mode_words, "overrides the mode of every rule that is not off" },
	{ "reviewers", SETTING_STRINGS, offsetof(struct top, reviewers), false, 0, 0, NULL, "addresses of those who decide on held mail and get the report" },
	{ "trusted", SETTING_LIST, offsetof(struct top, trusted), false, 0, 0, NULL, "relays that vouch for council senders" },
	{ "store", SETTING_STRING, offsetof(struct top, store), false, 0, 0, NULL, "folder of holds and journal" },
	{ "milter", SETTING_GROUP, offsetof(struct top, milter), false, 0, 0, NULL, "where the mail server reaches the gate" },
	{ "release", SETTING_GROUP, offsetof(struct top, release), false, 0, 0, NULL, "where the gate reaches the mail server" },
	{ "user", SETTING_STRING, offsetof(struct top, user), false, 0, 0, NULL, "account the daemon runs as when started by root" },
	{ "limits", SETTING_GROUP, offsetof(struct top, limits), false, 0, 0, NULL, "bounds on hostile mail" },
	{ "reader", SETTING_GROUP, offsetof(struct top, reader), false, 0, 0, NULL, "the processes that read messages" },
	{ "unknown", SETTING_WORD, offsetof(struct top, unknown), false, 0, 0, unknown_words, "what a rule that cannot be answered does" },
	{ "footer", SETTING_GROUP, offsetof(struct top, footer), false, 0, 0, NULL, "wording of the footer line" },
	{ "languages", SETTING_WORD, offsetof(struct top, languages), false, 0, 0, language_words, "languages of notices and digests, first one first" },
	{ "report", SETTING_GROUP, offsetof(struct top, report), false, 0, 0, NULL, "period and deadlines of the report" },
	{ "retention", SETTING_GROUP, offsetof(struct top, retention), false, 0, 0, NULL, "how long what is known of people is kept" },
	{ "memory", SETTING_GROUP, offsetof(struct top, memory), false, 0, 0, NULL, "how long what was seen before is remembered" },
	{ "console", SETTING_GROUP, offsetof(struct top, console), false, 0, 0, NULL, "where browsers reach the console" },
	{ "desk", SETTING_GROUP, offsetof(struct top, desk), false, 0, 0, NULL, "where the console reaches the desk, and how long one may sit at it" },
	{ "review", SETTING_GROUP, offsetof(struct top, review), false, 0, 0, NULL, "how long decisions may take, and can be taken back" },
	{ "digest", SETTING_GROUP, offsetof(struct top, digest), false, 0, 0, NULL, "when reviewers are mailed what waits for them" },
	{ "office", SETTING_GROUP, offsetof(struct top, office), false, 0, 0, NULL, "when the Council's office is open" },
	{ "calendar", SETTING_LIST, offsetof(struct top, calendar), false, 0, 0, NULL, "times before elections, by their dates" },
	{ "log", SETTING_GROUP, offsetof(struct top, log), false, 0, 0, NULL, "form and level of the log" },
	{ "disclaimers", SETTING_STRINGS, offsetof(struct top, disclaimers), false, 0, 0, NULL, "files of texts that are boilerplate" },
	{ "remember", SETTING_GROUP, offsetof(struct top, remember), false, 0, 0, NULL, "which messages are remembered, over the packs'" },
	{ "permissions", SETTING_LIST, offsetof(struct top, permissions), false, 0, 0, NULL, "what the Council or the Clerk has allowed somebody once and for all" },
	{ "phrases", SETTING_GROUP, offsetof(struct top, phrases), false, 0, 0, NULL, "the Council's own phrases" },
	{ "notices", SETTING_LIST, offsetof(struct top, notices), false, 0, 0, NULL, "the Council's own texts of notices" },
	{ "labels", SETTING_LIST, offsetof(struct top, labels), false, 0, 0, NULL, "the Council's own labels, and which of them mark" },
	{ "rules", SETTING_LIST, offsetof(struct top, rules), false, 0, 0, NULL, "the Council's own rules, over those of the packs" },
	{ "tests", SETTING_LIST, offsetof(struct top, tests), false, 0, 0, NULL, "messages, and which rules are to fire on them" },
};

static bool digest_file(struct build *build, struct digest *digest, const char *path, struct error *err)
{
	struct bytes content;
	if (!file_read(build->arena, path, 16 * MEBIBYTE, ERROR_SETTINGS, &content, err))
		return false;
	digest_add_field(digest, content);
	return true;
}

static bool digest_files(struct build *build, struct digest *digest, const struct pack_files *files, struct error *err)
{
	for (size_t i = 0; i < files->count; i++)
		if (!digest_file(build, digest, settings_path(files->items[i].file), err))
			return false;
	return true;
}

static bool build_digest(struct build *build, struct error *err)
{
	struct digest digest;
	digest_begin(&digest);
	if (!digest_file(build, &digest, build->snapshot->path, err) || !digest_files(build, &digest, &build->libraries, err) ||
	    !digest_files(build, &digest, &build->packs, err))
		return false;
	for (const char *const *text = known_texts(lexicon_known(build->snapshot->lexicon)); *text != NULL; text++)
		digest_add_field(&digest, bytes_of(*text));
	digest_add_field(&digest, bytes_of(policy_digest(build->snapshot->policy)));
	digest_add_field(&digest, bytes_of(directory_digest(build->snapshot->directory)));
	build->snapshot->digest = digest_end(&digest, build->arena);
	return true;
}

static bool build_top(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	build->top.mode = -1;
	if (!settings_open(snapshot->path, &build->file, err))
		return false;
	bool good = settings_fill(build_root(build), ROWS(top_rows), build->arena, &build->top, err);
	if (!good && !error_gathered(err))
		return false;
	if (build->top.mode == MODE_OFF)
		return settings_complain(settings_find(build_root(build), "mode"), err, "mode: a whole gateway cannot be \"off\"; \"observe\" looks and does nothing");
	snapshot->mode = build->top.mode;
	snapshot->store_directory = build->top.store == NULL ? LOCALSTATEDIR "/lib/copyhold" : build_beside(build, build->top.store);
	return good;
}

static bool build_console(struct build *build, struct error *err)
{
	return console_settings_read(build->top.console, build->arena, &build->snapshot->console, err);
}

/* What is read, in this order. A step is left out where one that it needs has failed: its complaints would be of that. */
enum { STEP_COUNCIL = 1 << 0, STEP_PEOPLE = 1 << 1, STEP_TRUSTED = 1 << 2, STEP_PACKS = 1 << 3, STEP_RULES = 1 << 4 };
static const struct step {
	bool (*build)(struct build *build, struct error *err);
	unsigned is;               /* 0: nothing needs it */
	unsigned needs;
	enum gateway_class class;  /* of its mistakes; GATEWAY_MISTAKE unless another is named */
} steps[] = {
	{ .build = build_council, .is = STEP_COUNCIL },
	{ .build = build_people, .is = STEP_PEOPLE, .needs = STEP_COUNCIL, .class = GATEWAY_DIRECTORY_MISTAKE },
	{ .build = build_calendar, .needs = STEP_PEOPLE },
	{ .build = build_trusted, .is = STEP_TRUSTED },
	{ .build = build_doors },
	{ .build = build_limits },
	{ .build = build_words },
	{ .build = build_notices },
	{ .build = build_retention },
	{ .build = build_memory, .needs = STEP_TRUSTED },
	{ .build = build_review },
	{ .build = build_daily },
	{ .build = build_desk },
	{ .build = build_console },
	{ .build = build_packs, .is = STEP_PACKS },
	{ .build = build_rules, .is = STEP_RULES, .needs = STEP_PACKS },
	{ .build = build_tests, .needs = STEP_RULES },
	{ .build = build_enforcement, .needs = STEP_COUNCIL | STEP_PEOPLE | STEP_RULES, .class = GATEWAY_NO_AUTHORITY },
	{ .build = build_reviewers, .needs = STEP_COUNCIL | STEP_PEOPLE | STEP_RULES, .class = GATEWAY_NO_REVIEWER },
	{ .build = build_digest, .needs = STEP_PEOPLE | STEP_RULES },
};

/* False at the first mistake, or after the last step when somebody gathers them. */
static bool build_all(struct build *build, struct error *err)
{
	bool good = build_top(build, err);
	if (!good && !error_gathered(err))
		return false;
	if (build->top.council == NULL || build->top.directory == NULL)
		return false;
	for (unsigned i = 0, failed = 0; i < sizeof steps / sizeof *steps; i++) {
		build->class = steps[i].class;
		if ((steps[i].needs & failed) == 0 && steps[i].build(build, err))
			continue;
		failed |= steps[i].is;
		good = false;
		if (!error_gathered(err))
			return false;
	}
	if (good)
		build_rule_words(build);
	return good;
}

/* The snapshot may not live as long as what is told of it. */
static void copy_findings(const struct findings *from, struct findings *to)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct finding *finding = &from->items[i];
		findings_add(to, finding->class, finding->file, finding->line, "%s", finding->reason);
	}
}

static bool load(struct build *build, const char *path, struct snapshot **out, struct error *err)
{
	struct arena *arena = arena_new();
	struct snapshot *snapshot = arena_alloc(arena, sizeof *snapshot);
	build->snapshot = snapshot;
	build->arena = arena;
	snapshot->arena = arena;
	snapshot->path = arena_string(arena, path);
	snapshot->count = 1;
	bool good = build_all(build, err);
	(void)error_gathered(err);
	build_close(build);
	if (build->gathered != NULL)
		copy_findings(&snapshot->found, build->gathered);
	if (good)
		*out = snapshot;
	else
		snapshot_drop(&snapshot);
	return good;
}

bool snapshot_load(const char *path, struct snapshot **out, struct error *err)
{
	struct build build = { 0 };
	return load(&build, path, out, err);
}

bool snapshot_load_to_start(const char *path, struct snapshot **out, struct error *err)
{
	struct build build = { .kept_people_serve = true };
	return load(&build, path, out, err);
}

static void gather(void *context, const char *text)
{
	struct build *build = context;
	findings_add_error(build->gathered, &gateway_classes[build->class], build->snapshot->path, text);
}

void snapshot_examine(const char *path, struct findings *found, struct snapshot **out)
{
	struct build build = { .gathered = found };
	const struct error_gatherer gatherer = { gather, &build };
	struct error err = ERROR_INIT;
	err.gatherer = &gatherer;
	*out = NULL;
	(void)load(&build, path, out, &err);
}

struct plan_options snapshot_plan_options(const struct snapshot *snapshot, const char *id, int64_t at)
{
	return (struct plan_options){
		.id = id,
		.council_name = snapshot->council.name,
		.notice_from = snapshot->notice_from,
		.second_reviewer = snapshot->second_reviewer,
		.footer_format = snapshot->footer_format,
		.footer_all = snapshot->footer_all,
		.welsh_first = snapshot->welsh_first,
		.words_en = snapshot->words_en,
		.words_cy = snapshot->words_cy,
		.at = at,
	};
}

bool snapshot_open_reader(struct snapshot *snapshot, size_t ready, void (*tell)(const char *sentence), struct error *err)
{
	struct pool_settings settings = {
		.lexicon = snapshot->lexicon,
		.limits = snapshot->reader_limits,
		.ready = ready < snapshot->reader_workers ? ready : snapshot->reader_workers,
		.most = snapshot->reader_workers,
		.tell = tell,
	};
	return pool_find_program(snapshot->arena, snapshot->reader_program, &settings.program, err) &&
	       pool_start(&settings, &snapshot->reader, err);
}

struct statistics_options snapshot_statistics_options(const struct snapshot *snapshot, int64_t from, int64_t to, int64_t now)
{
	return (struct statistics_options){
		.council_name = snapshot->council.name,
		.mode = snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode),
		.authority_minute = snapshot->authority_minute,
		.authority_date = snapshot->authority_date,
		.directory_reviewed = snapshot->directory_reviewed,
		.from = from,
		.to = to,
		.now = now,
	};
}

struct snapshot *snapshot_hold(struct snapshot *snapshot)
{
	__atomic_add_fetch(&snapshot->count, 1, __ATOMIC_RELAXED);
	return snapshot;
}

void snapshot_drop(struct snapshot **snapshot)
{
	struct snapshot *mine = *snapshot;
	*snapshot = NULL;
	if (mine == NULL || __atomic_sub_fetch(&mine->count, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	reader_free(&mine->reader);
	directory_free(&mine->directory);
	lexicon_free(&mine->lexicon);
	policy_free(&mine->policy);
	struct arena *arena = mine->arena;
	arena_free(&arena);
}

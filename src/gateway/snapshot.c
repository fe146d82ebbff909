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

static bool build_all(struct build *build, struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	build->top.mode = -1;
	if (!settings_open(snapshot->path, &build->file, err) ||
	    !settings_fill(build_root(build), ROWS(top_rows), build->arena, &build->top, err))
		return false;
	if (build->top.mode == MODE_OFF)
		return settings_complain(settings_find(build_root(build), "mode"), err, "mode: a whole gateway cannot be \"off\"; \"observe\" looks and does nothing");
	snapshot->mode = build->top.mode;
	snapshot->store_directory = build->top.store == NULL ? LOCALSTATEDIR "/lib/copyhold" : build_beside(build, build->top.store);
	bool good = build_council(build, err) && build_people(build, err) && build_calendar(build, err) && build_trusted(build, err) && build_doors(build, err) &&
	       build_limits(build, err) && build_words(build, err) && build_notices(build, err) && build_retention(build, err) && build_memory(build, err) &&
	       build_review(build, err) && build_daily(build, err) && build_desk(build, err) &&
	       console_settings_read(build->top.console, build->arena, &snapshot->console, err) && build_packs(build, err) && build_rules(build, err) &&
	       build_tests(build, err) &&
	       build_enforcement(build, err) && build_reviewers(build, err) && build_digest(build, err);
	if (good)
		build_rule_words(build);
	return good;
}

bool snapshot_load(const char *path, struct snapshot **out, struct error *err)
{
	struct arena *arena = arena_new();
	struct snapshot *snapshot = arena_alloc(arena, sizeof *snapshot);
	struct build build = { .snapshot = snapshot, .arena = arena };
	snapshot->arena = arena;
	snapshot->path = arena_string(arena, path);
	snapshot->count = 1;
	bool good = build_all(&build, err);
	build_close(&build);
	if (good)
		*out = snapshot;
	else
		snapshot_drop(&snapshot);
	return good;
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

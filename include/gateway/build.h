/* build.h - what is open and growing while snapshot.c makes a snapshot; used by the files that each read some groups of the
 * configuration. Nothing of it outlives snapshot_load. */
#ifndef COPYHOLD_GATEWAY_BUILD_H
#define COPYHOLD_GATEWAY_BUILD_H

#include "base/settings.h"
#include "gateway/lint.h"
#include "gateway/snapshot.h"

/* The top level of copyhold.conf. */
struct top {
	const struct settings_node *council, *console, *trusted, *milter, *release, *limits, *reader, *footer, *report, *log, *retention, *review, *office,
		*digest;
	const struct settings_node *phrases, *labels, *rules, *remember, *notices, *tests;
	const struct settings_node *desk, *memory, *permissions, *calendar;
	const char *directory, *store, *user;
	struct string_list packs, reviewers, disclaimers;
	int mode, unknown, languages;
};
/* One pack, or one library: what several packs share. */
struct pack_file {
	const char *name;
	struct settings_file *file;
	const struct settings_node *head, *phrases, *rules, *remember;
};
struct pack_files {
	struct pack_file *items;
	size_t count;
};

struct build {
	struct snapshot *snapshot;
	struct arena *arena; /* the snapshot's */
	struct settings_file *file;
	struct top top;
	struct pack_files libraries, packs; /* libraries in the order in which packs first name them */
	bool kept_people_serve;    /* where the people file cannot be used */
	struct findings *gathered; /* NULL: the first mistake ends it */
	enum gateway_class class;  /* of the mistakes of what is read now */
};

#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)

/* A warning that does not stop a start; line 0: of the whole file. */
void build_warn(struct build *build, enum gateway_class class, const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* The same of another layer's class. */
void build_found(struct build *build, const struct finding_class *class, const char *file, int line, const char *reason);
/* A path of the configuration is relative to the file it stands in, so that a council fits in one folder. */
const char *build_beside(struct build *build, const char *path);
/* Beside the program itself: a prefix that was moved still finds what is its own, and so does a build folder. */
const char *build_beside_program(struct build *build, const char *path);
/* A date as the administrator wrote it under that key of the group; complains as "NAME: ...". NULL: it is not there, and *out stays as it is. */
bool build_date(const struct settings_node *group, const char *key, const char *name, const char *written, calendar_date *out, struct error *err)
	MUST_CHECK;
bool build_is_address(struct build *build, const char *text);
const struct settings_node *build_root(const struct build *build);

/* Each reads its groups into the snapshot, in this order; false with a complete complaint. */
bool build_council(struct build *build, struct error *err) MUST_CHECK;
bool build_people(struct build *build, struct error *err) MUST_CHECK;
bool build_calendar(struct build *build, struct error *err) MUST_CHECK;
bool build_trusted(struct build *build, struct error *err) MUST_CHECK;
bool build_doors(struct build *build, struct error *err) MUST_CHECK;
bool build_desk(struct build *build, struct error *err) MUST_CHECK;
bool build_limits(struct build *build, struct error *err) MUST_CHECK;
bool build_words(struct build *build, struct error *err) MUST_CHECK;
bool build_retention(struct build *build, struct error *err) MUST_CHECK;
/* A time of day "HH:MM" of a group, as minutes after midnight; NULL leaves it. Weekdays of its key `days` as 1 << weekday. */
bool build_time(const struct settings_node *group, const char *key, const char *text, int *out, struct error *err) MUST_CHECK;
bool build_days(const struct settings_node *group, const struct string_list *days, unsigned *out, struct error *err) MUST_CHECK;
extern const char *const day_words[]; /* "monday" ...; NULL-terminated */

bool build_daily(struct build *build, struct error *err) MUST_CHECK;
bool build_memory(struct build *build, struct error *err) MUST_CHECK;
bool build_review(struct build *build, struct error *err) MUST_CHECK;
/* Once people and rules are known: somebody can decide on what the rules hold. */
bool build_reviewers(struct build *build, struct error *err) MUST_CHECK;
/* Of the group `council`: each NULL when it is not there. */
struct conduct_settings {
	const struct settings_node *standards, *complaints, *wards;
};
bool build_conduct(struct build *build, const struct conduct_settings *settings, struct error *err) MUST_CHECK;
/* Warns of words of rules that a notice has no room for, or no Welsh. After the rules. */
void build_rule_words(struct build *build);
bool build_notices(struct build *build, struct error *err) MUST_CHECK;
/* Opens the packs and what they use. */
bool build_packs(struct build *build, struct error *err) MUST_CHECK;
void build_close(struct build *build);
bool build_rules(struct build *build, struct error *err) MUST_CHECK;
/* Once people and families of phrases are known, before lexicon_check: a permission's own phrases become one more family. */
bool build_permissions(struct build *build, struct error *err) MUST_CHECK;
/* The tests of the policy, once its rules are known. */
bool build_tests(struct build *build, struct error *err) MUST_CHECK;
bool build_enforcement(struct build *build, struct error *err) MUST_CHECK;

#endif

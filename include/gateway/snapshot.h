/* snapshot.h - one configuration, read whole or refused whole.
 *
 * Settings, rules, phrases and directory as they were at one moment: immutable, counted, shared by threads. A message keeps the
 * snapshot it began with; a reload swaps in a new one only when all of it is good. Keys: copyhold.conf(5). */
#ifndef COPYHOLD_GATEWAY_SNAPSHOT_H
#define COPYHOLD_GATEWAY_SNAPSHOT_H

#include "action/plan.h"
#include "base/console_settings.h"
#include "base/finding.h"
#include "directory/directory.h"
#include "facts/facts.h"
#include "policy/policy.h"
#include "reader/pool.h"
#include "reading/lexicon.h"
#include "review/digest.h"
#include "review/release_service.h"
#include "review/statistics.h"
#include "review/terms.h"
#include "review/retention.h"

/* Where the desk is reached, and how long one may sit at it (copyhold-desk(8)). */
struct desk_settings {
	const char *socket, *group;      /* a path, and who may connect besides its owner; NULL: nobody */
	const char *accounts;            /* the file of `copyhold user` */
	int idle_minutes, session_hours; /* a session ends after so long without a call, and so long after its log-in */
	int sessions;                    /* at once, of one login */
};

struct policy_tests; /* gateway/policy_test.h */

struct pack_rule {
	const char *id, *clause, *quote; /* these two as the pack itself gives them, or NULL */
	int line;                        /* of the clause, or of the rule */
};

struct pack {
	const char *name, *path;
	struct string_list tests;   /* paths of the configurations that hold them */
	struct string_list clauses; /* paths of the lists of its document's clauses (policy/clauses.h) */
	const struct pack_rule *rules; /* that it names */
	size_t rule_count;
};

struct snapshot {
	const char *path;                /* of the configuration file */
	struct council council;
	const char *authority_minute, *authority_date, *second_reviewer, *notice_from;
	const char *const *reviewers;
	size_t reviewer_count;
	struct directory *directory;
	const char *directory_path;
	const char *people_trouble;      /* why another people file is in force than directory_path, and which; NULL: none is */
	struct lexicon *lexicon;
	struct policy *policy;
	const char *rulebook, *rulebook_digest; /* of the policy, as kept with decisions (gateway/rulebook.h) */
	int mode;                        /* enum mode that overrides, or -1 */
	struct message_limits limits;
	size_t max_message;              /* octets; more is tempfailed when it would have to be held */
	int notices_a_day;               /* to one sender, of those that tell of a judgement */
	size_t max_in_flight;            /* octets of all messages at once */
	struct reader_limits reader_limits; /* message limits are `limits` */
	const char *reader_program;      /* as configured, or NULL */
	size_t reader_workers;           /* at most at once */
	struct reader *reader;           /* NULL until snapshot_open_reader */
	const char *store_directory;
	struct release_service release;
	const char *socket;              /* the milter's, "unix:/path" or "inet:port@127.0.0.1" */
	const char *socket_group;
	const char *user;                /* to run as when started as root; NULL: stay */
	struct console_settings console; /* its address is NULL when there is none */
	struct desk_settings desk;
	int log_form, log_level;
	struct review_terms review;
	struct digest_settings daily;
	int report_days, escalate_hours, retry_days;
	const char *directory_reviewed;  /* date, or NULL */
	int directory_days;              /* a people file untouched for longer is told of; 0: never */
	struct retention_schedule retention;
	struct memory_terms memory_terms;
	bool memory_kept;                /* false: each message is judged by itself */
	const char *footer_format, *footer_all;
	const struct notice_words *words_en, *words_cy; /* of notices; words_cy NULL: English only */
	bool welsh_first;
	const struct policy_tests *tests; /* the Council's own; never NULL */
	struct string_list libraries;    /* paths of those that packs use */
	const struct pack *packs;
	size_t pack_count;
	const char *digest;              /* over configuration, rules and directory */
	/* warnings that do not stop a start, for lint, and as sentences for the log */
	struct findings found;
	const char *const *warnings;
	size_t warning_count;
	struct arena *arena;
	int count;                       /* of holders; changed only by snapshot_hold and snapshot_drop */
};

/* Loads the file and all it names (packs: beside the file, then `packs/` beside it, then the shipped ones; directory).
 * The error is complete: file, line, key, hint. On failure nothing is left behind. */
bool snapshot_load(const char *path, struct snapshot **out, struct error *err) MUST_CHECK;
/* The same for a service's start: where the people file cannot be used, the last good one is (gateway/people_kept.h), and people_trouble
 * says so. */
bool snapshot_load_to_start(const char *path, struct snapshot **out, struct error *err) MUST_CHECK;
/* The same, but goes on behind a mistake as far as can be: all of them are added to `found`. *out is NULL when there is one. */
void snapshot_examine(const char *path, struct findings *found, struct snapshot **out);
/* Starts what reads messages by this snapshot; needed before gateway_judge, once, by whoever judges. It ends with the snapshot.
 * `ready` readers are kept waiting. `tell` hears what the administrator should know, from any thread. */
bool snapshot_open_reader(struct snapshot *snapshot, size_t ready, void (*tell)(const char *sentence), struct error *err) MUST_CHECK;
/* What plans and notices made under this snapshot have in common. */
struct plan_options snapshot_plan_options(const struct snapshot *snapshot, const char *id, int64_t at);
/* What a report of figures says of the council, for [from, to). */
struct statistics_options snapshot_statistics_options(const struct snapshot *snapshot, int64_t from, int64_t to, int64_t now);
struct snapshot *snapshot_hold(struct snapshot *snapshot);
void snapshot_drop(struct snapshot **snapshot);

#endif

/* house.h - what all calls of one desk share: the store, the configuration in force, accounts, sessions, throttle. Used by threads. */
#ifndef COPYHOLD_DESK_HOUSE_H
#define COPYHOLD_DESK_HOUSE_H

#include <pthread.h>

#include "desk/accounts.h"
#include "desk/edition.h"
#include "desk/sessions.h"
#include "desk/throttle.h"
#include "store/store.h"

struct house;

#define HOUSE_HEAVY 4

/* What the status page tells of the desk itself. */
struct house_state {
	int64_t loaded_at, refused_at;      /* refused_at 0: the last reload was good */
	const char *refused;
	int64_t journal_checked_at, journal_lines, journal_broken_at; /* the last whole verification */
	int64_t release_tested_at;
	bool release_good;
	const char *release_reply;
};

/* Opens the configured store; ERROR_SETTINGS and ERROR_RETRY as from there. */
bool house_open(const char *configuration, struct house **out, struct error *err) MUST_CHECK;
void house_close(struct house **house);

struct edition *house_edition(struct house *house); /* for one call; edition_drop gives it back */
/* Reads the configuration again; a bad one is refused, told to the log, and the old one stays. */
void house_reload(struct house *house);

struct store *house_store(const struct house *house);
struct sessions *house_sessions(const struct house *house);
struct throttle *house_throttle(const struct house *house);

/* The account of that name as the file has it now, copied; NULL in *out: there is none. ERROR_SETTINGS: the file cannot be used, so nobody
 * gets in. */
bool house_login(struct house *house, struct arena *arena, const struct snapshot *snapshot, const char *name, const struct login **out,
		 struct error *err) MUST_CHECK;
/* Is that the login's one-time code, not used before? It is used then, for whatever desk runs next too. */
bool house_code_serves(struct house *house, const struct login *login, const char *code, int64_t now, bool *serves_out,
		       struct error *err) MUST_CHECK;
/* As password_matches, one at a time: each takes the memory that makes guessing dear. */
bool house_password_serves(struct house *house, const char *password, const struct login *login);

/* One of the HOUSE_HEAVY places for calls that need much; ERROR_RETRY when none was free for some seconds. */
bool house_begin_heavy(struct house *house, struct error *err) MUST_CHECK;
void house_end_heavy(struct house *house);

/* Tests the release path and verifies the journal, when the last time is long ago. */
bool house_state(struct house *house, struct arena *arena, const struct snapshot *snapshot, int64_t now, struct house_state *out,
		 struct error *err) MUST_CHECK;

#endif

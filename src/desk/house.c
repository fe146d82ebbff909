/* house.c - see house.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/house.h"

#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/password.h"
#include "desk/totp.h"
#include "store/used_code.h"
#include "review/release_service.h"

#define JOURNAL_SECONDS 600 /* between verifications of the whole chain */
#define RELEASE_SECONDS 60
#define PROBE_SECONDS 5
#define HEAVY_SECONDS 20

struct house {
	char *configuration;
	struct store *store;
	struct sessions *sessions;
	struct throttle *throttle;
	pthread_mutex_t mutex, passwords, checks; /* of what follows; of the one password at a time; of looking at journal and release path */
	struct edition *edition;
	char *refused, *release_reply;
	int64_t refused_at;
	struct house_state state;
	struct arena *accounts_arena;
	struct accounts accounts;
	struct stat accounts_file;
	bool accounts_known;
	sem_t heavy;
	pthread_t ahead;        /* looks at what waits before anybody asks */
	bool ahead_runs, stop;  /* ahead_runs: it is to be joined; only by who opens, reloads and closes */
};

static char *own(const char *text)
{
	return memory_must(strdup(text));
}

static void *look_ahead(void *argument)
{
	struct house *house = argument;
	struct edition *edition = house_edition(house);
	edition_look_ahead(edition, house->store, &house->stop);
	edition_drop(&edition);
	return NULL;
}

static void end_look_ahead(struct house *house)
{
	__atomic_store_n(&house->stop, true, __ATOMIC_RELAXED);
	if (house->ahead_runs)
		pthread_join(house->ahead, NULL);
	house->ahead_runs = false;
	__atomic_store_n(&house->stop, false, __ATOMIC_RELAXED);
}

static void begin_look_ahead(struct house *house)
{
	end_look_ahead(house);
	int failed = pthread_create(&house->ahead, NULL, look_ahead, house);
	house->ahead_runs = failed == 0;
	if (failed != 0)
		log_warning("cannot start a thread: %s", strerror(failed));
}

bool house_open(const char *configuration, struct house **out, struct error *err)
{
	struct house *house = memory_must(calloc(1, sizeof *house));
	house->configuration = own(configuration);
	house->refused = own("");
	house->release_reply = own("");
	house->sessions = sessions_new();
	house->throttle = throttle_new();
	if (pthread_mutex_init(&house->mutex, NULL) != 0 || pthread_mutex_init(&house->passwords, NULL) != 0 ||
	    pthread_mutex_init(&house->checks, NULL) != 0 || sem_init(&house->heavy, 0, HOUSE_HEAVY) != 0)
		abort();
	struct snapshot *snapshot = NULL;
	bool good = snapshot_load_to_start(configuration, &snapshot, err) && store_open(snapshot->store_directory, &house->store, err) &&
		    edition_open(configuration, true, clock_now(), &house->edition, err);
	snapshot_drop(&snapshot);
	if (good) {
		*out = house;
		begin_look_ahead(house);
	} else {
		house_close(&house);
	}
	return good;
}

void house_close(struct house **house)
{
	struct house *mine = *house;
	if (mine == NULL)
		return;
	end_look_ahead(mine);
	edition_drop(&mine->edition);
	store_close(&mine->store);
	sessions_free(&mine->sessions);
	throttle_free(&mine->throttle);
	arena_free(&mine->accounts_arena);
	pthread_mutex_destroy(&mine->mutex);
	pthread_mutex_destroy(&mine->passwords);
	pthread_mutex_destroy(&mine->checks);
	sem_destroy(&mine->heavy);
	free(mine->configuration);
	free(mine->refused);
	free(mine->release_reply);
	free(mine);
	*house = NULL;
}

struct edition *house_edition(struct house *house)
{
	pthread_mutex_lock(&house->mutex);
	struct edition *edition = edition_hold(house->edition);
	pthread_mutex_unlock(&house->mutex);
	return edition;
}

static void note_refusal(struct house *house, const char *why)
{
	pthread_mutex_lock(&house->mutex);
	free(house->refused);
	house->refused = own(why);
	house->refused_at = why[0] == '\0' ? 0 : clock_now();
	pthread_mutex_unlock(&house->mutex);
}

/* What a running desk cannot change. */
static void warn_of_restart(const struct snapshot *before, const struct snapshot *after)
{
	if (strcmp(before->store_directory, after->store_directory) != 0)
		log_warning("the store's folder changes at the next restart only");
	if (strcmp(before->desk.socket, after->desk.socket) != 0)
		log_warning("the desk's socket changes at the next restart only");
}

static void journal_reload(struct house *house, const char *digest)
{
	struct error err = ERROR_INIT;
	struct text detail = TEXT_INIT;
	text_printf(&detail, "{\"digest\":\"%s\"}", digest);
	if (!store_journal(house->store, "reload", NULL, "copyhold-desk", text_string(&detail), clock_now(), &err))
		log_warning("the reload is not in the journal: %s", error_text(&err));
	text_release(&detail);
	error_release(&err);
}

void house_reload(struct house *house)
{
	struct error err = ERROR_INIT;
	struct edition *fresh = NULL;
	if (!edition_open(house->configuration, false, clock_now(), &fresh, &err)) {
		log_error("%s; the configuration in force stays", error_text(&err));
		note_refusal(house, error_text(&err));
		error_release(&err);
		return;
	}
	pthread_mutex_lock(&house->mutex);
	struct edition *old = house->edition;
	house->edition = fresh;
	pthread_mutex_unlock(&house->mutex);
	note_refusal(house, "");
	log_info("new configuration in force, digest %s", fresh->snapshot->digest);
	warn_of_restart(old->snapshot, fresh->snapshot);
	journal_reload(house, fresh->snapshot->digest);
	begin_look_ahead(house);
	edition_drop(&old);
}

struct store *house_store(const struct house *house)
{
	return house->store;
}

struct sessions *house_sessions(const struct house *house)
{
	return house->sessions;
}

struct throttle *house_throttle(const struct house *house)
{
	return house->throttle;
}

/* --- accounts --- */

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mode == b->st_mode &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* `copyhold user` has been at work: its file is another one then. */
static bool refresh_accounts(struct house *house, const char *path, struct error *err)
{
	struct stat found = { 0 };
	if (stat(path, &found) != 0)
		found = (struct stat){ 0 };
	if (house->accounts_known && is_same_file(&found, &house->accounts_file))
		return true;
	house->accounts_known = false;
	arena_free(&house->accounts_arena);
	house->accounts_arena = arena_new();
	house->accounts_file = found;
	house->accounts_known = accounts_read(house->accounts_arena, path, &house->accounts, err);
	return house->accounts_known;
}

static const struct login *copy_login(struct arena *arena, const struct login *login)
{
	struct login *copy = arena_alloc(arena, sizeof *copy);
	*copy = *login;
	copy->name = arena_string(arena, login->name);
	copy->address = arena_string(arena, login->address);
	copy->password = arena_string(arena, login->password);
	copy->totp = arena_string(arena, login->totp);
	return copy;
}

bool house_login(struct house *house, struct arena *arena, const struct snapshot *snapshot, const char *name, const struct login **out,
		 struct error *err)
{
	*out = NULL;
	pthread_mutex_lock(&house->mutex);
	bool good = refresh_accounts(house, snapshot->desk.accounts, err);
	const struct login *login = good ? accounts_find(&house->accounts, name) : NULL;
	if (login != NULL)
		*out = copy_login(arena, login);
	pthread_mutex_unlock(&house->mutex);
	return good;
}

bool house_code_serves(struct house *house, const struct login *login, const char *code, int64_t now, bool *serves_out, struct error *err)
{
	int64_t oldest = totp_oldest_step(now), newest = totp_newest_step(now), used = 0, step = 0;
	*serves_out = false;
	if (!store_code_used(house->store, login->name, oldest, newest, &used, err))
		return false;
	return !totp_matches(login->totp, code, now, used, &step) ||
	       store_code_claim(house->store, login->name, step, oldest, newest, serves_out, err);
}

bool house_password_serves(struct house *house, const char *password, const struct login *login)
{
	pthread_mutex_lock(&house->passwords);
	bool serves = password_matches(password, login == NULL ? NULL : login->password);
	pthread_mutex_unlock(&house->passwords);
	return serves;
}

/* --- calls that need much --- */

bool house_begin_heavy(struct house *house, struct error *err)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += HEAVY_SECONDS;
	int failed;
	do
		failed = sem_timedwait(&house->heavy, &until);
	while (failed != 0 && errno == EINTR);
	return failed == 0 || error_set(err, ERROR_RETRY, "no place was free for a call that takes much");
}

void house_end_heavy(struct house *house)
{
	sem_post(&house->heavy);
}

/* --- how the desk is --- */

static bool check_journal(struct house *house, int64_t now, struct error *err)
{
	struct house_state *state = &house->state;
	if (state->journal_checked_at != 0 && now - state->journal_checked_at < JOURNAL_SECONDS)
		return true;
	if (!store_journal_verify(house->store, &state->journal_lines, &state->journal_broken_at, err))
		return false;
	state->journal_checked_at = now;
	return true;
}

static void check_release(struct house *house, const struct snapshot *snapshot, int64_t now)
{
	struct arena *arena = arena_new();
	const char *reply = "";
	struct release_service service = snapshot->release;
	if (service.timeout > PROBE_SECONDS)
		service.timeout = PROBE_SECONDS; /* somebody waits for the page */
	if (house->state.release_tested_at == 0 || now - house->state.release_tested_at >= RELEASE_SECONDS) {
		house->state.release_good = release_probe(arena, &service, &reply) == RELEASE_ACCEPTED;
		house->state.release_tested_at = now;
		free(house->release_reply);
		house->release_reply = own(reply);
	}
	arena_free(&arena);
}

bool house_state(struct house *house, struct arena *arena, const struct snapshot *snapshot, int64_t now, struct house_state *out,
		 struct error *err)
{
	pthread_mutex_lock(&house->checks);
	bool good = check_journal(house, now, err);
	check_release(house, snapshot, now);
	*out = house->state;
	out->release_reply = arena_string(arena, house->release_reply);
	pthread_mutex_unlock(&house->checks);
	pthread_mutex_lock(&house->mutex);
	out->loaded_at = house->edition->loaded_at;
	out->refused_at = house->refused_at;
	out->refused = arena_string(arena, house->refused);
	pthread_mutex_unlock(&house->mutex);
	return good;
}

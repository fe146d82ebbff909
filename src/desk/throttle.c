/* throttle.c - see throttle.h. Tables of a fixed size: who fills them pushes out the counts that matter least.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/throttle.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define KEY_LENGTH 80
#define ROWS 2048
#define KNOWN_ROWS 256
#define FORGET_SECONDS 3600
#define KNOWN_SECONDS (30 * 86400)

struct row { /* failures in a row of one client or one login */
	char key[KEY_LENGTH];
	int64_t failures, last;
};
struct known { /* a client from which a login was logged in with */
	char login[KEY_LENGTH], client[KEY_LENGTH];
	int64_t at;
};
struct throttle {
	pthread_mutex_t mutex;
	struct row clients[ROWS], logins[ROWS];
	struct known known[KNOWN_ROWS];
};

struct throttle *throttle_new(void)
{
	struct throttle *throttle = memory_must(calloc(1, sizeof *throttle));
	if (pthread_mutex_init(&throttle->mutex, NULL) != 0)
		abort();
	return throttle;
}

void throttle_free(struct throttle **throttle)
{
	if (*throttle == NULL)
		return;
	pthread_mutex_destroy(&(*throttle)->mutex);
	free(*throttle);
	*throttle = NULL;
}

static void write_key(char out[KEY_LENGTH], const char *text)
{
	size_t length = strlen(text) < KEY_LENGTH - 1 ? strlen(text) : KEY_LENGTH - 1;
	memset(out, 0, KEY_LENGTH);
	memcpy(out, text, length);
}

/* One household has a whole /64; what is no address is one client, whatever it says. */
static void write_client(char out[KEY_LENGTH], const char *client)
{
	struct in_addr four;
	struct in6_addr six;
	memset(out, 0, KEY_LENGTH);
	if (inet_pton(AF_INET, client, &four) == 1) {
		inet_ntop(AF_INET, &four, out, KEY_LENGTH);
	} else if (inet_pton(AF_INET6, client, &six) == 1) {
		if (!IN6_IS_ADDR_V4MAPPED(&six))
			memset(&six.s6_addr[8], 0, 8);
		inet_ntop(AF_INET6, &six, out, KEY_LENGTH);
	} else {
		write_key(out, "elsewhere");
	}
}

static bool is_stale(const struct row *row, int64_t now)
{
	return row->failures == 0 || now - row->last > FORGET_SECONDS;
}

/* The row of that key, or the one that matters least, cleared for it. */
static struct row *find_row(struct row *rows, const char *key, int64_t now)
{
	struct row *least = &rows[0];
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].key, key) == 0) {
			if (is_stale(&rows[i], now))
				rows[i].failures = 0;
			return &rows[i];
		}
		if (is_stale(&rows[i], now) ? !is_stale(least, now) : !is_stale(least, now) && rows[i].failures < least->failures)
			least = &rows[i];
	}
	write_key(least->key, key);
	least->failures = 0;
	least->last = 0;
	return least;
}

/* 1, 2, 4 ... seconds from the first failure that is not free. */
static int64_t wait_of(const struct row *row, int64_t free_ones, int64_t longest, int64_t now)
{
	int64_t beyond = row->failures - free_ones, wait = longest;
	if (beyond < 0)
		return 0;
	if (beyond < 20 && ((int64_t)1 << beyond) < longest)
		wait = (int64_t)1 << beyond;
	int64_t left = row->last + wait - now;
	return left > wait ? wait : left > 0 ? left : 0;
}

static bool is_known(const struct throttle *throttle, const char *login, const char *client, int64_t now)
{
	for (size_t i = 0; i < KNOWN_ROWS; i++)
		if (throttle->known[i].at != 0 && now - throttle->known[i].at < KNOWN_SECONDS && strcmp(throttle->known[i].login, login) == 0 &&
		    strcmp(throttle->known[i].client, client) == 0)
			return true;
	return false;
}

static void count_failure(struct row *row, int64_t now)
{
	row->failures++;
	row->last = now;
}

int64_t throttle_begin(struct throttle *throttle, const char *login, const char *client, int64_t unlocked_at, int64_t now)
{
	char login_key[KEY_LENGTH], client_key[KEY_LENGTH];
	write_key(login_key, login);
	write_client(client_key, client);
	pthread_mutex_lock(&throttle->mutex);
	struct row *of_client = find_row(throttle->clients, client_key, now), *of_login = find_row(throttle->logins, login_key, now);
	if (of_login->last <= unlocked_at)
		of_login->failures = 0;
	int64_t wait = wait_of(of_client, CLIENT_FREE, CLIENT_LONGEST_WAIT, now);
	bool known = is_known(throttle, login_key, client_key, now);
	int64_t wait_of_login = known ? 0 : wait_of(of_login, LOGIN_FREE, LOGIN_LONGEST_WAIT, now);
	if (wait_of_login > wait)
		wait = wait_of_login;
	if (wait == 0) {
		count_failure(of_client, now);
		count_failure(of_login, now);
	}
	pthread_mutex_unlock(&throttle->mutex);
	return wait;
}

static void remember(struct throttle *throttle, const char *login, const char *client, int64_t now)
{
	struct known *oldest = &throttle->known[0];
	for (size_t i = 0; i < KNOWN_ROWS; i++) {
		struct known *known = &throttle->known[i];
		bool same = strcmp(known->login, login) == 0 && strcmp(known->client, client) == 0;
		if (same || known->at < oldest->at)
			oldest = known;
		if (same)
			break;
	}
	memcpy(oldest->login, login, KEY_LENGTH);
	memcpy(oldest->client, client, KEY_LENGTH);
	oldest->at = now;
}

static void uncount(struct row *row)
{
	if (row->failures > 0)
		row->failures--;
}

void throttle_forgive(struct throttle *throttle, const char *login, const char *client, int64_t now)
{
	char login_key[KEY_LENGTH], client_key[KEY_LENGTH];
	write_key(login_key, login);
	write_client(client_key, client);
	pthread_mutex_lock(&throttle->mutex);
	uncount(find_row(throttle->clients, client_key, now));
	uncount(find_row(throttle->logins, login_key, now));
	pthread_mutex_unlock(&throttle->mutex);
}

/* The client's own failures stay, but for this attempt: an account of one's own is no licence to try others'. */
void throttle_succeed(struct throttle *throttle, const char *login, const char *client, int64_t now)
{
	char login_key[KEY_LENGTH], client_key[KEY_LENGTH];
	write_key(login_key, login);
	write_client(client_key, client);
	pthread_mutex_lock(&throttle->mutex);
	struct row *of_client = find_row(throttle->clients, client_key, now);
	find_row(throttle->logins, login_key, now)->failures = 0;
	uncount(of_client);
	remember(throttle, login_key, client_key, now);
	pthread_mutex_unlock(&throttle->mutex);
}

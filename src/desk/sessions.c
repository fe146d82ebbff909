/* sessions.c - see sessions.h. A few people work at a desk, so a list that is walked is enough.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/sessions.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"

#define TOKEN_OCTETS 32
#define TOKEN_LENGTH sodium_base64_ENCODED_LEN(TOKEN_OCTETS, sodium_base64_VARIANT_URLSAFE_NO_PADDING)
#define CLIENT_LENGTH 64

struct kept {
	struct kept *next; /* the newest first */
	unsigned char token[crypto_hash_sha256_BYTES];
	char login[LOGIN_MOST + 1], client[CLIENT_LENGTH];
	char stamp[DIGEST_HEX_LENGTH + 1];
	int64_t made_at, seen_at;
};
struct sessions {
	pthread_mutex_t mutex;
	struct kept *first;
	size_t count;
};

struct sessions *sessions_new(void)
{
	struct sessions *sessions = memory_must(calloc(1, sizeof *sessions));
	if (pthread_mutex_init(&sessions->mutex, NULL) != 0)
		abort();
	return sessions;
}

static void forget(struct sessions *sessions, struct kept **place)
{
	struct kept *gone = *place;
	*place = gone->next;
	sodium_memzero(gone, sizeof *gone);
	free(gone);
	sessions->count--;
}

/* Ends those that `ends` says yes to. */
static void sweep(struct sessions *sessions, bool (*ends)(const struct kept *kept, const void *context), const void *context)
{
	for (struct kept **place = &sessions->first; *place != NULL;)
		if (ends(*place, context))
			forget(sessions, place);
		else
			place = &(*place)->next;
}

static bool always(const struct kept *kept, const void *context)
{
	return true;
}

void sessions_free(struct sessions **sessions)
{
	if (*sessions == NULL)
		return;
	sweep(*sessions, always, NULL);
	pthread_mutex_destroy(&(*sessions)->mutex);
	free(*sessions);
	*sessions = NULL;
}

struct moment {
	const struct session_terms *terms;
	int64_t now;
};

static int64_t end_of(const struct kept *kept, const struct session_terms *terms)
{
	int64_t idle = kept->seen_at + terms->idle, absolute = kept->made_at + terms->absolute;
	return idle < absolute ? idle : absolute;
}

static bool is_over(const struct kept *kept, const void *context)
{
	const struct moment *moment = context;
	return end_of(kept, moment->terms) <= moment->now;
}

/* More of one login than it may have: the oldest go, which are the last of the list. */
static void keep_the_newest(struct sessions *sessions, const char *login, size_t most)
{
	size_t seen = 0;
	for (struct kept **place = &sessions->first; *place != NULL;) {
		if (strcmp((*place)->login, login) == 0 && ++seen > most)
			forget(sessions, place);
		else
			place = &(*place)->next;
	}
}

static void copy_string(char *to, size_t size, const char *from)
{
	size_t length = strlen(from) < size ? strlen(from) : size - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

static void hash_token(unsigned char out[crypto_hash_sha256_BYTES], const char *token)
{
	crypto_hash_sha256(out, (const unsigned char *)token, strlen(token));
}

const char *sessions_open(struct sessions *sessions, struct arena *arena, const struct session_terms *terms, const struct login *login,
			  const char *client, int64_t now)
{
	unsigned char random[TOKEN_OCTETS];
	char *token = arena_alloc(arena, TOKEN_LENGTH);
	struct kept *kept = memory_must(calloc(1, sizeof *kept));
	randombytes_buf(random, sizeof random);
	sodium_bin2base64(token, TOKEN_LENGTH, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(random, sizeof random);
	hash_token(kept->token, token);
	copy_string(kept->login, sizeof kept->login, login->name);
	copy_string(kept->client, sizeof kept->client, client);
	copy_string(kept->stamp, sizeof kept->stamp, login_stamp(arena, login));
	kept->made_at = kept->seen_at = now;
	pthread_mutex_lock(&sessions->mutex);
	sweep(sessions, is_over, &(struct moment){ terms, now });
	kept->next = sessions->first;
	sessions->first = kept;
	sessions->count++;
	keep_the_newest(sessions, login->name, terms->most);
	pthread_mutex_unlock(&sessions->mutex);
	return token;
}

static struct kept *find(struct sessions *sessions, const char *token)
{
	unsigned char wanted[crypto_hash_sha256_BYTES];
	struct kept *found = NULL;
	hash_token(wanted, token);
	for (struct kept *kept = sessions->first; kept != NULL; kept = kept->next)
		if (sodium_memcmp(kept->token, wanted, sizeof wanted) == 0)
			found = kept;
	return found;
}

bool sessions_find(struct sessions *sessions, struct arena *arena, const struct session_terms *terms, const char *token, int64_t now,
		   struct session *out)
{
	pthread_mutex_lock(&sessions->mutex);
	sweep(sessions, is_over, &(struct moment){ terms, now });
	struct kept *kept = find(sessions, token);
	if (kept != NULL) {
		kept->seen_at = now > kept->seen_at ? now : kept->seen_at;
		*out = (struct session){ arena_string(arena, kept->login), arena_string(arena, kept->client), kept->made_at, kept->seen_at,
					 end_of(kept, terms) };
	}
	pthread_mutex_unlock(&sessions->mutex);
	return kept != NULL;
}

struct account_now {
	const char *login, *stamp;
};

static bool is_of_another(const struct kept *kept, const void *context)
{
	const struct account_now *account = context;
	return strcmp(kept->login, account->login) == 0 && (account->stamp == NULL || strcmp(kept->stamp, account->stamp) != 0);
}

bool sessions_still_of(struct sessions *sessions, const struct session *session, const struct login *login)
{
	struct arena *arena = arena_new();
	struct account_now account = { session->login, login == NULL ? NULL : login_stamp(arena, login) };
	bool any = false;
	pthread_mutex_lock(&sessions->mutex);
	sweep(sessions, is_of_another, &account);
	for (const struct kept *kept = sessions->first; kept != NULL; kept = kept->next)
		any = any || (strcmp(kept->login, session->login) == 0 && kept->made_at == session->made_at);
	pthread_mutex_unlock(&sessions->mutex);
	arena_free(&arena);
	return any;
}

static bool is_token(const struct kept *kept, const void *context)
{
	return sodium_memcmp(kept->token, context, sizeof kept->token) == 0;
}

void sessions_end(struct sessions *sessions, const char *token)
{
	unsigned char wanted[crypto_hash_sha256_BYTES];
	hash_token(wanted, token);
	pthread_mutex_lock(&sessions->mutex);
	sweep(sessions, is_token, wanted);
	pthread_mutex_unlock(&sessions->mutex);
}

size_t sessions_count(struct sessions *sessions)
{
	pthread_mutex_lock(&sessions->mutex);
	size_t count = sessions->count;
	pthread_mutex_unlock(&sessions->mutex);
	return count;
}

/* own_link.c - see own_link.h. Who steals the database has no link: the hash of 256 random bits is not turned back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/own_link.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/digest.h"
#include "base/text.h"
#include "database.h"
#include "detail.h"

#define TOKEN_BYTES ((size_t)32)
#define DAY ((int64_t)86400)

_Static_assert(sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == OWN_TOKEN_LENGTH + 1, "letters of a token");

const char *own_token_make(struct arena *arena)
{
	unsigned char random[TOKEN_BYTES];
	char *token = arena_alloc(arena, OWN_TOKEN_LENGTH + 1);
	randombytes_buf(random, sizeof random);
	sodium_bin2base64(token, OWN_TOKEN_LENGTH + 1, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return token;
}

/* Of its purpose too, so that no other secret of the store can be taken for one. */
static const char *hash_of(struct arena *arena, const char *token)
{
	struct digest digest;
	digest_begin(&digest);
	digest_add_field(&digest, BYTES("own link"));
	digest_add_field(&digest, bytes_of(token));
	return digest_end(&digest, arena);
}

static const char *deeds_text(struct arena *arena, unsigned deeds)
{
	struct text out = TEXT_INIT;
	for (int i = 0; i < REMEDY_COUNT; i++)
		if ((deeds & 1u << i) != 0)
			text_printf(&out, "%s%s", out.length == 0 ? "" : " ", remedy_name((enum remedy)i));
	return arena_string_of(arena, text_to_arena(&out, arena));
}

/* Words that this version does not know are not offered. */
static unsigned deeds_of_text(struct arena *arena, const char *text)
{
	struct bytes all = bytes_of(text);
	unsigned deeds = 0;
	for (size_t at = 0; at < all.length;) {
		enum remedy remedy;
		struct bytes word = bytes_slice(all, at, bytes_find_char(all, ' ', at));
		if (remedy_parse(arena_string_of(arena, word), &remedy))
			deeds |= 1u << remedy;
		at += word.length + 1;
	}
	return deeds;
}

bool own_link_insert(struct store *store, struct arena *arena, const char *token, const struct own_link *link, struct error *err)
{
	return database_run(store, "INSERT INTO own_link (hash, message, person, deeds, made_at, expires_at) VALUES (?,?,?,?,?,?)",
			    VALUES(value_text(hash_of(arena, token)), value_text(link->message), value_text(link->person),
				   value_text(deeds_text(arena, link->deeds)), value_integer(link->made_at),
				   value_integer(link->made_at + OWN_LINK_DAYS * DAY)),
			    err);
}

static bool find_within(struct store *store, struct arena *arena, const char *token, const struct own_link **out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store, "SELECT message, person, deeds, made_at, expires_at, used_at, used_for FROM own_link WHERE hash = ?",
			    VALUES(value_text(hash_of(arena, token))), &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	if (good && found) {
		struct own_link *link = arena_alloc(arena, sizeof *link);
		*link = (struct own_link){
			.message = column_text(arena, query, 0),
			.person = column_text(arena, query, 1),
			.deeds = deeds_of_text(arena, column_text(arena, query, 2)),
			.made_at = sqlite3_column_int64(query, 3),
			.expires_at = sqlite3_column_int64(query, 4),
			.used_at = sqlite3_column_int64(query, 5),
			.used_for = column_text(arena, query, 6),
		};
		*out = link;
	}
	database_finish(&query);
	return good;
}

bool store_own_link_find(struct store *store, struct arena *arena, const char *token, const struct own_link **out, struct error *err)
{
	*out = NULL;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, find_within(store, arena, token, out, err), err);
}

static bool journal_use(struct store *store, struct arena *arena, const char *what, const char *token, const char *deed, int64_t at,
			struct error *err)
{
	const struct own_link *link = NULL;
	if (!find_within(store, arena, token, &link, err) || link == NULL)
		return false;
	char *detail = detail_text(DETAILS({ "deed", deed }));
	bool good = journal_append(store, what, link->message, link->person, detail, at, err);
	free(detail);
	return good;
}

static bool claim_within(struct store *store, struct arena *arena, const char *token, const char *deed, int64_t at, bool *mine_out,
			 struct error *err)
{
	if (!database_run(store, "UPDATE own_link SET used_at = ?, used_for = ? WHERE hash = ? AND used_at IS NULL AND expires_at > ?1",
			  VALUES(value_integer(at), value_text(deed), value_text(hash_of(arena, token))), err))
		return false;
	*mine_out = database_changes(store) > 0;
	return !*mine_out || journal_use(store, arena, "own-link-used", token, deed, at, err);
}

bool store_own_link_claim(struct store *store, const char *token, const char *deed, int64_t at, bool *mine_out, struct error *err)
{
	*mine_out = false;
	if (!database_begin_write(store, err))
		return false;
	struct arena *arena = arena_new();
	bool good = database_end(store, claim_within(store, arena, token, deed, at, mine_out, err), err);
	arena_free(&arena);
	return good;
}

static bool give_back_within(struct store *store, struct arena *arena, const char *token, int64_t at, struct error *err)
{
	if (!database_run(store, "UPDATE own_link SET used_at = NULL, used_for = NULL WHERE hash = ? AND used_at = ?",
			  VALUES(value_text(hash_of(arena, token)), value_integer(at)), err))
		return false;
	return database_changes(store) == 0 || journal_use(store, arena, "own-link-given-back", token, NULL, at, err);
}

bool store_own_link_give_back(struct store *store, const char *token, int64_t at, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	struct arena *arena = arena_new();
	bool good = database_end(store, give_back_within(store, arena, token, at, err), err);
	arena_free(&arena);
	return good;
}

static bool reply_within(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	return database_run(store, "INSERT INTO sender_reply (message, at, by, words) VALUES (?,?,?,?)",
			    VALUES(value_text(id), value_integer(deed->at), value_text(deed->by), value_text(deed->reason)), err) &&
	       journal_append(store, "sender-replied", id, deed->by, NULL, deed->at, err);
}

bool store_sender_reply(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, reply_within(store, id, deed, err), err);
}

static bool find_reply_within(struct store *store, struct arena *arena, const char *id, bool *found_out, struct sender_reply *out,
			      struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store, "SELECT at, by, words FROM sender_reply WHERE message = ? ORDER BY number DESC LIMIT 1",
			    VALUES(value_text(id)), &query, err))
		return false;
	bool good = database_row(store, query, found_out, err);
	if (good && *found_out)
		*out = (struct sender_reply){ sqlite3_column_int64(query, 0), column_text(arena, query, 1), column_text(arena, query, 2) };
	database_finish(&query);
	return good;
}

bool store_sender_reply_find(struct store *store, struct arena *arena, const char *id, bool *found_out, struct sender_reply *out,
			     struct error *err)
{
	*found_out = false;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, find_reply_within(store, arena, id, found_out, out, err), err);
}

/* own_link.h - links by which senders act on a message of their own, and what they said.
 *
 * A token is random and only its hash is kept. It is good for one message, for one deed, until it expires; whoever claims it first has it.
 * Whether the deed itself can still be done is the business of review/remedy.h. */
#ifndef COPYHOLD_STORE_OWN_LINK_H
#define COPYHOLD_STORE_OWN_LINK_H

#include "store/store.h"

#define OWN_LINK_DAYS 14
#define OWN_TOKEN_LENGTH 43 /* 32 random octets in base64url */

struct own_link {
	const char *message, *person; /* reference; the sender's directory address */
	unsigned deeds;               /* 1 << enum remedy bits */
	int64_t made_at, expires_at;
	int64_t used_at;              /* 0: not yet */
	const char *used_for;         /* remedy_name, or NULL */
};

/* A fresh token, letters that a URL can hold. */
const char *own_token_make(struct arena *arena);

/* NULL in *out when no link has that token. */
bool store_own_link_find(struct store *store, struct arena *arena, const char *token, const struct own_link **out, struct error *err) MUST_CHECK;
/* Compare and set: *mine_out tells whether it was unused until now. One line of the journal. */
bool store_own_link_claim(struct store *store, const char *token, const char *deed, int64_t at, bool *mine_out, struct error *err) MUST_CHECK;
/* The deed could not be done just now, and nothing of it was: the link is as it was. Only of a claim made at `at`. */
bool store_own_link_give_back(struct store *store, const char *token, int64_t at, struct error *err) MUST_CHECK;

/* What a sender said about a message of theirs; `deed` has who, what and when. Journalled, without the words. */
bool store_sender_reply(struct store *store, const char *id, const struct deed *deed, struct error *err) MUST_CHECK;
struct sender_reply {
	int64_t at;
	const char *by, *text;
};
/* The newest one; *found_out is false when there is none. */
bool store_sender_reply_find(struct store *store, struct arena *arena, const char *id, bool *found_out, struct sender_reply *out,
			     struct error *err) MUST_CHECK;

#endif

/* accounts.h - who may log in at the desk: a file of its own, written by `copyhold user` alone.
 *
 * The file (0600, JSON) has one account for each login: whose it is (an address of the directory), in which role, a password as
 * crypt(3) keeps it, and perhaps a secret for one-time codes. It is replaced as a whole under a lock, so a reader sees the old one or
 * the new one. The desk notices a new one by itself. */
#ifndef COPYHOLD_DESK_ACCOUNTS_H
#define COPYHOLD_DESK_ACCOUNTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "gateway/snapshot.h"

enum desk_role { DESK_REVIEWER, DESK_SECOND_REVIEWER, DESK_AUDITOR, DESK_ADMINISTRATOR, DESK_MEMBER, DESK_ROLE_COUNT };
extern const char *const desk_role_words[]; /* NULL-terminated: "reviewer", "second-reviewer" ... */
bool desk_role_parse(const char *word, enum desk_role *out, struct error *err) MUST_CHECK;

struct login {
	const char *name;         /* of [a-z0-9._-], at most LOGIN_MOST, the first one a letter */
	const char *address;      /* of a person of the directory */
	enum desk_role role;
	const char *password;     /* as crypt(3) keeps it */
	const char *totp;         /* base32, or NULL */
	int64_t changed_at, unlocked_at; /* unlocked_at: failures before do not count */
};
#define LOGIN_MOST 64
#define ACCOUNTS_MOST 1000

struct accounts {
	struct login *items;
	size_t count;
};

/* Lower-cases and checks a login's name; NULL when it is none. */
const char *login_name(struct arena *arena, const char *typed);
/* What changes when password, role, address or one-time secret do: sessions made under another stamp have ended. */
const char *login_stamp(struct arena *arena, const struct login *login);
struct login *accounts_find(const struct accounts *accounts, const char *name);

/* A file that is not there has no accounts. ERROR_SETTINGS: others may read it, it is damaged, or says what is not known. */
bool accounts_read(struct arena *arena, const char *path, struct accounts *out, struct error *err) MUST_CHECK;

/* Reads under the lock, lets `change` do its work on what was read, and writes when it says true. */
bool accounts_change(struct arena *arena, const char *path, bool (*change)(struct arena *arena, struct accounts *accounts, const void *context,
		     struct error *err), const void *context, struct error *err) MUST_CHECK;

/* Does the configuration allow this role to the person of that address? ERROR_REFUSED with a hint: the address is of nobody in the
 * directory; a reviewer who is none of `reviewers`; a second reviewer who is not council.second_reviewer; an auditor who reviews. */
bool account_fits(const struct snapshot *snapshot, const struct login *login, struct error *err) MUST_CHECK;

#endif

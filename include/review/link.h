/* link.h - the address of one held message's page, as a digest carries it: signed, expiring, for the reader it was mailed to.
 *
 * A link opens a page and nothing else: whoever follows it logs in, and the desk decides what they may see (recusal included). The
 * signature keeps a stranger from learning which references exist, and a forwarded digest from leading anybody else in. The keys
 * are in a file of the store's folder that only Copyhold's user reads; a new one is made every LINK_KEY_DAYS, and an old one kept as
 * long as links under it may be good. */
#ifndef COPYHOLD_REVIEW_LINK_H
#define COPYHOLD_REVIEW_LINK_H

#include "directory/directory.h"

#define LINK_DAYS 14
#define LINK_KEY_DAYS 30
#define LINK_TOKEN_MOST 512 /* letters; longer is forged */

struct link_keys;

/* Reads the keys, and makes a new one when it is time. Several processes may call it at once. ERROR_RETRY: the file cannot be read
 * or written; ERROR_SETTINGS: others can read it, or it is none of ours. */
bool link_keys_load(const char *store_directory, int64_t now, struct arena *arena, const struct link_keys **out, struct error *err) MUST_CHECK;

/* A token for `id`, of letters, digits, "-" and "_", good for `person` until `expires`. */
const char *link_make(struct arena *arena, const struct link_keys *keys, const char *id, const char *person, int64_t expires);

enum link_answer {
	LINK_GOOD,
	LINK_FORGED,         /* not ours, or no longer: altered, or its key is gone */
	LINK_EXPIRED,
	LINK_SOMEBODY_ELSES, /* mailed to somebody else */
};
/* One sentence for whoever followed it; NULL for LINK_GOOD. */
const char *link_answer_sentence(enum link_answer answer);

/* `person`: address or login of who is logged in; every address the directory has for them counts as theirs. *id_out is set only
 * for LINK_GOOD. */
enum link_answer link_check(struct arena *arena, const struct link_keys *keys, const struct directory *directory, const char *token,
			    const char *person, int64_t now, const char **id_out);

#endif

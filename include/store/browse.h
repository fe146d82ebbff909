/* browse.h - looking through what the store remembers, a page at a time.
 *
 * Lists are of ids, so that who may see what can be asked of each before any of it is loaded. Nothing is journalled here: whoever
 * shows one message to a person does that (store_view). */
#ifndef COPYHOLD_STORE_BROWSE_H
#define COPYHOLD_STORE_BROWSE_H

#include "store/store.h"

struct waiting_message {
	const char *id;
	int64_t at;
	bool escalated;
};
/* All that is held, releasing or in doubt for somebody, oldest first. */
bool store_waiting(struct store *store, struct arena *arena, const struct waiting_message **out, size_t *count_out, struct error *err) MUST_CHECK;

/* Those messages, held or not, in that order; NULL where there is none of exactly that id. */
bool store_messages(struct store *store, struct arena *arena, const char *const *ids, size_t count, const struct held *const **out,
		    struct error *err) MUST_CHECK;

enum browse_state { BROWSE_ALL, BROWSE_WAITING, BROWSE_RELEASED, BROWSE_RETURNED, BROWSE_ANNOTATED };
extern const char *const browse_state_words[]; /* NULL-terminated, in that order */

struct browse { /* all that is given must hold; NULL and 0: not given */
	const char *text;                 /* in the reference, the subject, a clause or an explanation; without regard to (ASCII) case */
	const char *const *addresses;     /* one of them sent it, or is a recipient */
	size_t address_count;
	const char *named;                /* or, where addresses are given too, this stands in an explanation or evidence */
	const char *rule;
	int64_t from, to;                 /* [from, to) */
	enum browse_state state;
	size_t most;
};
/* Newest first; judgements taken back, and entries whose observations are disposed of, are left out. *more_out: there are more than `most`. */
bool store_browse(struct store *store, struct arena *arena, const struct browse *browse, const char *const **ids_out, size_t *count_out,
		  bool *more_out, struct error *err) MUST_CHECK;

/* The other messages of the conversation, oldest first, at most 50. */
bool store_thread(struct store *store, struct arena *arena, const struct held *message, const char *const **ids_out, size_t *count_out,
		  struct error *err) MUST_CHECK;
/* Every line of the journal on that message, oldest first, at most 500. */
bool store_history(struct store *store, struct arena *arena, const char *id, const struct journal_line **out, size_t *count_out,
		   struct error *err) MUST_CHECK;
/* A page of all lines, newest first: at most `most` with a number below `before` (0: from the newest on). */
bool store_journal_page(struct store *store, struct arena *arena, int64_t before, size_t most, const struct journal_line **out,
			size_t *count_out, struct error *err) MUST_CHECK;
/* The newest line that says so; number 0 when there is none. */
bool store_journal_last(struct store *store, struct arena *arena, const char *what, struct journal_line *out, struct error *err) MUST_CHECK;

struct store_size {
	int64_t octets, free_octets;      /* of the database and its log; of the file system they are on */
	int64_t messages, waiting, journal_lines, last_message_at; /* 0: none yet */
};
bool store_measure(struct store *store, struct store_size *out, struct error *err) MUST_CHECK;

#endif

/* duty.h - what somebody is to do by a day because of a message: answer who wrote it, tell the other groups, pass a complaint on.
 *
 * A duty belongs to the recorded message that laid it on (a finding of a rule with a `clock` or a `duty`) and leaves the store with what
 * that entry says of people. It begins and ends in the transaction that records the message which did so. Of the subject only a digest is
 * kept. Who waits is a councillor, by an address that stands for them; a group, as "group:NAME"; or nobody in particular, "". A message lays
 * one duty on for each that waits, however often it comes, and none while they wait for the same people in the same conversation. */
#ifndef COPYHOLD_STORE_DUTY_H
#define COPYHOLD_STORE_DUTY_H

#include "store/store.h"

#define DUTY_WAITING_GROUP "group:"

struct duty_start {
	const char *rule;
	const char *message_id;      /* with brackets, or NULL */
	const char *key;             /* the same, or what else tells this message from others */
	const char *thread;          /* what began the conversation, or NULL */
	const char *topic;           /* digest of the subject, or NULL */
	const char *matter;          /* what else it is about, in the rule's own terms: the group that was advised; or NULL */
	const char *waiting;         /* who waits */
	const char *owner;           /* an address that stands for who is to do it; "": nobody is known */
	const char *const *owners;   /* and of all who answer for them, that address included */
	size_t owner_count;
	const char *const *references; /* Message-IDs of the conversation */
	size_t reference_count;
	int64_t contact_due, due;    /* contact_due 0: nothing is due before it */
	int64_t contact_reminder, reminder; /* when the owner is to be reminded; 0: never. Of a duty without contact_due the first tells of it */
	int64_t deputy_reminder;     /* when the deputy is told of it as well; 0: never */
	int64_t lapses;              /* from then on nobody asks for it any more; 0: never */
};

/* A reply, or what else does a duty, as far as the message itself tells. */
struct duty_deed {
	const char *rule;            /* of the duties it is looked at for */
	const char *const *waiting;  /* those it reaches, as duties name them */
	size_t waiting_count;
	const char *const *owners;   /* those for whom its writer acts */
	size_t owner_count;
	bool by_anybody;             /* it does not matter who does it */
	const char *const *references;
	size_t reference_count;
	const char *topic;
	const char *const *matters;  /* duties about these are meant, too */
	size_t matter_count;
	bool any_matter;             /* all of that rule are */
	bool holding;                /* it says that there will be an answer: the duty stands */
	int64_t promised, promised_reminder; /* by when, if it says so; 0 */
};

/* What one message does to duties, for record.duties or passing.duties. */
struct duty_changes {
	const char *id;              /* its reference */
	int64_t at;
	const struct duty_start *starts;
	size_t start_count;
	const struct duty_deed *deeds;
	size_t deed_count;
};

struct duty { /* as it stands */
	const char *id, *rule, *message_id, *waiting, *owner, *matter;
	const char *from; /* envelope sender of the message */
	int64_t started, contact_due, due, contact_reminder, reminder, deputy_reminder, lapses;
	int64_t contacted_at, promised_at, promised; /* 0: not */
	int64_t contact_reminded_at, reminded_at, deputy_reminded_at, met_at;
};
struct duty_list {
	const struct duty *items;
	size_t count;
};
/* Those that stood at that time, the oldest message first, those of one message and rule together. What came later is not yet known then. */
bool store_duties_running(struct store *store, struct arena *arena, int64_t at, struct duty_list *out, struct error *err) MUST_CHECK;

/* All that one message laid on, ended or not. */
bool store_duties_of(struct store *store, struct arena *arena, const char *id, struct duty_list *out, struct error *err) MUST_CHECK;

/* Somebody knows that it was done another way. *ended_out: how many duties of that message it ended. */
bool store_duty_mark(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err) MUST_CHECK;

enum duty_part { DUTY_CONTACT, DUTY_DEED, DUTY_DEPUTY }; /* the last is told to the deputy, the others to the owner */
struct duty_reminder {
	enum duty_part from, part; /* what `from` and the parts between would have said is not to be sent any more */
	const struct notice *notices;
	size_t notice_count;
	int64_t at;
};
/* Puts one reminder of `part`, a notice for each who gets it, into the outbox, once, of duties that one message laid on by one rule: *done_out
 * is false when it was there before or all of them have ended. All of it or nothing. */
bool store_duties_reminded(struct store *store, const struct duty *duties, size_t count, const struct duty_reminder *reminder, bool *done_out,
			   struct error *err) MUST_CHECK;

#endif

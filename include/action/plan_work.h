/* plan_work.h - a plan in the making, between the files that make it. */
#ifndef COPYHOLD_ACTION_PLAN_WORK_H
#define COPYHOLD_ACTION_PLAN_WORK_H

#include "action/outlook.h"
#include "action/plan.h"

#define BIT(action) (1u << (action))
/* The sender is to hear of these. */
#define TOLD (BIT(ACTION_NOTIFY) | BIT(ACTION_HOLD) | BIT(ACTION_RETURN))

struct work {
	struct arena *arena;
	const struct verdict *verdict;
	const struct facts *facts;
	const struct message *message;
	const struct plan_options *options;
	const struct outlook *outlook; /* facts, message and options are NULL where nothing is carried out (plan_make_again) */
	const char *const *lines; /* still missing at the foot */
	size_t line_count;
	struct edit_list line_edits; /* that would add them */
	enum outcome *outcomes; /* per recipient */
	size_t count;           /* of recipients */
	bool companion;         /* the line could not be added, and a rule asks for a companion notice */
	bool held_for_line;     /* the line could not be added, and a rule holds the message for that */
	struct notice *notices;
	struct deferred_notice *deferred;
	struct told *told;
	struct plan *plan;
};

/* All that is to be done for a firing rule, as bits. Observing does nothing, whatever the rule says. */
unsigned deeds_of(const struct opinion *opinion);
unsigned all_deeds(const struct verdict *verdict);
/* The first rule with one of these deeds; NULL when none has. */
const struct opinion *main_finding(const struct work *work, unsigned about);
/* The subject as a notice may repeat it: a marked letter's is not. NULL: it may not. */
const char *subject_to_quote(const struct facts *facts);
void add_notice(struct work *work, struct notice notice);
/* Notes that whoever reads mail at that address knows of a hidden councillor's copy. */
void add_told(struct work *work, const char *who, const struct hidden *of);
/* They, as a person, have been told of that copy before. */
bool knows_of(const struct work *work, const struct person *who, const struct hidden *of);
/* Hidden councillors whom the foot of the letter does not name. */
bool lacks_line(const struct hidden *hidden);

/* Nobody outside may learn of a copy from us, and nobody who is protected in the matter may be named, whatever a rule says. */
bool may_be_told(const struct facts *facts);
/* They get it, at an address the directory knows as theirs, and To or Cc shows them. */
bool is_to_be_told(const struct work *work, size_t index);

/* outlook.c: what is known beforehand, and what besides when all is planned. */
void outlook_take(struct work *work);
const struct outlook *outlook_after(const struct work *work);
/* fate.c: one step each, in this order; each looks at verdict and outlook only. */
void plan_begin(struct work *work);
void decide_outcomes(struct work *work);
bool decide_line(struct work *work); /* false: no line is wanted */
bool companions_are_due(const struct work *work);
void decide_companions(struct work *work);
void decide_late(struct work *work, bool told); /* those of earlier envelopes */
void decide_notes(struct work *work);
bool decide_notice(struct work *work, unsigned *about_out); /* false: the sender hears nothing */
void plan_end(struct work *work);
bool somebody_gets_it(const struct work *work);
/* The first rule that has something to say beside the message to whoever gets this copy, or NULL; and whether they hear of it. */
const struct opinion *note_for(const struct work *work, size_t recipient);
bool gets_note(const struct work *work, size_t index);
/* What the sender may do themselves, of what the rules allow and the message lets; as 1 << enum remedy bits. */
unsigned own_deeds(const struct work *work, enum notice_kind kind, const struct opinion *about);

/* Companion notices to the visible recipients (DESIGN 5), where a footer would have been automatic; those told are annotated. */
void tell_recipients(struct work *work);
/* Companion notices to those who had their copy in an earlier envelope, before the hidden one was known (late.c). */
void tell_earlier_recipients(struct work *work);
/* A companion notice about these lines. `late`: the copy came after theirs; else the message cannot take the line. */
struct notice companion_notice(struct work *work, const char *to, const char *const *lines, size_t line_count, bool late);
/* The notes beside the message, to the officers who get it (beside.c); those told are annotated. */
void tell_officers(struct work *work);
/* A rule's words with what it found left out: that may be words of the message, which a notice never repeats. */
const char *rule_words_told(const struct work *work, const struct opinion *opinion, const char *words, bool welsh);
/* Somebody of the council: a companion notice may go there. */
bool is_of_council(const struct party *party);
/* The one notice to the sender. */
void tell_sender(struct work *work);

#endif

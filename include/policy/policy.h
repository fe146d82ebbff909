/* policy.h - rules read from configuration, and what they say of one message.
 *
 * A rule is a sentence over facts, with the clause it serves. Conditions are sentences from one table of predicates
 * (predicate.h); an administrator writes rules, exceptions and phrases without C:
 *
 *   rules = ( {
 *     id = "silent-copy";
 *     clause = "Councillor-Officer Protocol, Correspondence, paragraph 1";
 *     when = ( "sender is officer", "addressed to one councillor", "a councillor is hidden" );
 *     unless = ( "every hidden councillor is made clear" );
 *     action = "footer";                 // report | flag | notify | companion | footer | hold | return
 *     provided = ( "every visible recipient is of the council" );  // else: otherwise
 *     otherwise = "notify";
 *     also = ( "notify" );
 *     fallback = "companion";            // notify | companion | hold: when the message cannot take the line
 *     mode = "enforce";                  // off | observe | advise | enforce
 *     says = { en = "..."; cy = "..."; };
 *   } );
 *
 * All of `when`, all of `provided`, and none of `unless` must hold. Case, runs of blanks and the articles a, an, the do not
 * count in a sentence; "not: SENTENCE" negates it; "A and: B" and "A or: B" join sentences into one condition, `and:` binding
 * tighter. Answers are YES, NO, UNKNOWN (Kleene); what UNKNOWN does is decided in policy_judge from one setting, `unknown`.
 *
 * A condition that speaks of "this recipient" is asked of each envelope recipient; the rule then concerns those for whom
 * all its conditions hold. In `provided` it narrows the action to the recipients for whom it holds.
 *
 * The action is a ladder: `action` provided (`provided`), else `otherwise` provided (`otherwise_provided`), else report. What `also` names
 * is done besides, provided (`also_provided`).
 *
 * A later file changes a rule by naming its id and the keys to change. `when_also`, `unless_also` and `provided_also` add
 * to a list that an earlier file gave, so that an exception is one line:
 *
 *   rules = ( { id = "silent-copy"; unless_also = ( "sender holds office monitoring-officer" ); } );
 *
 * A rule that fires on what somebody is to be answered to may start a clock (struct rule_clock):
 *
 *   clock = { contact_days = 3; response_days = 7; contact_reminder = 2; response_reminder = 6;
 *             holding = "holding-reply"; automatic = "automatic-reply"; };
 *
 * and one after which somebody is to do something else by a day lays a duty on them (struct rule_duty), met by a later message of the
 * matter for which all of `met_when` hold:
 *
 *   duty = { owner = "clerk"; days = 5; remind = 3; met_when = ( "sender is officer", "a recipient is oversight" );
 *            asks = { en = "Please refer it to the standards authority."; }; };
 *
 * The words may contain slots, filled from the message: those of explanation.h. Pure: no clock, no I/O. */
#ifndef COPYHOLD_POLICY_POLICY_H
#define COPYHOLD_POLICY_POLICY_H

#include "base/settings.h"
#include "facts/facts.h"

/* Mildest first. Companion: a short message of our own beside this one, to each officer who gets it; this one stays as it is. */
enum action { ACTION_REPORT, ACTION_FLAG, ACTION_NOTIFY, ACTION_COMPANION, ACTION_FOOTER, ACTION_HOLD, ACTION_RETURN, ACTION_COUNT };
const char *action_name(enum action action);
extern const char *const action_words[]; /* NULL-terminated */
enum mode { MODE_OFF, MODE_OBSERVE, MODE_ADVISE, MODE_ENFORCE };
const char *mode_name(enum mode mode);
extern const char *const mode_words[];

/* What is kept of a finding beside the message's entry: all; that the rule fired and on whom, but neither the words that made it fire nor the
 * subject; nothing at all, so that only the person concerned has heard of it. */
enum keeping { KEPT_WHOLE, KEPT_OUTLINE, KEPT_NOTHING };
extern const char *const kept_words[];

/* What is done instead when a message cannot take the line; the sender is told in any case. Mildest first. */
enum fallback { FALLBACK_NOTIFY, FALLBACK_COMPANION, FALLBACK_HOLD };
const char *fallback_name(enum fallback fallback);
extern const char *const fallback_words[];

/* What becomes of a held message nobody decides on in the set time. Most careful first. */
enum on_expiry { EXPIRY_ESCALATE, EXPIRY_RETURN, EXPIRY_RELEASE_ANNOTATED };
extern const char *const on_expiry_words[];

/* What a sender may do themselves about a message of their own, where the clause says "normally" or "exceptionally". */
enum remedy {
	REMEDY_OPEN_COPY,   /* make the hidden copy known to those who were written to */
	REMEDY_DROP_HIDDEN, /* not send the hidden copy */
	REMEDY_WITHDRAW,    /* not send it at all */
	REMEDY_REASON,      /* say why it is an exception, or wrong */
	REMEDY_COUNT
};
const char *remedy_name(enum remedy remedy);
extern const char *const remedy_words[]; /* NULL-terminated */
/* False when there is none of that name. */
bool remedy_parse(const char *name, enum remedy *out);

/* By when the officer a message is addressed to is to answer its sender. What starts, stops and lengthens it is the gateway's to see
 * (gateway/due.h); the rule says how long it runs, and which words do not end it. */
struct rule_clock {
	int contact_days;        /* open days of the office until the sender is to be contacted */
	int response_days;       /* days of the calendar until they are to be answered */
	int contact_reminder, response_reminder; /* the day of each on which the officer is reminded; 0: never */
	const char *holding;     /* family: says when there will be an answer, and so is none yet; or NULL */
	const char *automatic;   /* family: a machine's answer, which is nobody's; or NULL */
};

/* Who is to do something, what does it, and by when. */
enum duty_owner { DUTY_OF_CLERK, DUTY_OF_SENDER, DUTY_OF_RECIPIENT };
enum duty_each { DUTY_ONCE, DUTY_EACH_GROUP }; /* a duty to each political group but the one that was advised */
enum duty_matter {
	DUTY_CONVERSATION, /* what meets it belongs to the conversation, by its ids or the subject */
	DUTY_GROUP,        /* or names the group that was advised, or none, and `at_large_when` holds */
	DUTY_ANY_MATTER,   /* or to none: whatever meets one meets all of the rule */
};
extern const char *const duty_owner_words[], *const duty_each_words[], *const duty_matter_words[]; /* NULL-terminated */
struct rule_duty {
	int owner, each, matter; /* of the enums above */
	int days;                /* until it is to be done: open days of the office, or with `calendar` days of the calendar */
	bool calendar;
	int remind;              /* the day, counted likewise, on which its owner is reminded, be it before it is due or after; 0: never */
	int deputy;              /* and on which, later than it was due, the deputy clerk is told; 0: never */
	int lapse_days;          /* days of the calendar after it was due; then nobody asks for it any more; 0: never */
	bool silent;             /* its owner is not told of it at once */
	const struct condition *const *met_when; /* NULL-terminated, of a whole message */
	const struct condition *const *at_large_when; /* of what meets it, with DUTY_GROUP: it is for all groups, naming none; or NULL */
	const char *asks_en, *asks_cy;   /* what is to be done, with the slots %{group} (that was advised), %{waiting} and %{council} */
	const char *draft_en, *draft_cy; /* a letter its owner could send, likewise; or NULL */
};

enum unknown_means { UNKNOWN_REPORTS, UNKNOWN_HOLDS, UNKNOWN_RETRIES };

struct condition; /* a parsed sentence */
struct memo_list; /* condition.h */

struct rule {
	const char *id;
	const char *clause;
	const char *quote;               /* the council's own words, or NULL */
	/* Each NULL-terminated; NULL where the rule has none. */
	const struct condition *const *when, *const *unless, *const *provided, *const *otherwise_provided, *const *also_provided;
	enum action action, otherwise;   /* otherwise: what is done when `provided` does not hold; default notify */
	unsigned also;                   /* 1 << enum action bits */
	enum fallback fallback;
	enum action most, wanted;        /* nothing stronger is done; what the files asked for, when that was more */
	enum mode mode, mode_wanted;     /* what it is in, and what a file last gave it; the mode at the top of the configuration overrides that */
	const char *mode_file;           /* which file that was, and where; NULL: none did */
	int mode_line;
	bool whole_message;              /* a hold concerns the message, not only the recipients the rule names */
	unsigned remedies;               /* 1 << enum remedy bits: what the sender is offered by a link */
	enum keeping kept;                  /* of its findings */
	bool otherwise_counted;          /* what does not come to `action` is counted in reports and listed in none */
	bool discreet;                   /* its finding is not the recipients' business: never a header */
	bool two_persons;                /* what it holds is released when a second person has confirmed it */
	enum on_expiry on_expiry;
	struct string_list reasons;      /* a reviewer can choose from: the clause's own exceptions */
	const char *says_en, *says_cy;   /* explanation for people */
	const char *remedy_en, *remedy_cy; /* one step the sender can take, or NULL */
	const struct rule_clock *clock;  /* that it starts when it fires, or NULL */
	const struct rule_duty *duty;    /* that it lays on somebody, or NULL; never beside a clock */
	const char *file;
	int line;
};

struct policy;

struct policy *policy_new(void);
void policy_free(struct policy **policy);
/* Merges the `rules = ( ... )` of one file: a later rule of the same id overrides the keys it names. Unknown keys,
 * predicates, roles, families are refused with file, line and a suggestion. Call lexicon_add for all files first. */
bool policy_add(struct policy *policy, const struct settings_node *rules, const struct lexicon *lexicon, struct error *err) MUST_CHECK;
/* The same of a file whose rules are there to be taken over: one is in force when policy_add brings a rule of its id, which then has all
 * that it does not say itself from here. Before any policy_add. */
bool policy_add_shared(struct policy *policy, const struct settings_node *rules, const struct lexicon *lexicon, struct error *err) MUST_CHECK;
/* Adds a rule that was read otherwise than from a configuration; what it points to is in policy_arena or outlives the policy. */
void policy_take(struct policy *policy, const struct rule *rule);
struct arena *policy_arena(struct policy *policy);
/* The `remember = { marked; advice; issued; }` of one file: conditions of a whole message, all of which must hold for it to be remembered
 * as that kind (memory.h). A later file's list replaces an earlier one's; an empty one means never. */
bool policy_add_remember(struct policy *policy, const struct settings_node *remember, const struct lexicon *lexicon,
			 struct error *err) MUST_CHECK;
#define REMEMBER_COUNT ((size_t)3)
/* After the last add: every rule is complete (clause, when, action, says), and none does more than its `most`. `override`: the top-level mode for every
 * rule that is not off, or -1. */
bool policy_finish(struct policy *policy, int override, enum unknown_means unknown, struct error *err) MUST_CHECK;
/* The same rules, all that are not off in one mode; MODE_OFF: each in its own. Borrows from `policy`, which must outlive it. */
struct policy *policy_in_mode(const struct policy *policy, enum mode mode);
enum unknown_means policy_unknown(const struct policy *policy);
size_t policy_count(const struct policy *policy);
const struct rule *policy_at(const struct policy *policy, size_t index);
const char *policy_digest(const struct policy *policy); /* hex; changes when any rule does */

struct evidence {
	const char *where; /* "envelope", "subject", "part 1, line 3", "signature" */
	const char *text;  /* a plain sentence or the matched words (at most 12) */
};

/* How one condition was answered, for explain. */
struct asked {
	const char *sentence;
	enum asked_part { ASKED_WHEN, ASKED_UNLESS, ASKED_PROVIDED, ASKED_OTHERWISE, ASKED_ALSO } part;
	enum answer answer;
	const struct evidence *evidence;
	size_t evidence_count;
};

#define ASKED_PARTS ((size_t)ASKED_ALSO + 1)
/* The rule's list for that part. */
const struct condition *const *rule_conditions(const struct rule *rule, enum asked_part part);

struct opinion { /* of one rule on the message, fired or not */
	const struct rule *rule;
	enum answer fires;
	const struct asked *asked;
	size_t asked_count;
	const bool *concerns;            /* per envelope recipient: whom the action is about */
	enum action action;              /* after the ladder and mode: what is done; in observe, what would be */
	unsigned also;                   /* further actions, as bits; report is always done */
	bool provided;                   /* the rule's first action was reached */
	bool counted;                    /* it was certainly not, and its finding is only to be counted */
	bool unheard;                    /* of a past message: whom it concerns, or what is done, depends on what was not asked then */
	const struct evidence *evidence; /* of the answers that made it fire */
	size_t evidence_count;
	const char *explanation;         /* the rule's words with names filled in; NULL unless it fires */
	const char *explanation_cy, *remedy, *remedy_cy; /* the same; NULL when the rule has no such words */
	enum answer meets;               /* does the message do what the rule's duty asks for, whatever the matter? NO without a duty, UNHEARD of a past one */
	enum answer meets_at_large;      /* what it does is done for all groups alike, as far as it names none; likewise */
};

struct exception {                       /* an exemption that kept a rule from firing */
	const char *rule;
	const char *sentence;            /* the condition that held */
	const char *detail;              /* for whom */
};

struct verdict {
	const struct opinion *opinions;  /* every rule that is not off, in file order */
	size_t opinion_count;
	const struct exception *exceptions;
	size_t exception_count;
	const struct memo_list *memos;   /* what each sentence was answered (testimony.h) */
	unsigned remember;               /* enum memory_kind bits that the configuration gives the message */
	bool undecided;                  /* some rule could not be answered */
	enum unknown_means unknown;      /* what is to be done about that: holding and retrying only for rules that may hold */
};

const struct verdict *policy_judge(struct arena *arena, const struct policy *policy, const struct facts *facts,
				   const struct lexicon *lexicon, struct pattern_scratch *scratch);

#endif

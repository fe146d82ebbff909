/* facts.h - what holds of one message: relations between people, names, markings and words.
 *
 * Plain values gathered once from envelope, reading and directory; predicates look at nothing else. Everything borrows
 * from the arena and from the snapshot of the directory, which must outlive it. */
#ifndef COPYHOLD_FACTS_FACTS_H
#define COPYHOLD_FACTS_FACTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/civic.h"
#include "base/pattern.h"
#include "directory/permission.h"
#include "facts/conduct.h"
#include "memory/memory.h"
#include "reading/reading.h"

/* What the transport said (RFC 5321). All borrowed. */
struct envelope {
	const char *from;                /* path without brackets; "" for <> */
	const char *const *recipients;   /* without brackets, in order */
	size_t recipient_count;
	const char *auth;                /* authenticated name, or NULL */
	const char *client;              /* client IP address as text, or NULL when local or unknown */
	int64_t at;                      /* UTC seconds */
};

/* A relay that vouches (DESIGN 8, Identity). */
enum vouch { VOUCH_ENVELOPE_FROM, VOUCH_HEADER_FROM };
struct trusted_relay {
	const char *const *networks;     /* "10.0.0.0/8", "2001:db8::/32", single addresses */
	size_t network_count;
	enum vouch identity;
	int hold_window;                 /* seconds for which a message that names people no envelope has reached yet is put off; 0: never */
};
/* True when the text is an address or network that network_contains understands. */
bool network_is_valid(const char *network);
bool network_contains(const char *network, const char *client);

struct council {
	const char *name;
	const char *const *domains;      /* A-labels, lower case */
	size_t domain_count;
	const struct trusted_relay *trusted;
	size_t trusted_count;
	const struct permission *permissions;
	size_t permission_count;
	struct conduct conduct;
	struct civic_calendar calendar;
};

enum direction { DIRECTION_OUTGOING, DIRECTION_INCOMING, DIRECTION_INTERNAL };
const char *direction_name(enum direction direction);

/* One address of the envelope or of From, Sender, To, Cc, as the directory knows it. */
struct party {
	const char *address;             /* as given */
	const struct person *person;     /* person or list; NULL when unlisted */
	enum role role;                  /* on the day; ROLE_NONE when unlisted or out of office */
	unsigned offices;
	bool council_domain;
	bool third_party;                /* DESIGN 8: neither councillor nor officer on that date, nor exempt */
	const char *exempt;              /* why not a third party although outside: "adviser", "auditor" ...; NULL otherwise */
};

/* A person the envelope reaches but To and Cc do not name (DESIGN 5). */
struct hidden {
	const struct person *person;
	enum role role;
	unsigned offices;
	const char *recipient;           /* the envelope recipient that reaches them */
	const struct person *via_list;   /* or NULL */
	bool elsewhere;                  /* another envelope of the same message reaches them, this one does not */
	bool in_bcc;                     /* a Bcc field that the sender's program left in names them */
	bool in_text;                    /* the author's text says that they have a copy */
	bool in_foot;                    /* a copy line in the foot of each text alternative names them, alone among those it could mean */
	const char *foot_line;           /* that line, or NULL */
};

/* A copy line in the author's foot: "CC councillor X", "Copi at ...", "copy to ...". */
struct copy_line {
	const char *text;
	const char *where;
	bool all_councillors;            /* "CC all councillors" */
	const struct person *const *named; /* councillors it names beyond doubt */
	size_t named_count;
	const char *const *doubtful;     /* names that fit several councillors */
	size_t doubtful_count;
	const char *const *not_copied;   /* councillors it names who are no recipient, visible or hidden */
	size_t not_copied_count;
};

/* What a councillor wrote to officers and this message hands to other councillors (DOMAIN: silent-forward). */
struct passed_on {
	const struct person *author;     /* who does not get this message */
	const struct letter *letter;     /* their newest, as this message shows it; NULL: only memory knows whose the words are */
	const struct ancestor *ancestor; /* as memory knows it; NULL when it does not */
	const struct person *const *to;  /* the councillors who get it and did not have it */
	size_t to_count;
};

/* A letter to the members of one political group that this message carries. */
struct group_matter {
	const char *group;
	const struct person *author;     /* or NULL */
	bool by_officer;                 /* advice or a report to the group, not what its members say among themselves */
	const struct letter *letter;     /* NULL: only memory knows it */
	const struct ancestor *ancestor; /* or NULL */
};

enum name_source { NAME_UNKNOWN, NAME_FROM_SIGNATURE, NAME_FROM_FROM, NAME_FROM_SENDER };
/* In whose name the message goes out: topmost signature, then From, then Sender (DOMAIN 1C). NAME_UNKNOWN for strangers' mail. */
struct in_name_of {
	enum name_source source;
	const struct person *person;     /* when it fits exactly one; NULL otherwise */
	bool councillor, officer;        /* both: signed jointly */
	unsigned offices;                /* of the councillor */
	const char *text;                /* what was read */
	const char **signers;            /* who signs, by name or office: several do so jointly */
	size_t signer_count;
	bool for_council;                /* the signature says "on behalf of the Council", or gives a council office */
	bool for_other_body;             /* trustee, director ... of another body */
	bool personal;                   /* personal capacity is stated */
};

/* A marking and whose it is. */
struct marked {
	const struct marking *marking;
	const struct letter *letter;
	const struct party *author;      /* of the letter; NULL when the text does not tell */
	bool council_author;             /* the author is an officer or councillor, or cannot be told in a forward of ours */
	bool officer_author;
	bool to_councillor;              /* the letter was addressed to a councillor, as far as the text tells */
	bool boilerplate;
};

/* Remembered confidential correspondence that this message carries, as far as nobody who may has made it public (DOMAIN:
 * confidential-lineage). How it is carried, the surest first; one at least is true. */
struct lineage {
	const struct ancestor *ancestor;
	bool thread;                     /* it answers it, and has words or a file of it */
	bool passed_on;                  /* it is attached whole, or shown as its author's letter */
	bool file;
	bool words;                      /* it repeats passages */
	bool own_advice;                 /* the Monitoring Officer's advice to the very sender */
	size_t matched;                  /* passages; those that are the only outside recipient's own, as the message shows, left out */
	const char *where;               /* in this message */
};

struct recipient {
	struct party party;
	bool visible;                    /* the person stands in To or Cc */
	bool marking_is_theirs;          /* the only markings are the recipient's own, returned to them */
};

/* A recipient of the same message in another envelope, and not in this one (recall). */
struct elsewhere {
	const struct sibling *sibling;
	struct party party;
	bool visible;                    /* as in struct recipient */
};

struct facts {
	const struct envelope *envelope;
	const struct reading *reading;
	const struct recall *recall;     /* what was seen before; never NULL, empty when nothing is remembered */
	const struct directory *directory;
	const struct council *council;
	calendar_date on;

	const struct person *const *officers; /* whom it is for: recipients of any envelope, To and Cc, lists expanded, senders left out */
	size_t officer_count;
	const struct permission *const *permissions; /* in force on that day */
	size_t permission_count;

	enum direction direction;
	bool sender_known;               /* authenticated or vouched for; else a stranger */
	const char *sender_by;           /* "authentication", "trusted relay", or NULL */
	struct party sender;             /* person NULL for strangers and unknown logins; a list when several people share the mailbox, whose
	                                  * role is officer when they all are */
	struct party header_from;        /* first From mailbox; address NULL when absent */
	struct party header_sender;
	const struct party *from_another; /* header_from, when it is of the council and a known sender neither has nor keeps that address; else NULL */
	const char *from_note;           /* what an administrator is to know of a From line that does not go with who sent it; NULL: nothing */

	const struct recipient *recipients; /* parallel to envelope->recipients */
	size_t recipient_count;
	const struct elsewhere *elsewhere; /* whom other envelopes of the same message went to; each address once */
	size_t elsewhere_count;
	bool put_off;                    /* more envelopes of it are to come first (hold_window) */
	bool retried;                    /* everybody in this envelope was sent it before */
	const struct party *visible;     /* To and Cc, in order; To first */
	size_t visible_count, visible_to_count;
	const struct person *const *to_councillors; /* distinct councillors in To, lists not expanded */
	size_t to_councillor_count;
	const struct person *const *visible_councillors; /* in To or Cc, lists expanded */
	size_t visible_councillor_count;
	bool visible_list;               /* a list stands in To or Cc */
	bool visible_only_sender;        /* To and Cc name nobody but the sender, or nobody at all */
	size_t awaited_count;            /* people and lists of the council in To and Cc, the sender left out, whom no envelope has reached yet */
	size_t awaited_before;           /* the same before this envelope came; 0 when it is the first */
	bool visible_all_council;        /* To and Cc name somebody, and only councillors, officers and lists of only those */

	const struct hidden *hidden;     /* hidden councillors and officers and others with a person; the sender is never among them */
	size_t hidden_count;
	size_t hidden_public_count;      /* hidden recipients who are neither councillor nor officer; a list of the public counts once */
	const struct person *hidden_all_list; /* a hidden list that reaches all councillors */

	const struct copy_line *copy_lines;
	size_t copy_line_count;
	bool copies_partly_known;        /* split envelopes are likely (trusted relay): "not copied" cannot be told */

	const struct person *exchange_with; /* the councillor with whom alone officers exchanged the newest quoted letter, as its block
	                                     * shows, and who stands in To or Cc; NULL when there is none or it cannot be told */
	const struct person *const *exchange_added; /* councillors in To or Cc who are in no quoted letter */
	size_t exchange_added_count;

	const struct passed_on *passed;  /* one for each such author, in the order of the letters */
	size_t passed_count;

	const struct person *const *reached; /* councillors and the press among the recipients, lists expanded, senders left out */
	size_t reached_count;
	const char *const *groups;       /* political groups with councillors or a list on that day */
	size_t group_count;
	const struct group_matter *group_matters;
	size_t group_matter_count;
	const char *to_group;            /* the political group whose list, or whose members alone, it is sent to; NULL: none, or several */
	bool to_group_list;              /* by its list */

	bool to_leader;                  /* somebody outside writes to the Leader as such */
	bool answers_leaders_mail;       /* it answers such a letter, as memory or the quoted letter shows */

	struct in_name_of name;
	const struct letter *const *attached; /* letters in attached files that a councillor signs, and no officer */
	size_t attached_count;
	const struct marked *marked;
	size_t marked_count;
	bool unmarked;                   /* the author cancels the marking */
	const struct lineage *lineage;
	size_t lineage_count;
	const struct ancestor *const *reissued; /* confidential correspondence whose own author sends it again as their own words, or of which
	                                         * its author or an officer says that it is confidential no longer */
	size_t reissued_count;
	bool undecided_pattern;          /* a pattern ran into its limit while gathering */
};

/* Who vouches for a message, as memory keeps its copies apart (remembrance.principal): the person or shared mailbox that authenticated, or the
 * trusted relay and whom it vouches for. NULL for strangers and unknown logins. */
const char *facts_principal(struct arena *arena, const struct envelope *envelope, const struct reading *reading,
			    const struct directory *directory, const struct council *council);

/* Gathers. Always succeeds; what cannot be told is left unknown. `recall` NULL: nothing is remembered. */
const struct facts *facts_gather(struct arena *arena, const struct envelope *envelope, const struct reading *reading,
				 const struct recall *recall, const struct directory *directory, const struct council *council,
				 const struct lexicon *lexicon, struct pattern_scratch *scratch);

/* The political group that all councillors are of whom it reaches, the sender left out; NULL when it reaches none, or others too. */
const char *facts_only_group(const struct facts *facts);
/* Whom a block or header names: by the address, whatever they are; else by a name that fits one person of that role on the day (ROLE_NONE: of
 * any). NULL when it cannot be told. */
const struct person *facts_person_of(struct arena *arena, const struct facts *facts, const struct mailbox *mailbox, enum role role);
/* The sender's letter, or one of those attached to it that a councillor signs. */
bool facts_is_councillors_letter(const struct facts *facts, const struct letter *letter);
/* The outer letter, or an attached one that its author signs; somebody else's is quoted by being attached. Where nothing tells who the author
 * is, one that nobody of the directory signs, and no office. */
bool facts_is_authors_letter(struct arena *arena, const struct facts *facts, const struct letter *letter);
/* Somebody asked to keep it from sight, here or in a letter that it carries on: neither its subject nor its words are kept or told. */
bool facts_is_confidential(const struct facts *facts);
bool facts_is_hidden_councillor(const struct hidden *hidden);
/* A label, not a word in running text and not boilerplate. */
bool marked_counts(const struct marked *marked);

/* At an address that is neither the Council's nor of another body: somebody's own. */
bool party_is_private(const struct facts *facts, const struct party *party);
/* The Council has marked it, and this recipient is a councillor or officer at such an address. */
bool facts_marked_to_private(const struct facts *facts, size_t recipient);
/* A protected correspondent (role_is_protected), or a list that reaches only such outside. */
bool party_is_protected(const struct party *party);
/* Who sent it, as far as anybody knows: the person as authenticated; else who the envelope or the From line says. */
bool facts_sender_is_protected(const struct facts *facts);
/* One of them has part in it: sends it, gets it or stands in To or Cc. */
bool facts_has_protected(const struct facts *facts);
/* One of them gets it, and nobody else but perhaps the sender's own mailbox. */
bool facts_is_protected_only(const struct facts *facts);

#endif

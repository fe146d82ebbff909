/* reading.h - what a person reads in a message.
 *
 * The unit is the letter: the outer message, each forwarded or quoted message inside its text, each enclosed
 * message/rfc822. A letter has an author (as far as the text shows), lines in zones, markings and a signature.
 * Nothing here knows who people are: the directory comes later, in facts. All in the arena; pure. */
#ifndef COPYHOLD_READING_READING_H
#define COPYHOLD_READING_READING_H

#include "base/arena.h"
#include "base/bytes.h"
#include "message/address.h"
#include "message/message.h"
#include "reading/lexicon.h"

enum zone {
	ZONE_AUTHOR,     /* what the letter's own author wrote */
	ZONE_SIGNATURE,  /* from the sign-off or the name to the end of the block */
	ZONE_DISCLAIMER, /* organisation boilerplate */
	ZONE_HEADER,     /* the From/To/Subject lines or "On ... wrote:" that introduce a quoted or forwarded letter */
};
const char *zone_name(enum zone zone);

struct line {
	struct bytes text;   /* as decoded; quote marks ("> ") removed */
	struct bytes plain;  /* unicode_plain of it, for patterns */
	enum zone zone;
	size_t offset;       /* of the line's first byte in passage.decoded (plain) or in the HTML source */
	size_t end;          /* one past its last byte there, line end not included */
};

/* A part's text as far as it belongs to one letter. text/plain and text/html alternatives are two passages. */
struct passage {
	const struct part *part;
	bool html;
	bool attachment;       /* a text attachment, not the shown body */
	const struct line *lines;
	size_t line_count;
};

enum letter_kind {
	LETTER_OUTER,     /* the message itself */
	LETTER_QUOTED,    /* history below or between: "On ... wrote:", Outlook reply header, "> " */
	LETTER_FORWARDED, /* passed on: "---- Forwarded message ----", or the subject or block says so */
	LETTER_ENCLOSED,  /* a message/rfc822 part, or an e-mail in an attached file */
	LETTER_ATTACHED,  /* a document in the form of a letter, attached to the message: who signs it, and its sentences; behind all others */
};

enum marking_strength {
	MARKING_WEAK,     /* the word in running text */
	MARKING_EXPLICIT, /* subject, label, header, or a line that labels the message */
};
enum marking_place { MARKING_IN_SUBJECT, MARKING_IN_HEADER, MARKING_IN_TEXT, MARKING_IN_FILE_NAME, MARKING_IN_OTHER_TEXT, MARKING_IN_DOCUMENT };

struct marking {
	enum marking_place place;
	enum marking_strength strength;
	bool inherited;        /* in the subject behind Re: or Fwd: -- it may be somebody else's */
	bool behind_forward;   /* that prefix is a forward's */
	const char *where;     /* "subject", "Sensitivity", "part 1.1, line 2" */
	const char *words;     /* the matched words and a little around them, at most 12 words */
};

struct signature {
	const char *name;      /* "Amir Khan", titles removed; NULL when only an office is given */
	bool as_councillor;    /* "Cllr", "Councillor", "Cyng.", Mayor, Chair of ..., Leader, Member for ... */
	bool as_officer;       /* Clerk, RFO, Proper Officer, Head of ..., ... */
	bool for_council;      /* "on behalf of ... Council" in the block */
	bool for_other_body;   /* "on behalf of" or trustee, director ... of something that is not the council */
	bool personal;         /* "personal views", "in a personal capacity", "ward member" only */
	const char *office;    /* the office word as the directory spells it ("mayor", "clerk"), or NULL */
	const char *text;      /* the block's lines joined with " / " */
};

struct letter {
	enum letter_kind kind;
	const struct letter *parent;     /* NULL for the outer letter */
	struct mailbox_list from, to, cc; /* as headers or the block show them; a bare name has address "" */
	const char *subject;             /* decoded, or NULL */
	const char *date;                /* as the block of a quoted or forwarded letter writes it, or NULL; no clock reads it */
	const char *bare_subject;        /* without Re:, Fwd: and their translations, or NULL */
	bool is_reply, is_forward;       /* by subject prefix (outer and enclosed), or by the block's own words */
	const struct passage *passages;
	size_t passage_count;
	const struct marking *markings;
	size_t marking_count;
	bool unmarked;                   /* its author says it is not, or no longer, confidential */
	const struct signature *signatures; /* the topmost block first; more than one name: signed jointly */
	size_t signature_count;
	const char *sensitivity;         /* RFC 2156 Sensitivity field, lower case, or NULL */
};

/* Of the history that the message carries: quoted, forwarded or enclosed, by whoever. */
bool letter_is_below(const struct letter *letter);
/* It is from, to or copied to that address, as its headers or its block show. */
bool letter_shows_address(const struct letter *letter, const char *address);

/* One sentence an author wrote, in the shown body, for patterns. */
struct sentence {
	const struct letter *letter;
	const char *where;    /* "part 1, line 4" */
	struct bytes plain;
	enum zone zone;       /* ZONE_AUTHOR or ZONE_SIGNATURE */
	bool question;        /* ends in a question mark */
};

struct unreadable {
	const char *part; /* part number, "" for the message */
	const char *why;  /* "encrypted (S/MIME)", "unknown transfer encoding \"x-foo\"", one plain phrase */
};

/* Where a footer goes in one shown text part; the splice itself is action/footer.h's. */
struct foot {
	const struct part *part;
	bool html;
	size_t at;        /* insert before this offset of the decoded text (plain) or HTML source */
	bool at_end;      /* it is the end of the text */
	bool line_open;   /* plain: the text before `at` does not end with a line end */
};

struct html_viewer;
struct reading {
	const struct letter *outer;
	const struct letter *const *letters; /* outer first, then in reading order */
	size_t letter_count;
	const struct sentence *sentences;    /* of the outer letter and attached ones, quotations in quotation marks left out */
	size_t sentence_count;
	const struct foot *feet;             /* one for each shown text alternative of the outer letter */
	size_t foot_count;
	const struct unreadable *unreadable;
	size_t unreadable_count;
	bool other_text_marked;              /* two readings differ and a marking shows in one */
	const char *message_id;              /* with brackets, or NULL */
	struct mailbox_list sender;          /* the Sender field of the outer letter */
	struct mailbox_list bcc;             /* its Bcc field: some programs leave it in */
	struct mailbox_list resent_from;     /* who passed the whole message on as it was (RFC 5322, 3.6.6), the last of them */
	const struct html_viewer *viewer;    /* who reads HTML that was changed since; NULL: nobody. Lives as long as the reader */
	bool auto_submitted;                 /* DSN, auto-reply, MDN ... as its headers claim: evidence, never an exemption */
	bool of_calendar;                    /* an invitation to a meeting, or the answer to one, as a calendar sends it: evidence as well */
	bool auto_forwarded;                 /* a rule of a mailbox sent it on, as the fields of usual mail programs say */
};

/* Families of the lexicon that are asked for here, when they are there; the list ends in NULL. With the lexicon's labels and known
 * texts it is all that the reader process is told of the configuration's phrases. "marking", "marking-line" (words that mark as
 * labels only), "marking-open" (labels that do not mark), "marking-cancelled", "disclaimer", "sign-off", "councillor-title",
 * "officer-title". What it knows without them is in stock.h. */
extern const char *const reading_families[];
const struct reading *reading_make(struct arena *arena, struct message *message, const struct lexicon *lexicon,
				   struct pattern_scratch *scratch);

/* The same with attached files opened (document/document.h), for the process that links the libraries behind it. */
struct document_opener;
const struct reading *reading_make_opening(struct arena *arena, struct message *message, const struct lexicon *lexicon,
					   struct pattern_scratch *scratch, const struct document_opener *opener);

#endif

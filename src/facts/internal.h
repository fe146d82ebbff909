/* internal.h - what the files of the facts layer share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_FACTS_INTERNAL_H
#define COPYHOLD_FACTS_INTERNAL_H

#include "facts/facts.h"

/* People of one directory, a bit each. */
struct person_set {
	const struct directory *directory;
	unsigned char *bits;
	size_t count;
};
struct person_set person_set_new(struct arena *arena, const struct directory *directory);
bool person_set_has(const struct person_set *set, const struct person *person);
/* False when the person was there already. */
bool person_set_add(struct person_set *set, const struct person *person);

/* The work in progress: facts are filled in the order of facts_gather, each step may read what was filled before. */
struct gathering {
	struct arena *arena;
	struct facts *facts;
	const struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	bool remembers; /* there is a memory of earlier messages */
	struct recipient *writable_recipients; /* facts->recipients and facts->hidden, while they are filled in */
	struct hidden *hidden;
	struct person_set visible;    /* people and lists To and Cc name, lists expanded */
	const char **visible_addresses; /* of To and Cc in comparable form, sorted */
	size_t visible_address_count;
	struct person_set recipients; /* people the envelope reaches, and other envelopes of the same message have, lists expanded */
	const struct trusted_relay *relay; /* that vouches for the sender, or would; NULL when there is none or the sender authenticated */
	struct person_set senders;    /* the sender, or everybody who shares the sender's mailbox */
};

/* party.c */
/* What somebody counts as on that day: councillor or officer before all else, then complainant, then as the file has it. */
enum role role_on(const struct person *person, calendar_date on);
struct party party_of_address(struct arena *arena, const struct facts *facts, const char *address);
struct party party_of_person(struct arena *arena, const struct facts *facts, const struct person *person, const char *address);
/* One person or list; where the directory knows neither, one address in whatever spelling. */
bool party_is_same(struct arena *arena, const struct party *a, const struct party *b);
bool party_is_council(const struct party *party); /* a councillor, an officer, or a list of only those */
/* facts_person_of, of any role. */
const struct person *person_of_mailbox(struct gathering *gathering, const struct mailbox *mailbox);
struct person_list members_of(struct arena *arena, const struct facts *facts, const struct person *list);
/* Adds somebody, and everybody whom a list reaches. False when they were there already. */
bool person_set_reach(struct person_set *set, struct arena *arena, const struct facts *facts, const struct person *person);

/* sender.c */
void gather_sender(struct gathering *gathering);
void gather_direction(struct gathering *gathering);

/* visible.c */
void gather_visible(struct gathering *gathering);
void gather_recipients(struct gathering *gathering);
/* That party, at that address, stands in To or Cc, as a person. */
bool gather_is_visible(const struct gathering *gathering, const struct party *party);
/* Adds whom it reaches to gathering->recipients. */
void gather_reach(struct gathering *gathering, const struct person *person);

/* elsewhere.c */
void gather_elsewhere(struct gathering *gathering);

/* from_line.c, after gather_recipients and gather_staff, which has the permissions */
void gather_from_line(struct gathering *gathering);

/* staff.c, after gather_elsewhere */
void gather_staff(struct gathering *gathering);

/* hidden.c */
void gather_hidden(struct gathering *gathering);

/* copy_lines.c */
void gather_copy_lines(struct gathering *gathering);

/* mentions.c: hidden people of whom the author's own sentences say that they have a copy. */
void gather_mentions(struct gathering *gathering);

/* descent.c */
bool ancestor_is_of_thread(const struct ancestor *ancestor); /* by References, In-Reply-To or Thread-Index */
/* So many of its passages here are its words: where its thread or its author's name says so too, or by themselves. */
bool passages_tell_beside(size_t count, const struct ancestor *ancestor);
bool passages_tell_alone(size_t count, const struct ancestor *ancestor);
bool passages_are_several(size_t count); /* more than a chance phrase, of whatever length it is */
bool passages_are_half(size_t count, const struct ancestor *ancestor);

/* exchange.c */
void gather_exchange(struct gathering *gathering);

/* passed.c, after gather_copy_lines */
void gather_passed(struct gathering *gathering);
/* Its words are here, not only its thread; of a file alone that cannot be said, for it may be everybody's. */
bool ancestor_is_carried(const struct facts *facts, const struct ancestor *ancestor);

/* group.c */
void gather_groups(struct gathering *gathering);
/* The political group a list stands for; NULL when it is none. */
const char *group_of_list(const struct facts *facts, const struct person *list);

/* leader.c, after gather_name */
void gather_leader(struct gathering *gathering);

/* name.c */
void gather_name(struct gathering *gathering);

/* marked.c */
void gather_marked(struct gathering *gathering);

/* lineage.c */
void gather_lineage(struct gathering *gathering);

/* The comparable form of an address, tag dropped; NULL when it is none. */
const char *comparable_address(struct arena *arena, const char *address);

#endif

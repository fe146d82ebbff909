/* predicates_permissions.c - conditions on which officers a message is for, and on what the Council or the Clerk has allowed once and for all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include <string.h>

/* ---- officers ----------------------------------------------------------------------------------------------- */

static bool holds(const struct question *question, const struct person *person, unsigned office)
{
	return (person_offices(person, question->facts->on) & office) != 0;
}

static enum answer officer_with_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->officer_count; i++)
		if (holds(question, facts->officers[i], arguments->office)) {
			question_evidence(question, "envelope", "for %s, %s", facts->officers[i]->name, arguments->word);
			return YES;
		}
	return NO;
}

static enum answer officer_besides(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->officer_count; i++)
		if (!holds(question, facts->officers[i], arguments->office)) {
			question_evidence(question, "envelope", "for %s, an officer", facts->officers[i]->name);
			answer = YES;
		}
	return answer;
}

static enum answer officers_all_with_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->officer_count; i++)
		if (!holds(question, facts->officers[i], arguments->office))
			return NO;
	return answer_of(facts->officer_count > 0);
}

/* The oldest letter of the history below. Its block may say that it is an answer itself, to something that was cut off. */
static enum answer officer_began(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct letter *oldest = NULL;
	for (size_t i = 0; i < facts->reading->letter_count; i++)
		if (facts->reading->letters[i]->kind == LETTER_QUOTED)
			oldest = facts->reading->letters[i];
	if (oldest == NULL || oldest->from.count == 0 || oldest->is_reply)
		return NO;
	if (oldest->subject != NULL && oldest->bare_subject != NULL && strcmp(oldest->subject, oldest->bare_subject) != 0)
		return NO;
	const struct person *person = facts_person_of(question->arena, facts, &oldest->from.items[0], ROLE_OFFICER);
	if (person == NULL || !person_has_role(person, ROLE_OFFICER, facts->on))
		return NO;
	question_evidence(question, "quoted letter", "%s began it", person->name);
	return YES;
}

/* ---- permissions -------------------------------------------------------------------------------------------- */

/* Whoever may instruct an officer may write to them. */
static bool serves(enum permission_kind held, enum permission_kind asked)
{
	return held == asked || (held == PERMISSION_INSTRUCTION && asked == PERMISSION_DIRECT_CONTACT);
}

static bool is_in(const struct question *question, const struct circle *circle, const struct person *person)
{
	return circle_has(question->arena, question->facts->directory, circle, person, question->facts->on);
}

static bool is_empty(const struct circle *circle)
{
	return circle->count == 0 && circle->offices == 0 && circle->roles == 0;
}

/* Somebody is allowed it, towards `with` (NULL: nobody is asked about), in the matter of this message. */
static enum answer allowed(struct question *question, enum permission_kind kind, const struct person *who, const struct person *with)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; who != NULL && i < facts->permission_count && answer != YES; i++) {
		const struct permission *permission = facts->permissions[i];
		if (!serves(permission->kind, kind) || !is_in(question, &permission->who, who))
			continue;
		if (with != NULL && !is_empty(&permission->with) && !is_in(question, &permission->with, with))
			continue;
		enum answer fits = permission->family == NULL ? YES : question_is_about(question, permission->family);
		if (fits == YES)
			question_evidence(question, "permission", "%s: %s, by %s", permission_words[permission->kind], who->name, permission->said);
		answer = answer_or(answer, fits);
	}
	return answer;
}

static const struct person *known_sender(const struct facts *facts)
{
	return facts->sender_known ? facts->sender.person : NULL;
}

enum answer person_is_allowed(struct question *question, enum permission_kind kind, const struct person *who)
{
	return allowed(question, kind, who, NULL);
}

static enum answer sender_allowed(struct question *question, const struct argument *arguments)
{
	return allowed(question, arguments->permission, known_sender(question->facts), NULL);
}

/* The clerk may be written to without. */
static enum answer sender_allowed_with_officers(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = YES;
	size_t asked = 0;
	for (size_t i = 0; i < facts->officer_count && answer != NO; i++) {
		if (holds(question, facts->officers[i], OFFICE_CLERK))
			continue;
		answer = answer_and(answer, allowed(question, arguments->permission, known_sender(facts), facts->officers[i]));
		asked++;
	}
	return asked == 0 ? NO : answer;
}

static enum answer name_allowed(struct question *question, const struct argument *arguments)
{
	return allowed(question, arguments->permission, question->facts->name.person, NULL);
}

static enum answer recipient_allowed(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->recipient_count && answer != YES; i++)
		answer = answer_or(answer, allowed(question, arguments->permission, facts->recipients[i].party.person, NULL));
	return answer;
}

static enum answer sender_may_send_as(struct question *question, const struct argument *arguments)
{
	const struct person *as = question->facts->header_from.person;
	return as == NULL ? NO : allowed(question, PERMISSION_SEND_AS, known_sender(question->facts), as);
}

/* Every hidden councillor may have copies of what is written to every councillor in To. */
static enum answer hidden_allowed(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = YES;
	size_t asked = 0;
	for (size_t i = 0; i < facts->hidden_count && answer != NO; i++) {
		if (!hidden_counts(question->arena, facts, &facts->hidden[i]))
			continue;
		for (size_t j = 0; j < facts->to_councillor_count && answer != NO; j++, asked++)
			answer = answer_and(answer, allowed(question, PERMISSION_COPY, facts->hidden[i].person, facts->to_councillors[j]));
	}
	return asked == 0 ? NO : answer;
}

const struct predicate predicates_permissions[] = {
	{ "it is for an officer who holds office {office}", false, false, officer_with_office,
	  "an officer of that office is a recipient, openly or not, or stands in To or Cc; lists count as whom they reach, and the sender never" },
	{ "it is for an officer other than the {office}", false, false, officer_besides, "the same of an officer who does not hold that office" },
	{ "every officer it is for holds office {office}", false, false, officers_all_with_office, "it is for an officer, and all of them hold that office" },
	{ "an officer began the conversation", false, true, officer_began,
	  "the oldest letter of the history quoted below is an officer's, and its block does not say that it was an answer" },
	{ "sender has permission {permission}", false, true, sender_allowed,
	  "a permission of copyhold.conf allows it to the sender on that day, in the matter of this message" },
	{ "sender has permission {permission} for every officer but the clerk", false, true, sender_allowed_with_officers,
	  "the same, and towards each officer it is for; who may instruct an officer may write to them" },
	{ "sender has permission to send as who stands in From", false, true, sender_may_send_as,
	  "a permission of the kind send-as allows it to the sender, with that address" },
	{ "it is in the name of somebody with permission {permission}", false, true, name_allowed, "the same of the one person in whose name it is" },
	{ "a recipient has permission {permission}", false, true, recipient_allowed, "the same of somebody the envelope reaches" },
	{ "every hidden councillor has permission to be copied", false, true, hidden_allowed,
	  "a permission of the kind copy allows it to each of them, towards each councillor in To" },
	{ 0 },
};

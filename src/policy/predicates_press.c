/* predicates_press.c - conditions on the press and the public: who is press, who of the council has a part in what goes there, what is put
 * out, and who has approved it.
 *
 * The press is whom the directory lists as press. Beside it an address may say so (newsdesk@), the house of somebody listed may, and a
 * thread that the press opened: reporters answer from addresses nobody has listed. A listed person is what the directory says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/named.h"
#include "policy/party.h"
#include "policy/predicate.h"

#include "base/clock.h"
#include "base/stated_date.h"
#include "base/unicode.h"
#include "message/address.h"
#include "reading/lexicon.h"

/* ---- the calendar ------------------------------------------------------------------------------------------- */

static enum answer is_pre_election(struct question *question, const struct argument *arguments)
{
	const struct civic_period *period = civic_period_on(&question->facts->council->calendar, CIVIC_PRE_ELECTION, question->facts->on);
	if (period == NULL)
		return NO;
	question_evidence(question, "calendar", "%s: %s to %s", period->what, clock_format_day(question->arena, period->from),
			  clock_format_day(question->arena, period->to));
	return YES;
}

static enum answer address_is(struct question *question, const char *family, const char *address)
{
	struct phrase_match match;
	return address == NULL || address[0] == '\0' ? NO
						      : lexicon_says(question->lexicon, question->scratch, family,
								     unicode_plain(question->arena, bytes_of(address)), &match);
}

/* ---- the press ---------------------------------------------------------------------------------------------- */

/* A paper's own domain: somebody listed as press has an address there that the family knows for a press office's. A reporter at a provider of
 * mail for everybody does not make all of that provider's customers reporters. */
static enum answer is_house_of_press(struct question *question, const char *family, const char *address)
{
	const struct facts *facts = question->facts;
	struct bytes domain = address_domain(address);
	struct person_list press = directory_with_role(question->arena, facts->directory, ROLE_PRESS, facts->on);
	enum answer answer = NO;
	for (size_t i = 0; i < press.count && answer != YES; i++)
		for (size_t k = 0; k < press.items[i]->address_count && answer != YES; k++)
			if (bytes_equal_nocase(address_domain(press.items[i]->addresses[k]), domain))
				answer = answer_or(answer, address_is(question, family, press.items[i]->addresses[k]));
	return answer;
}

static bool reaches_press(struct question *question, const struct person *person)
{
	const struct facts *facts = question->facts;
	if (!person->is_list)
		return person_has_role(person, ROLE_PRESS, facts->on);
	bool public = false, archive = false;
	struct person_list members = list_members(question->arena, facts->directory, person, facts->on, &public, &archive);
	for (size_t i = 0; i < members.count; i++)
		if (person_has_role(members.items[i], ROLE_PRESS, facts->on))
			return true;
	return false;
}

static enum answer address_is_press(struct question *question, const char *family, const char *address)
{
	const struct facts *facts = question->facts;
	const struct person *person = address == NULL ? NULL : directory_by_address(facts->directory, address);
	if (person != NULL)
		return answer_of(reaches_press(question, person));
	if (address == NULL || address[0] == '\0' || directory_is_council_domain(facts->directory, address))
		return NO;
	return answer_or(address_is(question, family, address), is_house_of_press(question, family, address));
}

/* Who wrote a letter, by the address, else by a name of the directory. */
static enum answer mailbox_is_press(struct question *question, const char *family, const struct mailbox *mailbox)
{
	if (mailbox->address[0] != '\0')
		return address_is_press(question, family, mailbox->address);
	const struct person *person = facts_person_of(question->arena, question->facts, mailbox, ROLE_PRESS);
	return answer_of(person != NULL && reaches_press(question, person));
}

/* The oldest letter of the thread, which stands lowest, is the press's, and the recipient has taken part since. */
static enum answer is_in_press_thread(struct question *question, const char *family, const char *address)
{
	const struct reading *reading = question->facts->reading;
	const struct letter *oldest = NULL;
	bool part = false;
	for (size_t i = 0; i < reading->letter_count; i++)
		if (letter_is_below(reading->letters[i])) {
			oldest = reading->letters[i];
			part |= letter_shows_address(oldest, address);
		}
	return !part || oldest->from.count != 1 ? NO : mailbox_is_press(question, family, &oldest->from.items[0]);
}

static enum answer recipient_is_press(struct question *question, const char *family, const struct party *party)
{
	if (party->address == NULL || (party->person != NULL && party->person == question->facts->sender.person))
		return NO;
	enum answer answer = address_is_press(question, family, party->address);
	return answer == YES || party->person != NULL || !party->third_party ? answer
									     : answer_or(answer, is_in_press_thread(question, family, party->address));
}

static enum answer goes_to_press(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		enum answer is = recipient_is_press(question, arguments->word, &facts->recipients[i].party);
		if (is == YES)
			question_evidence(question, "envelope", "sent to %s, press", party_name(&facts->recipients[i].party));
		answer = answer_or(answer, is);
	}
	return answer;
}

/* ---- the public --------------------------------------------------------------------------------------------- */

static enum answer goes_to_many(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	size_t count = 0;
	for (size_t i = 0; i < facts->recipient_count; i++)
		count += facts->recipients[i].party.third_party;
	if (count < (size_t)arguments->number)
		return NO;
	question_evidence(question, "envelope", "sent to %zu outside the council", count);
	return YES;
}

/* ---- liaison ------------------------------------------------------------------------------------------------ */

static bool shows_officer(struct question *question, const struct person *person)
{
	const struct facts *facts = question->facts;
	bool public = false, archive = false;
	if (person == NULL || person == facts->sender.person)
		return false;
	bool officer = !person->is_list && person_has_role(person, ROLE_OFFICER, facts->on);
	struct person_list members = { 0 };
	if (person->is_list)
		members = list_members(question->arena, facts->directory, person, facts->on, &public, &archive);
	for (size_t i = 0; i < members.count && !officer; i++)
		officer = members.items[i] != facts->sender.person && person_has_role(members.items[i], ROLE_OFFICER, facts->on);
	if (officer)
		question_evidence(question, "liaison", "%s has part in it", person->name);
	return officer;
}

static bool officer_gets_it(struct question *question)
{
	const struct facts *facts = question->facts;
	bool officer = false;
	for (size_t i = 0; i < facts->recipient_count && !officer; i++)
		officer = shows_officer(question, facts->recipients[i].party.person);
	for (size_t i = 0; i < facts->elsewhere_count && !officer; i++)
		officer = shows_officer(question, facts->elsewhere[i].party.person);
	for (size_t i = 0; i < facts->visible_count && !officer; i++)
		officer = shows_officer(question, facts->visible[i].person);
	return officer;
}

static bool officer_in_letter(struct question *question, const struct letter *letter)
{
	const struct mailbox_list *lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			if (shows_officer(question, facts_person_of(question->arena, question->facts, &lists[i]->items[k], ROLE_OFFICER)))
				return true;
	return false;
}

static bool is_outsiders(const struct facts *facts, const struct letter *letter)
{
	if (letter->from.count == 0 || letter->from.items[0].address[0] == '\0')
		return false;
	const char *address = letter->from.items[0].address;
	const struct person *person = directory_by_address(facts->directory, address);
	if (person == NULL)
		return !directory_is_council_domain(facts->directory, address);
	return !person_has_role(person, ROLE_COUNCILLOR, facts->on) && !person_has_role(person, ROLE_OFFICER, facts->on);
}

/* A letter answered counts; what is only passed on does when somebody outside wrote in it, for then it is the matter itself. */
static enum answer officer_has_part(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct reading *reading = facts->reading;
	bool outsiders = false;
	if (officer_gets_it(question))
		return YES;
	for (size_t i = 0; i < reading->letter_count; i++)
		outsiders |= letter_is_below(reading->letters[i]) && is_outsiders(facts, reading->letters[i]);
	for (size_t i = 0; i < reading->letter_count; i++)
		if (letter_is_below(reading->letters[i]) && (outsiders || reading->letters[i]->kind == LETTER_QUOTED) &&
		    officer_in_letter(question, reading->letters[i]))
			return YES;
	return NO;
}

/* ---- what is put out ---------------------------------------------------------------------------------------- */

#define HEADING_LINES 8
#define HEADING_LENGTH ((size_t)100)

static enum answer says(struct question *question, const char *family, const char *where, struct bytes plain)
{
	struct phrase_match match;
	enum answer said = plain.length == 0 ? NO : lexicon_says(question->lexicon, question->scratch, family, plain, &match);
	if (said == YES)
		question_evidence(question, where, "%.*s", (int)plain.length, plain.data);
	return said;
}

static enum answer headed_in_lines(struct question *question, const char *family, const struct passage *passage)
{
	enum answer answer = NO;
	size_t shown = 0;
	for (size_t i = 0; i < passage->line_count && shown < HEADING_LINES; i++) {
		const struct line *line = &passage->lines[i];
		struct bytes plain = bytes_trim(line->plain);
		if (line->zone != ZONE_AUTHOR || plain.length == 0)
			continue;
		shown++;
		if (plain.length <= HEADING_LENGTH)
			answer = answer_or(answer, says(question, family, passage->attachment ? "attached file" : "heading", plain));
	}
	return answer;
}

/* Without its extension, words apart: "Press_Release-court.docx". */
static struct bytes name_words(struct arena *arena, const char *name)
{
	char *words = arena_string(arena, name);
	for (char *at = words; *at != '\0'; at++)
		if (*at == '_' || *at == '-' || *at == '.' || *at == '+')
			*at = ' ';
	return unicode_plain(arena, bytes_of(words));
}

static enum answer headed_in_files(struct question *question, const char *family)
{
	const struct letter *outer = question->facts->reading->outer;
	const struct part *part = outer->passage_count == 0 ? NULL : outer->passages[0].part;
	const struct message *message = part == NULL ? NULL : part->message;
	enum answer answer = NO;
	for (size_t i = 0; message != NULL && i < message->part_count; i++)
		if (message->parts[i]->file_name != NULL)
			answer = answer_or(answer, says(question, family, "file name", name_words(question->arena, message->parts[i]->file_name)));
	return answer;
}

/* An answer to somebody outside keeps the subject they gave it, and what is passed on from outside is theirs. */
static bool has_own_subject(const struct facts *facts)
{
	const struct reading *reading = facts->reading;
	bool borrowed = false;
	for (size_t i = 0; i < reading->letter_count; i++)
		borrowed |= letter_is_below(reading->letters[i]) && is_outsiders(facts, reading->letters[i]);
	return !borrowed || !(reading->outer->is_reply || reading->outer->is_forward);
}

static enum answer is_headed(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	const char *subject = outer->bare_subject != NULL ? outer->bare_subject : outer->subject;
	enum answer answer = NO;
	if (subject != NULL && has_own_subject(question->facts))
		answer = says(question, arguments->word, "subject", unicode_plain(question->arena, bytes_of(subject)));
	for (size_t i = 0; i < outer->passage_count; i++)
		answer = answer_or(answer, headed_in_lines(question, arguments->word, &outer->passages[i]));
	return answer_or(answer, headed_in_files(question, arguments->word));
}

/* ---- embargoes ---------------------------------------------------------------------------------------------- */

/* "Until Wednesday", written on a Wednesday, is today. */
static bool embargo_day(struct bytes plain, calendar_date on, calendar_date *out)
{
	calendar_date from_yesterday;
	if (!stated_date(plain, on, out))
		return false;
	if (*out == clock_date_add(on, 7) && stated_date(plain, clock_date_add(on, -1), &from_yesterday) && from_yesterday == on)
		*out = on;
	return true;
}

/* Without a time of day it ends as the day begins. */
static bool embargo_lasts(struct question *question, struct bytes plain)
{
	const struct facts *facts = question->facts;
	calendar_date day;
	int minutes = 0;
	if (plain.length == 0 || plain.length > HEADING_LENGTH || !embargo_day(plain, facts->on, &day))
		return false;
	(void)stated_time(plain, &minutes);
	if (facts->envelope->at >= clock_at_local(day, minutes))
		return false;
	question_evidence(question, "embargo", "%.*s", (int)plain.length, plain.data);
	return true;
}

/* The day stands in the line itself, or in the next one. */
static enum answer embargo_in_lines(struct question *question, const char *family, const struct passage *passage)
{
	enum answer answer = NO, named = NO;
	for (size_t i = 0, shown = 0; i < passage->line_count && shown < HEADING_LINES && answer != YES; i++) {
		const struct line *line = &passage->lines[i];
		struct phrase_match match;
		struct bytes plain = bytes_trim(line->plain);
		if (line->zone != ZONE_AUTHOR || plain.length == 0)
			continue;
		shown++;
		enum answer here = plain.length > HEADING_LENGTH ? NO : lexicon_says(question->lexicon, question->scratch, family, plain, &match);
		enum answer either = answer_or(named, here);
		if (either != NO && embargo_lasts(question, plain))
			answer = answer_or(answer, either);
		named = here;
	}
	return answer;
}

static enum answer is_under_embargo(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	const char *family = arguments->word, *subject = outer->bare_subject != NULL ? outer->bare_subject : outer->subject;
	enum answer answer = NO;
	if (subject != NULL && has_own_subject(question->facts)) {
		struct phrase_match match;
		struct bytes plain = unicode_plain(question->arena, bytes_of(subject));
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, plain, &match);
		if (said != NO && embargo_lasts(question, plain))
			answer = said;
	}
	for (size_t i = 0; i < outer->passage_count && answer != YES; i++)
		answer = answer_or(answer, embargo_in_lines(question, family, &outer->passages[i]));
	return answer;
}

/* ---- approval ----------------------------------------------------------------------------------------------- */

/* The clerk and deputies, whoever is permitted it, and officers whose own address the family knows for the press office's. */
static enum answer may_approve(struct question *question, const struct person *person, const char *family)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	if (person == NULL)
		return NO;
	if (!person->is_list && (person_offices(person, facts->on) & (OFFICE_CLERK | OFFICE_DEPUTY_CLERK)) != 0)
		return YES;
	answer = person_is_allowed(question, PERMISSION_PRESS_APPROVAL, person);
	if (!person->is_list && !person_has_role(person, ROLE_OFFICER, facts->on))
		return answer;
	for (size_t i = 0; i < person->address_count; i++)
		if (directory_is_council_domain(facts->directory, person->addresses[i]))
			answer = answer_or(answer, address_is(question, family, person->addresses[i]));
	return answer;
}

static enum answer sender_approves(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = facts->sender_known ? may_approve(question, facts->sender.person, arguments->word) : NO;
	if (answer == YES)
		question_evidence(question, "directory", "%s may approve it", facts->sender.person->name);
	return answer;
}

/* What a letter says, line by line and sentence by sentence: "Approved." stands on a line of its own. */
static enum answer letter_approves(struct question *question, const struct letter *letter, const char *family)
{
	enum answer answer = NO;
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t k = 0; k < letter->passages[i].line_count; k++)
			if (letter->passages[i].lines[k].zone == ZONE_AUTHOR)
				answer = answer_or(answer, says(question, family, "quoted letter", bytes_trim(letter->passages[i].lines[k].plain)));
	return answer;
}

static enum answer approved_in_thread(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		if (!letter_is_below(letter) || letter->from.count != 1)
			continue;
		const struct person *person = facts_person_of(question->arena, question->facts, &letter->from.items[0], ROLE_OFFICER);
		enum answer may = may_approve(question, person, arguments[0].word);
		answer = answer_or(answer, may == NO ? NO : answer_and(may, letter_approves(question, letter, arguments[1].word)));
	}
	return answer;
}

/* Somebody who may is named where it is said: by name, or as the clerk. */
static enum answer names_approver(struct question *question, struct called_list *officers, struct bytes plain, const char *family)
{
	static const char *const clerk[] = { "clerk", "clerc", "glerc", "chlerc" };
	const struct naming_text text = naming_text(question->arena, plain);
	enum answer answer = NO;
	for (size_t i = 0; i < sizeof clerk / sizeof *clerk; i++)
		if (bytes_have_words(text.key, bytes_of(clerk[i])))
			return YES;
	for (size_t i = 0; i < officers->count && answer != YES; i++)
		if (person_is_named(question->facts, &officers->items[i], &text, NAMED_BY_ANYTHING))
			answer = answer_or(answer, may_approve(question, officers->items[i].person, family));
	return answer;
}

static enum answer said_approved(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	struct person_list people = directory_with_role(question->arena, facts->directory, ROLE_OFFICER, facts->on);
	struct called_list officers = called_of(question->arena, &people);
	size_t count;
	const struct remark *remarks = remarks_of(question, true, &count);
	enum answer answer = NO;
	for (size_t i = 0; i < count && answer != YES; i++) {
		enum answer named = remarks[i].question ? NO : names_approver(question, &officers, remarks[i].plain, arguments[0].word);
		if (named != NO)
			answer = answer_or(answer, answer_and(named, says(question, arguments[1].word, "text", remarks[i].plain)));
	}
	return answer;
}

const struct predicate predicates_press[] = {
	{ SENTENCE_PRE_ELECTION, false, false, is_pre_election, "the day of the message lies in a period of that kind of the calendar" },
	{ "it goes to the press, by the directory or {family}", false, false, goes_to_press,
	  "a recipient or member of a list is press; or is unlisted and has an address of the family, one at the house of such a listed address, or had "
	  "part in a thread that the press opened" },
	{ "it goes to at least {number} third parties", false, false, goes_to_many, "so many envelope recipients are no councillor, no officer and not exempt" },
	{ "an officer has part in it", false, false, officer_has_part,
	  "an officer other than the sender gets it, stands in To or Cc, or wrote or got a letter of the thread" },
	{ "it is headed {family}", false, false, is_headed,
	  "a phrase of the family in the subject, in a short line at the beginning of the text or of an attached file, or in a file's name" },
	{ "it is under an embargo, by {family}, that has not ended", false, false, is_under_embargo,
	  "a short line at the beginning, or the subject, has a phrase of the family, and it or the next line names a day or time still to come" },
	{ "the sender may approve it, by office, permission or {family}", false, false, sender_approves,
	  "clerk or deputy clerk, whoever has the permission press-approval, or an officer one of whose own addresses is of the family" },
	{ "whoever may approve it, by office, permission or {family}, says {family} in the thread", false, false, approved_in_thread,
	  "a line of a letter of theirs, quoted, forwarded or enclosed, has a phrase of the second family" },
	{ "the author says that whoever may approve it, by office, permission or {family}, has done so, by {family}", false, false, said_approved,
	  "a sentence names them, or the clerk, and has a phrase of the second family" },
	{ 0 },
};

/* predicates_groups.c - conditions on political groups: what one says among itself, carried to another or to the press; who is written
 * to beside it; and what was given in confidence and must now be disclosed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/group_words.h"
#include "policy/party.h"
#include "policy/predicate.h"

#include "base/unicode.h"
#include "directory/group.h"
#include "reading/lexicon.h"

static enum answer groups_defined(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->group_count > 0);
}

/* ---- carried elsewhere -------------------------------------------------------------------------------------- */

/* Somebody outside the group who had the letter anyway. */
static bool had_it(const struct group_matter *matter, const struct person *person)
{
	if (matter == NULL || matter->author == person)
		return matter != NULL;
	for (size_t i = 0; matter->ancestor != NULL && i < matter->ancestor->reader_count; i++)
		if (matter->ancestor->readers[i] == person)
			return true;
	return false;
}

/* Shows who gets it outside the group; false when nobody does. */
static bool goes_elsewhere(struct question *question, const char *group, const struct group_matter *matter)
{
	const struct facts *facts = question->facts;
	bool any = false;
	for (size_t i = 0; i < facts->reached_count; i++) {
		const struct person *person = facts->reached[i];
		if (group_has(person, group, facts->on) || had_it(matter, person))
			continue;
		bool press = !person_has_role(person, ROLE_COUNCILLOR, facts->on);
		const char *theirs = press ? "press" : person_group(person, facts->on);
		question_evidence(question, "envelope", "%s (%s) is not of the %s group", person->name, theirs == NULL ? "no group" : theirs, group);
		any = true;
	}
	return any;
}

static void show_matter(struct question *question, const struct group_matter *matter)
{
	const char *author = matter->author == NULL ? "somebody" : matter->author->name;
	if (matter->ancestor != NULL)
		question_evidence(question, "memory", "it carries %s, which %s wrote to the %s group", matter->ancestor->id, author, matter->group);
	else
		question_evidence(question, "quoted letter", "%s wrote it to the %s group", author, matter->group);
}

static enum answer carries(struct question *question, bool by_officer)
{
	enum answer answer = NO;
	for (size_t i = 0; i < question->facts->group_matter_count; i++) {
		const struct group_matter *matter = &question->facts->group_matters[i];
		if (matter->by_officer != by_officer || !goes_elsewhere(question, matter->group, matter))
			continue;
		show_matter(question, matter);
		answer = YES;
	}
	return answer;
}

static enum answer carries_discussion(struct question *question, const struct argument *arguments)
{
	return carries(question, false);
}

static enum answer carries_paper(struct question *question, const struct argument *arguments)
{
	return carries(question, true);
}

/* ---- retold ------------------------------------------------------------------------------------------------- */

static bool is_told(const struct sentence *sentence)
{
	return sentence->letter->kind == LETTER_OUTER && sentence->zone == ZONE_AUTHOR && !sentence->question;
}

/* Shows each group that the sentence names and that is not alone in getting it. */
static bool names_group_to_others(struct question *question, const struct sentence *sentence)
{
	const struct facts *facts = question->facts;
	bool named = false;
	for (size_t j = 0; j < facts->group_count; j++) {
		if (!group_is_named(question->arena, sentence->plain, facts->groups[j]) || !goes_elsewhere(question, facts->groups[j], NULL))
			continue;
		question_evidence(question, sentence->where, "it speaks of a meeting of the %s group", facts->groups[j]);
		named = true;
	}
	return named;
}

#define NEXT_SENTENCES ((size_t)2)

static enum answer next_say(struct question *question, const char *family, size_t at)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = at + 1; i < reading->sentence_count && i <= at + NEXT_SENTENCES; i++) {
		struct phrase_match match;
		if (is_told(&reading->sentences[i]))
			answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, family, reading->sentences[i].plain, &match));
	}
	return answer;
}

/* A sentence has the family and names the group; one of the next has the family `next`, unless that is NULL. */
static enum answer retold(struct question *question, const char *family, const char *next)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->sentence_count; i++) {
		struct phrase_match match;
		if (!is_told(&reading->sentences[i]))
			continue;
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, reading->sentences[i].plain, &match);
		if (said != NO && next != NULL)
			said = answer_and(said, next_say(question, next, i));
		if (said == UNKNOWN || (said == YES && names_group_to_others(question, &reading->sentences[i])))
			answer = answer_or(answer, said);
	}
	return answer;
}

static enum answer retells(struct question *question, const struct argument *arguments)
{
	return retold(question, arguments->word, NULL);
}

/* "I was with the Blue group on Wednesday. They were split." */
static enum answer retells_next(struct question *question, const struct argument *arguments)
{
	return retold(question, arguments[0].word, arguments[1].word);
}

/* ---- a member's letter marked as the group's ---------------------------------------------------------------- */

static const struct person *author_of(struct question *question, const struct letter *letter)
{
	return letter->from.count != 1 ? NULL : facts_person_of(question->arena, question->facts, &letter->from.items[0], ROLE_COUNCILLOR);
}

static enum answer letter_marked(struct question *question, const struct letter *letter, const char *family)
{
	struct phrase_match match;
	struct bytes subject = unicode_plain(question->arena, bytes_of(letter->subject));
	enum answer answer = subject.length == 0 ? NO : lexicon_says(question->lexicon, question->scratch, family, subject, &match);
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t j = 0; answer != YES && j < letter->passages[i].line_count; j++) {
			const struct line *line = &letter->passages[i].lines[j];
			if (line->zone != ZONE_HEADER)
				answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, family, line->plain, &match));
		}
	return answer;
}

static enum answer marked_of_group(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->reading->letter_count; i++) {
		const struct letter *letter = facts->reading->letters[i];
		if (!letter_is_below(letter))
			continue;
		const struct person *author = author_of(question, letter);
		const char *group = author == NULL || !person_has_role(author, ROLE_COUNCILLOR, facts->on) ? NULL : person_group(author, facts->on);
		if (group == NULL)
			continue;
		enum answer marked = letter_marked(question, letter, arguments->word);
		struct group_matter matter = { .group = group, .author = author, .letter = letter };
		if (marked == YES && goes_elsewhere(question, group, &matter))
			show_matter(question, &matter);
		else if (marked == YES)
			marked = NO;
		answer = answer_or(answer, marked);
	}
	return answer;
}

/* ---- to a group --------------------------------------------------------------------------------------------- */

static enum answer sent_to_group(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (facts->to_group == NULL)
		return NO;
	question_evidence(question, "envelope", "it goes to the %s group", facts->to_group);
	return YES;
}

/* Shows them, behind how the group is known; NO when there are none. */
static enum answer with_outsiders(struct question *question, const char *known_by, const char *group)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		if (!facts->recipients[i].party.third_party)
			continue;
		if (answer == NO)
			question_evidence(question, "envelope", "%s the %s group", known_by, group);
		question_evidence(question, "envelope", "%s is, or reaches, somebody who is no member", party_name(&facts->recipients[i].party));
		answer = YES;
	}
	return answer;
}

/* That all councillors it reaches are of, and which the directory defines; a list of it stands for them. */
static const char *reached_group(const struct facts *facts)
{
	const char *only = facts->to_group != NULL ? facts->to_group : facts_only_group(facts);
	for (size_t i = 0; only != NULL && i < facts->group_count; i++)
		if (bytes_equal_nocase(bytes_of(facts->groups[i]), bytes_of(only)))
			return only;
	return NULL;
}

static enum answer reaches_one_group(struct question *question, const struct argument *arguments)
{
	const char *group = reached_group(question->facts);
	if (group == NULL)
		return NO;
	question_evidence(question, "envelope", "every councillor it reaches is of the %s group", group);
	return YES;
}

/* In the subject, or in the author's own text. */
static bool names(struct question *question, const char *group)
{
	const struct facts *facts = question->facts;
	const char *subject = facts->reading->outer->subject;
	if (subject != NULL && group_is_named(question->arena, unicode_plain(question->arena, bytes_of(subject)), group)) {
		question_evidence(question, "subject", "it names the %s group", group);
		return true;
	}
	for (size_t i = 0; i < facts->reading->sentence_count; i++) {
		const struct sentence *sentence = &facts->reading->sentences[i];
		if (sentence->letter != facts->reading->outer || sentence->zone != ZONE_AUTHOR ||
		    !group_is_named(question->arena, sentence->plain, group))
			continue;
		question_evidence(question, sentence->where, "it names the %s group", group);
		return true;
	}
	return false;
}

static enum answer names_reached_group(struct question *question, const struct argument *arguments)
{
	const char *group = reached_group(question->facts);
	return answer_of(group != NULL && names(question, group));
}

static enum answer names_other_group(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const char *reached = reached_group(facts);
	struct string_list groups = group_names(question->arena, facts->directory, facts->on);
	for (size_t i = 0; reached != NULL && i < groups.count; i++)
		if (!bytes_equal_nocase(bytes_of(groups.items[i]), bytes_of(reached)) && names(question, groups.items[i]))
			return YES;
	return NO;
}

/* A councillor of one, or an officer appointed to one. */
static enum answer sender_of_group(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct person *sender = facts->sender_known ? facts->sender.person : NULL;
	for (size_t i = 0; sender != NULL && !sender->is_list && i < facts->group_count; i++)
		if (group_has(sender, facts->groups[i], facts->on)) {
			question_evidence(question, "envelope", "%s is of the %s group", sender->name, facts->groups[i]);
			return YES;
		}
	return NO;
}

/* Its list reaches somebody outside, or somebody outside is a recipient beside it. */
static enum answer group_with_outsider(struct question *question, const struct argument *arguments)
{
	const char *group = question->facts->to_group;
	return group == NULL ? NO : with_outsiders(question, "it goes to", group);
}

/* No list: all councillors it reaches are of one group, and the author says what it is for. */
static enum answer members_with_outsider(struct question *question, const struct argument *arguments)
{
	const char *group = facts_only_group(question->facts);
	return group == NULL ? NO : with_outsiders(question, "every councillor it reaches is of", group);
}

/* A file of any kind whose text could be read. */
static enum answer file_attached(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	for (size_t i = 0; i < outer->passage_count; i++)
		if (outer->passages[i].attachment)
			return YES;
	return NO;
}

/* Its heading says for whom it is: a committee's report names groups, too, but further down. */
#define HEADING_LINES 3

static bool is_paper_for(struct question *question, const struct passage *passage, const char *group)
{
	size_t seen = 0;
	for (size_t i = 0; i < passage->line_count && seen < HEADING_LINES; i++) {
		if (group_is_named(question->arena, passage->lines[i].plain, group))
			return true;
		seen += bytes_trim(passage->lines[i].plain).length > 0;
	}
	return false;
}

/* In its text, line by line. */
static enum answer paper_says(struct question *question, const struct passage *passage, const char *family)
{
	enum answer answer = NO;
	for (size_t i = 0; i < passage->line_count && answer != YES; i++) {
		struct bytes line = passage->lines[i].plain;
		struct phrase_match match;
		enum answer said = line.length == 0 ? NO : lexicon_says(question->lexicon, question->scratch, family, line, &match);
		if (said == YES)
			question_evidence(question, "attached file", "%.*s", (int)(match.span.end - match.span.start), line.data + match.span.start);
		answer = answer_or(answer, said);
	}
	return answer;
}

static enum answer groups_paper_says(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	const char *group = reached_group(question->facts);
	enum answer answer = NO;
	for (size_t i = 0; group != NULL && i < outer->passage_count; i++)
		if (outer->passages[i].attachment && is_paper_for(question, &outer->passages[i], group))
			answer = answer_or(answer, paper_says(question, &outer->passages[i], arguments->word));
	return answer;
}

/* ---- given in confidence ------------------------------------------------------------------------------------ */

static bool is_members(const struct facts *facts, const struct person *person)
{
	return person != NULL && !person->is_list && person_has_role(person, ROLE_COUNCILLOR, facts->on);
}

static enum answer discloses(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	bool found = false;
	for (size_t i = 0; i < facts->marked_count; i++) {
		const struct marked *marked = &facts->marked[i];
		if (!marked_counts(marked) || marked->letter == facts->reading->outer || marked->author == NULL ||
		    !is_members(facts, marked->author->person))
			continue;
		question_evidence(question, marked->marking->where, "%s gave it in confidence", marked->author->person->name);
		found = true;
	}
	for (size_t i = 0; i < facts->group_matter_count; i++) {
		if (facts->group_matters[i].by_officer)
			continue;
		show_matter(question, &facts->group_matters[i]);
		found = true;
	}
	for (size_t i = 0; i < facts->recall->ancestor_count; i++) {
		const struct ancestor *ancestor = &facts->recall->ancestors[i];
		if ((ancestor->kinds & MEMORY_MARKED) == 0 || !ancestor->carries || !is_members(facts, ancestor->author))
			continue;
		question_evidence(question, "memory", "it carries %s, which %s gave in confidence", ancestor->id, ancestor->author->name);
		found = true;
	}
	return facts_found(facts, found);
}

const struct predicate predicates_groups[] = {
	{ "the directory defines political groups", false, false, groups_defined,
	  "several councillors have one group on that day, or a list stands for one" },
	{ "what a political group said among itself goes to another group or the press", false, false, carries_discussion,
	  "a letter to a group, quoted, enclosed or remembered, not an officer's, reaches a councillor who is not of it, or the press" },
	{ "an officer's paper for a political group goes to another group or the press", false, false, carries_paper, "the same of an officer's letter" },
	{ "the author retells to another group or the press what a political group said, by {family}", false, false, retells,
	  "a sentence names a group and says the family, and a councillor who is not of it, or the press, gets it" },
	{ "the author was with a political group, by {family}, and retells it next to another group or the press, by {family}", false, false,
	  retells_next, "the same of the first family, and one of the next two sentences says the second" },
	{ "a group member's letter marked {family} goes to another group or the press", false, false, marked_of_group,
	  "a letter quoted or enclosed that says the family, of a councillor of one group, reaches others" },
	{ "it is sent to a political group", false, false, sent_to_group, "to its list, or to several of its members under a subject that says so" },
	{ "every councillor it reaches is of one political group", false, false, reaches_one_group,
	  "it reaches its list, or councillors of one group only, the sender left out" },
	{ "it names the political group it reaches", false, false, names_reached_group,
	  "the same, and the subject or the author's own text names that group: \"the Blue group\", \"the Blues\"" },
	{ "it names a political group it does not reach", false, false, names_other_group, "it reaches one group only, and names another likewise" },
	{ "sender is of a political group", false, false, sender_of_group,
	  "a councillor of one, or an officer whom the directory's column group gives to one: a political assistant" },
	{ "it is sent to a political group and to somebody who is no member", false, false, group_with_outsider,
	  "the same, and a recipient or the list itself is or reaches a third party" },
	{ "every councillor it reaches is of one group, and somebody else is no member", false, false, members_with_outsider,
	  "all councillors among the recipients are of one group, and a recipient is a third party" },
	{ "a file is attached", false, false, file_attached, "a file whose text was read is attached" },
	{ "an attached paper for the political group it reaches says {family}", false, false, groups_paper_says,
	  "a file whose first lines name that group has a phrase of the family in its text" },
	{ "it discloses what a councillor or political group gave in confidence", false, false, discloses,
	  "it quotes, encloses or descends from what a councillor marked confidential, or what a group said among itself" },
	{ 0 },
};

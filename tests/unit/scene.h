/* scene.h - hand-made facts for tests of the policy layer: one plain message between council people, to be changed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENE_H
#define COPYHOLD_TESTS_SCENE_H

#include "facts/facts.h"
#include "people.h"
#include "reading/lexicon.h"

#define SCENE_MOST 6

static const char scene_people[] =
	"name,role,offices,group,addresses,members,ward\n"
	"Ruth Ames,officer,clerk,,clerk@marlbrook.example,,\n"
	"Tom Birch,officer,head-of-service,,tom.birch@marlbrook.example,,\n"
	"Carl Moss,councillor,,Independent,cllr.moss@marlbrook.example,,Mill\n"
	"Amir Khan,councillor,mayor,Blue,cllr.khan@marlbrook.example,,\n"
	"Gareth Price,councillor,bank-signatory,Blue,cllr.price@marlbrook.example,,\n"
	"Priscilla Webb-Hall,councillor,,Blue,cllr.webb-hall@marlbrook.example;cllr.webb-hall@wexshire.example,,\n"
	"Ivy Webb,complainant,,,ivy.webb@post.example,,\n"
	"Oakfield Ltd,contractor,,,contracts@oakfield.example,,\n"
	"Keith Lamb,adviser,,,k.lamb@lambkeyes.example,,\n"
	"Dana Whitlock MP,minister,,,ps@communities.example,,\n"
	"Peter Dunn,authority,elected,,cllr.dunn@wexshire.example,,\n"
	"Wexshire Planning,authority,,,planning@wexshire.example,,\n"
	"Pat Doyle,protected,,,p.doyle@union.example,,\n"
	"Helen Marsh,oversight,monitoring-officer,,mo@wexshire.example,,\n"
	"Marlbrook Gazette,press,,,newsdesk@gazette.example,,\n"
	"Town newsletter,list,,public,newsletter@marlbrook.example,,\n"
	"All councillors,list,,councillors,allcouncillors@marlbrook.example,,\n";

struct scene {
	const struct people *people;
	struct arena *arena;
	struct envelope envelope;
	struct council council;
	struct reading reading;
	struct letter outer, inner;
	const struct letter *letters[2];
	struct sentence sentences[SCENE_MOST];
	struct unreadable unreadable[SCENE_MOST];
	struct recipient recipients[SCENE_MOST];
	struct party visible[SCENE_MOST];
	struct hidden hidden[SCENE_MOST];
	const struct person *to_councillors[SCENE_MOST];
	struct copy_line copy_line;
	const char *copy_names[1];
	struct marking marking;
	struct marked marked;
	struct ancestor ancestor, via;
	struct lineage lineage;
	const struct person *readers[2];
	struct mailbox mailbox;
	struct line line;
	struct passage passage;
	const struct person *added[1];
	struct recall recall;
	struct passed_on passed;
	struct group_matter matter;
	struct party author;
	const char *groups[1];
	struct facts facts;
};

static inline const struct person *scene_person(const struct scene *scene, const char *address)
{
	return directory_by_address(scene->people->directory, address);
}

static inline struct party scene_party(const struct scene *scene, const char *address)
{
	struct party party = { .address = address, .person = scene_person(scene, address) };
	if (party.person != NULL) {
		party.role = person_role(party.person, scene->facts.on);
		party.offices = person_offices(party.person, scene->facts.on);
	}
	if (party.role == ROLE_ADVISER || party.role == ROLE_OVERSIGHT || party.role == ROLE_PROTECTED)
		party.exempt = role_name(party.role);
	party.third_party = party.exempt == NULL && party.role != ROLE_COUNCILLOR && party.role != ROLE_OFFICER &&
			    party.role != ROLE_LIST;
	return party;
}

static inline void scene_sender(struct scene *scene, const char *address)
{
	scene->facts.sender = scene_party(scene, address);
	scene->facts.header_from = scene->facts.sender;
	scene->facts.sender_known = scene->facts.sender.person != NULL;
}

/* An addressee, who is a recipient too. */
static inline void scene_to(struct scene *scene, const char *address)
{
	struct party party = scene_party(scene, address);
	scene->recipients[scene->facts.recipient_count++] = (struct recipient){ .party = party, .visible = true };
	scene->visible[scene->facts.visible_count++] = party;
	scene->facts.visible_to_count++;
	if (party.role == ROLE_COUNCILLOR)
		scene->to_councillors[scene->facts.to_councillor_count++] = party.person;
	scene->facts.visible_only_sender = false;
	scene->facts.visible_list |= party.role == ROLE_LIST;
	scene->facts.visible_all_council &= party.role == ROLE_COUNCILLOR || party.role == ROLE_OFFICER;
}

static inline struct hidden *scene_hide(struct scene *scene, const char *address)
{
	struct party party = scene_party(scene, address);
	scene->recipients[scene->facts.recipient_count++] = (struct recipient){ .party = party };
	struct hidden *hidden = &scene->hidden[scene->facts.hidden_count++];
	*hidden = (struct hidden){ .person = party.person, .role = party.role, .offices = party.offices, .recipient = address };
	return hidden;
}

static inline void scene_say(struct scene *scene, const char *sentence)
{
	size_t length = strlen(sentence);
	scene->sentences[scene->reading.sentence_count++] = (struct sentence){
		.letter = &scene->outer,
		.where = "part 1, line 1",
		.plain = { sentence, length },
		.zone = ZONE_AUTHOR,
		.question = sentence[length - 1] == '?',
	};
}

/* What was said last stands in an attached letter instead; `councillors`: a councillor signs it. */
static inline void scene_attach(struct scene *scene, bool councillors)
{
	scene->inner.kind = LETTER_ATTACHED;
	scene->sentences[scene->reading.sentence_count - 1].letter = &scene->inner;
	scene->reading.letter_count = 2;
	scene->facts.attached = &scene->letters[1];
	scene->facts.attached_count = councillors;
}

/* A quoted letter below, by somebody of whom only the address is shown. */
static inline void scene_quote(struct scene *scene, const char *address, const char *line)
{
	scene->line = (struct line){ .text = { line, strlen(line) }, .plain = { line, strlen(line) }, .zone = ZONE_AUTHOR };
	scene->passage = (struct passage){ .lines = &scene->line, .line_count = 1 };
	scene->mailbox = (struct mailbox){ .name = NULL, .address = address };
	scene->inner.kind = LETTER_QUOTED;
	scene->inner.from.items = &scene->mailbox;
	scene->inner.from.count = 1;
	scene->inner.passages = &scene->passage;
	scene->inner.passage_count = 1;
	scene->reading.letter_count = 2;
}

/* An explicit marking of the outer letter by the sender, in the subject. */
static inline void scene_mark(struct scene *scene)
{
	scene->marking = (struct marking){ MARKING_IN_SUBJECT, MARKING_EXPLICIT, false, false, "subject", "CONFIDENTIAL: staffing" };
	scene->marked = (struct marked){ .marking = &scene->marking, .letter = &scene->outer, .council_author = true };
	scene->marked.officer_author = scene->facts.sender.role == ROLE_OFFICER;
	scene->facts.marked_count = 1;
}

/* Carries passages of what Ruth Ames wrote to Carl Moss in confidence, which Amir Khan passed on. */
static inline void scene_descend(struct scene *scene, unsigned kinds)
{
	scene->readers[0] = scene_person(scene, "cllr.moss@marlbrook.example");
	scene->readers[1] = scene_person(scene, "ivy.webb@post.example");
	scene->via = (struct ancestor){ .id = "CH-20260303-VIA", .at = 1772532000, .author = scene_person(scene, "cllr.khan@marlbrook.example") };
	scene->ancestor = (struct ancestor){ .kinds = kinds, .id = "CH-20260302-FIRST", .at = 1772442000, .matched = 7, .of = 9, .via = &scene->via };
	scene->ancestor.author = scene_person(scene, "clerk@marlbrook.example");
	scene->ancestor.readers = scene->readers;
	scene->ancestor.reader_count = 2;
	scene->lineage = (struct lineage){ .ancestor = &scene->ancestor, .words = true, .matched = 7, .where = "part 1" };
	scene->facts.lineage = &scene->lineage;
	scene->facts.lineage_count = 1;
}

/* Read once, for all scenes of a program: none changes it. */
static inline const struct people *scene_council(void)
{
	static struct people people;
	if (people.directory == NULL)
		people = people_load(scene_people);
	return &people;
}

/* Ruth Ames, authenticated, writes; nobody is addressed yet. */
static inline struct scene *scene_new(void)
{
	static const char *const domains[] = { "marlbrook.example" };
	struct scene *scene = calloc(1, sizeof *scene);
	if (scene == NULL)
		abort();
	scene->people = scene_council();
	scene->arena = arena_new();
	scene->council = (struct council){ .name = "Marlbrook Town Council", .domains = domains, .domain_count = 1 };
	scene->letters[0] = &scene->outer;
	scene->letters[1] = &scene->inner;
	scene->inner.kind = LETTER_FORWARDED;
	scene->inner.parent = &scene->outer;
	scene->reading = (struct reading){ .outer = &scene->outer, .letters = scene->letters, .letter_count = 1 };
	scene->reading.sentences = scene->sentences;
	scene->reading.unreadable = scene->unreadable;
	scene->facts = (struct facts){ .envelope = &scene->envelope, .reading = &scene->reading, .council = &scene->council };
	scene->facts.recall = &scene->recall;
	scene->facts.directory = scene->people->directory;
	scene->facts.on = 20260302;
	scene->facts.recipients = scene->recipients;
	scene->facts.visible = scene->visible;
	scene->facts.hidden = scene->hidden;
	scene->facts.to_councillors = scene->to_councillors;
	scene->facts.marked = &scene->marked;
	scene->copy_line = (struct copy_line){ .text = "CC councillor Price", .where = "part 1, line 9" };
	scene->copy_line.not_copied = scene->copy_names;
	scene->copy_line.doubtful = scene->copy_names;
	scene->copy_names[0] = "Gareth Price";
	scene->facts.copy_lines = &scene->copy_line;
	scene->facts.visible_only_sender = true;
	scene->facts.visible_all_council = true;
	scene_sender(scene, "clerk@marlbrook.example");
	return scene;
}

static inline void scene_free(struct scene **scene)
{
	arena_free(&(*scene)->arena);
	free(*scene);
	*scene = NULL;
}

#endif

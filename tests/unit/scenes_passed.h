/* scenes_passed.h - scenes of letters handed on, and of political groups.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENES_PASSED_H
#define COPYHOLD_TESTS_SCENES_PASSED_H

#include "scenes.h"

/* Moss's letter goes to Khan, or to whoever is said. */
static void pass_to(struct scene *scene, const char *address, const char *line)
{
	scene_to(scene, address);
	scene_quote(scene, MOSS, line);
	scene->inner.subject = "Toilets";
	scene->added[0] = scene_person(scene, address);
	scene->passed = (struct passed_on){ .author = scene_person(scene, MOSS), .letter = &scene->inner, .to = scene->added, .to_count = 1 };
	scene->facts.passed = &scene->passed;
	scene->facts.passed_count = 1;
}
static void passed_on(struct scene *scene)
{
	pass_to(scene, KHAN, "When will they open?");
}
static void passed_on_by_memory(struct scene *scene)
{
	passed_on(scene);
	scene->ancestor = (struct ancestor){ .how = DESCENT_PASSAGES, .id = "CH-20260301-AAAAAAAA", .where = "part 1" };
	scene->passed.letter = NULL;
	scene->passed.ancestor = &scene->ancestor;
}
static void passed_on_to_price(struct scene *scene)
{
	pass_to(scene, PRICE, "When will they open?");
}
static void passed_on_deal(struct scene *scene)
{
	pass_to(scene, KHAN, "Please accept your quotation today.");
}
static void passed_on_deal_and_more(struct scene *scene)
{
	pass_to(scene, KHAN, "Accept your quotation. What I really want to say is that the chair was rude to the applicant on Tuesday, that "
			     "everybody saw it, and that I shall write to the Gazette.");
}
static void passed_on_grievance(struct scene *scene)
{
	passed_on(scene);
	scene->inner.subject = "A grievance";
}
static void passed_on_told(struct scene *scene)
{
	passed_on(scene);
	scene_say(scene, "I have told Carl that you have it.");
}
static void passed_on_told_him(struct scene *scene)
{
	passed_on(scene);
	scene_say(scene, "I have told him.");
}
static void passed_on_told_gareth(struct scene *scene)
{
	passed_on(scene);
	scene_say(scene, "I have told Gareth and him.");
}
static void passed_on_told_asked(struct scene *scene)
{
	passed_on(scene);
	scene_say(scene, "Should we say that I have told Carl?");
}
/* What went between Moss and officers goes to Khan, and to Moss with it. */
static void exchange_told(struct scene *scene)
{
	copied_in(scene);
	scene_to(scene, KHAN);
	scene_say(scene, "I have told Carl that you have it.");
}
static void exchange_told_gareth(struct scene *scene)
{
	copied_in(scene);
	scene_to(scene, KHAN);
	scene_say(scene, "I have told Gareth that you have it.");
}
static void exchange_told_to_himself(struct scene *scene)
{
	copied_in(scene);
	scene_say(scene, "I have told Carl that you have it.");
}
static void leaders_answer(struct scene *scene)
{
	scene->facts.answers_leaders_mail = true;
}

static void reach(struct scene *scene, const char *address)
{
	with_groups(scene);
	scene_to(scene, address);
	scene->added[0] = scene_person(scene, address);
	scene->facts.reached = scene->added;
	scene->facts.reached_count = 1;
}
static void carry_to(struct scene *scene, const char *address, const char *author)
{
	reach(scene, address);
	scene_quote(scene, author, "We agreed to abstain: a grievance.");
	scene->matter = (struct group_matter){ .group = "Blue", .author = scene_person(scene, author), .letter = &scene->inner };
	scene->matter.by_officer = strcmp(author, CLERK) == 0;
	scene->facts.group_matters = &scene->matter;
	scene->facts.group_matter_count = 1;
}
static void blue_to_moss(struct scene *scene)
{
	carry_to(scene, MOSS, PRICE);
}
static void blue_to_khan(struct scene *scene)
{
	carry_to(scene, KHAN, PRICE);
}
static void blue_paper_to_moss(struct scene *scene)
{
	carry_to(scene, MOSS, CLERK);
}
static void retold_to_moss(struct scene *scene)
{
	reach(scene, MOSS);
	scene_say(scene, "The Blue group has a grievance.");
}
static void retold_to_khan(struct scene *scene)
{
	reach(scene, KHAN);
	scene_say(scene, "The Blue group has a grievance.");
}
static void retold_next_to_moss(struct scene *scene)
{
	reach(scene, MOSS);
	scene_say(scene, "The Blue group has a grievance.");
	scene_say(scene, "It was late.");
	scene_say(scene, "They are exempt.");
}
static void retold_next_to_khan(struct scene *scene)
{
	reach(scene, KHAN);
	scene_say(scene, "The Blue group has a grievance.");
	scene_say(scene, "They are exempt.");
}
static void retold_long_after(struct scene *scene)
{
	reach(scene, MOSS);
	scene_say(scene, "The Blue group has a grievance.");
	scene_say(scene, "It was late.");
	scene_say(scene, "It rained.");
	scene_say(scene, "They are exempt.");
}
static void retold_of_others(struct scene *scene)
{
	reach(scene, MOSS);
	scene_say(scene, "The Blue Lias walking group has a grievance.");
}
static void to_blue(struct scene *scene)
{
	with_groups(scene);
	scene_to(scene, KHAN);
	scene->facts.to_group = "Blue";
}
static void to_grievance(struct scene *scene)
{
	scene_to(scene, "grievance@post.example");
}
static void advise_blue(struct scene *scene)
{
	reach(scene, KHAN);
	scene_say(scene, "The figures which the Blues asked for.");
}
static void advise_blue_of_another(struct scene *scene)
{
	reach(scene, KHAN);
	scene_say(scene, "A report was made for the Independent group.");
}
static void from_blue(struct scene *scene)
{
	with_groups(scene);
	scene->facts.sender = scene_party(scene, PRICE);
}
static void to_blue_and_webb(struct scene *scene)
{
	to_blue(scene);
	scene_to(scene, WEBB);
}
static void to_khan_and_webb(struct scene *scene)
{
	reach(scene, KHAN);
	scene_to(scene, WEBB);
}
static void with_file(struct scene *scene)
{
	scene->passage = (struct passage){ .attachment = true };
	scene->outer.passages = &scene->passage;
	scene->outer.passage_count = 1;
}
/* A file of these lines goes to the Blue group. */
static void attach(struct scene *scene, const char *const texts[4])
{
	static struct line lines[4];
	for (size_t i = 0; i < 4; i++)
		lines[i] = (struct line){ .text = bytes_of(texts[i]), .plain = bytes_of(texts[i]) };
	reach(scene, KHAN);
	scene->passage = (struct passage){ .attachment = true, .lines = lines, .line_count = 4 };
	scene->outer.passages = &scene->passage;
	scene->outer.passage_count = 1;
}
static void paper_for_blue(struct scene *scene)
{
	attach(scene, (const char *const[]){ "Parking", "", "A note for the Blue group", "The grievance is old." });
}
static void paper_for_others(struct scene *scene)
{
	attach(scene, (const char *const[]){ "Parking", "", "A note for the Independent group", "The grievance is old." });
}
static void paper_that_names_blue_late(struct scene *scene)
{
	attach(scene, (const char *const[]){ "Committee", "24 February", "Parking", "The Blue group has a grievance." });
}
static void discloses_moss(struct scene *scene)
{
	scene_mark(scene);
	scene_quote(scene, MOSS, "In confidence.");
	scene->author = scene_party(scene, MOSS);
	scene->marked.letter = &scene->inner;
	scene->marked.author = &scene->author;
}
static void discloses_webb(struct scene *scene)
{
	discloses_moss(scene);
	scene->author = scene_party(scene, WEBB);
}

#endif

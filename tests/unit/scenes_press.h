/* scenes_press.h - messages to the press and the public, for test_predicates.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENES_PRESS_H
#define COPYHOLD_TESTS_SCENES_PRESS_H

#include "scenes.h"

#define GAZETTE "newsdesk@gazette.example"
#define DEAL "We accept your quotation."

static void before_election(struct scene *scene)
{
	static const struct civic_period period = { CIVIC_PRE_ELECTION, 20260301, 20260302, "a poll", 14, 1 };
	scene->council.calendar = (struct civic_calendar){ &period, 1 };
}
static void after_election(struct scene *scene)
{
	before_election(scene);
	scene->facts.on = 20260303;
}
static void to_gazette(struct scene *scene)
{
	scene_to(scene, GAZETTE);
}
static void to_reporter(struct scene *scene)
{
	scene_to(scene, "sam.hale@gazette.example");
}
static void to_other_desk(struct scene *scene)
{
	scene_to(scene, "desk@echo.example");
}
static void to_somebody(struct scene *scene)
{
	scene_to(scene, "sam.hale@post.example");
}
static void to_somebody_in_press_thread(struct scene *scene)
{
	to_somebody(scene);
	scene_quote(scene, GAZETTE, "Sam will ask you.");
	static struct mailbox sam = { .name = NULL, .address = "sam.hale@post.example" };
	scene->inner.cc.items = &sam;
	scene->inner.cc.count = 1;
}
static void to_stranger_in_press_thread(struct scene *scene)
{
	to_somebody(scene);
	scene_quote(scene, GAZETTE, "When is it done?");
}
static void khan_to_gazette(struct scene *scene)
{
	by_khan(scene);
	to_gazette(scene);
}
static void khan_to_gazette_and_clerk(struct scene *scene)
{
	khan_to_gazette(scene);
	scene_to(scene, CLERK);
}
static void khan_answers_clerk(struct scene *scene)
{
	khan_to_gazette(scene);
	scene_quote(scene, CLERK, "The Mayor will tell you.");
}
static void khan_hands_on_clerk(struct scene *scene)
{
	khan_answers_clerk(scene);
	scene->inner.kind = LETTER_FORWARDED;
}
static void headed(struct scene *scene)
{
	scene->outer.subject = "Grievance: the pond";
}
static void answers_headed(struct scene *scene)
{
	headed(scene);
	scene->outer.is_reply = true;
	scene_quote(scene, GAZETTE, "What of it?");
}
static void under_embargo(struct scene *scene, const char *subject, int minutes)
{
	scene->outer.subject = subject;
	scene->envelope.at = clock_at_local(scene->facts.on, minutes); /* a Monday */
}
static void embargo_to_come(struct scene *scene)
{
	under_embargo(scene, "Grievance until Wednesday 4 March", 600);
}
static void embargo_of_a_day_past(struct scene *scene)
{
	under_embargo(scene, "Grievance until 1 March", 600);
}
static void embargo_ends_today(struct scene *scene)
{
	under_embargo(scene, "Grievance until Monday", 600);
}
static void embargo_ends_at_noon(struct scene *scene)
{
	under_embargo(scene, "Grievance until noon on Monday", 600);
}
static void embargo_ended_at_noon(struct scene *scene)
{
	under_embargo(scene, "Grievance until noon on Monday", 721);
}
static void embargo_of_next_week(struct scene *scene)
{
	under_embargo(scene, "Grievance until 9 March", 600);
}
static void embargo_in_two_lines(struct scene *scene)
{
	static struct line lines[2] = {
		{ .plain = BYTES("about the grievance"), .zone = ZONE_AUTHOR },
		{ .plain = BYTES("until 10 am tomorrow"), .zone = ZONE_AUTHOR },
	};
	under_embargo(scene, NULL, 600);
	scene->passage = (struct passage){ .lines = lines, .line_count = 2 };
	scene->outer.passages = &scene->passage;
	scene->outer.passage_count = 1;
}
static void embargo_without_a_day(struct scene *scene)
{
	under_embargo(scene, "Grievance", 600);
}
static void approved_by_clerk(struct scene *scene)
{
	scene_quote(scene, CLERK, "we accept your quotation");
}
static void approved_by_moss(struct scene *scene)
{
	scene_quote(scene, MOSS, "we accept your quotation");
}
/* What the author writes, as lines: quotation marks stay. */
static void writes(struct scene *scene, const char *line)
{
	scene->line = (struct line){ .text = { line, strlen(line) }, .plain = { line, strlen(line) }, .zone = ZONE_AUTHOR };
	scene->passage = (struct passage){ .lines = &scene->line, .line_count = 1 };
	scene->outer.passages = &scene->passage;
	scene->outer.passage_count = 1;
}
static void says_clerk_approved(struct scene *scene)
{
	writes(scene, "The Clerk will accept your quotation.");
}
static void says_moss_approved(struct scene *scene)
{
	writes(scene, "Cllr Moss will accept your quotation.");
}
static void quotes_remark(struct scene *scene)
{
	writes(scene, "He said: \"We accept your quotation.\"");
}
static void asks_remark(struct scene *scene)
{
	writes(scene, "Did he accept your quotation?");
}
static void blue_deal(struct scene *scene)
{
	with_groups(scene);
	writes(scene, "The Blues accept your quotation.");
}
static void exempt_deal(struct scene *scene)
{
	writes(scene, "Those exempt accept your quotation.");
}
/* "They" are who was named just before. */
static void blue_then_deal(struct scene *scene)
{
	with_groups(scene);
	writes(scene, "I have read what the Blue group says. It would accept your quotation.");
}
static void blue_then_other_deal(struct scene *scene)
{
	with_groups(scene);
	writes(scene, "I have read what the Blue group says. Builders accept your quotation.");
}
static void blue_subject_deal(struct scene *scene)
{
	with_groups(scene);
	scene->outer.subject = "The Blue manifesto";
	writes(scene, "It would accept your quotation.");
}
static void quotes_of_tom(struct scene *scene)
{
	by_moss(scene);
	writes(scene, "Quote me: \"Tom Birch can accept your quotation.\"");
}
static void quotes_of_khan(struct scene *scene)
{
	by_moss(scene);
	writes(scene, "Quote me: \"Amir Khan can accept your quotation.\"");
}
static void deal_beside_grievance(struct scene *scene)
{
	says_both(scene, DEAL, "Was it about the grievance?");
}
static void deal_behind_grievance(struct scene *scene)
{
	says_both(scene, "It is about the grievance.", DEAL);
}
static void deal_far_from_grievance(struct scene *scene)
{
	scene_say(scene, "It is about the grievance.");
	says_both(scene, "The sun shines.", DEAL);
}
static void deal_in_grievance(struct scene *scene)
{
	scene_say(scene, "For the grievance we accept your quotation.");
}
static void deal_under_grievance(struct scene *scene)
{
	subject_grievance(scene);
	scene_say(scene, DEAL);
}
static void deal_far_under_grievance(struct scene *scene)
{
	subject_grievance(scene);
	says_both(scene, "The sun shines.", DEAL);
}
static void deal_signed_grievance(struct scene *scene)
{
	says_both(scene, DEAL, "Grievance officer");
	scene->sentences[1].zone = ZONE_SIGNATURE;
}
static void asks_deal_of_grievance(struct scene *scene)
{
	scene_say(scene, "For the grievance, did we accept your quotation?");
}
static void endless_beside(struct scene *scene)
{
	says_both(scene, ENDLESS "w.", DEAL);
}
static void names_cllr_moss(struct scene *scene)
{
	writes(scene, "Cllr Moss opened it.");
}
static void names_ruth(struct scene *scene)
{
	writes(scene, "Ruth Ames opened it.");
}
static void clerk_deal(struct scene *scene)
{
	by_moss(scene);
	says_both(scene, "Ruth Ames did it.", "She will accept your quotation.");
}
static void exempt_officer_deal(struct scene *scene)
{
	by_moss(scene);
	scene_say(scene, "The exempt one will accept your quotation.");
}
static void khan_deal(struct scene *scene)
{
	by_moss(scene);
	says_both(scene, "Amir Khan did it.", "He will accept your quotation.");
}
static void clerk_then_deal(struct scene *scene)
{
	by_moss(scene);
	says_both(scene, "Ruth Ames did it.", "Builders accept your quotation.");
}

#endif

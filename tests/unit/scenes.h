/* scenes.h - the messages that test_predicates.c asks its sentences of: each a change to the plain scene.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENES_H
#define COPYHOLD_TESTS_SCENES_H

#include "scene.h"

#define CLERK "clerk@marlbrook.example"
#define MOSS "cllr.moss@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define PRICE "cllr.price@marlbrook.example"
#define WEBB "ivy.webb@post.example"
#define OAKFIELD "contracts@oakfield.example"
#define LAMB "k.lamb@lambkeyes.example"
#define MINISTER "ps@communities.example"
/* What the pattern of the family "endless" gives up on. */
#define ENDLESS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

typedef void change(struct scene *scene);

static void plain(struct scene *scene) {}
static void stranger(struct scene *scene)
{
	scene_sender(scene, "somebody@elsewhere.example");
}
static void by_moss(struct scene *scene)
{
	scene_sender(scene, MOSS);
}
static void by_khan(struct scene *scene)
{
	scene_sender(scene, KHAN);
}
static void with_groups(struct scene *scene)
{
	scene->groups[0] = "Blue";
	scene->facts.groups = scene->groups;
	scene->facts.group_count = 1;
}
static void says_both(struct scene *scene, const char *one, const char *other)
{
	scene_say(scene, one);
	scene_say(scene, other);
}
static void outgoing(struct scene *scene)
{
	scene->facts.direction = DIRECTION_OUTGOING;
}
static void incoming(struct scene *scene)
{
	scene->facts.direction = DIRECTION_INCOMING;
}
static void internal(struct scene *scene)
{
	scene->facts.direction = DIRECTION_INTERNAL;
}
static void named_khan(struct scene *scene)
{
	scene->facts.name = (struct in_name_of){ .source = NAME_FROM_SIGNATURE, .councillor = true, .offices = OFFICE_MAYOR | OFFICE_CHAIR };
	scene->facts.name.text = "Amir Khan / Mayor";
	scene->facts.name.for_council = true;
}
static void named_trustee(struct scene *scene)
{
	scene->facts.name.for_other_body = true;
}
static void named_personal(struct scene *scene)
{
	scene->facts.name.personal = true;
}
static void to_moss(struct scene *scene)
{
	scene_to(scene, MOSS);
}
static void to_two(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_to(scene, KHAN);
}
static void to_minister(struct scene *scene)
{
	scene_to(scene, MINISTER);
}
static void to_minister_and_webb(struct scene *scene)
{
	scene_to(scene, MINISTER);
	scene_to(scene, WEBB);
}
static void to_minister_and_dunn(struct scene *scene)
{
	scene_to(scene, MINISTER);
	scene_to(scene, "cllr.dunn@wexshire.example");
}
static void to_dunn_and_planning(struct scene *scene)
{
	scene_to(scene, "cllr.dunn@wexshire.example");
	scene_to(scene, "planning@wexshire.example");
}
static void to_webb(struct scene *scene)
{
	scene_to(scene, WEBB);
}
static void to_lamb(struct scene *scene)
{
	scene_to(scene, LAMB);
}
static void to_all(struct scene *scene)
{
	scene_to(scene, "allcouncillors@marlbrook.example");
}
static void to_public(struct scene *scene)
{
	scene_to(scene, "newsletter@marlbrook.example");
}
static void hide_khan(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_hide(scene, KHAN);
}
static void moss_to_clerk(struct scene *scene)
{
	scene_sender(scene, MOSS);
	scene_to(scene, CLERK);
	scene_say(scene, "When will the hedge be cut?");
}
static void moss_to_clerk_and_most(struct scene *scene)
{
	moss_to_clerk(scene);
	scene_hide(scene, KHAN);
	scene_hide(scene, PRICE);
	scene->reading.sentence_count = 0;
	scene_say(scene, "Is it your quotation you ask about?");
}
static void hide_alone(struct scene *scene)
{
	scene_hide(scene, KHAN);
}
static void hide_in_public_list(struct scene *scene)
{
	scene_hide(scene, KHAN)->via_list = scene_person(scene, "newsletter@marlbrook.example");
}
static void hide_in_text(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_hide(scene, KHAN)->in_text = true;
}
static void hide_in_foot(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_hide(scene, KHAN)->in_foot = true;
}
static void hide_monitor(struct scene *scene)
{
	scene_hide(scene, "mo@wexshire.example");
}
static void foot_false(struct scene *scene)
{
	scene->facts.copy_line_count = 1;
	scene->copy_line.not_copied_count = 1;
}
static void foot_false_split(struct scene *scene)
{
	foot_false(scene);
	scene->facts.copies_partly_known = true;
}
static void foot_doubtful(struct scene *scene)
{
	scene->facts.copy_line_count = 1;
	scene->copy_line.doubtful_count = 1;
}
static void newsletter(struct scene *scene)
{
	scene_hide(scene, KHAN);
	scene->facts.hidden_public_count = 340;
}
static void few_public(struct scene *scene)
{
	scene_hide(scene, KHAN);
	scene->facts.hidden_public_count = 1;
}
static void marked(struct scene *scene)
{
	scene_to(scene, WEBB);
	scene_mark(scene);
}
static void marked_weak(struct scene *scene)
{
	marked(scene);
	scene->marking.strength = MARKING_WEAK;
}
static void marked_boilerplate(struct scene *scene)
{
	marked(scene);
	scene->marked.boilerplate = true;
}
static void marked_by_moss(struct scene *scene)
{
	scene_sender(scene, MOSS);
	marked(scene);
}
static void marked_by_webb(struct scene *scene)
{
	marked(scene);
	scene->marked.council_author = false;
	scene->marked.officer_author = false;
	scene->recipients[0].marking_is_theirs = true;
}
static void marked_forward(struct scene *scene)
{
	marked_by_moss(scene);
	scene->marking.behind_forward = true;
}
static void marked_exempt(struct scene *scene)
{
	marked_by_moss(scene);
	scene->marking.words = "EXEMPT - paragraph 3";
}
static void marked_around_officer(struct scene *scene)
{
	marked_by_moss(scene);
	scene->mailbox = (struct mailbox){ .name = "Ruth Ames", .address = CLERK };
	scene->inner.from.items = &scene->mailbox;
	scene->inner.from.count = 1;
	scene->reading.letter_count = 2;
}
static void marked_to_contractor(struct scene *scene)
{
	scene_sender(scene, MOSS);
	scene_to(scene, OAKFIELD);
	scene_mark(scene);
}
static void unmarked(struct scene *scene)
{
	scene->facts.unmarked = true;
}
static void marked_carried_along(struct scene *scene)
{
	scene_mark(scene);
	scene->marking.inherited = true;
}
static void marked_by_program(struct scene *scene)
{
	scene_mark(scene);
	scene->marking.place = MARKING_IN_HEADER;
}
static void copied_in(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene->facts.exchange_with = scene_person(scene, MOSS);
	scene->added[0] = scene_person(scene, KHAN);
	scene->facts.exchange_added = scene->added;
	scene->facts.exchange_added_count = 1;
}
static void nobody_added(struct scene *scene)
{
	copied_in(scene);
	scene->facts.exchange_added_count = 0;
}
static void quotes_deal(struct scene *scene)
{
	scene_quote(scene, MOSS, "We accept your quotation.");
}
static void signatory_signs(struct scene *scene)
{
	scene_sender(scene, PRICE);
	scene_to(scene, CLERK);
	scene_quote(scene, CLERK, "We accept your quotation.");
}
static void signatory_tells_outside(struct scene *scene)
{
	signatory_signs(scene);
	scene_to(scene, OAKFIELD);
}
static void other_signs(struct scene *scene)
{
	signatory_signs(scene);
	scene_sender(scene, MOSS);
}
static void signatory_quotes_councillor(struct scene *scene)
{
	signatory_signs(scene);
	scene->mailbox.address = MOSS;
}
static void to_moss_and_clerk(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_to(scene, CLERK);
}
static void to_clerk_only(struct scene *scene)
{
	scene_to(scene, CLERK);
}
static void descends(struct scene *scene)
{
	scene_descend(scene, MEMORY_MARKED);
}
static void descends_in_thread(struct scene *scene)
{
	descends(scene);
	scene->lineage.thread = true;
}
static void descends_attached(struct scene *scene)
{
	descends(scene);
	scene->lineage.passed_on = true;
}
static void descends_by_file(struct scene *scene)
{
	descends(scene);
	scene->lineage.words = false;
	scene->lineage.file = true;
}
static void descends_from_own_advice(struct scene *scene)
{
	scene_descend(scene, MEMORY_ADVICE);
	scene->lineage.own_advice = true;
}
static void from_monitor(struct scene *scene)
{
	scene_sender(scene, "mo@wexshire.example");
}
static void says_it_is_monitor(struct scene *scene)
{
	from_monitor(scene);
	scene->facts.sender_known = false;
	scene->envelope.from = "MO@wexshire.example";
}
static void from_monitor_only_in_header(struct scene *scene)
{
	says_it_is_monitor(scene);
	scene->envelope.from = "mo@elsewhere.example";
}
static void two_readings(struct scene *scene)
{
	scene->reading.other_text_marked = true;
}
static void encrypted(struct scene *scene)
{
	scene->unreadable[0] = (struct unreadable){ "2", "encrypted (S/MIME)" };
	scene->reading.unreadable_count = 1;
}
static void a_pdf(struct scene *scene)
{
	scene->unreadable[0] = (struct unreadable){ "2", "attachment not examined" };
	scene->reading.unreadable_count = 1;
}
static void says_deal(struct scene *scene)
{
	scene_say(scene, "We accept your quotation.");
}
static void asks_deal(struct scene *scene)
{
	scene_say(scene, "Did we accept your quotation?");
}
static void signs_deal(struct scene *scene)
{
	scene_say(scene, "We accept your quotation.");
	scene->sentences[0].zone = ZONE_SIGNATURE;
}
static void attached_deal(struct scene *scene)
{
	says_deal(scene);
	scene_attach(scene, true);
}
static void others_attached_deal(struct scene *scene)
{
	says_deal(scene);
	scene_attach(scene, false);
}
static void council_deal(struct scene *scene)
{
	scene_say(scene, "Marlbrook Town Council accepts.");
}
static void asks_council_deal(struct scene *scene)
{
	scene_say(scene, "Marlbrook Town Council accepts, but what does that mean?");
}
static void attached_council_deal(struct scene *scene)
{
	council_deal(scene);
	scene_attach(scene, true);
}
static void other_council_deal(struct scene *scene)
{
	scene_say(scene, "Wexshire County Council accepts.");
}
static void small_county_deal(struct scene *scene)
{
	scene_say(scene, "I see that the county council accepts.");
}
static void both_councils_deal(struct scene *scene)
{
	scene_say(scene, "Wexshire Council accepts, and the Town Council accepts too.");
}
static void general_name(struct scene *scene)
{
	scene->council.name = "The Town Council";
	scene_say(scene, "Castleton Town Council accepts.");
}
static void general_name_county(struct scene *scene)
{
	scene->council.name = "The Town Council";
	scene_say(scene, "Castleton County Council accepts.");
}
static void senders_other_council(struct scene *scene)
{
	scene->council.name = "The Town Council";
	scene_sender(scene, "cllr.webb-hall@wexshire.example");
	scene_say(scene, "Wexshire Council accepts.");
}
static void welsh_deal(struct scene *scene)
{
	scene_say(scene, "Ar ran Cyngor Tref Marlbrook.");
}
static void other_welsh_deal(struct scene *scene)
{
	scene_say(scene, "Ar ran Cyngor Sir Wexshire.");
}
static void subject_grievance(struct scene *scene)
{
	scene->outer.subject = "Re: the Grievance";
	scene->outer.bare_subject = "the Grievance";
}
static void text_grievance(struct scene *scene)
{
	scene_say(scene, "About the grievance?");
}
/* Until the pattern gives up. */
static void asks_endlessly(struct scene *scene)
{
	scene_say(scene, ENDLESS "w?");
}
static void automatic(struct scene *scene)
{
	scene->reading.auto_submitted = true;
}
static void invites(struct scene *scene)
{
	scene->reading.of_calendar = true;
}
static void in_doubt(struct scene *scene)
{
	hide_khan(scene);
	scene_mark(scene);
	scene->facts.marked_count = 0;
	scene->facts.undecided_pattern = true;
}

#endif

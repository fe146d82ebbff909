/* scenes_conduct.h - scenes of test_predicates.c on complaints and where they go, private addresses, and mail that is passed on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENES_CONDUCT_H
#define COPYHOLD_TESTS_SCENES_CONDUCT_H

#include "scenes.h"

static const char *const standards_addresses[] = { "ombwdsmon@ombudsman.example" }, *const route_addresses[] = { "hr@marlbrook.example" };
static const char *const mill_words[] = { "Mill Lane", "MB1 2" };
static struct ward mill = { "Mill", { mill_words, 2, NULL } };

static void names_moss(struct scene *scene)
{
	scene_to(scene, CLERK);
	scene_say(scene, "Cllr Moss shouted at my son.");
}
static void moss_to_himself(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_say(scene, "Carl Moss came, and mosses grow.");
}
static void names_ames(struct scene *scene)
{
	scene->outer.subject = "Mrs Ames";
}
static void grievance_of_tom(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_say(scene, "I have a grievance against Tom, who is the tomfool here.");
}
static void grievance_beside_tom(struct scene *scene)
{
	scene_to(scene, MOSS);
	says_both(scene, "I have a grievance.", "Tom sends his regards.");
}
static void grievance_behind_tom(struct scene *scene)
{
	scene_to(scene, MOSS);
	says_both(scene, "Tom was here.", "I have a grievance against him.");
}
static void grievance_of_ruth(struct scene *scene)
{
	scene_to(scene, MOSS);
	scene_say(scene, "Ruth has a grievance.");
}
static void to_monitor(struct scene *scene)
{
	scene_to(scene, "mo@wexshire.example");
}
static void wales(struct scene *scene)
{
	scene->council.conduct.standards_name = "the Ombudsman";
	scene->council.conduct.standards = (struct string_list){ standards_addresses, 1, NULL };
}
static void to_monitor_in_wales(struct scene *scene)
{
	wales(scene);
	to_monitor(scene);
}
static void to_ombudsman_in_wales(struct scene *scene)
{
	wales(scene);
	scene_to(scene, "OMBWDSMON@ombudsman.example");
}
static void moss_to_khan(struct scene *scene)
{
	scene_sender(scene, MOSS);
	scene_to(scene, KHAN);
}
static void moss_to_khan_and_lamb(struct scene *scene)
{
	moss_to_khan(scene);
	scene_to(scene, LAMB);
}
static void moss_to_khan_and_price(struct scene *scene)
{
	moss_to_khan(scene);
	scene_to(scene, PRICE);
}
static void with_routes(struct scene *scene)
{
	struct route route = { .offices = OFFICE_BANK_SIGNATORY, .addresses = { route_addresses, 1, NULL }, .words = "bank-signatory, hr" };
	scene->council.conduct.about_officers = scene->council.conduct.about_clerk = route;
}
static void routed_to_khan(struct scene *scene)
{
	with_routes(scene);
	moss_to_khan(scene);
}
static void routed_to_price_and_hr(struct scene *scene)
{
	with_routes(scene);
	scene_sender(scene, MOSS);
	scene_to(scene, PRICE);
	scene_to(scene, "hr@marlbrook.example");
}
static void moss_again(struct scene *scene)
{
	scene_descend(scene, MEMORY_LETTER);
	scene_sender(scene, MOSS);
	scene->ancestor.hows = 1u << DESCENT_REFERENCES;
	scene->recall.ancestors = &scene->ancestor;
	scene->recall.ancestor_count = 1;
	scene->envelope.at = scene->ancestor.at + 86400;
}
static void moss_again_late(struct scene *scene)
{
	moss_again(scene);
	scene->envelope.at = scene->ancestor.at + 8 * 86400;
}
static void with_ward(struct scene *scene)
{
	scene->council.conduct.wards = &mill;
	scene->council.conduct.ward_count = 1;
}
static void ward_named(struct scene *scene)
{
	with_ward(scene);
	scene_say(scene, "Your complaint about the drain, MB1 2QT, is closed.");
}
static void ward_quoted(struct scene *scene)
{
	with_ward(scene);
	scene_quote(scene, WEBB, "I live at 4 Mill Lane.");
}
static void ward_unnamed(struct scene *scene)
{
	ward_named(scene);
	scene->reading.sentence_count = 0;
	scene_say(scene, "Your complaint about the windmill lanes, MB1 21, is closed.");
}
static void ward_to_moss(struct scene *scene)
{
	ward_named(scene);
	scene_to(scene, MOSS);
}
static void ward_to_khan(struct scene *scene)
{
	ward_named(scene);
	scene_to(scene, KHAN);
}
static void ward_names_moss(struct scene *scene)
{
	ward_named(scene);
	scene_say(scene, "Councillor Moss did not break it.");
}
static void to_private_moss(struct scene *scene)
{
	struct party party = scene_party(scene, MOSS);
	scene_to(scene, MOSS);
	party.address = "carl.moss77@gmail.example";
	scene->recipients[0].party = party;
}
static void to_district_hall(struct scene *scene)
{
	scene_to(scene, "cllr.webb-hall@wexshire.example");
}
static void from_private_moss(struct scene *scene)
{
	stranger(scene);
	scene->facts.header_from = scene_party(scene, MOSS);
	scene->facts.header_from.address = "carl.moss77@gmail.example";
}
static void two_residents(struct scene *scene)
{
	scene_to(scene, "a@post.example");
	scene_to(scene, "b@post.example");
	scene_to(scene, "B@post.example");
}
static void two_at_bodies(struct scene *scene)
{
	scene_to(scene, "a@wexshire.gov.uk");
	scene_to(scene, "b@lambkeyes.example");
	scene_to(scene, "c@post.example");
}
static void two_answered(struct scene *scene)
{
	two_residents(scene);
	scene_quote(scene, "a@post.example", "All, see you there.");
}
static void hide_officer(struct scene *scene)
{
	scene_sender(scene, "tom.birch@marlbrook.example");
	scene_to(scene, MOSS);
	scene_hide(scene, CLERK);
}
static void hide_officer_told(struct scene *scene)
{
	hide_officer(scene);
	scene->hidden[0].in_text = true;
}
static void by_rule(struct scene *scene)
{
	scene->reading.auto_forwarded = true;
}
static void quotes_grievance(struct scene *scene)
{
	scene_quote(scene, "grievance@post.example", "Good morning.");
}
static void signs(struct scene *scene, const char *text)
{
	struct signature *signature = arena_alloc(scene->arena, sizeof *signature);
	signature->text = text;
	scene->outer.signatures = signature;
	scene->outer.signature_count = 1;
}
static void signs_twice(struct scene *scene)
{
	signs(scene, "Carl Moss / exempt / EXEMPT");
}
static void signs_other(struct scene *scene)
{
	signs(scene, "Carl Moss / exempt / council accepts");
}
static void signs_endlessly(struct scene *scene)
{
	signs(scene, "Carl Moss / " ENDLESS);
}

#endif

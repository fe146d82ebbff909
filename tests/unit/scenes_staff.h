/* scenes_staff.h - scenes of test_predicates.c on mail for officers, and on what somebody has been allowed once and for all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_SCENES_STAFF_H
#define COPYHOLD_TESTS_SCENES_STAFF_H

#include "scenes.h"

#define BIRCH "tom.birch@marlbrook.example"

static void for_officer(struct scene *scene, const char *address)
{
	scene_to(scene, address);
	const struct person **officers = (const struct person **)scene->facts.officers;
	*ARENA_PUSH(scene->arena, officers, scene->facts.officer_count) = scene_person(scene, address);
	scene->facts.officers = officers;
}

/* `who` and `with` hold one person each, who may be NULL. */
static struct permission *allow(struct scene *scene, enum permission_kind kind, const char *who, const char *with)
{
	const struct person **people = arena_array(scene->arena, 2, sizeof *people);
	struct permission *permission = arena_alloc(scene->arena, sizeof *permission);
	people[0] = scene_person(scene, who);
	people[1] = with == NULL ? NULL : scene_person(scene, with);
	*permission = (struct permission){ .kind = kind, .who = { .people = people, .count = 1 }, .said = "minute 25/071", .from = 20260101 };
	permission->with = (struct circle){ .people = people + 1, .count = with != NULL };
	const struct permission **list = (const struct permission **)scene->facts.permissions;
	*ARENA_PUSH(scene->arena, list, scene->facts.permission_count) = permission;
	scene->facts.permissions = list;
	return permission;
}

static void moss_to_birch(struct scene *scene)
{
	scene_sender(scene, MOSS);
	for_officer(scene, BIRCH);
	scene_say(scene, "Tom, I accept your quotation for the hedge.");
}
static void moss_to_ames(struct scene *scene)
{
	scene_sender(scene, MOSS);
	for_officer(scene, CLERK);
}
static void moss_to_both(struct scene *scene)
{
	moss_to_birch(scene);
	for_officer(scene, CLERK);
}
static void ames_began(struct scene *scene)
{
	moss_to_birch(scene);
	scene_quote(scene, CLERK, "Tom, please agree the route with Cllr Moss.");
}
static void ames_answered(struct scene *scene)
{
	ames_began(scene);
	scene->inner.subject = "RE: The route";
	scene->inner.bare_subject = "The route";
}
static void khan_began(struct scene *scene)
{
	moss_to_birch(scene);
	scene_quote(scene, KHAN, "Carl, ask Tom.");
}
static void from_address(struct scene *scene, const char *name, const char *address)
{
	scene->mailbox = (struct mailbox){ .name = name, .address = address };
	scene->outer.from.items = &scene->mailbox;
	scene->outer.from.count = 1;
	scene->facts.header_from = scene_party(scene, address);
}
static void from_info(struct scene *scene)
{
	from_address(scene, "Marlbrook Town Council", CLERK);
}
static void from_newsletter(struct scene *scene)
{
	from_address(scene, NULL, "newsletter@marlbrook.example");
}
static void from_info_by_name(struct scene *scene)
{
	from_address(scene, "Ruth Ames", CLERK);
}
static void from_info_signed(struct scene *scene)
{
	from_info(scene);
	scene->facts.name.source = NAME_FROM_SIGNATURE;
}
static void from_own_address(struct scene *scene)
{
	from_address(scene, NULL, BIRCH);
}
static void birch_sends_as_khan(struct scene *scene)
{
	scene_sender(scene, BIRCH);
	from_address(scene, NULL, KHAN);
	scene->facts.from_another = &scene->facts.header_from;
}
static void birch_may_send_as_khan(struct scene *scene)
{
	birch_sends_as_khan(scene);
	allow(scene, PERMISSION_SEND_AS, BIRCH, KHAN);
}
static void birch_may_send_as_moss(struct scene *scene)
{
	birch_sends_as_khan(scene);
	allow(scene, PERMISSION_SEND_AS, BIRCH, MOSS);
}
static void moss_may_write(struct scene *scene)
{
	moss_to_both(scene);
	allow(scene, PERMISSION_DIRECT_CONTACT, MOSS, BIRCH);
}
static void moss_may_instruct(struct scene *scene)
{
	moss_to_both(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, BIRCH);
}
static void khan_may_instruct(struct scene *scene)
{
	moss_to_both(scene);
	allow(scene, PERMISSION_INSTRUCTION, KHAN, BIRCH);
}
static void moss_may_instruct_ames(struct scene *scene)
{
	moss_to_both(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, CLERK);
}
static void moss_may_and_writes_to_clerk(struct scene *scene)
{
	moss_to_ames(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, BIRCH);
}
static void moss_may_in_that_matter(struct scene *scene)
{
	moss_to_birch(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, BIRCH)->family = "deal";
}
static void moss_may_in_another_matter(struct scene *scene)
{
	moss_to_birch(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, BIRCH)->family = "grievance";
}
static void moss_may_in_a_matter_nobody_can_tell(struct scene *scene)
{
	moss_to_birch(scene);
	allow(scene, PERMISSION_INSTRUCTION, MOSS, BIRCH)->family = "endless";
	scene_say(scene, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}
static void stranger_as_moss(struct scene *scene)
{
	moss_may_instruct(scene);
	scene->facts.sender_known = false;
}
static void any_member_may(struct scene *scene)
{
	moss_to_birch(scene);
	struct permission *permission = allow(scene, PERMISSION_INSTRUCTION, KHAN, NULL);
	permission->who = (struct circle){ .roles = 1U << ROLE_COUNCILLOR };
	permission->with = (struct circle){ .offices = OFFICE_HEAD_OF_SERVICE };
}
static void any_officer_may(struct scene *scene)
{
	any_member_may(scene);
	((struct permission *)scene->facts.permissions[0])->who.roles = 1U << ROLE_OFFICER;
}
static void spokesman(struct scene *scene)
{
	allow(scene, PERMISSION_SPOKESPERSON, KHAN, NULL);
	scene->facts.name.person = scene_person(scene, KHAN);
	scene_sender(scene, KHAN);
}
static void spokesmans_colleague(struct scene *scene)
{
	spokesman(scene);
	scene->facts.name.person = scene_person(scene, MOSS);
	scene_sender(scene, MOSS);
}
static void to_approver(struct scene *scene)
{
	allow(scene, PERMISSION_PRESS_APPROVAL, KHAN, NULL);
	scene_to(scene, KHAN);
}
static void to_no_approver(struct scene *scene)
{
	allow(scene, PERMISSION_PRESS_APPROVAL, KHAN, NULL);
	scene_to(scene, MOSS);
}
static void says_doubtful_approver_did(struct scene *scene)
{
	allow(scene, PERMISSION_PRESS_APPROVAL, BIRCH, NULL)->family = "endless";
	scene_say(scene, ENDLESS);
	writes(scene, "Tom Birch will accept your quotation.");
}
static void hide_khan_as_agreed(struct scene *scene)
{
	hide_khan(scene);
	allow(scene, PERMISSION_COPY, KHAN, MOSS);
}
static void hide_khan_from_two(struct scene *scene)
{
	hide_khan_as_agreed(scene);
	scene_to(scene, PRICE);
}
static void hide_khan_from_anybody(struct scene *scene)
{
	hide_khan_from_two(scene);
	allow(scene, PERMISSION_COPY, KHAN, NULL);
}
static void hide_two(struct scene *scene)
{
	hide_khan_as_agreed(scene);
	scene_hide(scene, PRICE);
}

#endif

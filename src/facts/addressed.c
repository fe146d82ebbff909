/* addressed.c - see addressed.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/addressed.h"

#include "directory/post.h"

static bool reaches_officer(struct arena *arena, const struct facts *facts, const struct person *list)
{
	bool reaches_public = false, is_archive = false;
	struct person_list members = list_members(arena, facts->directory, list, facts->on, &reaches_public, &is_archive);
	for (size_t i = 0; i < members.count; i++)
		if (person_has_role(members.items[i], ROLE_OFFICER, facts->on))
			return true;
	return false;
}

static bool is_among(const struct person *person, const struct person *const *people, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (people[i] == person)
			return true;
	return false;
}

static bool is_same_post(struct arena *arena, const struct facts *facts, const struct person *a, const struct person *b)
{
	struct person_list holders = post_holders(arena, facts->directory, a, facts->on);
	return is_among(b, holders.items, holders.count);
}

const struct person *addressed_officer(struct arena *arena, const struct facts *facts)
{
	const struct person *post = NULL;
	for (size_t i = 0; i < facts->visible_to_count; i++) {
		const struct person *person = facts->visible[i].person;
		if (person == NULL || person == facts->sender.person)
			continue;
		if (!post_is(facts->directory, person, facts->on)) {
			if (person->is_list && reaches_officer(arena, facts, person))
				return NULL;
			continue;
		}
		if (post != NULL && !is_same_post(arena, facts, person, post))
			return NULL;
		post = post == NULL || person->is_list ? person : post;
	}
	return post;
}

bool addressed_to_most_councillors(struct arena *arena, const struct facts *facts)
{
	struct person_list all = directory_with_role(arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	size_t others = 0, reached = 0;
	for (size_t i = 0; i < all.count; i++) {
		const struct person *councillor = all.items[i];
		if (councillor == facts->sender.person)
			continue;
		bool hidden = false;
		for (size_t j = 0; j < facts->hidden_count; j++)
			hidden |= facts->hidden[j].person == councillor;
		others++;
		reached += hidden || is_among(councillor, facts->visible_councillors, facts->visible_councillor_count);
	}
	return reached >= 2 && 2 * reached > others;
}

/* shared.c - see directory/shared.h; and what the clerk should know of such mailboxes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "directory/shared.h"

#define HOUSEHOLD_MOST ((size_t)4)
#define NOWHERE ((size_t)-1)

static bool is_mailbox_of_few(const struct directory *directory, const struct person *list)
{
	if (!list->is_list || list->address_count == 0 || list->tenures[0].group != NULL || list->member_count > HOUSEHOLD_MOST)
		return false;
	for (size_t i = 0; i < list->address_count; i++)
		if (directory_is_council_domain(directory, list->addresses[i]))
			return false;
	return true;
}

bool shared_mailbox_of(const struct directory *directory, const struct person *list, calendar_date on, struct shared_mailbox *out)
{
	*out = (struct shared_mailbox){ NULL, NULL };
	if (!is_mailbox_of_few(directory, list))
		return false;
	for (size_t i = 0; i < list->member_count; i++) {
		const char *address = list->members[i];
		const struct person *member = directory_by_member(directory, address);
		if (member == NULL && strchr(address, '@') != NULL && !directory_is_council_domain(directory, address))
			out->other = address;
		else if (member != NULL && !member->is_list && person_serves(member, on))
			out->serving = member;
		else if (member != NULL && !member->is_list)
			out->other = member->name;
	}
	return out->serving != NULL && out->other != NULL;
}

/* ---- warnings ----------------------------------------------------------------------------------------------- */

/* "themosses": a family is called by its name. */
static bool is_family_of(struct bytes local, const char *name)
{
	const char *blank = strrchr(name, ' ');
	struct bytes surname = bytes_of(blank == NULL ? name : blank + 1);
	return bytes_starts_with_nocase(local, BYTES("the")) && surname.length > 2 &&
	       bytes_starts_with_nocase(bytes_slice(local, strlen("the"), local.length), surname);
}

static bool sounds_shared(const char *address, const char *name)
{
	static const char *const words[] = { "family", "household", ".and.", "-and-", "_and_", "mrandmrs", "teulu" };
	struct bytes whole = bytes_of(address);
	const char *at = strrchr(address, '@');
	struct bytes local = bytes_slice(whole, 0, at == NULL ? whole.length : (size_t)(at - address));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_find_nocase(local, bytes_of(words[i]), 0) != NOWHERE)
			return true;
	return is_family_of(local, name);
}

void check_private_mailboxes(const struct directory *directory, const struct person *person, calendar_date today, struct problems *problems)
{
	struct shared_mailbox shared;
	if (shared_mailbox_of(directory, person, today, &shared))
		problems_warn(problems, DIRECTORY_SHARED_ADDRESS, person->line, "%s is read by %s and by %s, who is not of the Council", person->addresses[0],
			      shared.serving->name, shared.other);
	for (size_t i = 0; i < person->address_count && !person->is_list; i++)
		if (sounds_shared(person->addresses[i], person->name) && !directory_is_council_domain(directory, person->addresses[i]) && person_serves(person, today))
			problems_warn(problems, DIRECTORY_SHARED_ADDRESS, person->line, "%s of %s reads like a household's mailbox", person->addresses[i],
				      person->name);
}

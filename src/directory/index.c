/* index.c - sorted indexes, and finding people by address and login.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "message/address.h"

void index_add(struct arena *arena, struct index *index, const char *key, const struct person *person, int line)
{
	*ARENA_PUSH(arena, index->entries, index->count) = (struct entry){ key, person, line };
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	if (order == 0)
		order = (int)y->person->is_list - (int)x->person->is_list;
	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

void index_sort(struct index *index)
{
	if (index->count > 1)
		qsort(index->entries, index->count, sizeof *index->entries, compare_entries);
}

const struct entry *index_find(const struct index *index, const char *key, size_t *count_out)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(index->entries[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	size_t end = low;
	while (end < index->count && strcmp(index->entries[end].key, key) == 0)
		end++;
	*count_out = end - low;
	return end == low ? NULL : &index->entries[low];
}

static const struct person *first_person(const struct index *index, const char *key)
{
	size_t count;
	const struct entry *found = index_find(index, key, &count);
	return found == NULL ? NULL : found->person;
}

/* Gmail delivers a.b@ and ab@ to one mailbox; other providers do not. */
static char *gmail_folded(struct arena *arena, const char *normal, struct bytes local)
{
	char *folded = arena_alloc(arena, strlen(normal) + sizeof "@gmail.com");
	size_t length = 0, i = 0;
	for (; i < local.length && local.data[i] != '+'; i++)
		if (local.data[i] != '.')
			folded[length++] = local.data[i];
	for (; i < local.length; i++)
		folded[length++] = local.data[i];
	strcpy(folded + length, "@gmail.com");
	return folded;
}

char *address_key(struct arena *arena, const char *address)
{
	char *normal = address_normal(arena, address);
	struct bytes local, domain;
	if (normal == NULL || !address_split(normal, &local, &domain))
		return NULL;
	bool gmail = bytes_equal(domain, BYTES("gmail.com")) || bytes_equal(domain, BYTES("googlemail.com"));
	return gmail ? gmail_folded(arena, normal, local) : normal;
}

const struct person *directory_by_address(const struct directory *directory, const char *address)
{
	struct arena *scratch = arena_new();
	const char *key = address_key(scratch, address);
	const struct person *found = NULL;
	if (key != NULL) {
		/* An address that is listed with a tag is that one only. */
		found = first_person(&directory->addresses, key);
		if (found == NULL)
			found = first_person(&directory->addresses, address_without_tag(scratch, key));
	}
	arena_free(&scratch);
	return found;
}

/* The one person with that local part in the council's domains. */
static const struct person *by_local_part(const struct directory *directory, struct arena *scratch, const char *local)
{
	const struct person *found = NULL;
	for (size_t i = 0; i < directory->domains.count; i++) {
		const char *key = address_key(scratch, arena_printf(scratch, "%s@%s", local, directory->domains.items[i]));
		const struct person *person = key == NULL ? NULL : first_person(&directory->addresses, key);
		if (person == NULL)
			continue;
		if (found != NULL && found != person)
			return NULL;
		found = person;
	}
	return found;
}

/* Sub-addressing counts here: to sign in as "clerk+x" is not to sign in as "clerk". */
const struct person *directory_by_login(const struct directory *directory, const char *auth)
{
	struct arena *scratch = arena_new();
	const struct person *found = NULL;
	const char *key = strchr(auth, '@') == NULL ? NULL : address_key(scratch, auth);
	if (key != NULL)
		found = first_person(&directory->addresses, key);
	if (found == NULL)
		found = first_person(&directory->logins, unicode_key(scratch, bytes_of(auth)));
	if (found == NULL && strchr(auth, '@') == NULL)
		found = by_local_part(directory, scratch, auth);
	arena_free(&scratch);
	return found;
}

static bool domain_is_council(const struct directory *directory, struct bytes domain)
{
	for (size_t i = 0; i < directory->domains.count; i++)
		if (bytes_equal(bytes_of(directory->domains.items[i]), domain))
			return true;
	return false;
}

bool directory_is_council_domain(const struct directory *directory, const char *address)
{
	struct arena *scratch = arena_new();
	const char *normal = address_normal(scratch, address);
	struct bytes local, domain;
	bool council = normal != NULL && address_split(normal, &local, &domain) && domain_is_council(directory, domain);
	arena_free(&scratch);
	return council;
}

const struct person *directory_by_member(const struct directory *directory, const char *member)
{
	if (strchr(member, '@') != NULL)
		return directory_by_address(directory, member);
	struct arena *scratch = arena_new();
	const struct person *found = first_person(&directory->list_names, unicode_key(scratch, bytes_of(member)));
	arena_free(&scratch);
	return found;
}

size_t directory_count(const struct directory *directory)
{
	return directory->count;
}

const struct person *directory_at(const struct directory *directory, size_t index)
{
	return index < directory->count ? &directory->people[index] : NULL;
}

size_t directory_index(const struct directory *directory, const struct person *person)
{
	return (size_t)(person - directory->people);
}

const char *directory_digest(const struct directory *directory)
{
	return directory->digest;
}

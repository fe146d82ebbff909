/* fuzz_address.c - any bytes as an address list, as an envelope path, as a login and as somebody's name.
 *
 * What must hold: an address once normal stays so, is read again from a header as itself and finds the same person.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/unicode.h"
#include "message/address.h"
#include "people.h"

#define TODAY 20260302

static const char people[] = "id,name,role,offices,addresses,from,to,logins,members,welsh_name\n"
			     "a,Amir Khan,councillor,mayor,cllr.khan@b.example;mayor@b.example,,,akhan,,\n"
			     "j,Huw Jones,councillor,,huw.jones@b.example,,,,,\n"
			     "k,Bronwen Jones,councillor,,b.jones@b.example,,2025-05-05,,,\n"
			     "s,Si\xc3\xa2n O'Neill-Ffoulkes,councillor,,sian@t\xc5\xb7.example,,,,,Si\xc3\xa2n ap Rhys\n"
			     "d,Declan O'Neill,officer,clerk,declan.o'neill@gmail.com,,,declan,,\n"
			     ",Rt Hon Dana Whitlock MP,minister,,\"\"\"d w\"\"@c.example\",,,,,\n"
			     ",All,list,,all@b.example,,,,cllr.khan@b.example;huw.jones@b.example,\n";

static void check_path(struct arena *arena, const struct directory *directory, const char *path)
{
	struct bytes local, domain;
	const char *normal = address_normal(arena, path);
	directory_by_login(directory, path);
	directory_is_council_domain(directory, path);
	if (normal == NULL) {
		must(directory_by_address(directory, path) == NULL);
		return;
	}
	const char *again = address_normal(arena, normal);
	must(again != NULL && strcmp(again, normal) == 0);
	must(address_split(normal, &local, &domain) && local.length > 0 && domain.length > 0);
	const char *bare = address_without_tag(arena, normal);
	must(strcmp(address_without_tag(arena, bare), bare) == 0);
	must(directory_by_address(directory, path) == directory_by_address(directory, normal));
	must(directory_by_address(directory, path) == directory_by_address(directory, bare));
}

/* What we would write into a header ourselves reads as that address. */
static void check_written(struct arena *arena, const char *address)
{
	const char *normal = address_normal(arena, address);
	if (normal == NULL)
		return;
	struct mailbox_list list = mailboxes_parse(arena, bytes_of(arena_printf(arena, "<%s>", normal)));
	must(list.count == 1);
	const char *read = address_normal(arena, list.items[0].address);
	must(read != NULL && strcmp(read, normal) == 0);
}

static void check_list(struct arena *arena, const struct directory *directory, struct bytes value)
{
	struct mailbox_list list = mailboxes_parse(arena, value);
	must(list.count <= value.length);
	for (size_t i = 0; i < list.count; i++) {
		const struct mailbox *mailbox = &list.items[i];
		must(mailbox->address != NULL);
		must(mailbox->name == NULL || unicode_is_utf8(bytes_of(mailbox->name)));
		must(mailbox->group == NULL || unicode_is_utf8(bytes_of(mailbox->group)));
		check_path(arena, directory, mailbox->address);
		check_written(arena, mailbox->address);
	}
}

static bool is_among(const struct person_list *list, const struct person *person)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == person)
			return true;
	return false;
}

static void check_name(struct arena *arena, const struct directory *directory, const char *written)
{
	struct person_list anybody = directory_by_name(arena, directory, written, ROLE_NONE, TODAY);
	struct person_list councillors = directory_by_name(arena, directory, written, ROLE_COUNCILLOR, TODAY);
	for (size_t i = 0; i < councillors.count; i++)
		must(person_has_role(councillors.items[i], ROLE_COUNCILLOR, TODAY));
	for (size_t i = 0; i < anybody.count; i++) {
		const struct person_list before = { anybody.items, i };
		must(!is_among(&before, anybody.items[i]));
		if (person_has_role(anybody.items[i], ROLE_COUNCILLOR, TODAY))
			must(is_among(&councillors, anybody.items[i]));
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct directory *directory;
	if (directory == NULL)
		directory = directory_of_council(people);
	struct arena *arena = arena_new();
	struct bytes value = { (const char *)data, size };
	const char *text = arena_string_of(arena, value);
	check_list(arena, directory, value);
	check_path(arena, directory, text);
	check_path(arena, directory, arena_printf(arena, "<%s>", text));
	check_name(arena, directory, text);
	arena_free(&arena);
	return 0;
}

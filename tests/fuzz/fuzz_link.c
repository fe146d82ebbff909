/* fuzz_link.c - any bytes as the token of a link: none but the one that was made opens anything, for anybody but its reader.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "people.h"
#include "review/link.h"

#define NOW ((int64_t)1772442000)

struct kept {
	struct arena *arena;
	const struct link_keys *keys;
	struct directory *directory;
	const char *token;
};

static struct kept prepare(void)
{
	static const char people[] = "name,role,addresses,logins\nRuth Ames,officer,ruth@marlbrook.example,ruth\n";
	struct kept kept = { .arena = arena_new() };
	struct error err = ERROR_INIT;
	char folder[] = "/tmp/copyhold-fuzz-link-XXXXXX";
	must(mkdtemp(folder) != NULL);
	must(link_keys_load(folder, NOW, kept.arena, &kept.keys, &err));
	must(directory_of_text(kept.arena, bytes_of(people), &kept.directory, NULL, NULL, &err));
	unlink(arena_printf(kept.arena, "%s/link.key", folder));
	rmdir(folder);
	kept.token = link_make(kept.arena, kept.keys, "CH-20260302-3F7KQ2XM", "ruth@marlbrook.example", NOW + 60);
	return kept;
}

/* The made token with some of its letters changed as the input says. */
static const char *spoilt(struct arena *arena, const char *token, struct bytes how)
{
	char *other = arena_string(arena, token);
	for (size_t i = 0; i + 1 < how.length; i += 2)
		other[(unsigned char)how.data[i] % strlen(token)] = how.data[i + 1] == '\0' ? 'A' : how.data[i + 1];
	return other;
}

static void follow(struct arena *arena, const struct kept *kept, const char *token)
{
	const char *id = NULL;
	bool same = strcmp(token, kept->token) == 0;
	enum link_answer answer = link_check(arena, kept->keys, kept->directory, token, "ruth", NOW, &id);
	must(answer == (same ? LINK_GOOD : LINK_FORGED));
	must((id != NULL) == same);
	must(link_check(arena, kept->keys, kept->directory, token, "nobody", NOW, &id) != LINK_GOOD);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct kept kept;
	if (kept.arena == NULL)
		kept = prepare();
	struct arena *arena = arena_new();
	struct bytes content = { (const char *)data, size };
	follow(arena, &kept, arena_string_of(arena, arena_without_nul(arena, content)));
	follow(arena, &kept, spoilt(arena, kept.token, content));
	arena_free(&arena);
	return 0;
}

/* books.c - see books.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/books.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"

#define DAY ((int64_t)24 * 3600)

static bool read_book(struct books *books, struct book *book, const char *text, struct error *err)
{
	if (text == NULL)
		return error_set(err, ERROR_INPUT, "the rules of then are not kept any more");
	/* Those of version 1, a list, were kept under the policy's digest. */
	if (text[0] != '[' && strcmp(digest_of(books->arena, bytes_of(text)), book->digest) != 0)
		return error_set(err, ERROR_INPUT, "the rules kept are not those of then: their digest is another");
	if (!rulebook_read(text, &book->rulebook, err))
		return false;
	if (books->policies[0] == NULL)
		book->places[0] = rulebook_places(books->arena, book->rulebook, book->rulebook->policy, NULL, &book->why[0]);
	for (size_t i = 0; i < BOOK_POLICIES; i++)
		if (books->policies[i] != NULL)
			book->places[i] = rulebook_places(books->arena, book->rulebook, books->policies[i]->policy, books->policies[i]->lexicon, &book->why[i]);
	return true;
}

bool books_get(struct books *books, const char *digest, const struct book **out, struct error *err)
{
	const char *text = NULL;
	for (size_t i = 0; i < books->count; i++) {
		*out = books->items[i];
		if (strcmp(books->items[i]->digest, digest) == 0)
			return true;
	}
	if (!store_rulebook(books->store, books->arena, digest, &text, err))
		return false;
	struct book *book = arena_alloc(books->arena, sizeof *book);
	struct error problem = ERROR_INIT;
	book->digest = arena_string(books->arena, digest);
	if (!read_book(books, book, text, &problem))
		book->why_not = arena_string(books->arena, error_text(&problem));
	error_release(&problem);
	*ARENA_PUSH(books->arena, books->items, books->count) = book;
	*out = book;
	return true;
}

void books_close(struct books *books)
{
	for (size_t i = 0; i < books->count; i++)
		rulebook_free(&books->items[i]->rulebook);
	books->count = 0;
}

bool books_days(const char *text, long usual, int64_t now, int64_t *from_out, struct error *err)
{
	long days = usual;
	char extra;
	if (text != NULL && (sscanf(text, "%ld%c", &days, &extra) != 1 || days < 1 || days > 3660))
		return error_set(err, ERROR_USAGE, "--days wants a whole number of days from 1 to 3660, not \"%s\"", text);
	*from_out = now - days * DAY;
	return true;
}

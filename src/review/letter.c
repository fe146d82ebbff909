/* letter.c - see letter.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/text.h"

/* What comes from the network stands in a header only as what it should be. */
static const char *only_of(struct arena *arena, const char *text, const char *others, const char *otherwise)
{
	for (const char *c = text; c != NULL && *c != '\0'; c++)
		if (!ascii_is_alpha(*c) && !ascii_is_digit(*c) && bytes_find_char(bytes_of(others), *c, 0) == (size_t)-1)
			return otherwise;
	return text == NULL || *text == '\0' ? otherwise : arena_string(arena, text);
}

static const char *client_literal(struct arena *arena, const char *client)
{
	const char *address = only_of(arena, client, ".:", NULL);
	if (address == NULL)
		return "localhost";
	return arena_printf(arena, bytes_find_char(bytes_of(address), ':', 0) == (size_t)-1 ? "[%s]" : "[IPv6:%s]", address);
}

struct bytes letter_released(struct arena *arena, const struct held *held, struct bytes raw, const char *host, int64_t at)
{
	struct text letter = TEXT_INIT;
	text_printf(&letter, "Received: from %s by %s with copyhold id %s;\r\n\t%s\r\n", client_literal(arena, held->client),
		    only_of(arena, host, ".-", "localhost"), held->id, clock_format_rfc5322(arena, at));
	text_printf(&letter, "X-Copyhold-Released: id=%s\r\n", held->id);
	text_add_bytes(&letter, raw);
	return text_to_arena(&letter, arena);
}

/* A line that is nowhere in either. */
static const char *boundary_for(struct arena *arena, struct bytes notice, struct bytes original)
{
	const char *boundary = digest_of(arena, original);
	for (;;) {
		boundary = arena_printf(arena, "=_%.40s", digest_of(arena, bytes_of(boundary)));
		if (bytes_find(notice, bytes_of(boundary), 0) == (size_t)-1 && bytes_find(original, bytes_of(boundary), 0) == (size_t)-1)
			return boundary;
	}
}

static bool is_eight_bit(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		if ((unsigned char)bytes.data[i] >= 0x80)
			return true;
	return false;
}

/* Splits the notice's fields: what describes its content goes with the content, the rest stays on top. */
static void share_fields(struct bytes header, struct text *top, struct text *part)
{
	struct bytes line;
	size_t offset = 0;
	struct text *target = top;
	while (bytes_next_line(header, &offset, &line)) {
		bool folded = line.length > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
		if (!folded)
			target = bytes_starts_with_nocase(line, BYTES("Content-")) ? part : top;
		if (!folded && bytes_starts_with_nocase(line, BYTES("MIME-Version:")))
			continue;
		text_add_bytes(target, line);
		text_add(target, "\r\n");
	}
}

struct bytes letter_with_original(struct arena *arena, struct bytes notice, struct bytes original)
{
	struct text letter = TEXT_INIT, part = TEXT_INIT;
	const char *boundary = boundary_for(arena, notice, original);
	const char *encoding = is_eight_bit(original) || is_eight_bit(notice) ? "8bit" : "7bit";
	size_t blank = bytes_find(notice, BYTES("\r\n\r\n"), 0);
	size_t end = blank == (size_t)-1 ? notice.length : blank + 2;

	share_fields(bytes_slice(notice, 0, end), &letter, &part);
	text_printf(&letter, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"%s\"\r\n", boundary);
	text_printf(&letter, "Content-Transfer-Encoding: %s\r\n\r\n--%s\r\n%s\r\n", encoding, boundary, text_string(&part));
	text_add_bytes(&letter, bytes_slice(notice, end + 2, notice.length));
	text_printf(&letter, "\r\n--%s\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: %s\r\n", boundary,
		    is_eight_bit(original) ? "8bit" : "7bit");
	text_add(&letter, "Content-Disposition: attachment; filename=\"returned.eml\"\r\n\r\n");
	text_add_bytes(&letter, original);
	text_printf(&letter, "\r\n--%s--\r\n", boundary);
	text_release(&part);
	return text_to_arena(&letter, arena);
}

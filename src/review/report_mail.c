/* report_mail.c - the mail that carries the report: plain text and HTML, either of which is enough.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "action/own_mail.h"
#include "base/clock.h"
#include "base/digest.h"
#include "report_model.h"

/* Octets of content that fill one line of base64 (RFC 2045: at most 76 characters). */
#define LINE_OCTETS ((size_t)57)

static bool is_mailbox(const char *address)
{
	for (const char *c = address; *c != '\0'; c++)
		if ((unsigned char)*c <= ' ' || *c == 127 || *c == '<' || *c == '>')
			return false;
	return strchr(address, '@') != NULL;
}

/* base64 needs no care for line ends or 8-bit octets on the way. */
static void add_part(struct text *out, const char *boundary, const char *type, struct bytes content)
{
	char line[sodium_base64_ENCODED_LEN(57, sodium_base64_VARIANT_ORIGINAL)];
	text_printf(out, "--%s\r\nContent-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary, type);
	for (size_t at = 0; at < content.length; at += LINE_OCTETS) {
		struct bytes piece = bytes_slice(content, at, at + LINE_OCTETS);
		sodium_bin2base64(line, sizeof line, (const unsigned char *)piece.data, piece.length, sodium_base64_VARIANT_ORIGINAL);
		text_printf(out, "%s\r\n", line);
	}
}

static struct bytes with_crlf(struct arena *arena, struct bytes content)
{
	struct text whole = TEXT_INIT;
	struct bytes line;
	size_t offset = 0;
	while (bytes_next_line(content, &offset, &line)) {
		text_add_bytes(&whole, line);
		text_add(&whole, "\r\n");
	}
	return text_to_arena(&whole, arena);
}

static void add_header(struct text *out, struct arena *arena, const struct report_options *options, const char *to, const char *from,
		       const char *key)
{
	const char *subject = arena_printf(arena, "Correspondence report: %s, %s", options->council_name, clock_format_local(arena, options->now));
	text_printf(out, "From: %s <%s>\r\nTo: <%s>\r\n", header_encode_name(arena, options->council_name), from, to);
	text_printf(out, "Subject: %s\r\nDate: %s\r\n", header_encode_text(arena, subject), clock_format_rfc5322(arena, options->now));
	text_printf(out, "Message-ID: <report.%.32s@%s>\r\n", key, strrchr(from, '@') + 1);
	text_printf(out, "Auto-Submitted: auto-generated\r\nContent-Language: en-GB\r\nMIME-Version: 1.0\r\n"
			 "Content-Type: multipart/alternative; boundary=\"=_%.32s\"\r\n\r\n",
		    key);
}

bool report_mail(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		 const char *to, const char *from, struct bytes *out, struct error *err)
{
	struct report_options own = *options;
	struct bytes text, html;
	if (!is_mailbox(to) || !is_mailbox(from))
		return error_set(err, ERROR_SETTINGS, "the report cannot be mailed from \"%s\" to \"%s\": not a mail address", from, to);
	if (own.reader == NULL)
		own.reader = to;
	if (!report_make(store, directory, arena, &own, REPORT_TEXT, &text, err) ||
	    !report_make(store, directory, arena, &own, REPORT_HTML, &html, err))
		return false;
	struct text mail = TEXT_INIT;
	const char *key = digest_of(arena, bytes_of(arena_printf(arena, "%s %s", to, digest_of(arena, html))));
	const char *boundary = arena_printf(arena, "=_%.32s", key);
	add_header(&mail, arena, &own, to, from, key);
	add_part(&mail, boundary, "text/plain", with_crlf(arena, text));
	add_part(&mail, boundary, "text/html", with_crlf(arena, html));
	text_printf(&mail, "--%s--\r\n", boundary);
	*out = text_to_arena(&mail, arena);
	return true;
}

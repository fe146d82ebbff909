/* report_mail.c - the mail that carries the report: plain text and HTML, either of which is enough.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "action/own_mail.h"
#include "base/clock.h"
#include "base/digest.h"
#include "report_mail.h"
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

static void add_header(struct text *out, struct arena *arena, const struct two_forms *mail, const char *key)
{
	text_printf(out, "From: %s\r\n <%s>\r\nTo: <%s>\r\n", header_encode_name(arena, mail->from_name), mail->from, mail->to);
	text_printf(out, "Subject: %s\r\nDate: %s\r\n", header_encode_text(arena, mail->subject), clock_format_rfc5322(arena, mail->at));
	text_printf(out, "Message-ID: <%s.%.32s@%s>\r\n", mail->id, key, strrchr(mail->from, '@') + 1);
	text_printf(out, "Auto-Submitted: auto-generated\r\nContent-Language: %s\r\nMIME-Version: 1.0\r\n"
			 "Content-Type: multipart/alternative; boundary=\"=_%.32s\"\r\n\r\n",
		    mail->languages, key);
}

bool two_forms_mail(struct arena *arena, const struct two_forms *mail, struct bytes *out, struct error *err)
{
	if (!is_mailbox(mail->to) || !is_mailbox(mail->from))
		return error_set(err, ERROR_SETTINGS, "nothing can be mailed from \"%s\" to \"%s\": not a mail address", mail->from, mail->to);
	struct text whole = TEXT_INIT;
	const char *key = digest_of(arena, bytes_of(arena_printf(arena, "%s %s", mail->to, digest_of(arena, mail->html))));
	const char *boundary = arena_printf(arena, "=_%.32s", key);
	add_header(&whole, arena, mail, key);
	add_part(&whole, boundary, "text/plain", with_crlf(arena, mail->text));
	add_part(&whole, boundary, "text/html", with_crlf(arena, mail->html));
	text_printf(&whole, "--%s--\r\n", boundary);
	*out = text_to_arena(&whole, arena);
	return true;
}

bool report_mail(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		 const char *to, const char *from, struct bytes *out, struct error *err)
{
	struct report_options own = *options;
	struct two_forms mail = { .from_name = own.council_name, .from = from, .to = to, .id = "report", .languages = "en-GB", .at = own.now };
	if (own.reader == NULL)
		own.reader = to;
	mail.subject = arena_printf(arena, "Correspondence report: %s, %s", own.council_name, clock_format_local(arena, own.now));
	return report_make(store, directory, arena, &own, REPORT_TEXT, &mail.text, err) &&
	       report_make(store, directory, arena, &own, REPORT_HTML, &mail.html, err) && two_forms_mail(arena, &mail, out, err);
}

/* obstacle.c - see obstacle.h. One place may show what another does not, so the whole message is asked, not only the parts above
 * the texts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/obstacle.h"

#include <string.h>
#include <strings.h>

#include "message/decode.h"
#include "message/header.h"

static bool is_encrypted(const struct part *part)
{
	for (; part != NULL; part = part->parent) {
		const char *kind = part_parameter(part, "smime-type");
		if (part_is(part, "multipart", "encrypted") || part_is(part, "application", "pgp-encrypted") ||
		    part_is(part, "application", "x-microsoft-rpmsg-message"))
			return true;
		if ((part_is(part, "application", "pkcs7-mime") || part_is(part, "application", "x-pkcs7-mime")) &&
		    (kind == NULL || strcasecmp(kind, "signed-data") != 0))
			return true;
	}
	return false;
}

/* OpenPGP without a multipart/signed: the signature is a field of the part (draft-gallagher-email-unobtrusive-signatures). */
static bool has_signature_field(const struct part *part)
{
	const struct header *field = header_find(part, "Sig", 0);
	return field != NULL && bytes_starts_with_nocase(bytes_trim(field->value), BYTES("t="));
}

static enum untouched why_protected(const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		if (part_is_protected(message->parts[i]))
			return is_encrypted(message->parts[i]) ? UNTOUCHED_ENCRYPTED : UNTOUCHED_SIGNED;
		if (has_signature_field(message->parts[i]))
			return UNTOUCHED_SIGNED;
	}
	return TOUCHED;
}

/* Outlook and Exchange take the letter from it and pass over the texts beside it. */
static bool is_tnef(const struct part *part)
{
	return part_is(part, "application", "ms-tnef") || part_is(part, "application", "vnd.ms-tnef") ||
	       (part->file_name != NULL && strcasecmp(part->file_name, "winmail.dat") == 0);
}

static bool has_tnef(const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++)
		if (is_tnef(message->parts[i]))
			return true;
	return false;
}

static bool is_under(const struct part *part, const struct part *above)
{
	while (part != NULL && part != above)
		part = part->parent;
	return part != NULL;
}

static bool has_foot(const struct reading *reading, const struct part *above)
{
	for (size_t i = 0; i < reading->foot_count; i++)
		if (is_under(reading->feet[i].part, above))
			return true;
	return false;
}

/* A calendar is shown as an appointment beside the letter, an attachment as a file. */
static bool may_show_as_letter(const struct part *part)
{
	if (part->disposition != NULL && strcmp(part->disposition, "attachment") == 0)
		return false;
	if (part->first_child == NULL)
		return !part_is(part, "text", "calendar") && !part_is(part, "application", "ics");
	for (const struct part *child = part->first_child; child != NULL; child = child->next)
		if (may_show_as_letter(child))
			return true;
	return false;
}

/* Why a text that is shown has no foot. */
static enum untouched why_unread(const struct part *part)
{
	if (!part_is(part, "text", "plain") && !part_is_html(part))
		return UNTOUCHED_FORMAT;
	if (part->encoding == ENCODING_UNKNOWN)
		return UNTOUCHED_ENCODING;
	return part->charset != NULL && charset_canonical(part->charset) == NULL ? UNTOUCHED_CHARSET : UNTOUCHED_FORMAT;
}

/* A client chooses one of the alternatives: each that may be chosen must have the line. */
static enum untouched why_faces(const struct message *message, const struct reading *reading)
{
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *above = message->parts[i];
		if (!part_is(above, "multipart", "alternative") || !has_foot(reading, above))
			continue;
		for (const struct part *face = above->first_child; face != NULL; face = face->next)
			if (!has_foot(reading, face) && may_show_as_letter(face))
				return why_unread(face);
	}
	return TOUCHED;
}

/* A message without a foot: the most telling reason. */
static enum untouched why_no_foot(const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (!part_is_shown_text(part) || (!part_is(part, "text", "plain") && !part_is_html(part)))
			continue;
		enum untouched why = why_unread(part);
		if (why != UNTOUCHED_FORMAT)
			return why;
	}
	return message->ambiguous ? UNTOUCHED_AMBIGUOUS : UNTOUCHED_NO_TEXT;
}

enum untouched obstacle_of(const struct message *message, const struct reading *reading)
{
	enum untouched why = why_protected(message);
	if (why != TOUCHED)
		return why;
	if (reading->foot_count == 0)
		return why_no_foot(message);
	return has_tnef(message) ? UNTOUCHED_FORMAT : why_faces(message, reading);
}

enum untouched obstacle_in_line(struct bytes line)
{
	static const struct {
		const char *begins;
		enum untouched why;
	} armours[] = {
		{ "PGP SIGNED MESSAGE-----", UNTOUCHED_SIGNED },
		{ "PGP SIGNATURE-----", UNTOUCHED_SIGNED },
		{ "PGP MESSAGE", UNTOUCHED_ENCRYPTED }, /* may be numbered (RFC 4880 section 6.2) */
		{ "PRIVACY-ENHANCED MESSAGE-----", UNTOUCHED_SIGNED },
		{ "PKCS7-----", UNTOUCHED_ENCRYPTED }, /* which of the two shows only inside */
		{ "CMS-----", UNTOUCHED_ENCRYPTED },
		{ "SSH SIGNATURE-----", UNTOUCHED_SIGNED },
		{ "AGE ENCRYPTED FILE-----", UNTOUCHED_ENCRYPTED },
	};
	struct bytes opening = BYTES("-----BEGIN ");
	line = bytes_trim(line);
	if (!bytes_starts_with(line, opening))
		return TOUCHED;
	line = bytes_slice(line, opening.length, line.length);
	for (size_t i = 0; i < sizeof armours / sizeof armours[0]; i++)
		if (bytes_starts_with(line, bytes_of(armours[i].begins)))
			return armours[i].why;
	return TOUCHED;
}

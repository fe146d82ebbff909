/* part.c - questions about one part that its place and its declared type answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"

bool part_is(const struct part *part, const char *type, const char *subtype)
{
	return strcmp(part->type, type) == 0 && (subtype == NULL || strcmp(part->subtype, subtype) == 0);
}

bool part_is_multipart(const struct part *part)
{
	return part_is(part, "multipart", NULL);
}

bool part_is_html(const struct part *part)
{
	static const char *const subtypes[] = { "html", "x-amp-html", "watch-html", "x-watch-html" };
	for (size_t i = 0; i < sizeof subtypes / sizeof subtypes[0]; i++)
		if (part_is(part, "text", subtypes[i]))
			return true;
	return false;
}

bool part_is_shown_text(const struct part *part)
{
	/* A name makes a text a file, unless it is all there is: mail clients show the only part, whatever it is called. */
	bool file = part->file_name != NULL && part->parent != NULL;
	return part_is(part, "text", NULL) && !file && (part->disposition == NULL || strcmp(part->disposition, "attachment") != 0);
}

const char *part_parameter(const struct part *part, const char *name)
{
	for (size_t i = 0; i < part->parameter_count; i++)
		if (strcmp(part->parameters[i].name, name) == 0)
			return part->parameters[i].value;
	return NULL;
}

const struct part *part_above(const struct part *part)
{
	if (part->parent != NULL)
		return part->parent;
	return ((const struct message_record *)part->message)->inside;
}

static bool protects(const struct part *part)
{
	static const struct {
		const char *type, *subtype;
	} kinds[] = {
		{ "multipart", "signed" },
		{ "multipart", "encrypted" },
		{ "application", "pkcs7-mime" },
		{ "application", "x-pkcs7-mime" },
		{ "application", "pkcs7-signature" },
		{ "application", "x-pkcs7-signature" },
		{ "application", "pgp" },
		{ "application", "pgp-encrypted" },
		{ "application", "pgp-signature" },
		{ "application", "x-microsoft-rpmsg-message" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (part_is(part, kinds[i].type, kinds[i].subtype))
			return true;
	return false;
}

bool part_is_protected(const struct part *part)
{
	for (; part != NULL; part = part_above(part))
		if (protects(part))
			return true;
	return false;
}

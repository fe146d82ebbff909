/* address.c - one address: the form it is compared in, and its pieces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "message/address.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "internal.h"

/* The '@' between local part and domain: the last one outside quotes. */
static size_t find_at(struct bytes address)
{
	bool quoted = false;
	size_t at = NOT_FOUND;
	for (size_t i = 0; i < address.length; i++) {
		char c = address.data[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (c == '@' && !quoted)
			at = i;
	}
	return at;
}

/* "<@relay,@relay:a@b>" -> "a@b" (RFC 5321 4.1.2: the route is ignored). */
static struct bytes strip_brackets_and_route(struct bytes address)
{
	address = bytes_trim(address);
	if (address.length >= 2 && address.data[0] == '<' && address.data[address.length - 1] == '>')
		address = bytes_trim(bytes_slice(address, 1, address.length - 1));
	if (address.length > 0 && address.data[0] == '@') {
		size_t colon = bytes_find_char(address, ':', 0);
		address = colon == NOT_FOUND ? BYTES_EMPTY : bytes_slice(address, colon + 1, address.length);
	}
	return address;
}

static bool is_atom_char(char c)
{
	return (unsigned char)c >= 0x80 || ascii_is_alpha(c) || ascii_is_digit(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool is_dot_atom(struct bytes local)
{
	if (local.length == 0 || local.data[0] == '.' || local.data[local.length - 1] == '.')
		return false;
	for (size_t i = 0; i < local.length; i++)
		if (!is_atom_char(local.data[i]) || (local.data[i] == '.' && local.data[i - 1] == '.'))
			return false;
	return true;
}

/* Without quotes and escapes. False when what is left cannot be a local part. */
static bool unquote(struct bytes local, struct text *out)
{
	bool quoted = false;
	for (size_t i = 0; i < local.length; i++) {
		char c = local.data[i];
		if (c == '"') {
			quoted = !quoted;
			continue;
		}
		if (quoted && c == '\\' && i + 1 < local.length)
			c = local.data[++i];
		else if (!quoted && !is_atom_char(c))
			return false;
		if ((unsigned char)c < ' ' || c == 0x7f)
			return false;
		text_add_char(out, c);
	}
	return !quoted && out->length > 0;
}

/* Folded before it is quoted: normalisation can bring forth blanks and quotes. */
static const char *local_normal(struct arena *arena, struct bytes local)
{
	struct text plain = TEXT_INIT;
	bool sound = unquote(local, &plain);
	struct bytes unquoted = text_to_arena(&plain, arena);
	if (!sound)
		return NULL;
	const char *folded = bytes_are_ascii(unquoted) ? lower_string(arena, unquoted) : unicode_key(arena, unquoted);
	if (*folded == '\0' || is_dot_atom(bytes_of(folded)))
		return folded;
	struct text quoted = TEXT_INIT;
	text_add_char(&quoted, '"');
	for (const char *c = folded; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			text_add_char(&quoted, '\\');
		text_add_char(&quoted, *c);
	}
	text_add_char(&quoted, '"');
	return text_to_arena(&quoted, arena).data;
}

static bool has_empty_label(struct bytes domain)
{
	return domain.length == 0 || domain.data[0] == '.' || domain.data[domain.length - 1] == '.' ||
	       bytes_find(domain, BYTES(".."), 0) != NOT_FOUND;
}

static bool has_any(struct bytes bytes, const char *unwanted)
{
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];
		if (c <= ' ' || c == 0x7f || strchr(unwanted, (char)c) != NULL)
			return true;
	}
	return false;
}

/* The root, written out. */
static bool drop_last_dot(struct bytes *domain)
{
	bool has = domain->length > 0 && domain->data[domain->length - 1] == '.';
	domain->length -= has;
	return has;
}

static const char *domain_normal(struct arena *arena, struct bytes domain)
{
	bool literal = domain.length > 2 && domain.data[0] == '[' && domain.data[domain.length - 1] == ']';
	if (literal)
		return has_any(domain, "<>@\"\\") ? NULL : lower_string(arena, domain);
	bool rooted = drop_last_dot(&domain);
	/* Judged in the A-label form: other characters become dots, '@' and the like on the way there. */
	struct bytes labels = bytes_of(unicode_domain(arena, domain));
	if (!rooted)
		drop_last_dot(&labels);
	if (has_any(domain, "") || has_any(labels, "()<>[]:;@\\,\"") || has_empty_label(labels))
		return NULL;
	return arena_string_of(arena, labels);
}

char *address_normal(struct arena *arena, const char *address)
{
	struct bytes bare = strip_brackets_and_route(bytes_of(address));
	size_t at = find_at(bare);
	if (at == NOT_FOUND || at == 0)
		return NULL;
	const char *local = local_normal(arena, bytes_slice(bare, 0, at));
	const char *domain = domain_normal(arena, bytes_slice(bare, at + 1, bare.length));
	if (local == NULL || domain == NULL || *local == '\0' || *domain == '\0')
		return NULL;
	return arena_printf(arena, "%s@%s", local, domain);
}

bool address_split(const char *normal, struct bytes *local_out, struct bytes *domain_out)
{
	struct bytes whole = bytes_of(normal);
	size_t at = find_at(whole);
	if (at == NOT_FOUND)
		return false;
	*local_out = bytes_slice(whole, 0, at);
	*domain_out = bytes_slice(whole, at + 1, whole.length);
	return true;
}

struct bytes address_domain(const char *normal)
{
	struct bytes local, domain;
	return normal != NULL && address_split(normal, &local, &domain) ? domain : BYTES_EMPTY;
}

char *address_without_tag(struct arena *arena, const char *normal)
{
	struct bytes local, domain;
	if (!address_split(normal, &local, &domain) || local.length == 0 || local.data[0] == '"')
		return (char *)normal;
	size_t plus = bytes_find_char(local, '+', 1);
	if (plus == NOT_FOUND)
		return (char *)normal;
	return arena_printf(arena, "%.*s@%.*s", (int)plus, local.data, (int)domain.length, domain.data);
}

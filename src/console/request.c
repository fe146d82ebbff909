/* request.c - see request.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/request.h"

#include <arpa/inet.h>
#include <netinet/in.h>

size_t request_header_count(const struct request *request, const char *name)
{
	size_t count = 0;
	for (size_t i = 0; i < request->header_count; i++)
		if (bytes_equal_nocase(bytes_of(request->headers[i].name), bytes_of(name)))
			count++;
	return count;
}

const char *request_header(const struct request *request, const char *name)
{
	const char *value = NULL;
	for (size_t i = 0; i < request->header_count; i++) {
		if (!bytes_equal_nocase(bytes_of(request->headers[i].name), bytes_of(name)))
			continue;
		if (value != NULL)
			return NULL;
		value = request->headers[i].value != NULL ? request->headers[i].value : "";
	}
	return value;
}

bool request_target(const struct request *request, struct bytes *path_out, struct bytes *query_out)
{
	struct bytes target = bytes_of(request->target);
	if (target.length > TARGET_LONGEST || !bytes_starts_with(target, BYTES("/")) || bytes_starts_with(target, BYTES("//")))
		return false;
	for (size_t i = 0; i < target.length; i++)
		if (target.data[i] <= ' ' || target.data[i] >= 0x7f || target.data[i] == '\\')
			return false;
	size_t mark = bytes_find_char(target, '?', 0);
	if (mark == (size_t)-1)
		mark = target.length;
	*path_out = bytes_slice(target, 0, mark);
	*query_out = bytes_slice(target, mark + 1, target.length);
	return true;
}

bool request_is_swollen(const struct request *request)
{
	size_t octets = 0;
	for (size_t i = 0; i < request->header_count; i++)
		octets += bytes_of(request->headers[i].name).length + bytes_of(request->headers[i].value).length;
	return request->header_count > HEADERS_MOST || octets > HEADERS_LONGEST;
}

/* The address in its one usual form; NULL when it is none. An IPv4 address in IPv6 clothes is that IPv4 address. */
static const char *numeric(struct arena *arena, const char *words)
{
	struct in6_addr six;
	struct in_addr four;
	char *shown = arena_alloc(arena, INET6_ADDRSTRLEN);
	if (inet_pton(AF_INET, words, &four) == 1)
		return inet_ntop(AF_INET, &four, shown, INET6_ADDRSTRLEN);
	if (inet_pton(AF_INET6, words, &six) != 1)
		return NULL;
	if (IN6_IS_ADDR_V4MAPPED(&six))
		return inet_ntop(AF_INET, &six.s6_addr[12], shown, INET6_ADDRSTRLEN);
	return inet_ntop(AF_INET6, &six, shown, INET6_ADDRSTRLEN);
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

/* The last element of the last header: each proxy writes at the end, and ours is the last one. */
static const char *forwarded_for(const struct request *request, struct arena *arena)
{
	struct bytes value = BYTES_EMPTY;
	for (size_t i = 0; i < request->header_count; i++)
		if (bytes_equal_nocase(bytes_of(request->headers[i].name), BYTES("X-Forwarded-For")))
			value = bytes_of(request->headers[i].value);
	for (size_t comma; (comma = bytes_find_char(value, ',', 0)) != (size_t)-1;)
		value = bytes_slice(value, comma + 1, value.length);
	return numeric(arena, arena_string_of(arena, bytes_strip(value, " \t\"[]")));
}

const char *request_client(const struct request *request, bool behind_proxy, struct arena *arena)
{
	const char *peer = request->peer != NULL ? numeric(arena, request->peer) : NULL;
	const char *told = NULL;
	if (behind_proxy && (request->peer == NULL || (peer != NULL && is_loopback(peer))))
		told = forwarded_for(request, arena);
	if (told != NULL)
		return told;
	return peer != NULL ? peer : "127.0.0.1";
}

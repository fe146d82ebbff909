/* request.h - one request, as the server took it off the wire, and what may be believed of it. Pure; nothing here is decoded twice. */
#ifndef COPYHOLD_CONSOLE_REQUEST_H
#define COPYHOLD_CONSOLE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

#define TARGET_LONGEST ((size_t)4096)  /* octets of path and query */
#define HEADERS_MOST ((size_t)100)
#define HEADERS_LONGEST ((size_t)32768) /* octets of all names and values */

struct http_header {
	const char *name, *value;
};

struct request {
	const char *method;  /* "GET" */
	const char *target;  /* path and query as they came, nothing decoded */
	const struct http_header *headers;
	size_t header_count;
	struct bytes body;
	bool body_too_long;  /* it had more than FORM_LONGEST octets; `body` is empty */
	const char *peer;    /* numeric address of who connected; NULL: over a unix socket */
};

/* The value of a header that stands once (names without case); NULL when it is not there, or there twice. */
const char *request_header(const struct request *request, const char *name);
size_t request_header_count(const struct request *request, const char *name);
/* Parts the target at its '?'. False when it is no path of visible ASCII beginning with one '/', or is too long. */
bool request_target(const struct request *request, struct bytes *path_out, struct bytes *query_out);
/* Whether there are more headers, or longer ones, than any browser of ours sends. */
bool request_is_swollen(const struct request *request);
/* Where the person is: the peer; or, when the peer is our proxy (`behind_proxy`, and the peer is loopback or a unix socket), the last
 * address in X-Forwarded-For, which the proxy itself wrote. Always a numeric address, "127.0.0.1" when nothing better is known. */
const char *request_client(const struct request *request, bool behind_proxy, struct arena *arena);

#endif

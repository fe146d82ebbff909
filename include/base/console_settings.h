/* console_settings.h - the group `console` of the configuration: where browsers reach the console.
 *
 * Read by the console, which knows nothing else of the configuration but the desk's socket and the Council's name; by the
 * gateway's snapshot, so that `copyhold lint` sees it and mails can name the console's address. */
#ifndef COPYHOLD_BASE_CONSOLE_SETTINGS_H
#define COPYHOLD_BASE_CONSOLE_SETTINGS_H

#include "base/settings.h"

struct console_settings {
	const char *listen;       /* "unix:/path", or "ADDRESS:PORT" */
	const char *group;        /* who may connect to a unix socket: the proxy's group; NULL: only the console's own user */
	const char *address;      /* what browsers are given, no slash at the end; NULL when there is no console */
	const char *certificate, *key; /* files of its own TLS, or NULL */
	bool own_login;           /* a sender's link needs a log-in besides its token */
	bool https;               /* the address is */
	bool behind_proxy;        /* the address is https and the TLS is not ours: a proxy stands before us */
};

/* `group` NULL: no console is set up, which is all defaults. Paths in it are relative to the file it stands in. */
bool console_settings_read(const struct settings_node *group, struct arena *arena, struct console_settings *out, struct error *err) MUST_CHECK;
/* "ADDRESS:PORT" as the two; false when it is none. */
bool console_settings_part(struct arena *arena, const char *listen, const char **address_out, int *port_out);
/* Whether it is an IP address, and one of this machine itself. */
bool console_settings_loopback(const char *address);

#endif

/* console_settings.c - see console_settings.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/console_settings.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const struct setting_row console_rows[] = {
	{ "listen", SETTING_STRING, offsetof(struct console_settings, listen), false, 0, 0, NULL, "unix:/path, or ADDRESS:PORT" },
	{ "group", SETTING_STRING, offsetof(struct console_settings, group), false, 0, 0, NULL, "group that may connect to a unix socket: the proxy's" },
	{ "address", SETTING_STRING, offsetof(struct console_settings, address), false, 0, 0, NULL, "where browsers find the console" },
	{ "certificate", SETTING_STRING, offsetof(struct console_settings, certificate), false, 0, 0, NULL, "its own TLS: certificate chain, PEM" },
	{ "key", SETTING_STRING, offsetof(struct console_settings, key), false, 0, 0, NULL, "its own TLS: private key, PEM" },
	{ "own_login", SETTING_BOOL, offsetof(struct console_settings, own_login), false, 0, 0, NULL, "a sender's link needs a log-in too" },
};

bool console_settings_loopback(const char *address)
{
	struct in_addr four;
	return (inet_pton(AF_INET, address, &four) == 1 && ntohl(four.s_addr) >> 24 == 127) || strcmp(address, "::1") == 0;
}

bool console_settings_part(struct arena *arena, const char *listen, const char **address_out, int *port_out)
{
	struct in6_addr any;
	const char *colon = strrchr(listen, ':');
	if (colon == NULL || strlen(colon + 1) > 5 || strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return false;
	*port_out = atoi(colon + 1);
	struct bytes address = bytes_slice(bytes_of(listen), 0, (size_t)(colon - listen));
	bool six = bytes_starts_with(address, BYTES("[")) && bytes_ends_with(address, BYTES("]"));
	*address_out = arena_string_of(arena, six ? bytes_slice(address, 1, address.length - 1) : address);
	return *port_out > 0 && *port_out < 65536 && inet_pton(six ? AF_INET6 : AF_INET, *address_out, &any) == 1;
}

/* host, host:port, [::1]:port: nothing that is more than an authority. */
static bool is_authority(struct bytes authority)
{
	for (size_t i = 0; i < authority.length; i++) {
		char c = authority.data[i];
		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && strchr("-.:[]", c) == NULL)
			return false;
	}
	return authority.length > 0;
}

/* Names that never leave the machine: only there may cookies and passwords go without TLS. */
static bool stays_here(struct arena *arena, struct bytes authority)
{
	const char *host = arena_string_of(arena, authority);
	const char *colon = strrchr(host, ':');
	bool port = colon != NULL && strchr(colon, ']') == NULL;
	struct bytes name = bytes_strip(bytes_slice(authority, 0, port ? (size_t)(colon - host) : authority.length), "[]");
	return bytes_equal_nocase(name, BYTES("localhost")) || console_settings_loopback(arena_string_of(arena, name));
}

static bool check_address(const struct settings_node *group, struct arena *arena, struct console_settings *settings, struct error *err)
{
	struct bytes address = bytes_of(settings->address);
	while (bytes_ends_with(address, BYTES("/")))
		address.length--;
	settings->address = arena_string_of(arena, address);
	settings->https = bytes_starts_with(address, BYTES("https://"));
	bool http = bytes_starts_with(address, BYTES("http://"));
	struct bytes authority = bytes_slice(address, settings->https ? 8 : 7, address.length);
	if ((!http && !settings->https) || !is_authority(authority))
		return settings_complain(group, err, "console.address: \"%s\" is not https:// and a host, with a port if need be; a path cannot follow",
					 settings->address);
	if (http && !stays_here(arena, authority))
		return settings_complain(group, err, "console.address: \"%s\" sends passwords and mail in the clear; only an address on this machine may be http",
					 settings->address);
	if (http && settings->certificate != NULL)
		return settings_complain(group, err, "console.address: with a certificate of its own, the console is reached by https://");
	settings->behind_proxy = settings->https && settings->certificate == NULL;
	return true;
}

static bool check_listen(const struct settings_node *group, struct arena *arena, struct console_settings *settings, struct error *err)
{
	const char *address;
	int port;
	if (strncmp(settings->listen, "unix:/", 6) == 0)
		return settings->address != NULL ||
		       settings_complain(group, err, "console.address is missing: say where browsers find the proxy, as in \"https://desk.council.example\"");
	if (!console_settings_part(arena, settings->listen, &address, &port))
		return settings_complain(group, err, "console.listen: \"%s\" is neither unix:/PATH nor ADDRESS:PORT, as in 127.0.0.1:8025 or [::1]:8025",
					 settings->listen);
	if (settings->group != NULL)
		return settings_complain(group, err, "console.group is for a unix socket");
	if (!console_settings_loopback(address) && settings->certificate == NULL)
		return settings_complain(group, err, "console.listen: %s is not loopback, and without a certificate and key everybody on the way could read along; "
					 "listen on 127.0.0.1 behind a proxy, or give both", settings->listen);
	if (settings->address == NULL)
		settings->address = arena_printf(arena, "%s://%s", settings->certificate != NULL ? "https" : "http", settings->listen);
	return true;
}

bool console_settings_read(const struct settings_node *group, struct arena *arena, struct console_settings *out, struct error *err)
{
	struct console_settings settings = { .listen = "127.0.0.1:8025" };
	*out = settings;
	if (group == NULL)
		return true;
	if (!settings_fill(group, console_rows, sizeof console_rows / sizeof *console_rows, arena, &settings, err))
		return false;
	if ((settings.certificate == NULL) != (settings.key == NULL))
		return settings_complain(group, err, "console.certificate and console.key go together");
	settings.certificate = file_beside(arena, settings_file_of(group), settings.certificate);
	settings.key = file_beside(arena, settings_file_of(group), settings.key);
	if (!check_listen(group, arena, &settings, err) || !check_address(group, arena, &settings, err))
		return false;
	*out = settings;
	return true;
}

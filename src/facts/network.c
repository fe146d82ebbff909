/* network.c - is a client's address within a network?
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/facts.h"

#include <arpa/inet.h>
#include <string.h>

struct network {
	unsigned char address[16]; /* IPv4 mapped into IPv6, so that both compare alike */
	int bits;
};

#define IPV4_OFFSET 96

static bool parse_address(const char *text, struct network *out)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	if (inet_pton(AF_INET, text, out->address + sizeof mapped) == 1) {
		memcpy(out->address, mapped, sizeof mapped);
		out->bits = 128;
		return true;
	}
	out->bits = 128;
	return inet_pton(AF_INET6, text, out->address) == 1;
}

/* At most three digits. */
static bool parse_bits(const char *text, int most, int *out)
{
	int bits = 0;
	size_t length = strlen(text);
	if (length == 0 || length > 3)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!ascii_is_digit(text[i]))
			return false;
		bits = bits * 10 + (text[i] - '0');
	}
	*out = bits;
	return bits <= most;
}

static bool parse_network(const char *text, struct network *out)
{
	char address[INET6_ADDRSTRLEN + 1];
	size_t length = strcspn(text, "/");
	if (length >= sizeof address)
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	if (!parse_address(address, out))
		return false;
	if (text[length] == '\0')
		return true;
	bool v4 = strchr(address, ':') == NULL;
	if (!parse_bits(text + length + 1, v4 ? 32 : 128, &out->bits))
		return false;
	if (v4)
		out->bits += IPV4_OFFSET;
	return true;
}

bool network_is_valid(const char *network)
{
	struct network parsed;
	return parse_network(network, &parsed);
}

bool network_contains(const char *network, const char *client)
{
	static const char prefix[] = "IPv6:"; /* as an address literal writes it */
	struct network net, host;
	if (bytes_starts_with_nocase(bytes_of(client), bytes_of(prefix)))
		client += sizeof prefix - 1;
	if (!parse_network(network, &net) || !parse_address(client, &host))
		return false;
	size_t whole = (size_t)net.bits / 8;
	unsigned rest = (unsigned)net.bits % 8;
	if (memcmp(net.address, host.address, whole) != 0)
		return false;
	return rest == 0 || (net.address[whole] ^ host.address[whole]) >> (8 - rest) == 0;
}

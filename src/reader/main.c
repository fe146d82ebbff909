/* main.c - copyhold-reader: the command line. Only the gateway starts it to some purpose.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "channel.h"
#include "exchange.h"
#include "nursery.h"
#include "self_test.h"

static const char usage[] =
	"Usage: copyhold-reader --self-test | --version | --help\n"
	"\n"
	"Reads messages for copyhold-milter and copyhold, which start it themselves (--nursery, with a socket).\n"
	"\n"
	"  --exchange   what copyhold policy import-exchange asks, from standard input\n"
	"  --self-test  cages itself as it would to read mail, tries to get out, and says how far it came: exit 0 or 1\n"
	"  --version\n"
	"  --help\n";

static bool has_socket(void)
{
	int type = 0;
	socklen_t size = sizeof type;
	return getsockopt(NURSERY_FD, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

int main(int argc, char **argv)
{
	const char *word = argc == 2 ? argv[1] : "";
	setlocale(LC_CTYPE, "C.UTF-8");
	if (strcmp(word, "--nursery") == 0 && has_socket())
		_exit(nursery_run(NURSERY_FD));
	if (strcmp(word, "--exchange") == 0)
		return exchange_run();
	if (strcmp(word, "--self-test") == 0)
		return self_test() ? EX_OK : 1;
	if (strcmp(word, "--version") == 0) {
		printf("copyhold-reader %s\n", PACKAGE_VERSION);
		return EX_OK;
	}
	fputs(usage, strcmp(word, "--help") == 0 ? stdout : stderr);
	return strcmp(word, "--help") == 0 ? EX_OK : EX_USAGE;
}

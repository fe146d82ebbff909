/* kill_shim.c - for tests: ends the process inside a libmilter call, as a power cut would, or makes the call fail.
 * COPYHOLD_SHIM names a file holding "FUNCTION kill" or "FUNCTION fail"; it is removed when it has struck, so it strikes once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libmilter/mfapi.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int strikes(const char *function)
{
	char name[64], deed[16];
	const char *path = getenv("COPYHOLD_SHIM");
	FILE *order = path != NULL ? fopen(path, "r") : NULL;
	if (order == NULL)
		return 0;
	int words = fscanf(order, "%63s %15s", name, deed);
	fclose(order);
	if (words != 2 || strcmp(name, function) != 0)
		return 0;
	unlink(path);
	if (strcmp(deed, "kill") == 0)
		kill(getpid(), SIGKILL);
	return 1;
}

#define REAL(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

int smfi_progress(SMFICTX *context)
{
	return strikes("smfi_progress") ? MI_FAILURE : REAL(smfi_progress)(context);
}

int smfi_delrcpt(SMFICTX *context, char *recipient)
{
	return strikes("smfi_delrcpt") ? MI_FAILURE : REAL(smfi_delrcpt)(context, recipient);
}

int smfi_replacebody(SMFICTX *context, unsigned char *body, int length)
{
	int result = REAL(smfi_replacebody)(context, body, length);
	return strikes("smfi_replacebody") ? MI_FAILURE : result;
}

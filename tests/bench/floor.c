/* floor.c - the least a milter can do: negotiate no replies, keep the message, accept it. The bench divides by this.
 * usage: floor SOCKET
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libmilter/mfapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct kept {
	char *data;
	size_t length, size;
};

static void keep(struct kept *kept, const void *data, size_t length)
{
	if (kept->length + length > kept->size) {
		kept->size = (kept->length + length) * 2;
		kept->data = realloc(kept->data, kept->size);
		if (kept->data == NULL)
			abort();
	}
	memcpy(kept->data + kept->length, data, length);
	kept->length += length;
}

static struct kept *of(SMFICTX *ctx)
{
	struct kept *kept = smfi_getpriv(ctx);
	if (kept == NULL) {
		kept = calloc(1, sizeof *kept);
		if (kept == NULL || smfi_setpriv(ctx, kept) != MI_SUCCESS)
			abort();
	}
	return kept;
}

static sfsistat on_negotiate(SMFICTX *ctx, unsigned long f0, unsigned long f1, unsigned long f2, unsigned long f3, unsigned long *pf0,
			     unsigned long *pf1, unsigned long *pf2, unsigned long *pf3)
{
	(void)ctx, (void)f0, (void)f2, (void)f3;
	*pf0 = 0;
	*pf1 = f1 & (SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL | SMFIP_NR_RCPT | SMFIP_NR_DATA | SMFIP_NR_HDR | SMFIP_NR_EOH |
		     SMFIP_NR_BODY | SMFIP_HDR_LEADSPC);
	*pf2 = *pf3 = 0;
	return SMFIS_CONTINUE;
}

static sfsistat on_from(SMFICTX *ctx, char **argv)
{
	of(ctx)->length = 0;
	keep(of(ctx), argv[0], strlen(argv[0]));
	return SMFIS_NOREPLY;
}

static sfsistat on_rcpt(SMFICTX *ctx, char **argv)
{
	keep(of(ctx), argv[0], strlen(argv[0]));
	return SMFIS_NOREPLY;
}

static sfsistat on_header(SMFICTX *ctx, char *name, char *value)
{
	keep(of(ctx), name, strlen(name));
	keep(of(ctx), value, strlen(value));
	return SMFIS_NOREPLY;
}

static sfsistat on_body(SMFICTX *ctx, unsigned char *body, size_t length)
{
	keep(of(ctx), body, length);
	return SMFIS_NOREPLY;
}

static sfsistat on_eom(SMFICTX *ctx)
{
	(void)ctx;
	return SMFIS_CONTINUE;
}

static sfsistat on_close(SMFICTX *ctx)
{
	struct kept *kept = smfi_getpriv(ctx);
	if (kept != NULL)
		free(kept->data);
	free(kept);
	smfi_setpriv(ctx, NULL);
	return SMFIS_CONTINUE;
}

int main(int argc, char **argv)
{
	static char name[] = "floor";
	struct smfiDesc filter = {
		.xxfi_name = name,
		.xxfi_version = SMFI_VERSION,
		.xxfi_envfrom = on_from,
		.xxfi_envrcpt = on_rcpt,
		.xxfi_header = on_header,
		.xxfi_body = on_body,
		.xxfi_eom = on_eom,
		.xxfi_close = on_close,
		.xxfi_negotiate = on_negotiate,
	};
	if (argc != 2 || smfi_setconn(argv[1]) != MI_SUCCESS || smfi_register(filter) != MI_SUCCESS) {
		fprintf(stderr, "usage: floor unix:/path\n");
		return EX_USAGE;
	}
	return smfi_main() == MI_SUCCESS ? EX_OK : EX_UNAVAILABLE;
}

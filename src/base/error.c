/* error.c - see error.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

bool error_vset(struct error *err, enum error_kind kind, const char *format, va_list args)
{
	if (err == NULL)
		return false;
	char *text = NULL;
	if (vasprintf(&text, format, args) < 0)
		abort();
	free(err->text); /* after formatting: the old text may be an argument */
	err->kind = kind;
	err->text = text;
	return false;
}

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_vset(err, kind, format, args);
	va_end(args);
	return false;
}

bool error_context(struct error *err, const char *format, ...)
{
	if (err == NULL || err->kind == ERROR_NONE)
		return false;
	va_list args;
	va_start(args, format);
	char *context = NULL;
	if (vasprintf(&context, format, args) < 0)
		abort();
	va_end(args);
	error_set(err, err->kind, "%s: %s", context, error_text(err));
	free(context);
	return false;
}

const char *error_text(const struct error *err)
{
	return err == NULL || err->text == NULL ? "no error" : err->text;
}

int error_exit_code(enum error_kind kind)
{
	switch (kind) {
	case ERROR_NONE:
		return EX_OK;
	case ERROR_RETRY:
		return EX_TEMPFAIL;
	case ERROR_REFUSED:
		return 1;
	case ERROR_SETTINGS:
		return EX_CONFIG;
	case ERROR_INPUT:
		return EX_DATAERR;
	case ERROR_USAGE:
		return EX_USAGE;
	case ERROR_UNAVAILABLE:
		return EX_UNAVAILABLE;
	}
	abort();
}

void error_release(struct error *err)
{
	free(err->text);
	err->kind = ERROR_NONE;
	err->text = NULL;
}

bool error_gathered(struct error *err)
{
	if (err == NULL || err->gatherer == NULL)
		return false;
	if (err->kind != ERROR_NONE)
		err->gatherer->take(err->gatherer->context, error_text(err));
	error_release(err);
	return true;
}

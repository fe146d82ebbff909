/* quiet.c - GLib's log turned off, for the process that reads documents and does nothing else.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/quiet.h"

#include <gsf/gsf.h>

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
	(void)domain, (void)level, (void)text, (void)data;
}

void libraries_keep_quiet(void)
{
	g_log_set_default_handler(say_nothing, NULL);
}

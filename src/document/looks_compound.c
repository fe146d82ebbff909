/* looks_compound.c - Microsoft's OLE2 compound files, told apart by what stands at the top of their directory.
 *
 * Only the top counts: a Word file with a sheet in it holds a "Workbook" too, further down. libgsf, because following the
 * sector chains of a hostile file is not ours to do again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/looks.h"

#include <gsf/gsf.h>

#include "document/compound.h"
#include "document/quiet.h"

bool looks_compound(const struct sample *sample)
{
	return bytes_starts_with(sample->content, BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

static bool holds(const struct sample *sample, const char *name)
{
	if (!looks_compound(sample) || !compound_may_open(sample->content))
		return false;
	libraries_keep_quiet();
	GsfInput *input = gsf_input_memory_new((const guint8 *)sample->content.data, (gsf_off_t)sample->content.length, FALSE);
	GsfInfile *compound = gsf_infile_msole_new(input, NULL);
	GsfInput *child = compound == NULL ? NULL : gsf_infile_child_by_name(compound, name);
	bool found = child != NULL;
	g_clear_object(&child);
	g_clear_object(&compound);
	g_clear_object(&input);
	return found;
}

bool looks_locked_office(const struct sample *sample)
{
	return holds(sample, "EncryptedPackage");
}

bool looks_word97(const struct sample *sample)
{
	return holds(sample, "WordDocument");
}

bool looks_outlook(const struct sample *sample)
{
	return holds(sample, "__properties_version1.0");
}

bool looks_excel97(const struct sample *sample)
{
	return holds(sample, "Workbook") || holds(sample, "Book");
}

bool looks_powerpoint97(const struct sample *sample)
{
	return holds(sample, "PowerPoint Document");
}

/* compound_file.h - OLE2 files for tests, written by libgsf.
 * Libraries: libgsf */
#ifndef COPYHOLD_TESTS_COMPOUND_FILE_H
#define COPYHOLD_TESTS_COMPOUND_FILE_H

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>
#include <gsf/gsf.h>

#include "base/arena.h"

struct compound_file {
	GsfOutput *memory;
	GsfOutfile *top;
};

static inline struct compound_file compound_file_begin(void)
{
	GsfOutput *memory = gsf_output_memory_new();
	return (struct compound_file){ memory, gsf_outfile_msole_new(memory) };
}

static inline GsfOutfile *open_folder(GsfOutfile *in, const char *name)
{
	return GSF_OUTFILE(gsf_outfile_new_child(in, name, TRUE));
}

static inline void close_folder(GsfOutfile *folder)
{
	gsf_output_close(GSF_OUTPUT(folder));
	g_object_unref(folder);
}

static inline void write_stream(GsfOutfile *in, const char *name, struct bytes content)
{
	GsfOutput *stream = gsf_outfile_new_child(in, name, FALSE);
	gsf_output_write(stream, content.length, (const guint8 *)content.data);
	gsf_output_close(stream);
	g_object_unref(stream);
}

static inline struct bytes compound_file_end(struct compound_file *file, struct arena *arena)
{
	close_folder(file->top);
	struct bytes written = { (const char *)gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(file->memory)), (size_t)gsf_output_size(file->memory) };
	written = arena_bytes(arena, written);
	g_object_unref(file->memory);
	return written;
}

#endif

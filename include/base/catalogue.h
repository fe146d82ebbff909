/* catalogue.h - what a text is in another language: a compiled gettext catalogue (.mo), read once into immutable memory.
 *
 * gettext(3) answers in the language of the process and thread, and only where the system has that language's locale. A notice is
 * written in two languages by one of many threads, on a server that may have no Welsh: so the file that msgfmt made is read as
 * it is, and the table belongs to the snapshot that read it. */
#ifndef COPYHOLD_BASE_CATALOGUE_H
#define COPYHOLD_BASE_CATALOGUE_H

#include "base/arena.h"
#include "base/error.h"

/* Marks a text for xgettext; it is looked up where it is used. */
#define N_(text) text

struct catalogue;

/* ERROR_SETTINGS, with the path, when it cannot be read or is none. */
bool catalogue_read(const char *path, struct arena *arena, const struct catalogue **out, struct error *err) MUST_CHECK;
/* From memory, which must outlive the catalogue; `name` stands for the path. */
bool catalogue_open(const char *name, struct bytes content, struct arena *arena, const struct catalogue **out, struct error *err) MUST_CHECK;
/* The translation of a text without context; NULL when there is none. */
const char *catalogue_text(const struct catalogue *catalogue, const char *text);

#endif

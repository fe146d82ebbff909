/* office_art.h - drawings in old Office files (MS-ODRAW): the words set as WordArt, of which Word makes its watermarks. */
#ifndef COPYHOLD_DOCUMENT_OFFICE_ART_H
#define COPYHOLD_DOCUMENT_OFFICE_ART_H

#include "base/arena.h"
#include "base/bytes.h"

/* UTF-8, each drawing's words on a line. */
struct bytes office_art_text(struct arena *arena, struct bytes drawings);

/* The records that these files and PowerPoint's are made of: eight octets, then `content`. */
struct art_record {
	unsigned version, instance, type; /* version 15: it holds records */
	struct bytes content;
};
bool art_record_next(struct bytes records, size_t *at, struct art_record *out);

#endif

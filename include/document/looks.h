/* looks.h - what kind a file is, by its content; its name and type only where the content has no signature. */
#ifndef COPYHOLD_DOCUMENT_LOOKS_H
#define COPYHOLD_DOCUMENT_LOOKS_H

#include <stdbool.h>

#include "base/bytes.h"

struct sample {
	struct bytes content;
	struct bytes start;     /* of the content, behind a byte order mark and blanks */
	struct bytes extension; /* "docx", as written; empty without */
	struct bytes type;      /* "application/pdf", may be empty */
};
struct sample sample_of(struct bytes content, const char *name, const char *type);

bool looks_compound(const struct sample *sample); /* OLE2: an old Office file, an Outlook message, a locked new one */
bool looks_pdf(const struct sample *sample);
bool looks_rtf(const struct sample *sample);
bool looks_tnef(const struct sample *sample);
bool looks_calendar(const struct sample *sample);
bool looks_vcard(const struct sample *sample);
bool looks_zip(const struct sample *sample);
bool looks_zip_behind(const struct sample *sample); /* something else, such as a program that unpacks it, or a cut-off beginning */
bool looks_compressed(const struct sample *sample); /* gzip, xz and the like: one file, or a tar of many */
bool looks_packed(const struct sample *sample); /* 7z, tar, rar, cab, gzip and other compressions */
bool looks_html(const struct sample *sample);
bool looks_xml(const struct sample *sample);
bool looks_letter(const struct sample *sample); /* an RFC 5322 message; an mbox line before it is tolerated */
bool looks_media(const struct sample *sample); /* a picture, sound or film */
bool looks_text(const struct sample *sample);

/* Formats that hold text and that nothing here reads. */
bool looks_postscript(const struct sample *sample);
bool looks_wordperfect(const struct sample *sample);

#endif

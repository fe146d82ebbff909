/* rtf_output.h - where the text of an RTF file goes, as the group it stands in says. Private to src/document. */
#ifndef COPYHOLD_DOCUMENT_RTF_OUTPUT_H
#define COPYHOLD_DOCUMENT_RTF_OUTPUT_H

#include <stdint.h>

#include "base/text.h"
#include "document/rtf.h"

enum rtf_mode { MODE_TEXT, MODE_SKIP, MODE_FONTS, MODE_SHAPE_NAME, MODE_SHAPE_VALUE, MODE_OBJECT, MODE_TAG };

struct rtf_group {
	enum rtf_mode mode;
	enum rtf_place place;
	long unicode_skip, codepage;
	bool hidden, deleted, only_rtf, twice;
};

/* Octets in one code page for one place, not converted yet: a character of two octets may come in two pieces. */
struct rtf_pending {
	struct text text;
	struct text *target;
	long codepage;
	bool escape, ascii;
};

struct rtf_output { /* all zero but arena, limit and out: nothing yet */
	struct arena *arena;
	size_t limit, total;
	struct text places[RTF_PLACES];
	struct text shape_name, shape_value, object;
	struct rtf_pending pending;
	struct rtf_text *out;
};

/* Where text of this group goes; NULL when it goes nowhere. */
struct text *rtf_output_target(struct rtf_output *output, const struct rtf_group *now);
/* One octet in the group's code page. */
void rtf_output_octet(struct rtf_output *output, const struct rtf_group *now, char c);
/* Text that needs no conversion. */
void rtf_output_text(struct rtf_output *output, const struct rtf_group *now, const char *utf8);
void rtf_output_character(struct rtf_output *output, const struct rtf_group *now, uint32_t code);
/* Of the object that is being read, not in hexadecimal digits. */
void rtf_output_binary(struct rtf_output *output, struct bytes octets);
/* What waits for its second octet waits no longer. */
void rtf_output_flush(struct rtf_output *output);

void rtf_output_begin_shape(struct rtf_output *output);
void rtf_output_end_shape(struct rtf_output *output);
void rtf_output_end_object(struct rtf_output *output);
/* Puts all of it into out->texts, and releases the rest. */
void rtf_output_end(struct rtf_output *output);

#endif

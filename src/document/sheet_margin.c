/* sheet_margin.c - "&C&"Arial,Bold"&14 words &P": how it looks and what is filled in is left out (MS-XLS 2.4.136).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/sheet_margin.h"

#define COLOUR_LENGTH 6

void sheet_margin_add_words(struct text *out, struct bytes codes)
{
	for (size_t i = 0; i < codes.length; i++) {
		if (codes.data[i] != '&' || i + 1 >= codes.length) {
			text_add_char(out, codes.data[i]);
			continue;
		}
		char code = codes.data[++i];
		if (code == '&')
			text_add_char(out, '&');
		else if (code == '"') {
			size_t end = bytes_find_char(codes, '"', i + 1);
			i = end == (size_t)-1 ? codes.length - 1 : end;
		} else if (ascii_is_digit(code)) {
			while (i + 1 < codes.length && ascii_is_digit(codes.data[i + 1]))
				i++;
		} else if (code == 'L' || code == 'C' || code == 'R')
			text_add_char(out, '\n');
		else if (code == 'K')
			i += COLOUR_LENGTH;
	}
}

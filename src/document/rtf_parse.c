/* rtf_parse.c - the reader of RTF (Word 2007 RTF specification 1.9.1, MS-OXRTFEX for HTML inside it).
 *
 * Our own, because Debian has no library for it: unrtf and catdoc are programs that write files and skip what is hidden,
 * librtfcomp only packs. One pass over the file, a bounded stack of groups, no recursion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "rtf_output.h"
#include "rtf_words.h"

#define GROUPS_MOST 1000   /* Word itself stops far below */
#define FONTS_MOST 65536
#define WORD_MOST 32       /* letters of a control word */

struct parser {
	struct bytes in;
	size_t at;
	struct rtf_group *groups;
	size_t depth, too_deep;
	struct rtf_group now;
	struct rtf_output output;
	uint16_t *fonts; /* number -> code page, 0 when not told */
	long font, default_font, codepage;
	long skip;       /* characters that stand for a \u before them */
	uint32_t high;   /* the first half of a pair of surrogates */
	bool starred, started, ended;
};

static void put_unicode(struct parser *parser, long parameter)
{
	uint32_t code = (uint32_t)parameter & 0xFFFF; /* written as a signed number of 16 bits */
	if (parameter > 0xFFFF && parameter < 0x110000)
		code = (uint32_t)parameter;
	parser->skip = parser->now.unicode_skip;
	if (code >= 0xD800 && code < 0xDC00) {
		parser->high = code;
		return;
	}
	if (code >= 0xDC00 && code < 0xE000)
		code = parser->high == 0 ? 0xFFFD : 0x10000 + ((parser->high - 0xD800) << 10) + (code - 0xDC00);
	parser->high = 0;
	rtf_output_character(&parser->output, &parser->now, code);
}

static void group_open(struct parser *parser)
{
	parser->skip = 0;
	parser->starred = false;
	if (parser->depth == GROUPS_MOST) {
		parser->too_deep++;
		parser->output.out->damaged = true;
		return;
	}
	parser->groups[parser->depth++] = parser->now;
	parser->started = true;
}

static void group_close(struct parser *parser)
{
	parser->skip = 0;
	parser->starred = false;
	if (parser->too_deep > 0) {
		parser->too_deep--;
		return;
	}
	if (parser->depth == 0)
		return;
	struct rtf_group ended = parser->now;
	if (ended.mode != MODE_TEXT) /* text may go on: the second half of a character may stand behind the group */
		rtf_output_flush(&parser->output);
	parser->now = parser->groups[--parser->depth];
	if (ended.mode == MODE_SHAPE_VALUE && parser->now.mode != MODE_SHAPE_VALUE)
		rtf_output_end_shape(&parser->output);
	if (ended.mode == MODE_OBJECT && parser->now.mode != MODE_OBJECT)
		rtf_output_end_object(&parser->output);
	parser->ended = parser->depth == 0;
}

static void set_codepage(struct parser *parser, long codepage)
{
	parser->codepage = codepage;
	parser->now.codepage = codepage;
}

static void use_font(struct parser *parser, long font)
{
	parser->font = font;
	if (parser->now.mode == MODE_FONTS)
		return;
	bool known = font >= 0 && font < FONTS_MOST && parser->fonts[font] != 0;
	parser->now.codepage = known ? parser->fonts[font] : parser->codepage;
}

static void set_font_codepage(struct parser *parser, long codepage)
{
	if (parser->now.mode == MODE_FONTS && parser->font >= 0 && parser->font < FONTS_MOST && codepage > 0 && codepage <= UINT16_MAX)
		parser->fonts[parser->font] = (uint16_t)codepage;
}

static void enter_place(struct parser *parser, const struct rtf_word *word)
{
	rtf_output_flush(&parser->output);
	if (parser->now.mode != MODE_TEXT)
		return;
	parser->now.place = word->place;
	struct text *target = rtf_output_target(&parser->output, &parser->now);
	if (target == NULL)
		return;
	if (target->length > 0 && target->data[target->length - 1] != '\n' && word->number != 1)
		rtf_output_text(&parser->output, &parser->now, "\n");
	rtf_output_text(&parser->output, &parser->now, word->text);
}

static void skip_binary(struct parser *parser, long octets)
{
	size_t left = parser->in.length - parser->at;
	size_t count = octets < 0 ? 0 : (size_t)octets;
	if (count > left) {
		parser->output.out->damaged = true;
		count = left;
	}
	if (parser->now.mode == MODE_OBJECT)
		rtf_output_binary(&parser->output, bytes_slice(parser->in, parser->at, parser->at + count));
	parser->at += count;
}

static void enter(struct parser *parser, enum rtf_mode mode)
{
	rtf_output_flush(&parser->output);
	if (parser->now.mode != MODE_SKIP)
		parser->now.mode = mode;
}

/* Words that change how the text after them is read. */
static void act_on_format(struct parser *parser, enum rtf_action action, const struct rtf_word *word, bool has, long parameter)
{
	struct rtf_group *now = &parser->now;
	bool on = !has || parameter != 0;
	switch (action) {
	case RTF_FONT: use_font(parser, parameter); break;
	case RTF_FONT_CHARSET: set_font_codepage(parser, rtf_charset_codepage(parameter)); break;
	case RTF_FONT_CODEPAGE: set_font_codepage(parser, parameter); break;
	case RTF_DEFAULT_FONT: parser->default_font = parameter; break;
	case RTF_CODEPAGE: set_codepage(parser, has ? parameter : word->number); break;
	case RTF_UNICODE_SKIP: now->unicode_skip = parameter < 0 || parameter > 100 ? 1 : parameter; break;
	case RTF_HIDE: now->hidden = on; break;
	case RTF_DELETE: now->deleted = on; break;
	case RTF_FROM_HTML: parser->output.out->html = parser->output.out->html || on; break;
	case RTF_HTML_ONLY_RTF: now->only_rtf = on; break;
	case RTF_PLAIN:
		now->hidden = now->deleted = false;
		use_font(parser, parser->default_font);
		break;
	default: break;
	}
}

static void act(struct parser *parser, const struct rtf_word *word, bool has, long parameter)
{
	parser->skip = 0;
	switch (word->action) {
	case RTF_SYMBOL: rtf_output_text(&parser->output, &parser->now, word->text); break;
	case RTF_PLACE: enter_place(parser, word); break;
	case RTF_ENTER: break;
	case RTF_SKIP: enter(parser, MODE_SKIP); break;
	case RTF_FONTS: enter(parser, MODE_FONTS); break;
	case RTF_UNICODE: put_unicode(parser, parameter); break;
	case RTF_BINARY: skip_binary(parser, parameter); break;
	case RTF_HTML_TAG: enter(parser, parser->output.out->html ? MODE_TAG : MODE_SKIP); break;
	case RTF_SHAPE_NAME:
		rtf_output_begin_shape(&parser->output);
		enter(parser, MODE_SHAPE_NAME);
		break;
	case RTF_SHAPE_VALUE: enter(parser, MODE_SHAPE_VALUE); break;
	case RTF_OBJECT: enter(parser, MODE_OBJECT); break;
	case RTF_TWICE:
		rtf_output_flush(&parser->output);
		parser->now.twice = parser->now.mode == MODE_TEXT;
		enter(parser, MODE_SKIP);
		break;
	case RTF_TWICE_UNICODE:
		if (parser->now.twice)
			parser->now.mode = MODE_TEXT;
		break;
	default: act_on_format(parser, word->action, word, has, parameter);
	}
}

static long read_parameter(struct parser *parser, bool *has_out)
{
	struct bytes in = parser->in;
	bool negative = parser->at + 1 < in.length && in.data[parser->at] == '-' && ascii_is_digit(in.data[parser->at + 1]);
	long value = 0;
	parser->at += negative;
	*has_out = parser->at < in.length && ascii_is_digit(in.data[parser->at]);
	for (; parser->at < in.length && ascii_is_digit(in.data[parser->at]); parser->at++)
		if (value < 1000000000)
			value = value * 10 + (in.data[parser->at] - '0');
	return negative ? -value : value;
}

static void control_word(struct parser *parser)
{
	size_t from = parser->at;
	while (parser->at < parser->in.length && parser->at - from < WORD_MOST && ascii_is_alpha(parser->in.data[parser->at]))
		parser->at++;
	struct bytes name = bytes_slice(parser->in, from, parser->at);
	bool has, starred = parser->starred;
	long parameter = read_parameter(parser, &has);
	if (parser->at < parser->in.length && parser->in.data[parser->at] == ' ')
		parser->at++;
	parser->starred = false;
	const struct rtf_word *word = rtf_word_find(name);
	if (word != NULL)
		act(parser, word, has, parameter);
	else if (starred)
		enter(parser, MODE_SKIP); /* may be left out, and we do not know it */
	else
		parser->skip = 0;
}

static void text_octet(struct parser *parser, char c)
{
	if (parser->skip > 0) {
		parser->skip--;
		return;
	}
	rtf_output_octet(&parser->output, &parser->now, c);
}

static void hex_octet(struct parser *parser)
{
	int high = parser->at < parser->in.length ? ascii_hex_value(parser->in.data[parser->at]) : -1;
	int low = parser->at + 1 < parser->in.length ? ascii_hex_value(parser->in.data[parser->at + 1]) : -1;
	if (high < 0 || low < 0)
		return;
	parser->at += 2;
	text_octet(parser, (char)(high << 4 | low));
}

static void control_symbol(struct parser *parser, char c)
{
	switch (c) {
	case '\'': hex_octet(parser); break;
	case '*': parser->starred = true; break;
	case '~': rtf_output_text(&parser->output, &parser->now, "\xC2\xA0"); break;
	case '-': break; /* where a word may be divided */
	case '_': rtf_output_text(&parser->output, &parser->now, "-"); break;
	case '\r':
	case '\n': rtf_output_text(&parser->output, &parser->now, "\n"); break;
	case '\t': rtf_output_text(&parser->output, &parser->now, "\t"); break;
	case '\\':
	case '{':
	case '}': text_octet(parser, c); break;
	default: break; /* \| \: and what nobody defined */
	}
}

static void control(struct parser *parser)
{
	parser->at++;
	if (parser->at >= parser->in.length) {
		parser->output.out->damaged = true;
		return;
	}
	char c = parser->in.data[parser->at];
	if (ascii_is_alpha(c)) {
		control_word(parser);
		return;
	}
	parser->at++;
	control_symbol(parser, c);
}

static void run(struct parser *parser)
{
	while (parser->at < parser->in.length && !parser->ended) {
		char c = parser->in.data[parser->at];
		if (c == '\\') {
			control(parser);
			continue;
		}
		parser->at++;
		if (c == '{')
			group_open(parser);
		else if (c == '}')
			group_close(parser);
		else if (c != '\r' && c != '\n')
			text_octet(parser, c);
	}
	rtf_output_flush(&parser->output);
	if (parser->depth > 0)
		parser->output.out->damaged = true;
}

bool rtf_parse(struct arena *arena, struct bytes content, size_t limit, struct rtf_text *out)
{
	*out = (struct rtf_text){ 0 };
	size_t start = bytes_find(bytes_slice(content, 0, 64), BYTES("{\\rt"), 0); /* Word reads them from "{\rt" on */
	if (start == (size_t)-1)
		return false;
	struct parser parser = { .in = content, .at = start, .codepage = 1252, .output = { .arena = arena, .limit = limit, .out = out } };
	parser.groups = calloc(GROUPS_MOST, sizeof *parser.groups);
	parser.fonts = arena_array(arena, FONTS_MOST, sizeof *parser.fonts);
	if (parser.groups == NULL)
		abort();
	parser.now = (struct rtf_group){ .mode = MODE_TEXT, .place = RTF_MAIN, .unicode_skip = 1, .codepage = 1252 };
	run(&parser);
	rtf_output_end(&parser.output);
	free(parser.groups);
	return true;
}

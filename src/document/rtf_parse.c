/* rtf_parse.c - the reader of RTF (Word 2007 RTF specification 1.9.1, MS-OXRTFEX for HTML inside it).
 *
 * Our own, because Debian has no library for it: unrtf and catdoc are programs that write files and skip what is hidden,
 * librtfcomp only packs. One pass over the file, a bounded stack of groups, no recursion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/unicode.h"
#include "document/codepage.h"
#include "rtf_words.h"

#define GROUPS_MOST 1000   /* Word itself stops far below */
#define FONTS_MOST 65536
#define WORD_MOST 32       /* letters of a control word */
#define OBJECTS_MOST 100

enum mode { MODE_TEXT, MODE_SKIP, MODE_FONTS, MODE_SHAPE_NAME, MODE_SHAPE_VALUE, MODE_OBJECT, MODE_TAG };

struct group {
	enum mode mode;
	enum rtf_place place;
	long unicode_skip, codepage;
	bool hidden, deleted, only_rtf, twice;
};

/* Octets in one code page for one place, not converted yet: a character of two octets may come in two pieces. */
struct pending {
	struct text text;
	struct text *target;
	long codepage;
	bool escape, ascii;
};

struct parser {
	struct arena *arena;
	struct bytes in;
	size_t at, limit, total;
	struct group *groups;
	size_t depth, too_deep;
	struct group now;
	struct text places[RTF_PLACES];
	struct text shape_name, shape_value, object;
	struct pending pending;
	uint16_t *fonts; /* number -> code page, 0 when not told */
	long font, default_font, codepage;
	long skip;       /* characters that stand for a \u before them */
	uint32_t high;   /* the first half of a pair of surrogates */
	bool starred, started, ended;
	struct rtf_text *out;
};

static void add_escaped(struct text *target, struct bytes text)
{
	for (size_t i = 0; i < text.length; i++) {
		const char *entity = text.data[i] == '&' ? "&amp;" : text.data[i] == '<' ? "&lt;" : text.data[i] == '>' ? "&gt;" : NULL;
		if (entity != NULL)
			text_add(target, entity);
		else
			text_add_char(target, text.data[i]);
	}
}

static void add(struct parser *parser, struct text *target, struct bytes utf8, bool escape)
{
	if (utf8.length > parser->limit - parser->total) {
		utf8 = bytes_slice(utf8, 0, parser->limit - parser->total);
		parser->out->cut = true;
	}
	parser->total += utf8.length;
	if (escape)
		add_escaped(target, utf8);
	else
		text_add_bytes(target, utf8);
}

static void flush(struct parser *parser)
{
	struct pending *pending = &parser->pending;
	if (pending->text.length == 0)
		return;
	struct bytes text = text_bytes(&pending->text);
	if (!pending->ascii)
		text = codepage_to_utf8(parser->arena, text, pending->codepage);
	add(parser, pending->target, text, pending->escape);
	text_truncate(&pending->text, 0);
}

/* Where text of the present group goes; NULL when it goes nowhere. */
static struct text *target_now(struct parser *parser)
{
	const struct group *now = &parser->now;
	bool html = parser->out->html && now->place == RTF_MAIN;
	switch (now->mode) {
	case MODE_TAG:
		return &parser->places[RTF_MAIN];
	case MODE_SHAPE_NAME:
		return &parser->shape_name;
	case MODE_SHAPE_VALUE:
		return &parser->shape_value;
	case MODE_TEXT:
		if (html)
			return now->only_rtf ? NULL : &parser->places[RTF_MAIN];
		if (now->place == RTF_PROPERTIES)
			return &parser->places[RTF_PROPERTIES];
		return &parser->places[now->hidden ? RTF_HIDDEN : now->deleted ? RTF_DELETED : now->place];
	default:
		return NULL;
	}
}

static bool escapes_now(const struct parser *parser)
{
	return parser->out->html && parser->now.mode == MODE_TEXT && parser->now.place == RTF_MAIN;
}

static void put_octet(struct parser *parser, char c)
{
	struct text *target = target_now(parser);
	struct pending *pending = &parser->pending;
	if (target == NULL || c == '\0')
		return;
	bool escape = escapes_now(parser);
	if (target != pending->target || parser->now.codepage != pending->codepage || escape != pending->escape)
		flush(parser);
	if (pending->text.length == 0) {
		pending->target = target;
		pending->codepage = parser->now.codepage;
		pending->escape = escape;
		pending->ascii = true;
	}
	text_add_char(&pending->text, c);
	if ((unsigned char)c >= 0x80)
		pending->ascii = false;
}

/* Text that needs no conversion. */
static void put_text(struct parser *parser, const char *utf8)
{
	struct text *target = target_now(parser);
	flush(parser);
	if (target != NULL)
		add(parser, target, bytes_of(utf8), escapes_now(parser));
}

static void put_character(struct parser *parser, uint32_t code)
{
	char utf8[5] = { 0 };
	if (code < 0x80)
		utf8[0] = (char)code;
	else if (code < 0x800) {
		utf8[0] = (char)(0xC0 | code >> 6);
		utf8[1] = (char)(0x80 | (code & 0x3F));
	} else if (code < 0x10000) {
		utf8[0] = (char)(0xE0 | code >> 12);
		utf8[1] = (char)(0x80 | (code >> 6 & 0x3F));
		utf8[2] = (char)(0x80 | (code & 0x3F));
	} else {
		utf8[0] = (char)(0xF0 | code >> 18);
		utf8[1] = (char)(0x80 | (code >> 12 & 0x3F));
		utf8[2] = (char)(0x80 | (code >> 6 & 0x3F));
		utf8[3] = (char)(0x80 | (code & 0x3F));
	}
	put_text(parser, utf8);
}

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
	put_character(parser, code);
}

static void end_shape_value(struct parser *parser)
{
	struct text *watermark = &parser->places[RTF_WATERMARK];
	/* WordArt, which is what Word makes a watermark of. */
	if (bytes_equal_nocase(bytes_trim(text_bytes(&parser->shape_name)), BYTES("gtextUNICODE"))) {
		add(parser, watermark, text_bytes(&parser->shape_value), false);
		add(parser, watermark, BYTES("\n"), false);
	}
	text_truncate(&parser->shape_value, 0);
}

static void end_object(struct parser *parser)
{
	struct text binary = TEXT_INIT;
	int high = -1;
	for (size_t i = 0; i < parser->object.length; i++) {
		int value = ascii_hex_value(parser->object.data[i]);
		if (value < 0)
			continue;
		if (high >= 0)
			text_add_char(&binary, (char)(high << 4 | value));
		high = high >= 0 ? -1 : value;
	}
	text_truncate(&parser->object, 0);
	if (binary.length > 0 && parser->out->object_count == OBJECTS_MOST)
		parser->out->damaged = true;
	else if (binary.length > 0) {
		struct bytes *object = ARENA_PUSH(parser->arena, parser->out->objects, parser->out->object_count);
		*object = text_to_arena(&binary, parser->arena);
	}
	text_release(&binary);
}

static void group_open(struct parser *parser)
{
	parser->skip = 0;
	parser->starred = false;
	if (parser->depth == GROUPS_MOST) {
		parser->too_deep++;
		parser->out->damaged = true;
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
	struct group ended = parser->now;
	if (ended.mode != MODE_TEXT) /* text may go on: the second half of a character may stand behind the group */
		flush(parser);
	parser->now = parser->groups[--parser->depth];
	if (ended.mode == MODE_SHAPE_VALUE && parser->now.mode != MODE_SHAPE_VALUE)
		end_shape_value(parser);
	if (ended.mode == MODE_OBJECT && parser->now.mode != MODE_OBJECT)
		end_object(parser);
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
	flush(parser);
	if (parser->now.mode != MODE_TEXT)
		return;
	parser->now.place = word->place;
	struct text *target = target_now(parser);
	if (target == NULL)
		return;
	if (target->length > 0 && target->data[target->length - 1] != '\n' && word->number != 1)
		put_text(parser, "\n");
	put_text(parser, word->text);
}

static void skip_binary(struct parser *parser, long octets)
{
	size_t left = parser->in.length - parser->at;
	size_t count = octets < 0 ? 0 : (size_t)octets;
	if (count > left) {
		parser->out->damaged = true;
		count = left;
	}
	if (parser->now.mode == MODE_OBJECT)
		for (size_t i = 0; i < count; i++)
			text_printf(&parser->object, "%02x", (unsigned char)parser->in.data[parser->at + i]);
	parser->at += count;
}

static void enter(struct parser *parser, enum mode mode)
{
	flush(parser);
	if (parser->now.mode != MODE_SKIP)
		parser->now.mode = mode;
}

/* Words that change how the text after them is read. */
static void act_on_format(struct parser *parser, enum rtf_action action, const struct rtf_word *word, bool has, long parameter)
{
	struct group *now = &parser->now;
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
	case RTF_FROM_HTML: parser->out->html = parser->out->html || on; break;
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
	case RTF_SYMBOL: put_text(parser, word->text); break;
	case RTF_PLACE: enter_place(parser, word); break;
	case RTF_ENTER: break;
	case RTF_SKIP: enter(parser, MODE_SKIP); break;
	case RTF_FONTS: enter(parser, MODE_FONTS); break;
	case RTF_UNICODE: put_unicode(parser, parameter); break;
	case RTF_BINARY: skip_binary(parser, parameter); break;
	case RTF_HTML_TAG: enter(parser, parser->out->html ? MODE_TAG : MODE_SKIP); break;
	case RTF_SHAPE_NAME:
		flush(parser);
		text_truncate(&parser->shape_name, 0);
		enter(parser, MODE_SHAPE_NAME);
		break;
	case RTF_SHAPE_VALUE: enter(parser, MODE_SHAPE_VALUE); break;
	case RTF_OBJECT: enter(parser, MODE_OBJECT); break;
	case RTF_TWICE:
		flush(parser);
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
	if (parser->now.mode == MODE_OBJECT)
		text_add_char(&parser->object, c);
	else
		put_octet(parser, c);
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
	case '~': put_text(parser, "\xC2\xA0"); break;
	case '-': break; /* where a word may be divided */
	case '_': put_text(parser, "-"); break;
	case '\r':
	case '\n': put_text(parser, "\n"); break;
	case '\t': put_text(parser, "\t"); break;
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
		parser->out->damaged = true;
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
	flush(parser);
	if (parser->depth > 0)
		parser->out->damaged = true;
}

static void finish(struct parser *parser)
{
	for (int place = 0; place < RTF_PLACES; place++) {
		struct bytes text = text_to_arena(&parser->places[place], parser->arena);
		parser->out->texts[place] = unicode_repair(parser->arena, text); /* \u may name a lone half, the limit cut a character */
	}
	text_release(&parser->pending.text);
	text_release(&parser->shape_name);
	text_release(&parser->shape_value);
	text_release(&parser->object);
	free(parser->groups);
}

bool rtf_parse(struct arena *arena, struct bytes content, size_t limit, struct rtf_text *out)
{
	*out = (struct rtf_text){ 0 };
	size_t start = bytes_find(bytes_slice(content, 0, 64), BYTES("{\\rt"), 0); /* Word reads them from "{\rt" on */
	if (start == (size_t)-1)
		return false;
	struct parser parser = { .arena = arena, .in = content, .at = start, .limit = limit, .codepage = 1252, .out = out };
	parser.groups = calloc(GROUPS_MOST, sizeof *parser.groups);
	parser.fonts = arena_array(arena, FONTS_MOST, sizeof *parser.fonts);
	if (parser.groups == NULL)
		abort();
	parser.now = (struct group){ .mode = MODE_TEXT, .place = RTF_MAIN, .unicode_skip = 1, .codepage = 1252 };
	run(&parser);
	finish(&parser);
	return true;
}

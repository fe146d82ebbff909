/* rtf_output.c - see rtf_output.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rtf_output.h"

#include "base/unicode.h"
#include "document/codepage.h"

#define OBJECTS_MOST 100

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

static void add(struct rtf_output *output, struct text *target, struct bytes utf8, bool escape)
{
	if (utf8.length > output->limit - output->total) {
		utf8 = bytes_slice(utf8, 0, output->limit - output->total);
		output->out->cut = true;
	}
	output->total += utf8.length;
	if (escape)
		add_escaped(target, utf8);
	else
		text_add_bytes(target, utf8);
}

void rtf_output_flush(struct rtf_output *output)
{
	struct rtf_pending *pending = &output->pending;
	if (pending->text.length == 0)
		return;
	struct bytes text = text_bytes(&pending->text);
	if (!pending->ascii)
		text = codepage_to_utf8(output->arena, text, pending->codepage);
	add(output, pending->target, text, pending->escape);
	text_truncate(&pending->text, 0);
}

struct text *rtf_output_target(struct rtf_output *output, const struct rtf_group *now)
{
	bool html = output->out->html && now->place == RTF_MAIN;
	switch (now->mode) {
	case MODE_TAG:
		return &output->places[RTF_MAIN];
	case MODE_SHAPE_NAME:
		return &output->shape_name;
	case MODE_SHAPE_VALUE:
		return &output->shape_value;
	case MODE_TEXT:
		if (html)
			return now->only_rtf ? NULL : &output->places[RTF_MAIN];
		if (now->place == RTF_PROPERTIES)
			return &output->places[RTF_PROPERTIES];
		return &output->places[now->hidden ? RTF_HIDDEN : now->deleted ? RTF_DELETED : now->place];
	default:
		return NULL;
	}
}

static bool escapes(const struct rtf_output *output, const struct rtf_group *now)
{
	return output->out->html && now->mode == MODE_TEXT && now->place == RTF_MAIN;
}

void rtf_output_octet(struct rtf_output *output, const struct rtf_group *now, char c)
{
	struct text *target = rtf_output_target(output, now);
	struct rtf_pending *pending = &output->pending;
	if (now->mode == MODE_OBJECT)
		text_add_char(&output->object, c);
	if (target == NULL || c == '\0')
		return;
	bool escape = escapes(output, now);
	if (target != pending->target || now->codepage != pending->codepage || escape != pending->escape)
		rtf_output_flush(output);
	if (pending->text.length == 0) {
		pending->target = target;
		pending->codepage = now->codepage;
		pending->escape = escape;
		pending->ascii = true;
	}
	text_add_char(&pending->text, c);
	if ((unsigned char)c >= 0x80)
		pending->ascii = false;
}

void rtf_output_text(struct rtf_output *output, const struct rtf_group *now, const char *utf8)
{
	struct text *target = rtf_output_target(output, now);
	rtf_output_flush(output);
	if (target != NULL)
		add(output, target, bytes_of(utf8), escapes(output, now));
}

void rtf_output_character(struct rtf_output *output, const struct rtf_group *now, uint32_t code)
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
	rtf_output_text(output, now, utf8);
}

void rtf_output_binary(struct rtf_output *output, struct bytes octets)
{
	for (size_t i = 0; i < octets.length; i++)
		text_printf(&output->object, "%02x", (unsigned char)octets.data[i]);
}

void rtf_output_begin_shape(struct rtf_output *output)
{
	rtf_output_flush(output);
	text_truncate(&output->shape_name, 0);
}

void rtf_output_end_shape(struct rtf_output *output)
{
	struct text *watermark = &output->places[RTF_WATERMARK];
	/* WordArt, which is what Word makes a watermark of. */
	if (bytes_equal_nocase(bytes_trim(text_bytes(&output->shape_name)), BYTES("gtextUNICODE"))) {
		add(output, watermark, text_bytes(&output->shape_value), false);
		add(output, watermark, BYTES("\n"), false);
	}
	text_truncate(&output->shape_value, 0);
}

void rtf_output_end_object(struct rtf_output *output)
{
	struct text binary = TEXT_INIT;
	int high = -1;
	for (size_t i = 0; i < output->object.length; i++) {
		int value = ascii_hex_value(output->object.data[i]);
		if (value < 0)
			continue;
		if (high >= 0)
			text_add_char(&binary, (char)(high << 4 | value));
		high = high >= 0 ? -1 : value;
	}
	text_truncate(&output->object, 0);
	if (binary.length > 0 && output->out->object_count == OBJECTS_MOST)
		output->out->damaged = true;
	else if (binary.length > 0) {
		struct bytes *object = ARENA_PUSH(output->arena, output->out->objects, output->out->object_count);
		*object = text_to_arena(&binary, output->arena);
	}
	text_release(&binary);
}

void rtf_output_end(struct rtf_output *output)
{
	for (int place = 0; place < RTF_PLACES; place++) {
		struct bytes text = text_to_arena(&output->places[place], output->arena);
		output->out->texts[place] = unicode_repair(output->arena, text); /* \u may name a lone half, the limit cut a character */
	}
	text_release(&output->pending.text);
	text_release(&output->shape_name);
	text_release(&output->shape_value);
	text_release(&output->object);
}

/* wire_view.c - HTML as a person sees it, over the wire.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/unicode.h"
#include "wire.h"

struct bytes view_pack(struct arena *arena, const struct html_text *text)
{
	Wire__View wire = WIRE__VIEW__INIT;
	size_t count = text->shown.length, before = 0;
	wire.shown = (ProtobufCBinaryData){ count, (uint8_t *)(uintptr_t)text->shown.data };
	wire.quote_depth = (ProtobufCBinaryData){ count, (uint8_t *)(uintptr_t)text->quote_depth };
	wire.n_steps = count;
	wire.steps = arena_array(arena, count, sizeof *wire.steps);
	for (size_t i = 0; i < count; i++) {
		wire.steps[i] = (int64_t)text->source[i] - (int64_t)before;
		before = text->source[i];
	}
	wire.truncated = text->truncated;
	uint8_t *packed = arena_alloc(arena, wire__view__get_packed_size(&wire) + 1);
	return (struct bytes){ (const char *)packed, wire__view__pack(&wire, packed) };
}

/* Each place lies within the HTML. */
static bool unpack_places(const Wire__View *wire, size_t length, size_t *places)
{
	int64_t at = 0;
	for (size_t i = 0; i < wire->n_steps; i++) {
		if (__builtin_add_overflow(at, wire->steps[i], &at) || at < 0 || (uint64_t)at >= length)
			return false;
		places[i] = (size_t)at;
	}
	return true;
}

bool view_unpack(struct arena *arena, struct bytes html, struct bytes answer, struct html_text *out, struct error *err)
{
	if (answer.length > ANSWER_MOST)
		return error_set(err, ERROR_INPUT, "the answer is longer than %zu octets", ANSWER_MOST);
	struct budget budget = budget_for(arena, answer);
	ProtobufCAllocator allocator = { budget_alloc, budget_free, &budget };
	const Wire__View *wire = wire__view__unpack(&allocator, answer.length, (const uint8_t *)answer.data);
	if (wire == NULL)
		return error_set(err, ERROR_INPUT, "the answer is not of the agreed form");
	size_t count = wire->shown.len;
	size_t *places = arena_array(arena, wire->n_steps, sizeof *places);
	struct bytes shown = { (const char *)wire->shown.data, count };
	if (wire->n_steps != count || wire->quote_depth.len != count || !unicode_is_utf8(shown) || !unpack_places(wire, html.length, places))
		return error_set(err, ERROR_INPUT, "the answer holds text that is nowhere in the HTML");
	*out = (struct html_text){ .shown = shown, .source = places, .quote_depth = wire->quote_depth.data, .truncated = wire->truncated };
	return true;
}

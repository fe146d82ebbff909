/* fuzz_label.c - any bytes as the value of header fields for labels, as a file's properties, and as a line set in odd letters.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/unicode.h"
#include "phrases.h"
#include "reading/lettering.h"
#include "reading/marking.h"

static const char settings[] =
	"phrases = { marking = ( \"[strictly] confidential\", \"/\\\\bofficial\\\\W*sensitive\\\\b/\" ); marking-line = ( \"secret\" ); };"
	"labels = ( { name = \"Controlled\"; guid = \"8d1c3f60-5b7e-4c7a-9d55-2f0c9a1e7b44\"; tenant = \"3b0f7c1e-9a52-4f7b-8c1d-6a5e2d9b8f10\"; marks = true; },"
	" { name = \"Restricted\"; marks = false; } );";

/* The bytes with line ends made blanks, so that they stay one field. */
static struct part *part_of_fields(struct arena *arena, struct bytes value)
{
	static const char *const names[] = { "msip_labels: ", "X-Protective-Marking: ", "X-Classification: " };
	struct text raw = TEXT_INIT;
	for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
		text_add(&raw, names[n]);
		for (size_t i = 0; i < value.length; i++)
			text_add_char(&raw, value.data[i] == '\r' || value.data[i] == '\n' ? ' ' : value.data[i]);
		text_add(&raw, "\r\n");
	}
	text_add(&raw, "\r\n");
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	return message_scan(arena, text_to_arena(&raw, arena), &limits)->root;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct lexicon *lexicon;
	static struct pattern_scratch *scratch;
	if (lexicon == NULL) {
		lexicon = lexicon_of_settings(settings);
		scratch = pattern_scratch_new();
	}
	struct arena *arena = arena_new();
	struct bytes input = { (const char *)data, size };
	struct wording wording = { .lexicon = lexicon, .stock = lexicon_stock(lexicon), .scratch = scratch };
	struct markings markings = { .arena = arena, .wording = &wording };
	markings_of_labels(&markings, part_of_fields(arena, input));
	markings_of_properties(&markings, input, "properties");
	for (size_t i = 0; i < markings.count; i++)
		must(unicode_is_utf8(bytes_of(markings.items[i].words)) && unicode_is_utf8(bytes_of(markings.items[i].where)));
	struct bytes plain = unicode_plain(arena, input), read = lettering_read(arena, plain);
	must(unicode_is_utf8(read) && read.length <= plain.length * 3);
	must(unicode_is_utf8(lettering_join(arena, plain, read)));
	arena_free(&arena);
	return 0;
}

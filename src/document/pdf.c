/* pdf.c - the text of a PDF, page by page, with what is pinned to its pages and filled into its forms; pdf_files.h has what is embedded.
 *
 * poppler, through its GLib interface: what the desktop's viewers use, so this is what people see. It needs no fonts and no
 * file but, for Chinese, Japanese and Korean that is not embedded, those of poppler-data; opening takes well under a
 * millisecond. What a watermark says is text of the page it lies on, but for one that lies aslant (pdf_slanted.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <poppler.h>
#include <time.h>

#include "base/text.h"
#include "document/formats.h"
#include "document/pdf_files.h"
#include "document/pdf_metadata.h"
#include "document/pdf_slanted.h"
#include "document/properties.h"
#include "document/quiet.h"

#define PAGES_MOST 3000
#define NOTES_MOST 2000       /* on all pages */
#define SECONDS_MOST 8
#define APART 0.25            /* of a letter's size: two words */
#define SCANNED_LEAST 0.25    /* of the page that pictures cover */

struct pdf {
	struct documents *documents;
	const char *place;
	PopplerDocument *document;
	size_t pages, scanned, empty, notes;
	bool waiting; /* the page says that another program is needed */
};

static const char *page_place(const struct pdf *pdf, int page, const char *within)
{
	struct arena *arena = pdf->documents->arena;
	return document_place(arena, pdf->place, arena_printf(arena, "page %d%s", page + 1, within));
}

static double seconds_now(void)
{
	struct timespec now;
	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 : 0;
}

struct attachment {
	struct pdf *pdf;
	const char *place;
	struct text content;
	bool refused;
};

static gboolean take_octets(const gchar *octets, gsize count, gpointer data, GError **failed)
{
	struct attachment *attachment = data;
	(void)failed;
	if (!documents_may_unpack(attachment->pdf->documents, attachment->place, count)) {
		attachment->refused = true;
		return FALSE;
	}
	text_add_bytes(&attachment->content, (struct bytes){ octets, count });
	return TRUE;
}

/* A file pinned to a page. */
static void read_attachment(struct pdf *pdf, PopplerAttachment *file)
{
	struct arena *arena = pdf->documents->arena;
	const char *name = poppler_attachment_get_name(file);
	name = name == NULL ? "attachment" : arena_string_of(arena, document_clean(arena, bytes_of(name)));
	struct attachment attachment = { .pdf = pdf, .place = document_place(arena, pdf->place, name), .content = TEXT_INIT };
	bool whole = poppler_attachment_save_to_callback(file, take_octets, &attachment, NULL);
	if (attachment.content.length > 0 && !attachment.refused)
		(void)document_read(pdf->documents, attachment.place, text_bytes(&attachment.content), name, NULL);
	if (!whole && !attachment.refused)
		documents_add_trouble(pdf->documents, attachment.place, "damaged");
	text_release(&attachment.content);
}

/* Much that is pinned to a page or filled into it is drawn as well, and then in the page's text already. */
static void add_unless_shown(struct pdf *pdf, const char *place, char *said, struct bytes shown, enum document_role role)
{
	struct bytes text = bytes_trim(bytes_of(said));
	if (text.length > 0 && bytes_find(shown, text, 0) == (size_t)-1)
		documents_add_aside(pdf->documents, place, text, role);
	g_free(said);
}

/* A stamp is chosen from a list and may carry no other word. */
static const char *stamp_words(PopplerAnnotStampIcon icon)
{
	static const char *const words[] = {
		[POPPLER_ANNOT_STAMP_ICON_APPROVED] = "Approved",
		[POPPLER_ANNOT_STAMP_ICON_CONFIDENTIAL] = "Confidential",
		[POPPLER_ANNOT_STAMP_ICON_DEPARTMENTAL] = "Departmental",
		[POPPLER_ANNOT_STAMP_ICON_EXPIRED] = "Expired",
		[POPPLER_ANNOT_STAMP_ICON_FINAL] = "Final",
		[POPPLER_ANNOT_STAMP_ICON_FOR_COMMENT] = "For comment",
		[POPPLER_ANNOT_STAMP_ICON_FOR_PUBLIC_RELEASE] = "For public release",
		[POPPLER_ANNOT_STAMP_ICON_NOT_APPROVED] = "Not approved",
		[POPPLER_ANNOT_STAMP_ICON_NOT_FOR_PUBLIC_RELEASE] = "Not for public release",
		[POPPLER_ANNOT_STAMP_ICON_TOP_SECRET] = "Top secret",
	};
	return (size_t)icon < sizeof words / sizeof *words ? words[icon] : NULL;
}

static void read_note(struct pdf *pdf, int page, PopplerAnnot *note, struct bytes shown)
{
	PopplerAnnotType type = poppler_annot_get_annot_type(note);
	bool drawn = type == POPPLER_ANNOT_FREE_TEXT || type == POPPLER_ANNOT_STAMP || type == POPPLER_ANNOT_WATERMARK;
	enum document_role role = drawn ? DOCUMENT_MARGIN : DOCUMENT_NOTE;
	const char *place = page_place(pdf, page, drawn ? "" : ", comment");
	add_unless_shown(pdf, place, poppler_annot_get_contents(note), shown, role);
	if (POPPLER_IS_ANNOT_MARKUP(note) && drawn)
		add_unless_shown(pdf, place, poppler_annot_markup_get_subject(POPPLER_ANNOT_MARKUP(note)), shown, role);
	if (POPPLER_IS_ANNOT_STAMP(note))
		add_unless_shown(pdf, page_place(pdf, page, ", stamp"), g_strdup(stamp_words(poppler_annot_stamp_get_icon(POPPLER_ANNOT_STAMP(note)))), shown, role);
	PopplerAttachment *file = POPPLER_IS_ANNOT_FILE_ATTACHMENT(note)
					  ? poppler_annot_file_attachment_get_attachment(POPPLER_ANNOT_FILE_ATTACHMENT(note)) : NULL;
	if (file != NULL)
		read_attachment(pdf, file);
	g_clear_object(&file);
}

/* One more note or field; false, with a trouble noted, when there were too many already. */
static bool may_read_note(struct pdf *pdf)
{
	if (pdf->notes < NOTES_MOST) {
		pdf->notes++;
		return true;
	}
	documents_add_trouble(pdf->documents, pdf->place, "more comments and form fields than are examined");
	return false;
}

/* Links and form fields are annotations too. */
static bool says_nothing(PopplerAnnot *note)
{
	PopplerAnnotType type = poppler_annot_get_annot_type(note);
	return type == POPPLER_ANNOT_LINK || type == POPPLER_ANNOT_WIDGET || type == POPPLER_ANNOT_POPUP;
}

static void read_notes(struct pdf *pdf, int number, PopplerPage *page, struct bytes shown)
{
	GList *notes = poppler_page_get_annot_mapping(page);
	for (GList *at = notes; at != NULL; at = at->next) {
		PopplerAnnot *note = ((PopplerAnnotMapping *)at->data)->annot;
		if (!says_nothing(note) && may_read_note(pdf))
			read_note(pdf, number, note, shown);
	}
	poppler_page_free_annot_mapping(notes);
}

static char *field_text(PopplerFormField *field)
{
	switch (poppler_form_field_get_field_type(field)) {
	case POPPLER_FORM_FIELD_TEXT:
		return poppler_form_field_text_get_text(field);
	case POPPLER_FORM_FIELD_CHOICE:
		for (int i = 0; i < poppler_form_field_choice_get_n_items(field); i++)
			if (poppler_form_field_choice_is_item_selected(field, i))
				return poppler_form_field_choice_get_item(field, i);
		return NULL;
	default:
		return NULL;
	}
}

static void read_form(struct pdf *pdf, int number, PopplerPage *page, struct bytes shown)
{
	GList *fields = poppler_page_get_form_field_mapping(page);
	for (GList *at = fields; at != NULL && may_read_note(pdf); at = at->next)
		add_unless_shown(pdf, page_place(pdf, number, ", form"), field_text(((PopplerFormFieldMapping *)at->data)->field), shown, DOCUMENT_BODY);
	poppler_page_free_form_field_mapping(fields);
}

static bool is_scanned(PopplerPage *page)
{
	double width, height, covered = 0;
	poppler_page_get_size(page, &width, &height);
	GList *pictures = poppler_page_get_image_mapping(page);
	for (GList *at = pictures; at != NULL; at = at->next) {
		const PopplerRectangle *area = &((PopplerImageMapping *)at->data)->area;
		covered += (area->x2 - area->x1) * (area->y2 - area->y1);
	}
	poppler_page_free_image_mapping(pictures);
	return covered >= SCANNED_LEAST * width * height && covered > 0;
}

static double apart(double end, double start, double other_end, double other_start)
{
	double forwards = start - end, backwards = other_start - other_end;
	return forwards > backwards ? forwards : backwards;
}

/* How far two letters are from one another, in either direction; touching or overlapping is nothing. */
static bool are_apart(const PopplerRectangle *a, const PopplerRectangle *b)
{
	double across = apart(a->x2, b->x1, b->x2, a->x1), down = apart(a->y2, b->y1, b->y2, a->y1);
	double height = a->y2 - a->y1, width = a->x2 - a->x1;
	double size = height > width ? height : width;
	return (across > down ? across : down) > APART * size;
}

/* poppler puts the columns of a line one behind another without a blank, which would make one word of two. */
static struct bytes page_text(struct arena *arena, PopplerPage *page, struct bytes *slanted_out)
{
	char *text = poppler_page_get_text(page);
	PopplerRectangle *places = NULL;
	guint count = 0;
	if (text == NULL || !poppler_page_get_text_layout(page, &places, &count) || (glong)count != g_utf8_strlen(text, -1))
		count = 0;
	struct text spaced = TEXT_INIT;
	const char *at = text == NULL ? "" : text;
	for (guint i = 0; *at != '\0'; i++) {
		const char *next = g_utf8_next_char(at);
		text_add_bytes(&spaced, (struct bytes){ at, (size_t)(next - at) });
		if (i + 1 < count && !ascii_is_space(*at) && !ascii_is_space(*next) && are_apart(&places[i], &places[i + 1]))
			text_add_char(&spaced, ' ');
		at = next;
	}
	*slanted_out = pdf_slanted_text(arena, page, text == NULL ? "" : text, places, count);
	struct bytes clean = document_clean(arena, text_to_arena(&spaced, arena));
	text_release(&spaced);
	g_free(places);
	g_free(text);
	return clean;
}

static void read_page(struct pdf *pdf, int number)
{
	PopplerPage *page = poppler_document_get_page(pdf->document, number);
	if (page == NULL) {
		documents_add_trouble(pdf->documents, pdf->place, "damaged");
		return;
	}
	struct bytes slanted, shown = page_text(pdf->documents->arena, page, &slanted);
	pdf->pages++;
	if (bytes_trim(shown).length > 0)
		documents_add_text(pdf->documents, page_place(pdf, number, ""), shown, false);
	else if (is_scanned(page))
		pdf->scanned++;
	else
		pdf->empty++;
	pdf->waiting = pdf->waiting || (number == 0 && bytes_starts_with_nocase(bytes_trim(shown), BYTES("Please wait")));
	documents_add_aside(pdf->documents, page_place(pdf, number, ", watermark"), slanted, DOCUMENT_MARGIN);
	read_form(pdf, number, page, shown);
	read_notes(pdf, number, page, shown);
	g_object_unref(page);
}

static void read_pages(struct pdf *pdf)
{
	struct arena *arena = pdf->documents->arena;
	int count = poppler_document_get_n_pages(pdf->document);
	double start = seconds_now();
	int page = 0;
	while (page < count && page < PAGES_MOST && !pdf->documents->text_told && seconds_now() - start < SECONDS_MOST)
		read_page(pdf, page++);
	if (page < count && !pdf->documents->text_told)
		documents_add_trouble(pdf->documents, pdf->place, arena_printf(arena, "too long to examine: pages %d to %d are not", page + 1, count));
	if (pdf->scanned > 0)
		documents_add_trouble(pdf->documents, pdf->place,
				      arena_printf(arena, "scanned pages without text (%zu of %zu)", pdf->scanned, pdf->pages));
	/* Letters drawn as lines are no text either. */
	else if (pdf->empty == pdf->pages)
		documents_add_trouble(pdf->documents, pdf->place, "pages without text");
}

static void add_property(struct properties *properties, const char *name, char *value)
{
	properties_add(properties, bytes_of(name), bytes_of(value));
	g_free(value);
}

static void read_properties(struct pdf *pdf)
{
	struct properties properties = PROPERTIES_INIT;
	add_property(&properties, "Title", poppler_document_get_title(pdf->document));
	add_property(&properties, "Subject", poppler_document_get_subject(pdf->document));
	add_property(&properties, "Keywords", poppler_document_get_keywords(pdf->document));
	add_property(&properties, "Author", poppler_document_get_author(pdf->document));
	char *metadata = poppler_document_get_metadata(pdf->document);
	if (metadata != NULL)
		pdf_metadata_read(bytes_of(metadata), &properties);
	g_free(metadata);
	properties_end(&properties, pdf->documents, pdf->place);
}

void pdf_read(struct documents *documents, const char *place, struct bytes content)
{
	libraries_keep_quiet();
	GBytes *octets = g_bytes_new_static(content.data, content.length);
	GError *failed = NULL;
	/* Without a password what only restricts printing opens, as everywhere. */
	struct pdf pdf = { .documents = documents, .place = place, .document = poppler_document_new_from_bytes(octets, NULL, &failed) };
	if (pdf.document == NULL) {
		bool locked = g_error_matches(failed, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
		documents_add_trouble(documents, place, locked ? "locked with a password" : "damaged");
	} else {
		read_properties(&pdf);
		read_pages(&pdf);
		if (pdf.waiting && bytes_find(content, BYTES("/XFA"), 0) != (size_t)-1)
			documents_add_trouble(documents, place, "a form that only Adobe's programs show");
		if (poppler_document_has_attachments(pdf.document))
			pdf_files_read(documents, place, content);
	}
	g_clear_error(&failed);
	g_clear_object(&pdf.document);
	g_bytes_unref(octets);
}

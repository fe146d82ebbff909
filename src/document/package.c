/* package.c - zips that are one document: Office Open XML, OpenDocument, XPS; and XML files that stand alone.
 *
 * What a member is, its root element says: names and relations are the sender's, and a header that nothing points to is still
 * in the file. They only tell in which order slides stand and what a sheet is called.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/compound.h"
#include "document/formats.h"
#include "document/looks.h"
#include "document/office.h"
#include "document/package.h"
#include "document/unpack.h"

#define MEMBERS_MOST 5000

struct root {
	const char *name, *space; /* "" when it is no XML */
};

struct member {
	const char *name;
	struct text content;
	struct root root;
};

struct package {
	struct documents *documents;
	const char *place;
	struct member *members;
	size_t count;
	struct shared_strings strings;
	const struct package_order *order;
	size_t order_count;
};

static bool ends_with(const char *name, const char *end)
{
	return bytes_ends_with(bytes_of(name), bytes_of(end));
}

static bool has_space(struct root root, const char *words)
{
	return bytes_find(bytes_of(root.space), bytes_of(words), 0) != (size_t)-1;
}

static struct root root_of(struct documents *documents, const char *place, struct bytes content)
{
	struct xml xml;
	struct root root = { "", "" };
	xml_open(&xml, documents, place, content);
	for (enum xml_event event; (event = xml_next(&xml)) != XML_END_OF_FILE;)
		if (event == XML_START) {
			root = (struct root){ arena_string(documents->arena, xml.name), arena_string(documents->arena, xml.space) };
			break;
		}
	xml_close(&xml);
	return root;
}

/* ---- loading -------------------------------------------------------------------------------------------------- */

/* Pictures, fonts, programs and what Office writes for itself: nothing in them is text of the document. */
static bool is_furniture(const char *name)
{
	static const char *const words[] = { "/media/", "/fonts/", "/printerSettings/", "vbaProject", "Thumbnails/", "thumbnail.", "Pictures/", "/theme/", "customXml/",
					     "/activeX/", "/ctrlProps/", "ObjectReplacements/", "Configurations2/", "layout-cache", ".vml", "/glossary/", "/webextensions/",
					     "current.xml", "manifest.rdf", "_xmlsignatures/", "Resources/", "/handoutMasters/", "/notesMasters/", "calcChain",
					     "Basic/" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_find_nocase(bytes_of(name), bytes_of(words[i]), 0) != (size_t)-1)
			return true;
	return false;
}

static void load(struct package *package, struct bytes content)
{
	struct unpack_member found;
	struct unpack *unpack = unpack_open(package->documents, package->place, content);
	while (unpack != NULL && package->count < MEMBERS_MOST && unpack_next(unpack, &found)) {
		if (!found.file || is_furniture(found.name))
			continue;
		struct member *member = ARENA_PUSH(package->documents->arena, package->members, package->count);
		member->name = found.name;
		unpack_content(unpack, package->place, &member->content);
		bool xml = member->content.length > 0 && (ends_with(found.name, ".xml") || ends_with(found.name, ".fpage"));
		member->root = xml ? root_of(package->documents, package->place, text_bytes(&member->content)) : (struct root){ "", "" };
	}
	if (unpack != NULL && package->count == MEMBERS_MOST && unpack_next(unpack, &found))
		documents_add_trouble(package->documents, package->place, "more parts in it than are examined");
	unpack_close(unpack);
}

static const struct member *member_named(const struct package *package, const char *name)
{
	for (size_t i = 0; i < package->count; i++)
		if (bytes_equal_nocase(bytes_of(package->members[i].name), bytes_of(name)))
			return &package->members[i];
	return NULL;
}

static const struct member *member_with_root(const struct package *package, const char *root)
{
	for (size_t i = 0; i < package->count; i++)
		if (strcmp(package->members[i].root.name, root) == 0)
			return &package->members[i];
	return NULL;
}

/* ---- sheets and slides in their order -------------------------------------------------------------------------- */

/* The member a relation points to, by its name in the zip. */
static const char *resolve(struct arena *arena, const char *from, const char *target)
{
	if (target[0] == '/')
		return target + 1;
	size_t folder = bytes_of(from).length;
	while (folder > 0 && from[folder - 1] != '/')
		folder--;
	while (strncmp(target, "../", 3) == 0) {
		target += 3;
		folder -= folder > 0;
		while (folder > 0 && from[folder - 1] != '/')
			folder--;
	}
	return arena_printf(arena, "%.*s%s", (int)folder, from, target);
}

/* Of a member's relations the target of one by its id, or of the first whose target has the word. */
static const char *related(const struct package *package, const struct member *from, const char *id, const char *word)
{
	struct arena *arena = package->documents->arena;
	const char *base = strrchr(from->name, '/'), *found = NULL;
	int folder = base == NULL ? 0 : (int)(base - from->name) + 1;
	const struct member *relations = member_named(package, arena_printf(arena, "%.*s_rels/%s.rels", folder, from->name, from->name + folder));
	if (relations == NULL)
		return NULL;
	struct xml xml;
	xml_open(&xml, package->documents, package->place, text_bytes(&relations->content));
	for (enum xml_event event; found == NULL && (event = xml_next(&xml)) != XML_END_OF_FILE;) {
		if (event != XML_START || !xml_is(&xml, "Relationship"))
			continue;
		const char *name = xml_attribute(&xml, "Id"), *target = xml_attribute(&xml, "Target");
		bool wanted = id != NULL ? name != NULL && strcmp(name, id) == 0 : target != NULL && strstr(target, word) != NULL;
		if (wanted && target != NULL)
			found = resolve(arena, from->name, target);
	}
	xml_close(&xml);
	return found;
}

/* What a workbook or presentation says of its sheets or slides. */
static void read_order(struct package *package, const char *root, const char *element)
{
	const struct member *member = member_with_root(package, root);
	struct arena *arena = package->documents->arena;
	struct package_order *order = NULL;
	struct xml xml;
	if (member == NULL)
		return;
	xml_open(&xml, package->documents, package->place, text_bytes(&member->content));
	for (enum xml_event event; package->order_count < MEMBERS_MOST && (event = xml_next(&xml)) != XML_END_OF_FILE;) {
		if (event != XML_START || !xml_is(&xml, element))
			continue;
		const char *id = xml_attribute(&xml, "r:id"), *name = xml_attribute(&xml, "name"), *state = xml_attribute(&xml, "state");
		struct package_order *entry = ARENA_PUSH(arena, order, package->order_count);
		entry->member = id == NULL ? NULL : related(package, member, id, NULL);
		entry->hidden = state != NULL && bytes_find_nocase(bytes_of(state), BYTES("hidden"), 0) != (size_t)-1;
		entry->place = name != NULL ? arena_printf(arena, "sheet %.*s", (int)OFFICE_NAME, name) : arena_printf(arena, "slide %zu", package->order_count);
	}
	xml_close(&xml);
	package->order = order;
}

static const struct package_order *order_of(const struct package *package, const char *member)
{
	for (size_t i = 0; member != NULL && i < package->order_count; i++)
		if (package->order[i].member != NULL && bytes_equal_nocase(bytes_of(package->order[i].member), bytes_of(member)))
			return &package->order[i];
	return NULL;
}

static const char *within(const struct package *package, const char *place)
{
	return document_place(package->documents->arena, package->place, place);
}

/* ---- members by their root ------------------------------------------------------------------------------------ */

static void read_sheet(struct package *package, const struct member *member, struct xml *xml)
{
	const struct package_order *order = order_of(package, member->name);
	sheet_xml_read(xml, within(package, order == NULL ? "sheet" : order->place), &package->strings, order != NULL && order->hidden);
}

static void read_slide(struct package *package, const struct member *member, struct xml *xml)
{
	const struct package_order *order = order_of(package, member->name);
	drawing_xml_read(xml, within(package, order == NULL ? "slide" : order->place), DOCUMENT_BODY);
}

static void read_speaker_notes(struct package *package, const struct member *member, struct xml *xml)
{
	const struct package_order *order = order_of(package, related(package, member, NULL, "slides/"));
	const char *place = within(package, order == NULL ? "slide" : order->place);
	drawing_xml_read(xml, document_place(package->documents->arena, place, "notes"), DOCUMENT_NOTE);
}

static void read_master(struct package *package, const struct member *member, struct xml *xml)
{
	drawing_xml_read(xml, within(package, "header of the slides"), DOCUMENT_MARGIN);
}

static void read_drawing(struct package *package, const struct member *member, struct xml *xml)
{
	drawing_xml_read(xml, within(package, "text box"), DOCUMENT_BODY);
}

static void read_slide_comments(struct package *package, const struct member *member, struct xml *xml)
{
	drawing_xml_read(xml, within(package, "comments"), DOCUMENT_NOTE);
}

static void read_comments(struct package *package, const struct member *member, struct xml *xml)
{
	if (has_space(member->root, "wordprocessingml"))
		word_xml_read(xml, package->place);
	else
		sheet_comments_read(xml, within(package, "comments"));
}

static void read_word(struct package *package, const struct member *member, struct xml *xml)
{
	word_xml_read(xml, package->place);
}

static void read_properties(struct package *package, const struct member *member, struct xml *xml)
{
	properties_read(xml, package->place);
}

static void read_label_info(struct package *package, const struct member *member, struct xml *xml)
{
	label_info_read(xml, package->place);
}

static void read_fixed_page(struct package *package, const struct member *member, struct xml *xml)
{
	fixed_page_read(xml, package->place);
}

static void read_other(struct package *package, const struct member *member, struct xml *xml)
{
	other_xml_read(xml, package->place);
}

/* An object's own document stands in a folder of its name. */
static void read_opendocument(struct package *package, const struct member *member, struct xml *xml)
{
	const char *slash = strrchr(member->name, '/');
	struct bytes folder = slash == NULL ? BYTES_EMPTY : bytes_slice(bytes_of(member->name), 0, (size_t)(slash - member->name));
	opendocument_read(xml, within(package, arena_string_of(package->documents->arena, folder)));
}

static const struct {
	const char *root;
	void (*read)(struct package *package, const struct member *member, struct xml *xml);
} readers[] = {
	{ "document", read_word }, { "hdr", read_word }, { "ftr", read_word }, { "footnotes", read_word }, { "endnotes", read_word },
	{ "comments", read_comments }, { "ThreadedComments", read_comments }, { "worksheet", read_sheet }, { "chartsheet", read_sheet },
	{ "dialogsheet", read_sheet }, { "wsDr", read_drawing }, { "userShapes", read_drawing }, { "chartSpace", read_drawing },
	{ "dataModel", read_drawing }, { "sld", read_slide }, { "notes", read_speaker_notes }, { "sldMaster", read_master },
	{ "sldLayout", read_master }, { "cmLst", read_slide_comments }, { "coreProperties", read_properties }, { "Properties", read_properties },
	{ "labelList", read_label_info }, { "document-content", read_opendocument }, { "document-styles", read_opendocument },
	{ "document-meta", read_properties }, { "FixedPage", read_fixed_page }, { "PageContents", read_other },
};

static bool read_member(struct package *package, const struct member *member)
{
	struct xml xml;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		if (strcmp(readers[i].root, member->root.name) != 0)
			continue;
		xml_open(&xml, package->documents, package->place, text_bytes(&member->content));
		while (xml.reader != NULL && xml_next(&xml) != XML_START)
			;
		readers[i].read(package, member, &xml);
		xml_close(&xml);
		return true;
	}
	return false;
}

/* What another program put in, with its file in a wrapper; an equation or a drawing has none, and its picture is what people see. */
static void read_object(struct package *package, const struct member *member, const char *name)
{
	struct bytes content = text_bytes(&member->content);
	struct sample sample = sample_of(content, NULL, NULL);
	if (strstr(member->name, "embeddings/") == NULL || !looks_compound(&sample))
		return;
	const struct compound *top = compound_open(package->documents, within(package, name), content);
	if (top != NULL)
		embedded_read_object(package->documents, within(package, name), top);
}

/* Files put into the document, and such as have no business in it. */
static void read_file(struct package *package, const struct member *member)
{
	static const char *const parts[] = { ".xml", ".rels", "mimetype", ".fdoc", ".fdseq", ".fpage", ".odttf", ".psmdcp" };
	const char *slash = strrchr(member->name, '/');
	const char *name = slash == NULL ? member->name : slash + 1;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (ends_with(member->name, parts[i]))
			return;
	if (ends_with(name, ".bin"))
		read_object(package, member, name);
	else
		document_read(package->documents, within(package, name), text_bytes(&member->content), name, NULL);
}

/* OpenDocument locks each member by itself and says so in its manifest. */
static bool is_locked(const struct package *package)
{
	const struct member *manifest = member_named(package, "META-INF/manifest.xml");
	return manifest != NULL && bytes_find(text_bytes(&manifest->content), BYTES("encryption-data"), 0) != (size_t)-1;
}

static void read_members(struct package *package, size_t troubles)
{
	bool known = false;
	const struct member *strings = member_with_root(package, "sst");
	if (strings != NULL) {
		struct xml xml;
		xml_open(&xml, package->documents, package->place, text_bytes(&strings->content));
		package->strings = shared_strings_read(&xml);
		xml_close(&xml);
	}
	read_order(package, "workbook", "sheet");
	read_order(package, "presentation", "sldId");
	for (size_t i = 0; i < package->count; i++)
		known |= read_member(package, &package->members[i]);
	for (size_t i = 0; i < package->count; i++)
		read_file(package, &package->members[i]);
	if (!known && package->documents->trouble_count == troubles)
		documents_add_trouble(package->documents, package->place, "a document of a kind that is not examined, or damaged");
}

static void office_read(struct documents *documents, const char *place, struct bytes content)
{
	struct package package = { .documents = documents, .place = place };
	size_t troubles = documents->trouble_count;
	load(&package, content);
	if (is_locked(&package))
		documents_add_trouble(documents, place, "locked with a password");
	else
		read_members(&package, troubles);
	for (size_t i = 0; i < package.count; i++)
		text_release(&package.members[i].content);
}

/* ---- which zips, which XML ------------------------------------------------------------------------------------- */

/* The zip as its list of members shows it. */
struct listing {
	bool office, apple;
};

static struct listing list(struct bytes content, struct arena *arena)
{
	struct documents unheard = documents_begin(arena);
	struct listing listing = { false, false };
	struct unpack_member member;
	struct text type = TEXT_INIT;
	struct unpack *unpack = unpack_open(&unheard, "", content);
	while (unpack != NULL && unpack_next(unpack, &member)) {
		if (strcmp(member.name, "mimetype") == 0)
			unpack_content(unpack, "", &type);
		listing.office |= strcmp(member.name, "[Content_Types].xml") == 0;
		listing.apple |= ends_with(member.name, ".iwa");
	}
	listing.office |= bytes_starts_with(text_bytes(&type), BYTES("application/vnd.oasis.opendocument")) ||
			  bytes_starts_with(text_bytes(&type), BYTES("application/vnd.sun.xml"));
	text_release(&type);
	unpack_close(unpack);
	return listing;
}

void zip_read(struct documents *documents, const char *place, struct bytes content)
{
	struct listing listing = list(content, documents->arena);
	if (listing.office)
		office_read(documents, place, content);
	else if (listing.apple)
		documents_add_trouble(documents, place, "an Apple Pages, Numbers or Keynote file, which is not examined");
	else
		container_read(documents, place, content);
}

void lone_xml_read(struct documents *documents, const char *place, struct bytes content)
{
	struct root root = root_of(documents, place, content);
	struct xml xml;
	xml_open(&xml, documents, place, content);
	while (xml.reader != NULL && xml_next(&xml) != XML_START)
		;
	if (has_space(root, "opendocument"))
		opendocument_read(&xml, place);
	else if (strcmp(root.name, "wordDocument") == 0 || has_space(root, "office/2006/xmlPackage"))
		word_xml_read(&xml, place);
	else
		other_xml_read(&xml, place);
	xml_close(&xml);
}

/* route.c - see route.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/route.h"

#include "console/pages.h"

#define PART_LONGEST ((size_t)600)

static const struct route routes[] = {
	{ METHOD_GET, "/", ROUTE_HOME, .call = NULL },
	{ METHOD_GET, "/login", ROUTE_LOGIN, .show = page_login, .open = true },
	{ METHOD_POST, "/login", ROUTE_LOGIN, "login", .show = page_login, .open = true },
	{ METHOD_POST, "/logout", ROUTE_LOGOUT, "logout", .back = "/" },

	{ METHOD_GET, "/desk", ROUTE_PAGE, "desk", { { "page", ARGUMENT_NUMBER } }, .show = page_desk },
	{ METHOD_GET, "/message/{id}", ROUTE_PAGE, "message", { { "id", ARGUMENT_PATH } }, .show = page_message },
	/* Reading the text is a deed of its own, with a reason, and journalled: hence a post, whose answer no page can show again. */
	{ METHOD_POST, "/message/{id}/content", ROUTE_PAGE, "content", { { "id", ARGUMENT_PATH }, { "reason", ARGUMENT_TEXT } }, .show = page_content,
	  .back = "/message/{id}" },
	{ METHOD_POST, "/message/{id}/decide", ROUTE_DEED, "decide",
	  { { "id", ARGUMENT_PATH }, { "deed", ARGUMENT_TEXT }, { "recipients", ARGUMENT_TEXTS }, { "reason", ARGUMENT_TEXT },
	    { "note", ARGUMENT_MAYBE }, { "only_if", ARGUMENT_MAYBE } },
	  .then = "/message/{id}", .back = "/message/{id}", .said = "Your decision is recorded; below stands what becomes of the message." },
	{ METHOD_POST, "/message/{id}/undo", ROUTE_DEED, "undo", { { "decision", ARGUMENT_NUMBER } },
	  .then = "/message/{id}", .back = "/message/{id}", .said = "The decision is undone; the message waits again." },
	{ METHOD_POST, "/message/{id}/confirm", ROUTE_DEED, "confirm", { { "decision", ARGUMENT_NUMBER } },
	  .then = "/message/{id}", .back = "/message/{id}", .said = "You confirmed the decision." },
	{ METHOD_POST, "/message/{id}/mark", ROUTE_DEED, "mark",
	  { { "id", ARGUMENT_PATH }, { "rule", ARGUMENT_TEXT }, { "judged", ARGUMENT_NULL }, { "reason", ARGUMENT_TEXT } },
	  .then = "/message/{id}", .back = "/message/{id}", .said = "Your mark on the finding is recorded." },
	{ METHOD_POST, "/message/{id}/legal-hold", ROUTE_DEED, "legal-hold",
	  { { "id", ARGUMENT_PATH }, { "on", ARGUMENT_YES }, { "reason", ARGUMENT_TEXT } },
	  .then = "/message/{id}", .back = "/message/{id}", .said = "Your decision on the legal hold is recorded." },

	{ METHOD_POST, "/bulk", ROUTE_PAGE, "desk", { { "page", ARGUMENT_NUMBER } }, .show = page_bulk, .back = "/desk" },
	{ METHOD_POST, "/bulk/decide", ROUTE_PAGE, "bulk",
	  { { "ids", ARGUMENT_TEXTS }, { "deed", ARGUMENT_TEXT }, { "reason", ARGUMENT_TEXT }, { "count", ARGUMENT_NUMBER } }, .show = page_bulk_done,
	  .back = "/desk" },

	{ METHOD_GET, "/search", ROUTE_PAGE, "search",
	  { { "text", ARGUMENT_MAYBE }, { "person", ARGUMENT_MAYBE }, { "rule", ARGUMENT_MAYBE }, { "from", ARGUMENT_FROM }, { "to", ARGUMENT_TO },
	    { "state", ARGUMENT_MAYBE }, { "page", ARGUMENT_NUMBER } }, .show = page_search, .leads = "search", .idle = true },
	{ METHOD_GET, "/own", ROUTE_PAGE, "own", .show = page_own },
	{ METHOD_GET, "/export", ROUTE_PAGE, .show = page_export, .leads = "export" },
	{ METHOD_POST, "/export", ROUTE_DOCUMENT, "export",
	  { { "person", ARGUMENT_TEXT }, { "form", ARGUMENT_TEXT }, { "redact", ARGUMENT_YES }, { "reason", ARGUMENT_TEXT } },
	  .back = "/export" },
	{ METHOD_GET, "/statistics", ROUTE_PAGE, "statistics", { { "from", ARGUMENT_SINCE }, { "to", ARGUMENT_UNTIL } }, .show = page_statistics },
	/* That a report was made is journalled, and a PDF takes a program to print: hence a post. */
	{ METHOD_POST, "/report", ROUTE_DOCUMENT, "report", { { "from", ARGUMENT_SINCE }, { "to", ARGUMENT_UNTIL }, { "form", ARGUMENT_TEXT } },
	  .back = "/statistics" },
	{ METHOD_GET, "/status", ROUTE_PAGE, "status", .show = page_status },

	{ METHOD_GET, "/journal", ROUTE_PAGE, "journal", { { "page", ARGUMENT_NUMBER } }, .show = page_journal },
	{ METHOD_GET, "/help", ROUTE_PAGE, .show = page_help },

	/* From a mail. One for reviewers leads to the message's page by way of the log-in; a sender's own shows the message and its remedies. */
	{ METHOD_GET, "/link/{token}", ROUTE_LINK, "link", { { "token", ARGUMENT_PATH } }, .show = page_link, .open = true },
	{ METHOD_POST, "/link/{token}", ROUTE_PAGE, "own-act",
	  { { "token", ARGUMENT_PATH }, { "deed", ARGUMENT_TEXT }, { "text", ARGUMENT_TEXT } }, .show = page_link_done, .back = "/link/{token}", .open = true },

	{ METHOD_GET, "/style-{digest}.css", ROUTE_STYLE, .open = true },
	{ METHOD_GET, "/icon.svg", ROUTE_ICON, .open = true },
	{ METHOD_GET, "/robots.txt", ROUTE_ROBOTS, .open = true },
};

const struct route *route_at(size_t index)
{
	return index < sizeof routes / sizeof *routes ? &routes[index] : NULL;
}

/* What a {part} may stand for: decoded once, it must be one name, neither a way to another folder nor the end of a string. */
static bool read_part(struct arena *arena, struct bytes raw, const char **part_out)
{
	const char *part = raw.length == 0 || raw.length > PART_LONGEST * 3 ? NULL : percent_decode(arena, raw, false);
	if (part == NULL || strlen(part) > PART_LONGEST || strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
		return false;
	for (const char *c = part; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f || *c == '/' || *c == '\\')
			return false;
	*part_out = part;
	return true;
}

static bool matches(struct arena *arena, const char *pattern, struct bytes path, const char **part_out)
{
	struct bytes whole = bytes_of(pattern);
	size_t open = bytes_find_char(whole, '{', 0), close = bytes_find_char(whole, '}', 0);
	if (open == (size_t)-1)
		return bytes_equal(whole, path);
	struct bytes before = bytes_slice(whole, 0, open), after = bytes_slice(whole, close + 1, whole.length);
	if (path.length <= before.length + after.length || !bytes_starts_with(path, before) || !bytes_ends_with(path, after))
		return false;
	struct bytes raw = bytes_slice(path, before.length, path.length - after.length);
	return bytes_find_char(raw, '/', 0) == (size_t)-1 && read_part(arena, raw, part_out);
}

const struct route *route_find(struct arena *arena, enum method method, struct bytes path, const char **part_out, const char **methods_out)
{
	const struct route *found = NULL, *route;
	bool gets = false, posts = false;
	*part_out = *methods_out = NULL;
	for (size_t i = 0; (route = route_at(i)) != NULL; i++) {
		if (!matches(arena, route->path, path, part_out))
			continue;
		gets |= route->method == METHOD_GET;
		posts |= route->method == METHOD_POST;
		if (route->method == method)
			found = route;
	}
	if (gets || posts)
		*methods_out = gets ? posts ? "GET, HEAD, POST" : "GET, HEAD" : "POST";
	return found;
}

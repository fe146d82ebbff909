/* statistics_print.c - HTML of ours as a PDF, by WeasyPrint: a program of its own, run when it is installed, under a time limit and
 * without a network. What it is given names nothing that would have to be fetched.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/process.h"
#include "paper.h"

#define PROGRAM "weasyprint"
#define SECONDS 60
#define OCTETS_MOST ((size_t)10 << 20)

bool paper_print(struct arena *arena, struct bytes html, struct bytes *out, struct error *err)
{
	static const char *const argv[] = { PROGRAM, "-q", "-e", "utf-8", "-", "-", NULL };
	static const struct process_limits limits = { OCTETS_MOST, SECONDS };
	bool missing = false;
	if (!process_filter(arena, argv, html, &limits, out, &missing, err)) {
		if (missing)
			return error_set(err, ERROR_UNAVAILABLE, "a PDF is made by " PROGRAM ", which is not installed: install the package " PROGRAM
								  ", or take the HTML form and print it");
		return error_context(err, "the PDF could not be made");
	}
	return bytes_starts_with(*out, BYTES("%PDF-")) || error_set(err, ERROR_UNAVAILABLE, "the PDF could not be made: " PROGRAM " gave none");
}

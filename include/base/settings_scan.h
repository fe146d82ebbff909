/* settings_scan.h - a look over a configuration text before libconfig reads it.
 *
 * libconfig says "syntax error" far from the quote or bracket that was left open, obeys @include, drops NUL bytes and
 * turns numbers that are too large into others. What it would misread or explain badly is refused here. Private to base. */
#ifndef COPYHOLD_BASE_SETTINGS_SCAN_H
#define COPYHOLD_BASE_SETTINGS_SCAN_H

#include "base/bytes.h"
#include "base/error.h"

/* `content` is followed by a NUL. Refuses, with "NAME:LINE: ...", bytes that are not UTF-8, NUL, @include, quotes, comments and brackets left open,
 * and numbers beyond 31 bits. */
bool settings_scan(const char *name, struct bytes content, struct error *err) MUST_CHECK;

/* The key of that line (counted from 1) that libconfig must have complained about as a duplicate: the only one there, or the one
 * that stands there twice. Empty when it cannot be told. */
struct bytes settings_scan_repeated_key(struct bytes content, int line);

#endif

/* test_footer.c - lines added at given feet of whole messages: exact bytes, widening, and every reason not to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "action/edits.h"
#include "action/foot_style.h"
#include "action/footer.h"
#include "base/text.h"
#include "reading/html.h"
#include "message/decode.h"

#define ASCII_LINE "CC councillor Amir Khan"
#define WIDE_LINE "CC councillor Si\xc3\xa2n O'Neill"
#define WELSH_LINE "CC councillor Huw \xc5\xb4yn"

/* The foot goes before the words `before` of a part's decoded text, or at its end when they are NULL. */
struct footer_case {
	const char *what;
	const char *raw;
	const char *part;    /* number */
	const char *before;
	const char *line;
	enum untouched why;
	const char *result;  /* of raw, when TOUCHED */
};

#define ROOT "From: a@x.example\r\nMIME-Version: 1.0\r\n"
#define MIXED ROOT "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"
#define ALTERNATIVE ROOT "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nHi\r\n--a\r\n"

static const struct footer_case footer_cases[] = {
	{ "plain, at the end", ROOT "Content-Type: text/plain; charset=utf-8\r\n\r\nDear Amir\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=utf-8\r\n\r\nDear Amir\r\n\r\n" ASCII_LINE "\r\n" },
	{ "an empty line is there already", ROOT "\r\nDear Amir\r\n\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "\r\nDear Amir\r\n\r\n" ASCII_LINE "\r\n" },
	{ "an empty body", ROOT "\r\n", "1", NULL, ASCII_LINE, TOUCHED, ROOT "\r\n" ASCII_LINE "\r\n" },
	{ "above quoted history", ROOT "\r\nYes.\r\n\r\n> Shall we?\r\n", "1", "> Shall", ASCII_LINE, TOUCHED,
	  ROOT "\r\nYes.\r\n\r\n" ASCII_LINE "\r\n\r\n> Shall we?\r\n" },
	{ "the line is left open", ROOT "\r\nDear Amir", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "\r\nDear Amir\r\n\r\n" ASCII_LINE },
	{ "flowed: the last line flows on",
	  ROOT "Content-Type: text/plain; format=flowed\r\n\r\nDear Amir \r\n> Shall we?\r\n", "1", "> Shall", ASCII_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; format=flowed\r\n\r\nDear Amir \r\n\r\n\r\n" ASCII_LINE "\r\n\r\n> Shall we?\r\n" },
	{ "flowed: a line that looks quoted is stuffed", ROOT "Content-Type: text/plain; format=flowed\r\n\r\nHi\r\n", "1", NULL,
	  "> copies: Amir Khan ", TOUCHED,
	  ROOT "Content-Type: text/plain; format=flowed\r\n\r\nHi\r\n\r\n > copies: Amir Khan\r\n" },
	{ "control characters of a name make no line", ROOT "\r\nHi\r\n", "1", NULL, "CC councillor A\r\n.\r\nB", TOUCHED,
	  ROOT "\r\nHi\r\n\r\nCC councillor A  .  B\r\n" },

	/* widening */
	{ "no Content-Type at all", "From: a@x.example\r\n\r\nHi\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nMIME-Version: 1.0\r\n"
	  "From: a@x.example\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n" },
	{ "only the parameter is changed",
	  ROOT "Content-Type: Text/Plain;\r\n\tformat=flowed; Charset=\"US-ASCII\"; delsp=no\r\n"
	  "Content-Transfer-Encoding:  7BIT\r\n\r\nHi\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: Text/Plain;\r\n\tformat=flowed; Charset=utf-8; delsp=no\r\n"
	  "Content-Transfer-Encoding:  8bit\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n" },
	{ "a charset is added", ROOT "Content-Type: text/plain; format=fixed\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n", "1", NULL,
	  WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=utf-8; format=fixed\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n" },
	{ "utf-8 already, 7bit only", ROOT "Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHi\r\n", "1",
	  NULL, WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n" },
	{ "ASCII lines widen nothing", ROOT "Content-Type: text/plain; charset=us-ascii\r\n\r\nHi\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=us-ascii\r\n\r\nHi\r\n\r\n" ASCII_LINE "\r\n" },
	{ "quoted-printable needs the charset only",
	  ROOT "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHi=20=\r\nthere\r\n", "1", NULL,
	  WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHi=20=\r\nthere\r\n\r\n"
	  "CC councillor Si=C3=A2n O'Neill\r\n" },
	{ "inner part, and those around it that declare 7bit",
	  ROOT "Content-Type: multipart/mixed; boundary=o\r\nContent-Transfer-Encoding: 7bit\r\n\r\n--o\r\n"
	  "Content-Type: multipart/related; boundary=i\r\n\r\n--i\r\n\r\nHi\r\n--i--\r\n\r\n--o--\r\n", "1.1", NULL, WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: multipart/mixed; boundary=o\r\nContent-Transfer-Encoding: 8bit\r\n\r\n--o\r\n"
	  "Content-Type: multipart/related; boundary=i\r\n\r\n--i\r\n"
	  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n--i--\r\n\r\n--o--\r\n" },
	{ "an 8bit part within a part that declares 7bit",
	  ROOT "Content-Type: multipart/mixed; boundary=o\r\nContent-Transfer-Encoding: 7bit\r\n\r\n--o\r\n"
	  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n\r\n--o--\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: multipart/mixed; boundary=o\r\nContent-Transfer-Encoding: 8bit\r\n\r\n--o\r\n"
	  "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n\r\n" WIDE_LINE "\r\n\r\n--o--\r\n" },
	{ "a comment in the Content-Type", ROOT "Content-Type: text/plain (plain) ; charset=us-ascii\r\n\r\nHi\r\n", "1", NULL, WIDE_LINE,
	  UNTOUCHED_AMBIGUOUS, NULL },
	{ "an RFC 2231 charset", ROOT "Content-Type: text/plain; charset*=us-ascii''us-ascii\r\n\r\nHi\r\n", "1", NULL, WIDE_LINE,
	  UNTOUCHED_CANNOT_WIDEN, NULL },
	{ "8-bit bytes that nobody declared", ROOT "\r\nH\xc3\xa9\r\n", "1", NULL, WIDE_LINE, UNTOUCHED_CHARSET, NULL },
	{ "they stay as they are beside ASCII", ROOT "\r\nH\xc3\xa9\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "\r\nH\xc3\xa9\r\n\r\n" ASCII_LINE "\r\n" },

	/* encodings */
	{ "base64", ROOT "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSGkK\r\n", "1", NULL,
	  WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSGkK\r\n"
	  "CkNDIGNvdW5jaWxsb3IgU2nDom4gTydOZWlsbAo=\r\n" },
	{ "damaged base64", ROOT "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nSG!kK\r\n", "1", NULL,
	  ASCII_LINE, UNTOUCHED_ENCODING, NULL },
	{ "an unknown encoding", ROOT "Content-Transfer-Encoding: x-zip\r\n\r\nHi\r\n", "1", "Hi", ASCII_LINE, UNTOUCHED_ENCODING, NULL },

	/* HTML */
	{ "HTML, 7bit", ROOT "Content-Type: text/html; charset=utf-8\r\n\r\n<body>Hi</body>\r\n", "1", "</body>", WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/html; charset=utf-8\r\n\r\n<body>Hi\r\n<p dir=\"auto\">CC councillor Si&#226;n O'Neill</p>\r\n</body>\r\n" },
	{ "HTML, 8bit", ROOT "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Hi</p>\r\n</body>\r\n", "1",
	  "</body>", WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Hi</p>\r\n<p dir=\"auto\">" WIDE_LINE "</p>\r\n</body>\r\n" },
	{ "HTML, no charset, 8bit", ROOT "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n", "1", NULL, WIDE_LINE,
	  TOUCHED, ROOT "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHi\r\n<p dir=\"auto\">CC councillor Si&#226;n O'Neill</p>\r\n" },
	{ "HTML: the name is text", ROOT "Content-Type: text/html\r\n\r\nHi\r\n", "1", NULL, "CC <b>A & B</b>", TOUCHED,
	  ROOT "Content-Type: text/html\r\n\r\nHi\r\n<p dir=\"auto\">CC &lt;b&gt;A &amp; B&lt;/b&gt;</p>\r\n" },

	/* other charsets */
#define PLAIN(charset, encoding) ROOT "Content-Type: text/plain; charset=" charset "\r\nContent-Transfer-Encoding: " encoding "\r\n\r\n"
	{ "latin1 carries the name", PLAIN("iso-8859-1", "8bit") "H\xe9\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  PLAIN("iso-8859-1", "8bit") "H\xe9\r\n\r\nCC councillor Si\xe2n O'Neill\r\n" },
	{ "latin1, quoted-printable", PLAIN("iso-8859-1", "quoted-printable") "H=E9\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  PLAIN("iso-8859-1", "quoted-printable") "H=E9\r\n\r\nCC councillor Si=E2n O'Neill\r\n" },
	{ "latin1 in 7bit: the encoding is widened, the charset stays", PLAIN("iso-8859-1", "7bit") "Hi\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  PLAIN("iso-8859-1", "8bit") "Hi\r\n\r\nCC councillor Si\xe2n O'Neill\r\n" },
	{ "latin1 has no w with circumflex, but nothing else beyond ASCII either", PLAIN("iso-8859-1", "8bit") "Hi\r\n", "1", NULL,
	  WELSH_LINE, TOUCHED, PLAIN("utf-8", "8bit") "Hi\r\n\r\n" WELSH_LINE "\r\n" },
	{ "latin1 has no w with circumflex", PLAIN("iso-8859-1", "8bit") "H\xe9\r\n", "1", NULL, WELSH_LINE, UNTOUCHED_CHARSET, NULL },
	{ "iso-8859-14 has", PLAIN("iso-8859-14", "8bit") "H\xe9\r\n", "1", NULL, WELSH_LINE, TOUCHED,
	  PLAIN("iso-8859-14", "8bit") "H\xe9\r\n\r\nCC councillor Huw \xd0yn\r\n" },
	{ "what latin1 is read as is not what is written", PLAIN("iso-8859-1", "8bit") "\x93H\xe9\x94\r\n", "1", NULL,
	  "CC councillor \xe2\x80\x9cX\xe2\x80\x9d", UNTOUCHED_CHARSET, NULL },
	{ "windows-1252 has those", PLAIN("windows-1252", "8bit") "\x93H\xe9\x94\r\n> q\r\n", "1", "> q", "CC councillor \xe2\x80\x9cX\xe2\x80\x9d",
	  TOUCHED, PLAIN("windows-1252", "8bit") "\x93H\xe9\x94\r\n\r\nCC councillor \x93X\x94\r\n\r\n> q\r\n" },
	{ "koi8-u", PLAIN("koi8-u", "8bit") "\xeb\r\n", "1", NULL, "CC councillor \xd0\x84\xd0\xb2\xd0\xb0", TOUCHED,
	  PLAIN("koi8-u", "8bit") "\xeb\r\n\r\nCC councillor \xb4\xd7\xc1\r\n" },
	{ "gb2312, above history", PLAIN("gb2312", "8bit") "\xc4\xe3\xba\xc3\r\n> \xc4\xe3\r\n", "1", "> ", "CC councillor \xe7\x8e\x8b\xe8\x8a\xb3",
	  TOUCHED, PLAIN("gb2312", "8bit") "\xc4\xe3\xba\xc3\r\n\r\nCC councillor \xcd\xf5\xb7\xbc\r\n\r\n> \xc4\xe3\r\n" },
	{ "gb2312 has no a with circumflex", PLAIN("gb2312", "8bit") "\xc4\xe3\r\n", "1", NULL, WIDE_LINE, UNTOUCHED_CHARSET, NULL },
	{ "gb18030 has every character", PLAIN("gb18030", "8bit") "\xc4\xe3\r\n", "1", NULL, "CC councillor \xc3\xa2", TOUCHED,
	  PLAIN("gb18030", "8bit") "\xc4\xe3\r\n\r\nCC councillor \x81\x30\x89\x39\r\n" },
	{ "big5: a trail byte that is a backslash", PLAIN("big5", "8bit") "\xa5\x5c\r\n> q\r\n", "1", "> q", ASCII_LINE, TOUCHED,
	  PLAIN("big5", "8bit") "\xa5\x5c\r\n\r\n" ASCII_LINE "\r\n\r\n> q\r\n" },
	{ "euc-kr", PLAIN("euc-kr", "base64") "wMwK\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  PLAIN("euc-kr", "base64") "wMwK\r\nCkNDIGNvdW5jaWxsb3IgQW1pciBLaGFuCg==\r\n" },
	{ "shift_jis", PLAIN("shift_jis", "8bit") "\x83\x5c\r\n", "1", NULL, "CC councillor \xe7\x94\xb0", TOUCHED,
	  PLAIN("shift_jis", "8bit") "\x83\x5c\r\n\r\nCC councillor \x93\x63\r\n" },
	{ "iso-2022-jp: the line begins and ends in ASCII", PLAIN("iso-2022-jp", "7bit") "\x1b$B$3\x1b(B\r\n> \x1b$B$3\x1b(B\r\n", "1", "> ",
	  "CC councillor \xe7\x94\xb0", TOUCHED,
	  PLAIN("iso-2022-jp", "7bit") "\x1b$B$3\x1b(B\r\n\r\nCC councillor \x1b$BED\x1b(B\r\n\r\n> \x1b$B$3\x1b(B\r\n" },
	{ "iso-2022-jp left open at its end", PLAIN("iso-2022-jp", "7bit") "\x1b$B$3\r\n\x1b$B$3", "1", NULL, ASCII_LINE,
	  UNTOUCHED_CHARSET, NULL },
	{ "iso-2022-jp has no a with circumflex", PLAIN("iso-2022-jp", "7bit") "\x1b$B$3\x1b(B\r\n", "1", NULL, WIDE_LINE,
	  UNTOUCHED_CHARSET, NULL },
	{ "HTML: any name in any charset, within a line",
	  ROOT "Content-Type: text/html; charset=iso-2022-jp\r\n\r\n<body>\x1b$B$3\x1b(B</body>\r\n", "1", "</body>", WIDE_LINE, TOUCHED,
	  ROOT "Content-Type: text/html; charset=iso-2022-jp\r\n\r\n<body>\x1b$B$3\x1b(B\r\n<p dir=\"auto\">CC councillor Si&#226;n O'Neill</p>\r\n</body>\r\n" },
	{ "HTML: big5, within a line",
	  ROOT "Content-Type: text/html; charset=big5\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<b>\xa5\x5c\xa5\x5c</b></body>x\xa5\x5c\r\n", "1",
	  "</body>", WELSH_LINE, TOUCHED,
	  ROOT "Content-Type: text/html; charset=big5\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<b>\xa5\x5c\xa5\x5c</b>\r\n"
	  "<p dir=\"auto\">CC councillor Huw &#372;yn</p>\r\n</body>x\xa5\x5c\r\n" },
	{ "8-bit bytes that nobody declared, and that are not UTF-8", ROOT "\r\nH\xe9\r\n> q\r\n", "1", "> q", ASCII_LINE, TOUCHED,
	  ROOT "\r\nH\xe9\r\n\r\n" ASCII_LINE "\r\n\r\n> q\r\n" },
	{ "UTF-16", PLAIN("utf-16le", "base64") "SABpAAoA\r\n", "1", NULL, "CC \xc5\xb4", TOUCHED,
	  PLAIN("utf-16le", "base64") "SABpAAoA\r\nCgBDAEMAIAB0AQoA\r\n" },
	{ "UTF-16 with its mark, above history", PLAIN("utf-16", "base64") "/v8ATwBrAAoAPgAg2Dzfs//9AAo=\r\n", "1", "> ", "CC A", TOUCHED,
	  PLAIN("utf-16", "base64") "/v8ATwBrAAoACgBDAEMAIABBAAoACgA+ACDYPN+z//0ACg==\r\n" },
	{ "UTF-16 beyond the first plane before the line", PLAIN("utf-16le", "base64") "PNjz3woA\r\n", "1", NULL, "CC A", TOUCHED,
	  PLAIN("utf-16le", "base64") "PNjz3woA\r\nCgBDAEMAIABBAAoA\r\n" },
	{ "UTF-16 that does not say its order", PLAIN("utf-16", "base64") "SABpAAoA\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_ASCII, NULL },
	{ "UTF-16 in 8bit", PLAIN("utf-16le", "8bit") "H\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_ASCII, NULL },
	{ "UTF-16 in quoted-printable", PLAIN("utf-16le", "quoted-printable") "H=00i=00\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_ASCII, NULL },
	{ "UTF-16 of an odd length", PLAIN("utf-16le", "base64") "SABpAAo=\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_CHARSET, NULL },
	{ "UTF-7 that is ASCII", PLAIN("utf-7", "7bit") "Hi\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  PLAIN("utf-7", "7bit") "Hi\r\n\r\n" ASCII_LINE "\r\n" },
	{ "UTF-7 that is ASCII is widened", PLAIN("utf-7", "7bit") "Hi\r\n", "1", NULL, WIDE_LINE, TOUCHED,
	  PLAIN("utf-8", "8bit") "Hi\r\n\r\n" WIDE_LINE "\r\n" },
	{ "UTF-7 beyond ASCII", PLAIN("utf-7", "7bit") "+AOk-\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_ASCII, NULL },
	{ "a text that is neither plain nor HTML", ROOT "Content-Type: text/rtf\r\n\r\n{\\rtf1 Hi}\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_FORMAT, NULL },

	/* reasons not to */
	{ "a charset nobody knows", ROOT "Content-Type: text/plain; charset=x-foo\r\n\r\nHi\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_CHARSET, NULL },
	{ "not the UTF-8 it says", ROOT "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nH\xe9\r\n", "1", NULL,
	  ASCII_LINE, UNTOUCHED_CHARSET, NULL },
	{ "signed", ROOT "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\r\n\r\n--b\r\n\r\nHi\r\n--b\r\n"
	  "Content-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "signed further up", ROOT "Content-Type: multipart/signed; boundary=b; protocol=\"application/pgp-signature\"\r\n\r\n--b\r\n"
	  "Content-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\nHi\r\n--i--\r\n\r\n--b\r\n"
	  "Content-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n", "1.1", NULL, ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "signed inline", ROOT "\r\n-----BEGIN PGP SIGNED MESSAGE-----\r\nHi\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "a quoted signature is history", ROOT "\r\nHi\r\n> -----BEGIN PGP SIGNED MESSAGE-----\r\n", "1", "> --", ASCII_LINE, TOUCHED,
	  ROOT "\r\nHi\r\n\r\n" ASCII_LINE "\r\n\r\n> -----BEGIN PGP SIGNED MESSAGE-----\r\n" },
	{ "signed beside it", MIXED "\r\nHi\r\n--m\r\nContent-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nHi\r\n--s--\r\n--m--\r\n",
	  "1", NULL, ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "signed in a field", MIXED "Sig: t=p; b=wsF5\r\nContent-Type: text/plain\r\n\r\nHi\r\n--m--\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_SIGNED,
	  NULL },
	{ "signed in an enclosed message only", MIXED "\r\nHi\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n"
	  "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nHi\r\n--s--\r\n--m--\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  MIXED "\r\nHi\r\n\r\n" ASCII_LINE "\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n"
	  "Content-Type: multipart/signed; boundary=s\r\n\r\n--s\r\n\r\nHi\r\n--s--\r\n--m--\r\n" },
	{ "signed inline, indented", ROOT "\r\n -----BEGIN PGP SIGNED MESSAGE-----\r\nHi\r\n", "1", NULL, ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "encrypted inline, in numbered parts", ROOT "\r\n-----BEGIN PGP MESSAGE, PART 1/2-----\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_ENCRYPTED, NULL },
	{ "a mention of it", ROOT "\r\nIt began \"-----BEGIN PGP MESSAGE-----\".\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "\r\nIt began \"-----BEGIN PGP MESSAGE-----\".\r\n\r\n" ASCII_LINE "\r\n" },
	{ "a public key is no signature", ROOT "\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\n\r\n" ASCII_LINE "\r\n" },
	{ "signed inline, in HTML", ROOT "Content-Type: text/html\r\n\r\n<div>Hi</div><pre>-----BEGIN PGP SIGNED MESSAGE-----\r\nHi</pre>", "1", NULL,
	  ASCII_LINE, UNTOUCHED_SIGNED, NULL },
	{ "quoted, in HTML", ROOT "Content-Type: text/html\r\n\r\nHi<blockquote type=cite>-----BEGIN PGP MESSAGE-----</blockquote>", "1", "<block",
	  ASCII_LINE, TOUCHED, ROOT "Content-Type: text/html\r\n\r\nHi\r\n<p dir=\"auto\">" ASCII_LINE "</p>\r\n"
	  "<blockquote type=cite>-----BEGIN PGP MESSAGE-----</blockquote>" },
	{ "an alternative that no line can be added to", ALTERNATIVE "Content-Type: application/rtf\r\n\r\n{}\r\n--a--\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_FORMAT, NULL },
	{ "an alternative in a charset nobody knows", ALTERNATIVE "Content-Type: text/plain; charset=x\r\n\r\nHi\r\n--a--\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_CHARSET, NULL },
	{ "an alternative in an encoding nobody knows", ALTERNATIVE "Content-Transfer-Encoding: x\r\n\r\nHi\r\n--a--\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_ENCODING, NULL },
	{ "a calendar is no alternative of the letter", ALTERNATIVE "Content-Type: text/calendar\r\n\r\nx\r\n--a--\r\n", "1", NULL, ASCII_LINE, TOUCHED,
	  ROOT "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nHi\r\n\r\n" ASCII_LINE "\r\n--a\r\n"
	  "Content-Type: text/calendar\r\n\r\nx\r\n--a--\r\n" },
	{ "Outlook's own form beside the text", MIXED "\r\nHi\r\n--m\r\nContent-Type: application/ms-tnef\r\n\r\nx\r\n--m--\r\n", "1", NULL,
	  ASCII_LINE, UNTOUCHED_FORMAT, NULL },
	{ "HTML that ends in a comment", ROOT "Content-Type: text/html\r\n\r\nHi<!-- \r\n", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_SHOWN, NULL },
	{ "HTML that ends hidden", ROOT "Content-Type: text/html\r\n\r\nHi<div style=\"display:none\">x", "1", NULL, ASCII_LINE,
	  UNTOUCHED_NOT_SHOWN, NULL },
	{ "HTML that ends quoted", ROOT "Content-Type: text/html\r\n\r\nHi<blockquote type=cite>x", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_SHOWN, NULL },
	{ "HTML that shows tags as they are", ROOT "Content-Type: text/html\r\n\r\nHi<plaintext>x", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_SHOWN, NULL },
	{ "frames", ROOT "Content-Type: text/html\r\n\r\n<frameset><frame src=x></frameset>", "1", NULL, ASCII_LINE, UNTOUCHED_NOT_SHOWN, NULL },
	{ "two boundaries", ROOT "Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n--a\r\n\r\nHi\r\n--a--\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_AMBIGUOUS, NULL },
	{ "an end that is not there", ROOT "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nHi\r\n", "1", NULL, ASCII_LINE,
	  UNTOUCHED_AMBIGUOUS, NULL },
	{ "within a line end", ROOT "\r\nHi\r\n", "1", "\n", ASCII_LINE, UNTOUCHED_CHARSET, NULL },
};

static const struct part *part_of(const struct message *message, const char *number)
{
	for (size_t i = 0; i < message->part_count; i++)
		if (strcmp(message->parts[i]->number, number) == 0 || (message->part_count == 1 && strcmp(number, "1") == 0))
			return message->parts[i];
	fail_msg("no part %s", number);
	return NULL;
}

static struct foot foot_at(struct arena *arena, const struct part *part, const char *before)
{
	struct bytes text;
	if (!part_text(arena, part, &text))
		return (struct foot){ .part = part };
	size_t at = before == NULL ? text.length : bytes_find(text, bytes_of(before), 0);
	assert_true(at <= text.length);
	return (struct foot){
		.part = part,
		.html = part_is(part, "text", "html"),
		.at = at,
		.at_end = at == text.length,
		.line_open = at > 0 && text.data[at - 1] != '\n',
	};
}

static void check_edits(const struct edit_list *edits)
{
	for (size_t i = 1; i < edits->count; i++)
		assert_true(edits->items[i].offset >= edits->items[i - 1].offset + edits->items[i - 1].length);
}

static void test_cases(void **state)
{
	for (size_t i = 0; i < sizeof footer_cases / sizeof footer_cases[0]; i++) {
		const struct footer_case *it = &footer_cases[i];
		struct arena *arena = arena_new();
		struct message *message = message_scan(arena, bytes_of(it->raw), &MESSAGE_LIMITS_DEFAULT);
		struct foot foot = foot_at(arena, part_of(message, it->part), it->before);
		struct reading reading = { .viewer = &html_viewer_here, .feet = &foot, .foot_count = 1 };
		struct edit_list edits;
		enum untouched why = footer_splice(arena, message, &reading, &it->line, 1, &edits);
		if (why != it->why)
			fail_msg("%s: %s", it->what, untouched_code(why));
		if (why != TOUCHED) {
			assert_int_equal(edits.count, 0);
		} else {
			check_edits(&edits);
			struct bytes result = edits_apply(arena, message->raw, &edits);
			if (!bytes_equal(result, bytes_of(it->result)))
				fail_msg("%s:\n%s", it->what, arena_string_of(arena, result));
		}
		arena_free(&arena);
	}
}

/* Only a rule about paragraphs or the page as such, and about how they are seen, makes the line's own style necessary. */
static void test_style(void **state)
{
	static const struct {
		const char *html;
		bool set;
	} cases[] = {
		{ "<style>p{color:#fff}</style>", true },
		{ "<STYLE type=text/css><!-- a{} td > P:first-child , i { DISPLAY : none } --></STYLE>", true },
		{ "<style>@media (prefers-color-scheme: dark) { a{color:red} body { background : #000 } }</style>", true },
		{ "<style>@font-face{font-family:x} * { font-size:0 }</style>", true },
		{ "<style>a{}</style><p>x</p><style>/* } */ html{opacity:0", true },
		{ "<style>body{background-color:#222}</style>", true },
		{ "<style>@charset \"utf-8\";@import url(x;y);p{color:#fff}</style>", true },
		{ "<style>@import url(x);@media print{p{color:#fff}}</style>", true },
		{ "<style>@layer base{@container (width > 9em){p{color:#fff}}}</style>", true },
		{ "<style>@font-face{color:p}@media x{}@page{margin:0}p{color:#fff}</style>", true },
		{ "<style>@layer base{a{color:#fff}p{margin:0}}@import url(x);a{color:red}</style>", false },
		{ "<style>p{margin:0; padding : 0; border-color:red}</style>", false },
		{ "<style>p.MsoNormal, .x p.y, #p, a.p{color:#fff}</style>", false },
		{ "<style>a:link{color:blue} pre{color:red} p a{color:red}</style>", false },
		{ "<style>/* p{color:#fff} */ @font-face{color:p}</style>", false },
		{ "<p>p{color:#fff}</p><style", false },
		{ "<style>p", false },
		{ "<style>@media print {", false },
		{ "", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (foot_style_is_set(bytes_of(cases[i].html)) != cases[i].set)
			fail_msg("%s", cases[i].html);
}

/* Several lines, both alternatives; and none of them when one cannot take them. */
static void test_alternatives(void **state)
{
	static const char raw[] = ROOT "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHelo =C3=A2\r\n--b\r\n"
		"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SGVsbzwvcD4=\r\n--b--\r\n";
	static const char *const lines[] = { ASCII_LINE, WIDE_LINE };
	struct arena *arena = arena_new();
	struct message *message = message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
	struct foot feet[] = { foot_at(arena, part_of(message, "1"), NULL), foot_at(arena, part_of(message, "2"), NULL) };
	struct reading reading = { .viewer = &html_viewer_here, .feet = feet, .foot_count = 2 };
	struct edit_list edits;
	assert_int_equal(footer_splice(arena, message, &reading, lines, 2, &edits), TOUCHED);
	assert_int_equal(edits.count, 2);
	struct message *changed = message_scan(arena, edits_apply(arena, message->raw, &edits), &MESSAGE_LIMITS_DEFAULT);
	struct bytes plain = BYTES_EMPTY, html = BYTES_EMPTY;
	assert_true(part_text(arena, part_of(changed, "1"), &plain) && part_text(arena, part_of(changed, "2"), &html));
	assert_true(bytes_equal(plain, BYTES("Helo \xc3\xa2\r\n\r\n" ASCII_LINE "\r\n" WIDE_LINE)));
	assert_true(bytes_equal(html, BYTES("<p>Helo</p>\r\n<p dir=\"auto\">" ASCII_LINE "<br>\r\n" WIDE_LINE "</p>\r\n")));

	feet[1].at = 1000;
	assert_int_equal(footer_splice(arena, message, &reading, lines, 2, &edits), UNTOUCHED_CHARSET);
	assert_int_equal(edits.count, 0);
	arena_free(&arena);
}

static void test_long_lines(void **state)
{
	char line[1100], *raw;
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	struct arena *arena = arena_new();
	const char *const short_line = ASCII_LINE, *const long_line = line;
	raw = arena_printf(arena, ROOT "\r\n%.*s\r\nHi\r\n", 999, line);
	for (int i = 0; i < 3; i++) {
		/* a line over the limit, a line at the limit, a footer over the limit */
		if (i == 1)
			raw = arena_printf(arena, ROOT "\r\n%.*s\r\nHi\r\n", 998, line);
		struct message *message = message_scan(arena, bytes_of(raw), &MESSAGE_LIMITS_DEFAULT);
		struct foot foot = foot_at(arena, message->root, NULL);
		struct reading reading = { .viewer = &html_viewer_here, .feet = &foot, .foot_count = 1 };
		struct edit_list edits;
		assert_int_equal(footer_splice(arena, message, &reading, i == 2 ? &long_line : &short_line, 1, &edits),
				 i == 1 ? TOUCHED : UNTOUCHED_LINES);
	}
	arena_free(&arena);
}

static void test_no_foot(void **state)
{
	static const struct {
		const char *raw;
		enum untouched why;
	} cases[] = {
		{ ROOT "Content-Type: image/png\r\n\r\nx\r\n", UNTOUCHED_NO_TEXT },
		{ ROOT "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx\r\n", UNTOUCHED_ENCRYPTED },
		{ ROOT "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx\r\n", UNTOUCHED_SIGNED },
		{ ROOT "Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\nx\r\n", UNTOUCHED_AMBIGUOUS },
	};
	const char *const line = ASCII_LINE;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct message *message = message_scan(arena, bytes_of(cases[i].raw), &MESSAGE_LIMITS_DEFAULT);
		struct reading reading = { .foot_count = 0 };
		struct edit_list edits;
		assert_int_equal(footer_splice(arena, message, &reading, &line, 1, &edits), cases[i].why);
		arena_free(&arena);
	}
}

static void test_body_only(void **state)
{
	struct arena *arena = arena_new();
	struct message *message = message_scan(arena, BYTES("X-A: 1\r\nX-B: 2\r\nx-a: 3\r\n\r\nbody\r\n"), &MESSAGE_LIMITS_DEFAULT);
	struct edit_list edits = { NULL, 0 };
	bool changed;
	edits_add_body(arena, &edits, message->root->body_start + 4, 0, BYTES("!"));
	edits_remove_field(arena, &edits, message, &message->root->headers[2]);
	edits_remove_field(arena, &edits, message, &message->root->headers[0]);
	edits_insert_field(arena, &edits, "X-C", "4");
	assert_int_equal(edits.items[0].kind, EDIT_HEADER_INSERT);
	assert_int_equal(edits.items[1].occurrence, 1);
	assert_int_equal(edits.items[2].occurrence, 2);
	assert_true(bytes_equal(edits_apply(arena, message->raw, &edits), BYTES("X-C: 4\r\nX-B: 2\r\n\r\nbody!\r\n")));
	assert_true(bytes_equal(edits_apply_body(arena, message, &edits, &changed), BYTES("body!\r\n")));
	assert_true(changed);
	edits.count = 3; /* the body's is the last */
	assert_true(bytes_equal(edits_apply_body(arena, message, &edits, &changed), BYTES("body\r\n")));
	assert_false(changed);
	arena_free(&arena);
}

/* What the milter protocol needs of a changed root field. */
static void test_field_values(void **state)
{
	struct arena *arena = arena_new();
	const char *const line = WIDE_LINE;
	struct message *message = message_scan(arena, BYTES(ROOT "Content-Type: text/plain;\r\n charset=us-ascii\r\n\r\nHi\r\n"),
					       &MESSAGE_LIMITS_DEFAULT);
	struct foot foot = foot_at(arena, message->root, NULL);
	struct reading reading = { .viewer = &html_viewer_here, .feet = &foot, .foot_count = 1 };
	struct edit_list edits;
	assert_int_equal(footer_splice(arena, message, &reading, &line, 1, &edits), TOUCHED);
	assert_int_equal(edits.count, 3);
	assert_int_equal(edits.items[0].kind, EDIT_HEADER_INSERT);
	assert_string_equal(edits.items[0].name, "Content-Transfer-Encoding");
	assert_string_equal(edits.items[0].value, " 8bit");
	assert_int_equal(edits.items[1].kind, EDIT_HEADER_REPLACE);
	assert_string_equal(edits.items[1].name, "Content-Type");
	assert_int_equal(edits.items[1].occurrence, 1);
	assert_string_equal(edits.items[1].value, " text/plain;\r\n charset=utf-8");
	assert_int_equal(edits.items[2].kind, EDIT_BODY);
	arena_free(&arena);
}

/* The message with the line at the feet that reading finds. */
static struct bytes with_line(struct arena *arena, struct bytes raw, const char *line)
{
	struct lexicon *lexicon = lexicon_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct message *message = message_scan(arena, raw, &MESSAGE_LIMITS_DEFAULT);
	message_second_opinion(arena, message);
	const struct reading *reading = reading_make(arena, message, lexicon, scratch);
	struct edit_list edits;
	assert_int_equal(footer_splice(arena, message, reading, &line, 1, &edits), TOUCHED);
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
	return edits_apply(arena, raw, &edits);
}

/* A message that passes twice, with another name the second time: the new line comes below the old one and above history. */
static void test_second_pass(void **state)
{
	static const struct {
		const char *raw, *result;
	} cases[] = {
		{ ROOT "\r\nYes.\r\n\r\nOn Mon, 2 Mar 2026, Carl Moss wrote:\r\n> due?\r\n> CC councillor Eve Old\r\n",
		  ROOT "\r\nYes.\r\n\r\n" ASCII_LINE "\r\n\r\nCC councillor Ann Bee\r\n\r\n"
		  "On Mon, 2 Mar 2026, Carl Moss wrote:\r\n> due?\r\n> CC councillor Eve Old\r\n" },
		{ ROOT "\r\nYes.\r\n-- \r\nRuth Calder\r\n",
		  ROOT "\r\nYes.\r\n-- \r\nRuth Calder\r\n\r\n" ASCII_LINE "\r\n\r\nCC councillor Ann Bee\r\n" },
		{ ROOT "Content-Type: text/html\r\n\r\n<body>Yes.<blockquote type=\"cite\">due?</blockquote></body>\r\n",
		  ROOT "Content-Type: text/html\r\n\r\n<body>Yes.\r\n<p dir=\"auto\">" ASCII_LINE "</p>\r\n<p dir=\"auto\">CC councillor Ann Bee</p>\r\n"
		  "<blockquote type=\"cite\">due?</blockquote></body>\r\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct bytes once = with_line(arena, bytes_of(cases[i].raw), ASCII_LINE);
		struct bytes twice = with_line(arena, once, "CC councillor Ann Bee");
		assert_string_equal(arena_string_of(arena, twice), cases[i].result);
		arena_free(&arena);
	}
}

/* Of texts shown one after the other one takes the line: the last that closes the letter, else the first that speaks. "|" is where. */
static void test_several_texts(void **state)
{
#define PDF "--m\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--m\r\n"
	static const char *const cases[] = {
		MIXED "\r\nDear Carl,\r\n\r\nDue.|\r\n" PDF "\r\nthe plan\r\n--m--\r\n",
		MIXED "\r\nDear Carl, due.\r\n" PDF "\r\n-- \r\nRuth Calder|\r\n--m--\r\n",
		MIXED "\r\nDue.\r\n\r\n-- \r\nRuth Calder\r\n" PDF
		"\r\n|On Mon, 2 Mar 2026, Carl Moss wrote:\r\n> due?\r\n--m--\r\n",
		MIXED "Content-Type: text/rtf\r\n\r\n{\\rtf1 Due}\r\n" PDF "\r\nDue.|\r\n--m--\r\n",
		MIXED "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nDue.|\r\n--a\r\n"
		"Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<p>Due.</p>|\r\n--r--\r\n\r\n--a--\r\n\r\n"
		PDF "\r\nthe plan\r\n--m--\r\n",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct text raw = TEXT_INIT;
		for (const char *c = cases[i]; *c != '\0'; c++)
			if (*c != '|')
				text_add_char(&raw, *c);
		const char *result = arena_string_of(arena, with_line(arena, text_bytes(&raw), ASCII_LINE));
		/* In the result the line stands at each mark, but for line ends and tags around it. */
		for (const char *mark = cases[i], *at = result; (mark = strchr(mark, '|')) != NULL; mark++) {
			const char *line = strstr(at, ASCII_LINE);
			assert_non_null(line);
			const char *before = line;
			if (before[-1] == '>')
				before -= strlen("<p dir=\"auto\">");
			while (before > at && strchr("\r\n<p>", before[-1]) != NULL)
				before--;
			const char *wanted = mark;
			while (strchr("\r\n<p>", wanted[-1]) != NULL)
				wanted--;
			if (before[-1] != wanted[-1] || before[-2] != wanted[-2] || before[-3] != wanted[-3])
				fail_msg("case %zu:\n%s", i, result);
			at = line + 1;
		}
		size_t marks = 0, lines = 0;
		for (const char *c = cases[i]; *c != '\0'; c++)
			marks += *c == '|';
		for (const char *c = result; (c = strstr(c, ASCII_LINE)) != NULL; c++)
			lines++;
		assert_int_equal(lines, marks);
		text_release(&raw);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_style),
		cmocka_unit_test(test_alternatives),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_no_foot),
		cmocka_unit_test(test_body_only),
		cmocka_unit_test(test_field_values),
		cmocka_unit_test(test_second_pass),
		cmocka_unit_test(test_several_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

"""Ways to write one message so that two mail clients read it differently; each hides what it is given from some of them.

An entity is its Content- fields, as raw lines, and its body. `leaf` operators write a text, `wrap` operators put any entity inside
another, `head` operators disturb the lines of its header, `subject` operators write a Subject. All of them leave a client that shows
the text. Names say what is odd.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import binascii
import quopri
import string

leaf, wrap, head, subject = {}, {}, {}, {}


class Entity:
    def __init__(self, fields, body):
        self.fields, self.body = fields, body

    def bytes(self):
        return b''.join(field + b'\r\n' for field in self.fields) + b'\r\n' + self.body


def register(table):
    def add(function):
        table[function.__name__.replace('_', '-')] = function
        return function
    return add


def lines_of(data, length=60):
    return b'\r\n'.join(data[at:at + length] for at in range(0, len(data), length)) + b'\r\n'


def b64(data, length=60):
    return lines_of(base64.b64encode(data), length)


def text(*more):
    return [b'Content-Type: text/plain; charset=utf-8'] + list(more)


CTE = b'Content-Transfer-Encoding: '


def inside(data, rng, what, count=3):
    """`what` put into the words of the text."""
    places = [i for i in range(1, len(data)) if data[i - 1:i].isalpha() and data[i:i + 1].isalpha()]
    first = [i for i in places if i < 10]
    for at in sorted(set([rng.choice(first)] + [rng.choice(places) for _ in range(count)]), reverse=True):
        data = data[:at] + what + data[at:]
    return data


# ---- texts ----------------------------------------------------------------------------------------------------------

@register(leaf)
def encoding_twice_last_true(data, rng):
    return Entity(text(CTE + rng.choice([b'7bit', b'8bit', b'quoted-printable']), CTE + b'base64'), b64(data))


@register(leaf)
def encoding_twice_first_true(data, rng):
    return Entity(text(CTE + b'base64', CTE + rng.choice([b'7bit', b'binary', b'quoted-printable'])), b64(data))


@register(leaf)
def encoding_twice_quoted(data, rng):
    return Entity(text(CTE + b'7bit', CTE + b'quoted-printable'), b''.join(b'=%02X' % byte if rng.random() < .3 else bytes([byte]) for byte in data))


@register(leaf)
def encoding_folded(data, rng):
    return Entity(text(CTE.rstrip() + b'\r\n' + rng.choice([b' ', b'\t']) + b'base64'), b64(data))


@register(leaf)
def encoding_commented(data, rng):
    return Entity(text(CTE + rng.choice([b'(7bit) base64', b'base64 (7bit)', b'(a(b)c)base64'])), b64(data))


@register(leaf)
def encoding_quoted(data, rng):
    return Entity(text(CTE + rng.choice([b'"base64"', b"'base64'", b'base64;', b'base64, 7bit', b'x-base64', b'base-64', b'=?us-ascii?q?base64?='])), b64(data))


@register(leaf)
def encoding_not_there(data, rng):
    return Entity(text(CTE + b'base64'), data)


@register(leaf)
def encoding_spaced_colon(data, rng):
    return Entity(text(b'Content-Transfer-Encoding' + rng.choice([b' :', b'\t:']) + b' base64'), b64(data))


@register(leaf)
def base64_foreign(data, rng):
    encoded = base64.b64encode(data)
    for _ in range(1 + len(encoded) // 15):
        at = rng.randrange(len(encoded))
        encoded = encoded[:at] + rng.choice([b'!', b'#', b'$', b'%', b'*', b'~', b',']) + encoded[at:]
    return Entity(text(CTE + b'base64'), lines_of(encoded))


@register(leaf)
def base64_blocks(data, rng):
    size, out = rng.choice([1, 2, 4, 5, 7, 10]), b''
    for at in range(0, len(data), size):
        out += base64.b64encode(data[at:at + size]) + rng.choice([b'', b'\r\n'])
    return Entity(text(CTE + b'base64'), out)


@register(leaf)
def base64_blocks_unpadded(data, rng):
    size = rng.choice([4, 5, 7, 8, 10, 11])
    return Entity(text(CTE + b'base64'), b'\r\n'.join(base64.b64encode(data[at:at + size]).rstrip(b'=') for at in range(0, len(data), size)))


@register(leaf)
def base64_false_padding(data, rng):
    encoded = base64.b64encode(data)
    at = rng.randrange(4, len(encoded) - 4)
    return Entity(text(CTE + b'base64'), lines_of(encoded[:at] + rng.choice([b'=', b'==']) + encoded[at:]))


@register(leaf)
def base64_tuples(data, rng):
    pairs = (base64.b64encode(bytes([byte])) for byte in data)
    return Entity(text(CTE + b'base64'), lines_of(b''.join(pair[:1] + b'=' + pair[1:2] + b'=' for pair in pairs)))


@register(leaf)
def base64_blanks(data, rng):
    return Entity(text(CTE + b'base64'), b64(data, rng.choice([3, 5, 7])).replace(b'\r\n', rng.choice([b' ', b'\t', b'\r\n\r\n', b' \r\n'])))


@register(leaf)
def base64_behind_an_end(data, rng):
    return Entity(text(CTE + b'base64'), base64.b64encode(rng.choice([b'a\r\n', b'Hello\r\n', b'hi,\r\n'])) + rng.choice([b'\r\n', b'']) + b64(data))


@register(leaf)
def base64_with_a_footer(data, rng):
    return Entity(text(CTE + b'base64'), b64(data) + b'_______\r\nlist mailing list\r\nhttp://lists.example/\r\n')


@register(leaf)
def quoted_soft_break_with_blank(data, rng):
    return Entity(text(CTE + b'quoted-printable'), inside(data, rng, rng.choice([b'= \r\n', b'=\t\r\n', b'=\r\n'])))


@register(leaf)
def quoted_bad_escapes(data, rng):
    return Entity(text(CTE + b'quoted-printable'), inside(data, rng, rng.choice([b'=ZZ', b'=?-', b'=\xa0\xa0'])))


@register(leaf)
def quoted_small_letters(data, rng):
    return Entity(text(CTE + b'quoted-printable'), b''.join((b'=%02x' if rng.random() < .5 else b'=%02X') % byte for byte in data))


@register(leaf)
def uuencoded(data, rng):
    lines = [binascii.b2a_uu(data[at:at + 45]).rstrip(b'\n') for at in range(0, len(data), 45)]
    return Entity(text(), b'As promised.\r\n\r\nbegin 644 note.txt\r\n' + b'\r\n'.join(lines) + rng.choice([b'\r\n`\r\nend\r\n', b'\r\nend\r\n', b'\r\n']))


@register(leaf)
def uuencoded_declared(data, rng):
    lines = [binascii.b2a_uu(data[at:at + 45]).rstrip(b'\n') for at in range(0, len(data), 45)]
    return Entity(text(CTE + rng.choice([b'x-uuencode', b'uuencode', b'x-uue'])), rng.choice([b'begin 600 a\r\n', b'']) + b'\r\n'.join(lines) + b'\r\n`\r\nend\r\n')


@register(leaf)
def uuencoded_base64(data, rng):
    return Entity(text(), b'begin-base64 644 note.txt\r\n' + b64(data) + b'====\r\n')


@register(leaf)
def yencoded(data, rng):
    out = b''
    for byte in data:
        coded = (byte + 42) % 256
        out += b'=' + bytes([(coded + 64) % 256]) if coded in (0, 10, 13, 61) else bytes([coded])
    return Entity(text(CTE + b'8bit'), b'=ybegin line=128 size=%d name=note.txt\r\n' % len(data) + lines_of(out, 128) + b'=yend size=%d\r\n' % len(data))


@register(leaf)
def charset_utf7(data, rng):
    coded = b'+' + base64.b64encode(data.decode().encode('utf-16-be')).rstrip(b'=') + b'-'
    return Entity([b'Content-Type: text/plain; charset=' + rng.choice([b'utf-7', b'"UTF-7"', b'unicode-1-1-utf-7'])], coded + b'\r\n')


@register(leaf)
def charset_twice(data, rng):
    coded = b'+' + base64.b64encode(data.decode().encode('utf-16-be')).rstrip(b'=') + b'-'
    return Entity([rng.choice([b'Content-Type: text/plain; charset=us-ascii; charset=utf-7', b'Content-Type: text/plain; charset=utf-7; charset=utf-8',
                               b'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Type: text/plain; charset=utf-7'])], coded + b'\r\n')


@register(leaf)
def charset_of_meta(data, rng):
    coded = b'+' + base64.b64encode(data.decode().encode('utf-16-be')).rstrip(b'=') + b'-'
    return Entity([b'Content-Type: text/html'], b'<html><head><meta charset="utf-7"></head><body>' + coded + b'</body></html>\r\n')


@register(leaf)
def charset_utf16_without_mark(data, rng):
    return Entity([b'Content-Type: text/plain; charset=utf-16', CTE + b'base64'], b64(data.decode().encode(rng.choice(['utf-16-le', 'utf-16-be']))))


@register(leaf)
def charset_utf16_undeclared(data, rng):
    coded = data.decode().encode(rng.choice(['utf-16', 'utf-16-le', 'utf-16-be', 'utf-32-le', 'utf-32-be']))
    return Entity([rng.choice([b'Content-Type: text/plain', b'Content-Type: text/plain; charset=utf-8', b'Content-Type: text/plain; charset=utf-32',
                               b'Content-Type: text/plain; charset=windows-1252']), CTE + b'base64'], b64(coded))


@register(leaf)
def charset_utf16_and_is_ascii(data, rng):
    return Entity([b'Content-Type: text/plain; charset=' + rng.choice([b'utf-16', b'utf-16le', b'utf-7'])], data + b'a+x-\r\n')


@register(leaf)
def charset_unheard_of(data, rng):
    return Entity([b'Content-Type: text/plain; charset=' + rng.choice([b'x-klingon', b'utf-9', b'unknown-8bit', b'', b'"utf-8'])], data + b'caf\xe9\r\n')


@register(leaf)
def escapes_inside(data, rng):
    return Entity(rng.choice([text(), [b'Content-Type: text/plain; charset=iso-2022-jp'], [b'Content-Type: text/plain; charset=iso-2022-cn'], []]),
                  inside(data, rng, rng.choice([b'\x1b(B', b'\x1b(J', b'\x1b$B\x1b(B'])))


@register(leaf)
def overlong(data, rng):
    return Entity(text(CTE + b'8bit'), b''.join(bytes([0xC0 | byte >> 6, 0x80 | byte & 63]) if rng.random() < .3 else bytes([byte]) for byte in data))


@register(leaf)
def nul_inside(data, rng):
    return Entity(text(rng.choice([CTE + b'8bit', CTE + b'binary'])), inside(data, rng, b'\0'))


@register(leaf)
def carriage_return_inside(data, rng):
    return Entity(text(), inside(data, rng, b'\r'))


@register(leaf)
def plain_is_html(data, rng):
    return Entity([b'Content-Type: text/plain; charset=us-ascii'], b'<html><body><p>' + inside(data, rng, b'<b></b>').replace(b'\r\n', b'<br>\r\n') + b'</p></body></html>\r\n')


@register(leaf)
def enriched(data, rng):
    return Entity([b'Content-Type: text/' + rng.choice([b'enriched', b'richtext'])], inside(data, rng, rng.choice([b'<bold></bold>', b'<italic></italic>'])))


@register(leaf)
def type_twice(data, rng):
    kinds = [b'Content-Type: application/pdf', b'Content-Type: text/plain']
    rng.shuffle(kinds)
    return Entity(kinds + [CTE + b'base64'], b64(data))


@register(leaf)
def type_unheard_of(data, rng):
    return Entity([b'Content-Type: ' + rng.choice([b'textual/plain', b'text', b'plain', b'text/', b'/plain', b'text plain', b'txt/plain']), CTE + b'base64'], b64(data))


@register(leaf)
def attached_text(data, rng):
    return Entity([b'Content-Type: text/plain; name=a.txt', b'Content-Disposition: attachment; filename="a.txt"', CTE + b'base64'], b64(data))


@register(leaf)
def html_only_in_one(data, rng):
    hidden, open_ = (b'text/html', b'text/plain') if rng.random() < .5 else (b'text/plain', b'text/html')
    marked = b'<p>' + data.replace(b'\r\n', b'<br>\r\n') + b'</p>\r\n' if hidden == b'text/html' else data
    return Entity([b'Content-Type: multipart/alternative; boundary=alt'],
                  b'--alt\r\nContent-Type: ' + open_ + b'\r\n\r\nSee you there.\r\n--alt\r\nContent-Type: ' + hidden + b'\r\n\r\n' + marked + b'\r\n--alt--\r\n')


# ---- structure ------------------------------------------------------------------------------------------------------

def boundary_of(rng):
    return ''.join(rng.choice(string.ascii_letters + string.digits) for _ in range(rng.choice([1, 8, 20]))).encode()


HELLO = Entity([b'Content-Type: text/plain'], b'See you there.')


def parts(boundary, *entities, close=True):
    return b''.join(b'--' + boundary + b'\r\n' + entity.bytes() + b'\r\n' for entity in entities) + (b'--' + boundary + b'--\r\n' if close else b'')


def mixed(rng, parameter, boundary, *entities, **more):
    return Entity([b'Content-Type: multipart/' + rng.choice([b'mixed', b'related', b'x-other']) + parameter], parts(boundary, *entities, **more))


@register(wrap)
def boundary_twice(entity, rng):
    a, b = boundary_of(rng) + b'1', boundary_of(rng) + b'2'
    return mixed(rng, b'; boundary=' + a + b'; boundary=' + b, rng.choice([a, b]), entity)


@register(wrap)
def boundary_of_two_types(entity, rng):
    a, b = boundary_of(rng) + b'1', boundary_of(rng) + b'2'
    return Entity([b'Content-Type: multipart/mixed; boundary=' + a, b'Content-Type: multipart/mixed; boundary=' + b], parts(rng.choice([a, b]), entity))


@register(wrap)
def boundary_blank_at_end(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b'; boundary="' + b + b' "', b + rng.choice([b'', b' ']), HELLO, entity)


@register(wrap)
def boundary_single_quotes(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b"; boundary='" + b + b"'", rng.choice([b, b"'" + b + b"'"]), entity)


@register(wrap)
def boundary_encoded_word(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b'; boundary="=?us-ascii?q?' + b + b'?="', b, entity)


@register(wrap)
def boundary_escaped(entity, rng):
    b = boundary_of(rng) + b'x'
    return mixed(rng, b'; boundary="' + b[:1] + b'\\' + b[1:] + b'"', rng.choice([b, b[:1] + b'\\' + b[1:]]), entity)


@register(wrap)
def boundary_sections(entity, rng):
    b = boundary_of(rng) + b'xy'
    order = [b'; boundary*0=' + b[:1], b'; boundary*1=' + b[1:]]
    rng.shuffle(order)
    return mixed(rng, b''.join(order), b, entity)


@register(wrap)
def boundary_percent(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b"; boundary*=us-ascii''" + b''.join(b'%%%02x' % byte for byte in b), b, entity)


@register(wrap)
def boundary_percent_and_plain(entity, rng):
    a, b = boundary_of(rng) + b'1', boundary_of(rng) + b'2'
    return mixed(rng, b"; boundary=" + a + b"; boundary*=''" + b, rng.choice([a, b]), entity)


@register(wrap)
def boundary_not_named(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, rng.choice([b'', b'; foo', b'; boundry=' + b, b' boundary=' + b, b';; boundary=' + b, b'; foo; boundary=' + b, b', boundary=' + b,
                                  b'; boundary= ' + b, b'; boundary="' + b, b'; boundary =' + b, b'; (x) boundary (y) = (z) ' + b, b'; boundary=']), b, HELLO, entity)


@register(wrap)
def boundary_goes_on(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], parts(b, HELLO, close=False) + parts(b + rng.choice([b'X', b' x', b'-']), entity) + b'--' + b + b'--\r\n')


@register(wrap)
def boundary_inside_boundary(entity, rng):
    b = boundary_of(rng)
    inner = Entity([b'Content-Type: multipart/mixed; boundary=' + b + b'X'], parts(b + b'X', entity))
    return mixed(rng, b'; boundary=' + b, b, HELLO, inner)


@register(wrap)
def boundary_the_same_inside(entity, rng):
    b = boundary_of(rng)
    inner = Entity([b'Content-Type: multipart/mixed; boundary=' + b], parts(b, entity))
    return mixed(rng, b'; boundary=' + b, b, HELLO, inner)


@register(wrap)
def not_closed(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b'; boundary=' + b, b, HELLO, entity, close=False)


@register(wrap)
def not_closed_inside(entity, rng):
    b = boundary_of(rng)
    inner = Entity([b'Content-Type: multipart/mixed; boundary=i' + b], parts(b'i' + b, entity, close=False))
    return mixed(rng, b'; boundary=o' + b, b'o' + b, inner, HELLO)


@register(wrap)
def behind_the_close(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], parts(b, HELLO) + parts(b, entity, close=rng.random() < .5))


@register(wrap)
def in_the_preamble(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], parts(b'other', entity) + parts(b, HELLO))


@register(wrap)
def in_the_epilogue(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], parts(b, HELLO) + parts(b'other', entity))


@register(wrap)
def empty_line_before_its_head(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], b'--' + b + b'\r\n' + rng.choice([b'\r\n', b' \r\n', b'junk\r\n', b'\t\r\n', b'\x0b\r\n', b'X\r\nY\r\n']) +
                  entity.bytes() + b'\r\n--' + b + b'--\r\n')


@register(wrap)
def empty_part_first(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b], b'--' + b + rng.choice([b'\r\n', b'\r\n\r\n']) + parts(b, entity) + rng.choice([b'', b'--' + b + b'\r\n']))


@register(wrap)
def multipart_encoded(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b, CTE + b'base64'], b64(parts(b, entity)))


@register(wrap)
def multipart_quoted(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b, CTE + b'quoted-printable'], quopri.encodestring(parts(b, entity)).replace(b'\r\n', b'\n').replace(b'\n', b'\r\n'))


@register(wrap)
def multipart_said_to_be_encoded(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: multipart/mixed; boundary=' + b, CTE + rng.choice([b'base64', b'quoted-printable', b'x-unknown'])], parts(b, entity))


@register(wrap)
def message_encoded(entity, rng):
    return Entity([b'Content-Type: message/' + rng.choice([b'rfc822', b'global']), CTE + b'base64'], b64(b'Subject: inside\r\n' + entity.bytes()))


@register(wrap)
def message_said_to_be_encoded(entity, rng):
    return Entity([b'Content-Type: message/rfc822', CTE + rng.choice([b'base64', b'quoted-printable'])], b'Subject: inside\r\n' + entity.bytes())


@register(wrap)
def message_in_pieces(entity, rng):
    return Entity([b'Content-Type: message/partial; id="a@b.example"; number=1; total=1'], b'Subject: inside\r\nMIME-Version: 1.0\r\n' + entity.bytes())


@register(wrap)
def multipart_of_no_type(entity, rng):
    b = boundary_of(rng)
    return Entity([b'Content-Type: ' + rng.choice([b'ultipart/mixed', b'multipart', b'multipart mixed', b'(x) multipart/mixed', b'multi/mixed', b'multipart/ mixed']) + b'; boundary=' + b],
                  parts(b, HELLO, entity))


@register(wrap)
def in_a_file_of_no_kind(entity, rng):
    return Entity([b'Content-Type: application/octet-stream', b'Content-Type: message/rfc822', CTE + b'7bit'], b'Subject: inside\r\n' + entity.bytes())


@register(wrap)
def part_of_an_image(entity, rng):
    b = boundary_of(rng)
    return mixed(rng, b'; boundary=' + b, b, HELLO, Entity([b'Content-Type: image/png', b'Content-Type: message/rfc822'], b'Subject: inside\r\n' + entity.bytes()))


# ---- header lines ---------------------------------------------------------------------------------------------------

@register(head)
def lines_end_with_cr(entity, rng):
    return Entity([b'X-A: b\r' + b'\r'.join(entity.fields)], entity.body)


@register(head)
def junk_among_fields(entity, rng):
    return Entity([rng.choice([b'this is no field', b' ', b'\t', b': x', b'X Y: z', b'\x0bX: y'])] + entity.fields, entity.body)


@register(head)
def nul_in_a_field(entity, rng):
    fields = list(entity.fields) or [b'X-A: b']
    at = rng.randrange(len(fields))
    fields[at] += b'\0'
    return Entity(fields, entity.body)


@register(head)
def field_twice(entity, rng):
    return Entity(entity.fields + [rng.choice([b'Content-Type: text/html', b'Content-Type: application/zip', CTE + b'8bit', CTE + b'base64'])], entity.body)


@register(head)
def field_twice_before(entity, rng):
    return Entity([rng.choice([b'Content-Type: text/html', b'Content-Type: application/zip', CTE + b'8bit', CTE + b'base64'])] + entity.fields, entity.body)


@register(head)
def name_in_pieces(entity, rng):
    return Entity([field.replace(b':', rng.choice([b' :', b'\t:', b'  :']), 1) for field in entity.fields], entity.body)


@register(head)
def head_behind_an_empty_line(entity, rng):
    return Entity([], b''.join(field + b'\r\n' for field in entity.fields) + b'\r\n' + entity.body)


# ---- subjects -------------------------------------------------------------------------------------------------------

@register(subject)
def second_subject(words, rng):
    return [b'Subject: Friday', b'Subject: ' + words]


@register(subject)
def subject_in_unheard_of_charset(words, rng):
    return [b'Subject: =?x-klingon?' + rng.choice([b'q?' + words.replace(b' ', b'_'), b'b?' + base64.b64encode(words)]) + b'?=']


@register(subject)
def subject_word_without_end(words, rng):
    return [b'Subject: =?utf-8?b?' + base64.b64encode(words)]


@register(subject)
def subject_word_in_word(words, rng):
    return [b'Subject: =?utf-8?b?' + base64.b64encode(b'=?utf-8?b?' + base64.b64encode(words) + b'?=') + b'?=']


@register(subject)
def subject_split_words(words, rng):
    at = rng.randrange(2, len(words) - 2)
    return [b'Subject: =?utf-8?q?' + words[:at].replace(b' ', b'_') + b'?=' + rng.choice([b' ', b'\r\n ', b'']) + b'=?utf-8?b?' + base64.b64encode(words[at:]) + b'?=']


@register(subject)
def subject_control(words, rng):
    return [b'Subject: ' + inside(words, rng, rng.choice([b'\0', b'\r']), 2)]


@register(subject)
def subject_blanks_in_word(words, rng):
    encoded = base64.b64encode(words)
    at = rng.randrange(1, len(encoded) - 1)
    return [b'Subject: =?utf-8?b?' + encoded[:at] + rng.choice([b' ', b'\r\n ']) + encoded[at:] + b'?=']


@register(subject)
def subject_spaced_colon(words, rng):
    return [b'Subject' + rng.choice([b' :', b'\t:']) + b' ' + words]


@register(subject)
def subject_folded_to_nothing(words, rng):
    return [b'Subject:' + rng.choice([b'\r\n ', b' \r\n \r\n ', b'\r\n\t\r\n ']) + words]


@register(subject)
def subject_behind_a_blank_line(words, rng):
    return [b'Subject: Friday', rng.choice([b' ', b'no field']), b'Subject: ' + words]


@register(subject)
def subject_in_unicode_word(words, rng):
    name = rng.choice(['utf-16', 'utf-16-le', 'utf-16-be', 'utf-7'])
    shown = name.replace('-16-', '-16').encode()
    return [b'Subject: =?' + shown + b'?b?' + base64.b64encode(words.decode().encode(name)) + b'?=']


# ---- what nobody means by it ----------------------------------------------------------------------------------------

def harmless(rng):
    """A message with nothing to hide, malformed as mail programs malform it."""
    b = boundary_of(rng) + b'_'
    plain = b'Dear all,\r\n\r\nThe surgery is on Saturday at ten. Bring a coat.\r\n\r\nRuth\r\n'
    first = Entity([b'Content-Type: text/plain; charset=utf-8'], plain)
    second = Entity([b'Content-Type: text/html; charset=utf-8', CTE + b'quoted-printable'], b'<p>The surgery is on Saturday at ten.=\r\n Bring a coat.</p>\r\n')
    alternative = Entity([b'Content-Type: multipart/alternative; boundary="' + b + b'"'], b'This is a multi-part message in MIME format.\r\n\r\n' + parts(b, first, second))
    return rng.choice([
        ('unclosed', Entity(alternative.fields, parts(b, first, second, close=False))),
        ('long line', Entity(text(), b'word ' * 400 + b'\r\n' + plain)),
        ('no type', Entity([], plain)),
        ('8bit undeclared', Entity([], plain + b'caf\xe9\r\n')),
        ('8bit under us-ascii', Entity([b'Content-Type: text/plain; charset=us-ascii'], plain + b'caf\xc3\xa9\r\n')),
        ('8bit in a field', Entity([b'X-Org: Caf\xe9'] + text(), plain)),
        ('closing semicolon', Entity([b'Content-Type: text/plain; charset=utf-8;'], plain)),
        ('list footer', Entity(alternative.fields, alternative.body + b'\r\n_____\r\nSent through the events list\r\n')),
        ('no final newline', Entity(text(), plain.rstrip())),
        ('empty', Entity(text(), b'')),
        ('odd preamble', Entity(alternative.fields, b'Your mail program is too old for this one.\r\n\r\n' + parts(b, first))),
        ('quoted source', Entity(text(), plain + b'> --' + b + b'\r\n> Content-Type: text/plain\r\n>\r\n> Hello\r\n')),
        ('ascii art', Entity(text(), plain + b'=' * 60 + b'\r\n--- 8< ---\r\n' + b'-' * 70 + b'\r\n')),
        ('flowed', Entity([b'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes'], plain.replace(b'\r\n', b' \r\n'))),
        ('two names', Entity([b'Content-Type: image/png; name="plan.png"', b"Content-Disposition: attachment; filename=\"pl?n.png\"; filename*=utf-8''pl%C3%A2n.png",
                              CTE + b'base64'], b64(b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR'))),
        ('base64 in one line', Entity(text(CTE + b'base64'), base64.b64encode(plain) + b'\r\n')),
        ('small escapes', Entity(text(CTE + b'quoted-printable'), plain + b'caf=c3=a9\r\n')),
    ])

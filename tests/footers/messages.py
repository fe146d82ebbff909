"""Messages for the tests in this folder, put together from parts: (header fields, body) pairs, both text with LF line ends."""
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import itertools
import quopri

TOP = ('From: Ruth Calder <clerk@marlbrook.example>\nTo: Carl Moss <cllr.moss@marlbrook.example>\nSubject: fees\n'
       'Message-ID: <1@marlbrook.example>\nMIME-Version: 1.0\n')
LETTER = 'Dear Carl,\n\nThe fees are due.\n\nRuth Calder\nTown Clerk\n'
BOUNDARIES = itertools.count(1)


def received(text):
    """As an MTA hands it on. Letters beyond ASCII are UTF-8, but for the bytes of other charsets, which raw() marks."""
    return text.replace('\n', '\r\n').encode('utf-8', 'surrogateescape')


def raw(data):
    """Bytes of any charset as text that received() gives back."""
    return data.replace(b'\r\n', b'\n').decode('utf-8', 'surrogateescape')


def plain(body=LETTER, fields=''):
    return received(TOP + 'Content-Type: text/plain; charset=utf-8\n' + fields + '\n' + body)


def several(subtype, *parts, more=''):
    """A multipart."""
    boundary = '=_%s%d' % (subtype, next(BOUNDARIES))
    body = ''.join('--%s\n%s\n%s\n' % (boundary, fields, text) for fields, text in parts) + '--%s--\n' % boundary
    return 'Content-Type: multipart/%s; boundary="%s"%s\n' % (subtype, boundary, more), body


def whole(part):
    return received(TOP + part[0] + '\n' + part[1])


def part(type_, body, encoding=None, fields=''):
    """The body is text, or bytes of another charset, before its transfer encoding."""
    data = body if isinstance(body, bytes) else body.encode()
    fields = 'Content-Type: %s\n' % type_ + ('Content-Transfer-Encoding: %s\n' % encoding if encoding else '') + fields
    if encoding == 'base64':
        return fields, base64.encodebytes(data).decode()
    if encoding == 'quoted-printable':
        return fields, quopri.encodestring(data.replace(b'\r\n', b'\n')).decode()
    return fields, raw(data)


def attached(type_, name, data, encoding='base64'):
    return part('%s; name="%s"' % (type_, name), data, encoding, 'Content-Disposition: attachment; filename="%s"\n' % name)


def enclosed(inner):
    return 'Content-Type: message/rfc822\nContent-Transfer-Encoding: 8bit\n', TOP + inner[0] + '\n' + inner[1]


def html(source, more='; charset=utf-8', encoding='8bit'):
    return part('text/html' + more, source, encoding)


TEXT = part('text/plain; charset=utf-8', LETTER, '8bit')
HTML = html('<p>Dear Carl</p><img src="cid:1"><p>Ruth</p>\n')
PICTURE = part('image/png; name="a.png"', b'\x89PNG\r\n\x1a\n' * 20, 'base64', 'Content-ID: <1>\nContent-Disposition: inline\n')
FILE = attached('application/pdf', 'a.pdf', b'%PDF-1.4\n')
CALENDAR = part('text/calendar; charset=utf-8; method=REQUEST', 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n')
PGP_SIGNATURE = part('application/pgp-signature; name="signature.asc"', '-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n')
SMIME_SIGNATURE = attached('application/pkcs7-signature', 'smime.p7s', b'0\x82')
SMIME = attached('application/pkcs7-mime; smime-type=enveloped-data', 'smime.p7m', b'0\x82')


def pgp_signed(inner):
    return several('signed', inner, PGP_SIGNATURE, more='; protocol="application/pgp-signature"; micalg=pgp-sha256')


def smime_signed(inner):
    return several('signed', inner, SMIME_SIGNATURE, more='; protocol="application/pkcs7-signature"; micalg=sha-256')


def pgp_encrypted():
    return several('encrypted', part('application/pgp-encrypted', 'Version: 1\n'),
                   part('application/octet-stream', '-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n'),
                   more='; protocol="application/pgp-encrypted"')

# office.py - small office documents, zips and letters for labelled cases, made of lines "place: text" (see FORMAT, @file).
# SPDX-License-Identifier: GPL-3.0-or-later
import base64
import io
import re
import zipfile
from xml.sax.saxutils import escape

STAMP = (2026, 3, 2, 9, 0, 0)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"')
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
ODF = ' '.join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % pair for pair in
               (('office', 'office'), ('text', 'text'), ('style', 'style'), ('draw', 'drawing'), ('meta', 'meta'), ('table', 'table')))


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def locked(members):
    """The same with every member said to be encrypted: nobody opens it without a password, and there is none."""
    content = bytearray(zipped(members))
    for signature, flags in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        for match in re.finditer(re.escape(signature), bytes(content)):
            content[match.start() + flags] |= 1
    return bytes(content)


class Lines:
    def __init__(self, lines):
        self.all = [(place.strip(), text.strip()) for place, _, text in (line.partition(':') for line in lines)]

    def at(self, *places):
        return [escape(text) for place, text in self.all if place in places]

    def properties(self):
        return [(place[len('property '):], escape(text)) for place, text in self.all if place.startswith('property ')]


def properties(lines, members):
    core = ''.join('<dc:title>%s</dc:title>' % text for text in lines.at('title')) + ''.join('<cp:keywords>%s</cp:keywords>' % text for text in lines.at('keywords'))
    own = ''.join('<property name="%s"><vt:lpwstr>%s</vt:lpwstr></property>' % pair for pair in lines.properties())
    members.append(('docProps/core.xml', '<cp:coreProperties xmlns:cp="cp" xmlns:dc="http://purl.org/dc/elements/1.1/">%s</cp:coreProperties>' % core))
    members.append(('docProps/custom.xml', '<Properties xmlns:vt="vt">%s</Properties>' % own))
    return zipped(members)


def docx(lines):
    def run(text, kind='t', hide=''):
        return '<w:r>%s<w:%s xml:space="preserve">%s</w:%s></w:r>' % (hide, kind, text, kind)

    def paragraph(place, text):
        text = escape(text)
        if place == 'deleted':
            return '<w:p><w:del>%s</w:del></w:p>' % run(text, 'delText')
        if place == 'table':
            return '<w:tbl><w:tr>%s</w:tr></w:tbl>' % ''.join('<w:tc><w:p>%s</w:p></w:tc>' % run(cell) for cell in text.split(' | '))
        return '<w:p>%s</w:p>' % run(text, hide='<w:rPr><w:vanish/></w:rPr>' if place == 'hidden' else '')

    body = ''.join(paragraph(place, text) for place, text in lines.all if place in ('body', 'deleted', 'hidden', 'table'))
    mark = ''.join('<w:p><w:r><w:pict><v:shape><v:textpath string="%s"/></v:shape></w:pict></w:r></w:p>' % text for text in lines.at('watermark'))
    members = [('[Content_Types].xml', TYPES), ('word/document.xml', '<w:document %s><w:body>%s</w:body></w:document>' % (W, body))]
    for place, root, name in (('header', 'hdr', 'header1'), ('footer', 'ftr', 'footer1')):
        inside = ''.join('<w:p>%s</w:p>' % run(text) for text in lines.at(place)) + (mark if place == 'header' else '')
        members.append(('word/%s.xml' % name, '<w:%s %s>%s</w:%s>' % (root, W, inside, root)))
    comments = ''.join('<w:comment><w:p>%s</w:p></w:comment>' % run(text) for text in lines.at('comment'))
    members.append(('word/comments.xml', '<w:comments %s>%s</w:comments>' % (W, comments)))
    return properties(lines, members)


def xlsx(lines):
    rows = ''.join('<row>%s</row>' % ''.join('<c t="inlineStr"><is><t>%s</t></is></c>' % cell for cell in text.split(' | ')) for text in lines.at('body', 'row'))
    margin = ''.join('<oddHeader>&amp;C%s</oddHeader>' % text for text in lines.at('header'))
    sheet = '<worksheet %s><sheetData>%s</sheetData><headerFooter>%s</headerFooter></worksheet>' % (S, rows, margin)
    book = '<workbook %s %s><sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>' % (S, R, (lines.at('sheet') or ['Sheet1'])[0])
    return properties(lines, [
        ('[Content_Types].xml', TYPES), ('xl/workbook.xml', book),
        ('xl/_rels/workbook.xml.rels', '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
        ('xl/worksheets/sheet1.xml', sheet)])


def pptx(lines):
    def slide(root, texts):
        return '<p:%s %s>%s</p:%s>' % (root, A, ''.join('<a:p><a:r><a:t>%s</a:t></a:r></a:p>' % text for text in texts), root)

    return properties(lines, [('[Content_Types].xml', TYPES), ('ppt/slides/slide1.xml', slide('sld', lines.at('body'))),
                              ('ppt/notesSlides/notesSlide1.xml', slide('notes', lines.at('notes')))])


def odt(lines):
    def paragraphs(*places):
        return ''.join('<text:p>%s</text:p>' % text for text in lines.at(*places))

    deleted = '<text:tracked-changes><text:changed-region><text:deletion>%s</text:deletion></text:changed-region></text:tracked-changes>' % paragraphs('deleted')
    styles = '<style:master-page><style:header>%s</style:header><style:footer>%s</style:footer></style:master-page>' % (paragraphs('header'), paragraphs('footer'))
    meta = ''.join('<meta:user-defined meta:name="%s">%s</meta:user-defined>' % pair for pair in lines.properties())
    return zipped([
        ('mimetype', 'application/vnd.oasis.opendocument.text'),
        ('content.xml', '<office:document-content %s><office:body><office:text>%s%s</office:text></office:body></office:document-content>'
         % (ODF, deleted, paragraphs('body'))),
        ('styles.xml', '<office:document-styles %s>%s</office:document-styles>' % (ODF, styles)),
        ('meta.xml', '<office:document-meta %s><office:meta>%s</office:meta></office:document-meta>' % (ODF, meta))])


def letter(name, content, sender):
    """A message with that file attached."""
    return ('From: %s\r\nTo: clerk@marlbrook.example\r\nSubject: Papers\r\nMessage-ID: <inner@elsewhere.example>\r\nMIME-Version: 1.0\r\n'
            'Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\nContent-Type: text/plain\r\n\r\nPlease see attached.\r\n--inner\r\n'
            'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="%s"\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n'
            '--inner--\r\n' % (sender, name, base64.encodebytes(content).decode().replace('\n', '\r\n'))).encode()


MAKERS = {'docx': docx, 'xlsx': xlsx, 'pptx': pptx, 'odt': odt, 'txt': lambda lines: '\r\n'.join(text for _, text in lines.all).encode()}


def make(recipe, lines):
    """`recipe`: "docx", then for each thing around it "> NAME zip", "> NAME locked" or "> NAME eml:SENDER"."""
    kind, *around = [step.strip() for step in recipe.split('>')]
    content = MAKERS[kind](Lines(lines))
    for step in around:
        name, wrapper = step.rsplit(' ', 1)
        if wrapper.startswith('eml:'):
            content = letter(name, content, wrapper[4:])
        else:
            content = {'zip': zipped, 'locked': locked}[wrapper]([(name, content)])
    return content

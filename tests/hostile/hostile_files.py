"""Files made to stall, swell, reach out or give orders, by name; `url` is an address that nobody may ask."""

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.documents.files import ORDERS, make_docx, make_pdf

RULE = "Group psychotherapy (90853) is a covered benefit."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DECLARED = '<?xml version="1.0"?>'


def _docx(body: str, doctype: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A Word file whose document part is this XML."""
    out = io.BytesIO(make_docx([("p", "x")]))
    fresh = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in before.namelist():
            if name != "word/document.xml" and name not in (more or {}):
                archive.writestr(name, before.read(name))
        archive.writestr(
            "word/document.xml", f"{_DECLARED}{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>"
        )
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return fresh.getvalue()


def _said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{entities}]>'


def _rels(url: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'{_DECLARED}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" TargetMode="External" Target="{url}/picture.png" Type="{kind}/image"/>'
        f'<Relationship Id="r8" TargetMode="External" Target="{url}/template.dotm" Type="{kind}/attachedTemplate"/>'
        "</Relationships>"
    ).encode()


def _pdf(*objects: str, head: str = "") -> bytes:
    out = f"%PDF-1.7\n{head}" + "".join(f"{n} 0 obj\n{body}\nendobj\n" for n, body in enumerate(objects, 1))
    return f"{out}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n".encode("latin-1")


def _stream_bomb() -> bytes:
    packed = zlib.compress(b"(x) Tj " * 40_000_000, 9)
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    head += b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    page = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n4 0 obj\n"
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return head + page + stream + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"


FILES: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "docx external entity": lambda url: (
        "a.docx",
        _docx(_said("&x;") + _said(RULE), f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{url}/entity">]>'),
    ),
    "docx local file entity": lambda _: (
        "a.docx",
        _docx(_said("&x;") + _said(RULE), '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    "docx external dtd": lambda url: ("a.docx", _docx(_said(RULE), f'<!DOCTYPE w:document SYSTEM "{url}/a.dtd">')),
    "docx billion laughs": lambda _: ("a.docx", _docx(_said("&l9;"), _laughs())),
    "docx remote picture and template": lambda url: (
        "a.docx",
        _docx(_said(RULE), more={"word/_rels/document.xml.rels": _rels(url)}),
    ),
    "docx nested 20,000 deep": lambda _: (
        "a.docx",
        _docx("<w:tbl><w:tr><w:tc>" * 20_000 + _said(RULE) + "</w:tc></w:tr></w:tbl>" * 20_000),
    ),
    "docx zip bomb": lambda _: ("a.docx", make_docx([("p", RULE)], extra=200)),
    "docx path outside": lambda _: ("a.docx", _docx(_said(RULE), more={"../../../../tmp/evil.txt": b"evil"})),
    "docx 100,000 paragraphs": lambda _: ("a.docx", _docx(_said("x") * 100_000)),
    "docx cut short": lambda _: ("a.docx", make_docx([("p", RULE)])[:200]),
    "archive in disguise": lambda _: ("a.docx", b"PK\x03\x04" + b"\0" * 5_000),
    "pdf 10,000 pages": lambda _: ("a.pdf", make_pdf([["x"]] * 10_000)),
    "pdf pages in a circle": lambda _: (
        "a.pdf",
        _pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 5 >>"),
    ),
    "pdf nested arrays": lambda _: ("a.pdf", _pdf("[" * 50_000 + "]" * 50_000)),
    "pdf nested dictionaries": lambda _: ("a.pdf", _pdf("<< /A " * 20_000 + "1" + " >>" * 20_000)),
    "pdf claims a billion pages": lambda _: (
        "a.pdf",
        _pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000000 >>"),
    ),
    "pdf stream bomb": lambda _: ("a.pdf", _stream_bomb()),
    "pdf with a web action": lambda url: (
        "a.pdf",
        make_pdf([[RULE]]).replace(
            b"/Type /Catalog", f"/Type /Catalog /OpenAction << /S /URI /URI ({url}) >>".encode()
        ),
    ),
    "pdf of rubbish": lambda _: ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400),
    "html that reaches out": lambda url: (
        "a.html",
        f'<html><body><img src="{url}/i.png"><script src="{url}/s.js"></script><iframe src="{url}/f"></iframe>'
        f'<link rel=stylesheet href="{url}/c.css"><meta http-equiv=refresh content="0;{url}"><p>{RULE}</p>'.encode(),
    ),
    "html nested 200,000 deep": lambda _: ("a.html", b"<html>" + b"<div><p>" * 100_000 + RULE.encode()),
    "html open comments": lambda _: ("a.html", b"<html>" + b"<!--" * 200_000),
    "html open tags": lambda _: ("a.html", b"<html><p>x" + b"<a " * 30_000),
    "html entities": lambda _: ("a.html", b"<html><p>" + b"&#x110000;&#0;&lt" * 50_000),
    "markdown 100,000 headings": lambda _: ("a.md", b"# heading\n" * 100_000),
    "markdown blank heading": lambda _: ("a.md", b"# " + b" " * 900_000 + b"x"),
    "markdown nested quotes": lambda _: ("a.md", b"> " * 400_000 + b"x"),
    "text one line of a megabyte": lambda _: ("a.txt", b"word " * 200_000),
    "text of newlines": lambda _: ("a.txt", b"a" + b"\n" * 900_000 + b"b"),
    "text with null bytes": lambda _: ("a.txt", b"rule\0rule"),
    "text of half characters": lambda _: ("a.txt", "\ud800rule".encode("utf-8", "surrogatepass")),
    "text utf-16 cut": lambda _: ("a.txt", b"\xff\xfe" + RULE.encode("utf-16-le") + b"\x00"),
    "orders": lambda _: ("a.txt", f"{RULE}\n\n{ORDERS}".encode()),
}

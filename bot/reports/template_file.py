"""A blank note as a Word file: its headings bold, what is to be overwritten in grey."""

import io
import re

from docx import Document
from docx.shared import Mm, Pt, RGBColor

_PARTS = re.compile(r"^(?P<heading>[^\[:]*:)?(?P<rest>.*)$")


def template_docx(text: str, title: str) -> bytes:
    """The same lines as the text, so that the file filled in is read as the text would be."""
    document = Document()
    document.core_properties.title, document.core_properties.language = title, "en-US"
    document.core_properties.author, document.core_properties.comments = "Billing copilot", ""
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    for line in text.rstrip("\n").split("\n"):
        paragraph = document.add_paragraph()
        split = _PARTS.match(line)
        assert split is not None
        heading, rest = split["heading"] or "", split["rest"]
        if line.isupper():
            heading, rest = line, ""
        paragraph.add_run(heading).bold = True
        for piece in re.split(r"(\[[^\]]*\?\])", rest):
            run = paragraph.add_run(piece)
            if piece.startswith("["):
                run.font.color.rgb, run.italic = RGBColor(0x5B, 0x67, 0x71), True
        paragraph.paragraph_format.keep_with_next = bool(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()

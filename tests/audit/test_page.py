"""The report as a person opens it, in Chromium; and the other files beside it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from bot.audit.findings_csv import findings_csv
from bot.audit.output import write_report
from bot.audit.page import page as page_of
from tests.audit.month import GOOD, OTHER, THIN, as_csv, audited, row

HOSTILE = "<img src=x onerror=\"document.title='taken'\"></div><script>document.title='taken'</script>"
ROWS = (
    row("a", "K.L.", GOOD, charge="60"),
    row("b", "T.W.", OTHER, payer="Cigna & <b>Sons</b>"),
    row("c", HOSTILE, THIN.replace("{0}", "") + HOSTILE, clinician=HOSTILE, group=HOSTILE, payer="Cigna & <b>Sons</b>"),
    row("d", "K.L.", GOOD, date_of_service="2026-10-12"),
    row("e", "M.P.", GOOD, date_of_service="2026-10-12"),
    row("f", "=cmd()", THIN, date_of_service="2026-13-12"),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report(audited(folder, ROWS), folder / "out")
    return folder / "out"


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[tuple[Page, list[str]]]:
    """The page, and whatever it tried to load or complained of."""
    context = browser.new_context()
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if request.url.count("report.html") != 1 else None)
    page.goto((report / "report.html").as_uri())
    yield page, heard
    context.close()


@pytest.mark.browser
def test_the_page_loads_nothing_and_runs_no_word_of_a_note(opened: tuple[Page, list[str]]) -> None:
    page, heard = opened
    assert heard == []
    assert page.title().startswith("Group note audit")
    assert page.locator("img").count() == 0
    assert page.get_by_text("<img src=x", exact=False).count() > 0


@pytest.mark.browser
def test_a_line_of_the_copies_opens_the_words_that_both_notes_hold(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    words = page.locator(".pair").first
    assert not words.is_visible()
    page.locator(".cluster a[href^='#p']").first.dispatch_event("click")
    page.evaluate("location.hash = document.querySelector(\".cluster a[href^='#p']\").getAttribute('href')")
    words.wait_for(state="visible")
    assert "burden" in words.inner_text()


@pytest.mark.browser
def test_a_finding_leads_to_its_note_with_the_words_marked(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.locator(".findings tr", has_text="Words of their own").get_by_role("link").first.click()
    note = page.locator(".note:target")
    note.wait_for(state="visible")
    assert "burden" in " ".join(note.locator("mark.copy").all_inner_texts())


RISK = OTHER.replace("Denies suicidal ideation.", "He has been thinking of taking all his pills.")


@pytest.mark.browser
def test_the_first_screen_says_what_to_do_first_and_leads_there(browser: Browser, tmp_path: Path) -> None:
    rows = [*ROWS, row("g", "S.V.", RISK, date_of_service="2026-10-12", clinician="Omar Castellan")]
    write_report(audited(tmp_path, rows), tmp_path / "out")
    page = browser.new_page(viewport={"width": 380, "height": 900})
    page.goto((tmp_path / "out" / "report.html").as_uri())
    first = page.locator(".first li")
    todo = first.locator("a > b").all_inner_texts()
    assert [words.split()[0] for words in todo] == ["Ask", "Have", "Mend", "Look"]
    assert "in 1 note." in first.first.inner_text()
    first.first.get_by_role("link", name="S.V.").click()
    note = page.locator(".note:target")
    note.wait_for(state="visible")
    assert "all his pills" in note.inner_text()
    page.close()
    pdf = "".join(one.extract_text() for one in PdfReader(tmp_path / "out" / "report.pdf").pages)
    assert todo[0] in pdf
    assert "S.V." not in pdf


def test_a_month_with_nothing_to_mend_has_nothing_to_do_first(tmp_path: Path) -> None:
    rows = [row("a", "K.L.", GOOD), row("b", "T.W.", OTHER)]
    assert 'class="first"' not in page_of(audited(tmp_path, rows))


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long_names")
    names = ("Wilhelmina Vandermeer", "Mona Reyes", "MMMMMMMM WWWWWWWW")
    rows = [row(name, name, GOOD.replace("{0}", "She"), group=f"Group {name}") for name in names]
    rows += [row(name + "2", name + " II", OTHER.replace("{0}", "He"), group=f"Group {name}") for name in names[:2]]
    rows += [row("thin", "Al Po", THIN)]
    write_report(audited(folder, rows), folder / "out")
    return folder / "out" / "report.html"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 380])
def test_every_name_in_the_pictures_of_copies_can_be_read_whole_or_says_that_it_is_cut(
    browser: Browser, long_names: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(long_names.as_uri())
    labels = page.locator(".cluster svg text")
    assert labels.count() == 5
    for label in labels.all():
        box, frame = label.bounding_box(), label.locator("xpath=ancestor::*[name()='svg']").bounding_box()
        assert box
        assert frame
        inside = frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert inside, label.text_content()
    page.close()


@pytest.mark.browser
def test_words_in_the_table_of_findings_are_not_broken(browser: Browser, long_names: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(long_names.as_uri())
    lines = page.locator(".findings td:nth-child(4) b", has_text="Medical necessity").first.evaluate(
        "b => b.getClientRects().length"
    )
    shown = page.locator(".findings td:first-child a").first
    height = shown.evaluate("a => a.getBoundingClientRect().height / parseFloat(getComputedStyle(a).lineHeight || 20)")
    page.close()
    assert (lines, height < 2.5) == (1, True)


@pytest.mark.browser
def test_findings_can_be_narrowed_to_one_payer(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    rows = page.locator(".findings tbody tr:visible")
    before = rows.count()
    page.get_by_label("Show one payer").select_option("Aetna")
    assert 0 < rows.count() < before


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_needs_no_sideways_scrolling(opened: tuple[Page, list[str]], width: int) -> None:
    page, _ = opened
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper_by_day_and_by_night(opened: tuple[Page, list[str]], scheme: str) -> None:
    page, _ = opened
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for place in ("body", ".muted", "a", ".heat td.cell", ".badge.missing", "mark"):
        assert page.evaluate(_CONTRAST, place) >= 4.5, place


@pytest.mark.browser
def test_it_prints_on_white_in_either_scheme(opened: tuple[Page, list[str]]) -> None:
    page, _ = opened
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("nav").is_visible()


def test_the_policy_names_the_one_script_and_nothing_from_elsewhere(report: Path) -> None:
    text = (report / "report.html").read_text()
    assert "default-src 'none'" in text
    assert text.count("<script") == 1
    assert "http://" not in text.replace("http://www.w3.org/", "")


def test_the_pdf_holds_the_rates_and_what_was_not_read(report: Path) -> None:
    text = " ".join(one.extract_text() for one in PdfReader(report / "report.pdf").pages)
    assert "Clinical response" in text
    assert "Cigna & <b>Sons</b>" in text
    assert "row 7" in text
    assert "landlord" not in text


def test_where_words_are_asked_for_page_and_pdf_say_how_words_added_later_go_in(report: Path, tmp_path: Path) -> None:
    late = "Words added later go in as a late entry, dated and signed as such."
    assert late in (report / "report.html").read_text()
    assert late in " ".join(one.extract_text() for one in PdfReader(report / "report.pdf").pages)
    assert late not in page_of(audited(tmp_path, [row("a", "K.L.", GOOD), row("b", "T.W.", OTHER)]))


def test_the_table_holds_each_finding_and_failure_and_nothing_that_a_spreadsheet_runs(report: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((report / "findings.csv").read_bytes().decode("utf-8-sig"))))
    assert {"element", "copy", "failure"} <= {one["kind"] for one in rows}
    assert not [cell for one in rows for cell in one.values() if cell.startswith(("=", "+", "@"))]


def test_the_files_are_for_their_owner_alone(report: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in report.iterdir()} == {0}


def test_a_report_of_nothing_can_be_opened_too(tmp_path: Path) -> None:
    done = audited(tmp_path, [row("x", "K.L.", THIN, date_of_service="no day")])
    assert "no day" in page_of(done)
    assert findings_csv(done.audit).count(b"\r\n") == 2
    write_report(done, tmp_path / "out")


def test_the_same_month_makes_the_same_page(tmp_path: Path) -> None:
    (tmp_path / "month.csv").write_text(as_csv(ROWS))
    one, other = (page_of(audited(tmp_path, tmp_path / "month.csv")) for _ in range(2))
    assert one.rpartition("Made in")[0] == other.rpartition("Made in")[0]


_CONTRAST = """place => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour, under) => {
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
  };
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const paper = getComputedStyle(document.body).backgroundColor;
  const style = getComputedStyle(document.querySelector(place));
  const [a, b] = [rgb(style.color, paper), rgb(style.backgroundColor, paper)].map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""

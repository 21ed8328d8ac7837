"""A thousand slips as they leave the printer: every code can be scanned, no two are alike, nothing tells them apart."""

import os
import re
import subprocess
from collections import Counter

import pdfplumber
import pytest
import zxingcpp
from PIL import Image

from blueprints.ballots import sheets, slips
from core.db import is_sqlite
from core.printing.binding import bind
from core.printing.printer import pdf
from tests.ballots import ceremony

SLIPS = int(os.environ.get("LINLI_SLIPS", "1000"))
DPI = 110
GROUP = re.compile(f"[{slips.ALPHABET}]{{4}}")


@pytest.mark.fault
def test_every_code_of_a_thousand_slips_is_scanned_and_no_slip_has_a_number(community, tmp_path):
    if not is_sqlite():
        pytest.skip("the paper is the same")
    poll, codes = ceremony.sealed(community).poll, [slips.draw_code() for _ in range(SLIPS)]
    file = tmp_path / "slips.pdf"
    file.write_bytes(bind(pdf("ballots/print/slips.html", sheet) for sheet in sheets.slip_sheets(poll, {"R": codes})))
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", file, tmp_path / "page"], check=True)
    scanned = [found.text for page in sorted(tmp_path.glob("page*.pgm")) for found in zxingcpp.read_barcodes(Image.open(page))]
    assert sorted(address.split("/v#")[1] for address in scanned) == sorted(codes)
    assert len({address.split("/v#")[0] for address in scanned}) == 1
    with pdfplumber.open(file) as paper:
        pages = [page.extract_text().split() for page in paper.pages]
    groups = Counter(word for page in pages for word in page if GROUP.fullmatch(word))
    assert groups == Counter(code[at : at + 4] for code in codes for at in (0, 4, 8, 12)), "printed in letters too"
    told = {tuple(word for word in page if not GROUP.fullmatch(word)) for page in pages}
    assert len(told) == 1, "without the codes every page is like every other"

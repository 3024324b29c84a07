#!/usr/bin/env python3
"""Importing a workbook of 200,000 rows × 12 columns against pandas with openpyxl reading it: CPU seconds and peak memory
of both, as JSON. workbook.py BUILD_DIR [ROWS]. Never part of the tests."""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

BUILD = sys.argv[1]
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 200000
HEADERS = ["order_id", "customer_id", "paid_time", "amount", "product", "quantity", "unit_price", "status", "shop", "city", "remark", "refund"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def letters(index):
    return "ABCDEFGHIJKL"[index]


def make_book(path):
    """As spreadsheets write it: texts shared, dates as numbers with a format."""
    random.seed(7)
    strings, numbers = [], {}

    def shared(text):
        if text not in numbers:
            numbers[text] = len(strings)
            strings.append(text)
        return numbers[text]

    sheet = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="%s"><sheetData>' % MAIN]
    sheet.append('<row r="1">' + "".join('<c r="%s1" t="s"><v>%d</v></c>' % (letters(i), shared(h)) for i, h in enumerate(HEADERS)) + "</row>")
    for i in range(ROWS):
        price, quantity = random.randrange(100, 99900) / 100, random.randrange(1, 5)
        cells = [("s", shared("T%09d" % i)), ("s", shared("C%06d" % random.randrange(60000))), ("d", "%.10f" % (44927 + random.random() * 700)), ("n", round(price * quantity, 2)),
                 ("s", shared("商品 %d" % random.randrange(500))), ("n", quantity), ("n", price), ("s", shared(random.choice(["交易成功", "交易关闭", "买家已付款"]))),
                 ("s", shared("旗舰店")), ("s", shared("城市%d" % random.randrange(300))), ("s", shared("备注 %d" % i)), ("n", 0)]
        row = i + 2
        parts = ['<row r="%d">' % row]
        for column, (kind, value) in enumerate(cells):
            mark = ' t="s"' if kind == "s" else ' s="1"' if kind == "d" else ""
            parts.append('<c r="%s%d"%s><v>%s</v></c>' % (letters(column), row, mark, value))
        sheet.append("".join(parts) + "</row>")
    sheet.append("</sheetData></worksheet>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>')
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="%s"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, OFFICE))
        book.writestr("xl/workbook.xml", '<?xml version="1.0"?><workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>' % (MAIN, OFFICE))
        book.writestr("xl/_rels/workbook.xml.rels", '<?xml version="1.0"?><Relationships xmlns="%s"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="%s/styles" Target="styles.xml"/></Relationships>' % (package, OFFICE, OFFICE, OFFICE))
        book.writestr("xl/styles.xml", '<?xml version="1.0"?><styleSheet xmlns="%s"><numFmts count="1"><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs></styleSheet>' % MAIN)
        book.writestr("xl/sharedStrings.xml", '<?xml version="1.0"?><sst xmlns="%s" count="%d" uniqueCount="%d">' % (MAIN, len(strings), len(strings)) + "".join("<si><t>%s</t></si>" % escape(s) for s in strings) + "</sst>")
        book.writestr("xl/worksheets/sheet1.xml", "".join(sheet))


def measure(arguments):
    """CPU seconds and peak memory of a program."""
    helper = "import resource, subprocess, sys, json; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); u = resource.getrusage(resource.RUSAGE_CHILDREN); print(json.dumps([u.ru_utime + u.ru_stime, u.ru_maxrss]))"
    done = subprocess.run([sys.executable, "-c", helper] + arguments, check=True, capture_output=True)
    cpu, kilobytes = json.loads(done.stdout)
    return {"cpu_seconds": round(cpu, 2), "peak_mb": round(kilobytes / 1024)}


def main():
    with tempfile.TemporaryDirectory(prefix="mq-workbook-") as folder:
        book = os.path.join(folder, "orders.xlsx")
        make_book(book)
        ours = measure([os.path.join(BUILD, "app", "cli", "marquetry-cli"), "--no-progress", "import", os.path.join(folder, "p.marquetry"), book, "--as", "orders", "--format", "json"])
        theirs = measure([sys.executable, "-c", "import pandas, sys; assert len(pandas.read_excel(sys.argv[1])) == %d" % ROWS, book])
        print(json.dumps({"rows": ROWS, "columns": len(HEADERS), "file_mb": round(os.path.getsize(book) / 1e6, 1), "marquetry": ours, "pandas_openpyxl": theirs, "ratio": round(theirs["cpu_seconds"] / ours["cpu_seconds"], 1)}, indent=1))


main()

"""Loads what every worker needs, by being imported: once, in the process that all workers are copied from.

A worker is then ready at once, and the dictionaries and patterns lie in memory once for all of them.
"""

import gc
from importlib import import_module

import hedui

for _reader in ("html.reader", "pdf.reader", "pdf.by_pdfminer", "word.reader", "workbook.xlsx"):
    import_module(f"hedui.reading.{_reader}")
import_module("hedui.store")
hedui.check(text="某某局2024年度部门决算\n\n一、支出情况\n\n2024年度支出合计1.00万元。\n")
gc.collect()
gc.freeze()  # the collector would touch, and so copy, what is shared

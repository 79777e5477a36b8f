"""Loads what every worker needs, by being imported: once, in the process that all workers are copied from.

A worker is then ready at once, and the dictionaries and patterns lie in memory once for all of them. They print
nothing: what libraries have to say would stand amid the progress and the summary, and what matters is told as a reason.
"""

import gc
import os
import signal
from importlib import import_module

from hedui import api

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers itself
os.environ.setdefault(
    "OMP_NUM_THREADS", "1"
)  # workers share the processors; and only one thread is copied safely

for _reader in ("html.reader", "pdf.reader", "pdf.by_pdfminer", "word.reader", "workbook.xlsx"):
    import_module(f"hedui.reading.{_reader}")
import_module("hedui.store")
api.check(text="某某局2024年度部门决算\n\n一、支出情况\n\n2024年度支出合计1.00万元。\n")
gc.collect()
gc.freeze()  # the collector would touch, and so copy, what is shared

_nowhere = os.open(os.devnull, os.O_WRONLY)
for _stream in (1, 2):
    os.dup2(_nowhere, _stream)
os.close(_nowhere)

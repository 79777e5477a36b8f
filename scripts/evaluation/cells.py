"""Gold cells of the standard tables and claims of tables, as `evaluate_cells.py` compares them."""

from collections.abc import Sequence

import evaluate_cells
from evaluation.outcome import Outcome, Record


def judge_cells(out: Outcome, gold: Sequence[Record], claims: Sequence[Record]) -> dict[int, Record]:
    """Compare gold cells and claims of tables; returns the claim of each gold cell.

    Cells whose metric is empty state nothing that tables are read for.
    """
    cells = [cell for cell in gold if cell["metric"]]
    met = evaluate_cells.meet(cells, claims)
    for n, cell in enumerate(cells):
        wrong = evaluate_cells.differences(cell, claims[met[n]]) if n in met else ["missing"]
        out.cells[f"{cell['i']} {evaluate_cells.label(cell)}"] = ", ".join(wrong)
    out.tally["cells"] = len(out.cells)
    out.tally["cells_right"] = sum(not state for state in out.cells.values())
    return {cells[n]["i"]: claims[j] for n, j in met.items()}

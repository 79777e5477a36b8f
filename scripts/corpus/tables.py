"""The nine standard tables of a final account, from the same true values as the text.

`TABLES` names them as layouts do: each adds its rows to a sheet.
"""

from collections.abc import Callable

from corpus.accounts import ZERO, Accounts
from corpus.breakdown import GENERAL, key
from corpus.catalogue import economic_codes, economic_name, name_of
from corpus.pieces import Cue, Piece
from corpus.sheets import SCOPED, Look, Row, Sheet
from corpus.wording import Style, load, numeral


def account(s: Sheet) -> None:
    """收入支出决算总表."""
    final = s.style.pick("final", load("tables")["final"], 1.0)
    left: list[Row] = [[n, s.of_account(k, n, final)] for k, n in load("tables")["incomes"].items()]
    right = _classes(s, ["expenditure_this_year"], [final], ["expenditure_this_year"])
    _two_sides(s, left, right, [final], ["expenditure_this_year"])


def fiscal(s: Sheet) -> None:
    """财政拨款收入支出决算总表."""
    words = load("tables")
    accounts = ["fiscal_expenditure", "gpb_expenditure", "fund_expenditure", "soe_expenditure"]
    columns = [words["columns"][metric] for metric in accounts]
    final = s.style.pick("final", words["final"], 1.0)
    left: list[Row] = [[n, s.of_account(k, n, final)] for k, n in words["fiscal_incomes"].items()]
    keys = [GENERAL if metric == "gpb_expenditure" else metric for metric in accounts]
    right = _classes(s, keys, columns, accounts)
    _two_sides(s, left, right, columns, accounts)


def _two_sides(s: Sheet, left: list[Row], right: list[Row], columns: list[str], accounts: list[str]) -> None:
    """Heads, income beside expenditure, and the rows of totals below both."""
    words, width = load("tables"), len(columns)
    final = s.style.pick("final", words["final"], 1.0)
    line = [words["line"]] if s.look.lines else []
    one, other = s.words["sides"]
    above = [one, *[""] * len(line), "", other, *[""] * (len(line) + width)]
    s.head(above, [words["project"], *line, final, words["project"], *line, *columns])
    first = len(s.rows)
    s.side_by_side(left, right, width + 1)
    for (metric, name), (twin, label) in s.words["totals"]:
        parts = [s.of_account(twin, label, columns[0])]
        for column, of in zip(columns[1:], accounts[1:], strict=True):
            if twin == accounts[0]:
                parts.append(s.amount((of, "final"), label, column, of))
            else:
                parts.append(s.amount((f"{twin}:{of}", "final"), label, column, twin, of))
        s.rows.append([name, s.of_account(metric, name, final), label, *parts])
    s.numbered_lines(first, width + 1)


def _classes(s: Sheet, keys: list[str], columns: list[str], accounts: list[str]) -> list[Row]:
    """A row for every class that a summary lists, numbered as there; `keys` name the accounts in true values."""
    known = [
        c for c in load("tables")["classes"] if s.look.all_classes or (key(keys[0], c), "final") in s.a.values
    ]
    rows: list[Row] = []
    for place, code in enumerate(known, 1):
        name = f"{numeral(place)}、{name_of(code)}"
        row: Row = [name]
        for account, column, scope in zip(keys, columns, accounts, strict=True):
            row.append(s.amount((key(account, code), "final"), name, column, GENERAL, scope, item=code))
        rows.append(row)
    return rows


def income(s: Sheet) -> None:
    """收入决算表."""
    columns = ["income_this_year", "fiscal_income", "superior_subsidy_income", "business_income"]
    _items(
        s, "income_this_year", [*columns, "operating_income", "affiliate_remittance_income", "other_income"]
    )


def expenditure(s: Sheet) -> None:
    """支出决算表."""
    unused = ["remittance_to_superior", "operating_expenditure", "affiliate_subsidy"]
    _items(
        s,
        "expenditure_this_year",
        ["expenditure_this_year", "basic_expenditure", "project_expenditure", *unused],
    )


def _items(s: Sheet, whole: str, metrics: list[str]) -> None:
    heads = [load("tables")["columns"][metric] for metric in metrics]
    _heads(s, [heads])
    _rows(s, whole, [(m, m, GENERAL if m == whole else m) for m in metrics], heads)


def general_budget(s: Sheet) -> None:
    """一般公共预算财政拨款支出决算表."""
    heads = s.words["heads"]
    over = s.style.pick("over", [True, False], 1.0)
    _heads(s, [[s.words["over"], "", ""], heads] if over else [heads])
    columns = [
        (GENERAL, "gpb_expenditure", GENERAL),
        ("gpb_basic", "gpb_basic", "basic_expenditure"),
        ("gpb_project", "gpb_project", "project_expenditure"),
    ]
    _rows(s, "gpb_expenditure", columns, heads)


def fund(s: Sheet) -> None:
    """政府性基金预算财政拨款收入支出决算表."""
    heads = s.words["heads"]
    _heads(s, heads)
    spent = ("fund_expenditure", "fund_expenditure", GENERAL)
    basic, begin, end = (("nothing", m, m) for m in ("basic_expenditure", "carryover_begin", "carryover_end"))
    project = ("fund_expenditure", "project_expenditure", "project_expenditure")
    columns = [begin, ("fund_expenditure", "fund_income", "fund_income"), spent, basic, project, end]
    _rows(s, "fund_expenditure", columns, heads[1])


def state_capital(s: Sheet) -> None:
    """国有资本经营预算财政拨款支出决算表: no body has any."""
    heads = s.words["heads"]
    _heads(s, heads)
    columns = [("nothing", m, m) for m in ("soe_expenditure", "basic_expenditure", "project_expenditure")]
    _rows(s, "soe_expenditure", columns, heads[0])


def _heads(s: Sheet, heads: list[list[str]]) -> None:
    """The heads of a table of items, over code and name."""
    words = load("tables")
    code, name = s.style.pick("item heads", words["item_heads"], 1.0)[0]
    if len(heads) == 1 and s.style.pick("one head", [True, False], 1.0):
        s.head([code, name, *heads[0]])
    else:
        width = len(heads[0])
        top = heads if len(heads) > 1 else [*heads, [""] * width]
        s.head([words["project"], "", *top[0]], [code, name, *top[1]])
    if s.look.numbers:
        s.head(["", words["column"], *(str(n) for n in range(1, len(heads[0]) + 1))])


def _rows(s: Sheet, whole: str, columns: list[tuple[str, str, str]], heads: list[str]) -> None:
    """The row of totals and one for every item with money; a column is its account, its metric, its items' metric."""
    total = load("tables")["total"]
    codes = sorted(
        {
            k.rpartition(":")[2]
            for account, _, _ in columns
            for k in s.a.quantities
            if k.startswith(f"{account}:")
        }
    )
    codes = [
        c for c in codes if any(s.a.values.get((key(account, c), "final"), ZERO) for account, _, _ in columns)
    ]
    if codes or s.look.zero or s.look.wide:
        first: Row = ["", total] if s.look.numbers else [total, ""]
        for (account, metric, _), head in zip(columns, heads, strict=True):
            scope = whole if s.kind in ("fund", "state_capital") and metric in SCOPED else None
            first.append(s.amount((key(account, ""), "final"), total, head, metric, scope))
        s.rows.append(first)
    for code in codes:
        name = name_of(code)
        row: Row = [Cue("code", code, quantity=code), Cue("name", name, quantity=code)]
        for (account, metric, item), head in zip(columns, heads, strict=True):
            scope = metric if item == GENERAL else whole
            row.append(s.amount((key(account, code), "final"), name, head, item, scope, code))
        s.rows.append(row)


def general_basic(s: Sheet) -> None:
    """一般公共预算财政拨款基本支出决算表, by economic item: people on the left, goods on the right."""
    code, name, final = s.style.pick("basic heads", s.words["heads"], 1.0)
    halves = [_economic(s, groups, final) for groups in (s.words["people"], s.words["goods"])]
    s.head([code, name, final, code, name, final])
    count = max(map(len, halves))
    for place in range(count):
        s.rows.append([c for half in halves for c in (half[place] if place < len(half) else ["", "", ""])])
    row: Row = []
    for metric, label in zip(("personnel", "public_operating"), s.words["totals"], strict=True):
        row += [label, "", s.of_account(metric, label, final)]
    s.rows.append(row)


def _economic(s: Sheet, groups: list[str], final: str) -> list[Row]:
    """The economic items of some groups; all of a group where a document lists all classes too."""
    rows: list[Row] = []
    for group in groups:
        codes = economic_codes(group) if s.look.all_classes else s.a.groups["economic"]
        for code in [group, *(c for c in codes if c.startswith(group))]:
            var = (f"economic:{code}", "final")
            if s.look.all_classes or s.a.values.get(var):
                name = economic_name(code)
                rows.append([code, name, s.amount(var, name, final, "economic_item", "gpb_basic", code)])
    return rows


def sangong(s: Sheet) -> None:
    """“三公”经费支出决算表, budget and outturn, one below the other or side by side."""
    words = load("tables")
    bases = list(zip(("budget", "final"), words["final_or_budget"], strict=True))
    if not s.look.wide:
        s.head([words["project"], *words["final_or_budget"]])
        for metric, label in s.words["rows"]:
            s.rows.append([label, *(s.amount((metric, b), label, head, metric) for b, head in bases)])
        return
    columns = s.words["columns"]
    s.head([cell for _, head in bases for cell in [head, *[""] * (len(columns) - 1)]])
    s.head(*([c["heads"][level] for _ in bases for c in columns] for level in (0, 1)))
    row: Row = []
    for basis, head in bases:
        for column in columns:
            path = "/".join((head, *filter(None, column["heads"])))
            row.append(s.amount((column["metric"], basis), "", path, column["metric"]))
    s.rows.append(row)


TABLES: dict[str, Callable[[Sheet], None]] = {
    "account": account,
    "income": income,
    "expenditure": expenditure,
    "fiscal": fiscal,
    "general_budget": general_budget,
    "general_basic": general_basic,
    "sangong": sangong,
    "fund": fund,
    "state_capital": state_capital,
}
"""The standard tables, in their usual order."""


def tables(a: Accounts, look: Look, style: Style, names: str) -> list[Piece]:
    """Some of the tables by name, `all` for all of them, with blanks between."""
    out: list[Piece] = []
    for number, (name, build) in enumerate(TABLES.items(), 1):
        if names == "all" or name in names.split("+"):
            sheet = Sheet(a, look, style, name, number)
            build(sheet)
            out += sheet.pieces()
    return out

"""The claims database: exact values, replacement, all or nothing, search, views."""

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

import hedui
from hedui import __version__
from hedui.model import Failure, Report, Role
from hedui.store import NewerSchema, Seen, Store, fen, schema
from hedui.store.migrations import VERSION
from hedui.store.schema import TABLES


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "claims.db")


def counts(store: Store) -> dict[str, int]:
    tables = ("documents", "claims", "relations", "relation_claims", "findings", "others", "items")
    return {name: store.db.table(name).count for name in tables}


def test_exact_values_stay_exact(store: Store, report: Report) -> None:
    long = replace(report.claims[0], amount="123456789012345.67", value="12345678901.234567")
    store.add(replace(report, claims=(long, *report.claims[1:])))
    row = store.db.execute("SELECT typeof(amount), amount, value, amount_fen FROM claims WHERE id = 'd1:c1'")
    assert row.fetchone() == ("text", "123456789012345.67", "12345678901.234567", 12345678901234567)


def test_bounds_in_fen_are_rounded_outwards(store: Store, report: Report) -> None:
    store.add(report)
    row = store.db.execute("SELECT low_fen, high_fen FROM claims WHERE id = 'd1:c2'").fetchone()
    assert row == (19995000, 20005001)
    rate = store.db.execute("SELECT amount_fen, low_fen FROM claims WHERE id = 'd1:c3'").fetchone()
    assert rate == (None, None)


@pytest.mark.parametrize(("yuan", "expected"), [("1.005", 100), ("x", None), ("NaN", None), ("1e30", None)])
def test_fen_of_odd_values(yuan: str, expected: int | None) -> None:
    assert fen(yuan) == expected


def test_writing_twice_replaces(store: Store, report: Report) -> None:
    store.add(report)
    once = counts(store)
    store.add(report)
    assert counts(store) == once
    assert once == {
        "documents": 1,
        "claims": 3,
        "relations": 3,
        "relation_claims": 5,
        "findings": 1,
        "others": 1,
        "items": 1,
    }
    store.add(replace(report, claims=report.claims[:1], relations=(), findings=()))
    assert counts(store) | {"others": 0, "items": 0} == dict.fromkeys(once, 0) | {"documents": 1, "claims": 1}


def test_a_report_is_written_whole_or_not_at_all(store: Store, report: Report) -> None:
    store.add(report)
    before = counts(store)
    broken = replace(report.relations[0], claims=(Role("c99", "part"),))
    doubled = replace(report, claims=(report.claims[0],), relations=(broken, broken))
    with pytest.raises(sqlite3.IntegrityError):
        store.add(doubled)
    assert counts(store) == before
    assert len(list(store.search("支出合计"))) == 1


def test_foreign_keys_hold(store: Store, report: Report) -> None:
    store.add(report)
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []
    finding = store.db.execute("SELECT document, relation FROM findings").fetchone()
    assert finding == ("d1", "d1:r1")


def test_same_ids_in_two_documents_do_not_meet(store: Store, report: Report) -> None:
    store.add(report)
    store.add(replace(report, document=replace(report.document, id="d2", source="other.txt")))
    assert counts(store)["claims"] == 6


def test_a_failure_is_a_row_until_the_file_can_be_read(store: Store, report: Report) -> None:
    store.add_failure(Failure("sample.txt", "empty"))
    store.add_failure(Failure("sample.txt", "still empty"))
    rows = store.db.execute("SELECT status, error FROM documents").fetchall()
    assert rows == [("failed", "still empty")]
    store.add(report)
    assert store.db.execute("SELECT id, status FROM documents").fetchall() == [("d1", "ok")]


def test_a_file_whose_text_changed_leaves_no_old_rows(store: Store, report: Report) -> None:
    store.add(report)
    once = counts(store)
    other = replace(report.document, id="d9", source="other.txt")
    store.add(replace(report, document=other))
    store.add(replace(report, document=replace(report.document, id="d2")))
    both = {name: 2 * count for name, count in once.items()} | {"items": once["items"]}
    assert counts(store) == both
    assert {row["id"] for row in store.db.table("documents").rows} == {"d2", "d9"}
    store.add_failure(Failure(report.document.source, "gone"))
    assert counts(store) == once | {"documents": 2}
    assert store.db.execute("SELECT DISTINCT document FROM claims").fetchall() == [("d9",)]
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("source", ["", "-"])
def test_texts_of_no_file_stand_side_by_side(store: Store, report: Report, source: str) -> None:
    for name in ("d1", "d2"):
        store.add(replace(report, document=replace(report.document, id=name, source=source)))
    store.add_failure(Failure(source, "empty"))
    assert counts(store)["claims"] == 6


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("支出合计", 1),
        ("支出", 1),
        ("支", 1),
        ("增长 支出", 1),
        ("感谢 7", 1),
        ("增长 感谢", 0),
        ("接待", 0),
        ('"', 0),
    ],
)
def test_search_finds_words_of_any_length(store: Store, report: Report, words: str, found: int) -> None:
    store.add(report)
    assert len(list(store.search(words))) == found
    store.add(replace(report, claims=(), others=(), relations=(), findings=()))
    assert list(store.search(words)) == []


def test_every_sentence_with_a_figure_stands_once(store: Store, report: Report) -> None:
    store.add(report)
    text = report.document.text
    for row in store.db.table("sentences").rows:
        assert text[row["start"] :].startswith(row["text"])
    assert [row["text"] for row in store.search("收到")] == ["本年收到感谢信7。"]
    assert store.db.table("sentences").count == 2


def test_views(store: Store, report: Report) -> None:
    store.add(report)
    assert store.db.execute("SELECT rule, findings FROM findings_by_rule").fetchall() == [("CHG001", 1)]
    rates = dict(store.db.execute("SELECT rule, error_rate FROM error_rate").fetchall())
    assert rates == {"CHG001": 1.0, "SUM001": 0.0, "SHR001": None}
    named = store.db.execute(
        "SELECT metric_name, item_name, title FROM claims_with_names WHERE id = 'd1:c1'"
    ).fetchone()
    assert named == ("本年支出合计", "人大事务", "某某局2024年度部门决算")


def test_a_run_is_recorded(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "claims.db"
    with Store(path) as store:
        assert list(store.keep([report], [Failure("x.txt", "gone")])) == [report]
    with sqlite3.connect(path) as connection:
        run = connection.execute("SELECT documents, failures, finished > '' FROM runs").fetchall()
    assert run == [(1, 1, 1)]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "note.db"
    path.write_text("no database, " * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        Store(path)


def test_where_a_documents_facts_come_from(store: Store, report: Report) -> None:
    told = replace(
        report.document,
        published=date(2024, 9, 20),
        retrieved=datetime(2025, 10, 1, 1, 2, 3, tzinfo=UTC),
        origins={"published": "page"},
        attachments=("tables.xls",),
    )
    store.add(replace(report, document=told))
    row = store.db.execute("SELECT published, retrieved, origins, attachments FROM documents").fetchone()
    assert row == ("2024-09-20", "2025-10-01T01:02:03+00:00", '{"published": "page"}', '["tables.xls"]')


def contents(store: Store) -> dict[str, list[dict[str, object]]]:
    """All rows but those of runs and search, in the order of their own columns."""
    names = [name for name in TABLES if name != "runs"]
    return {name: sorted(store.db.table(name).rows, key=str) for name in names}


def test_one_text_at_two_sources_is_told_from_the_least(tmp_path: Path, report: Report) -> None:
    at = {name: replace(report, document=replace(report.document, source=name, url=name)) for name in "ab"}
    outcome = []
    for order in ("ab", "ba", "abab"):
        store = Store(tmp_path / f"{order}.db")
        for name in order:
            store.add(at[name], f"hash of {name}")
        outcome.append(contents(store))
    assert outcome[0]["sources"] == outcome[1]["sources"] == outcome[2]["sources"]
    assert [row["document"] for row in outcome[0]["sources"]] == ["d1", "d1"]
    assert [row["url"] for each in outcome for row in each["documents"]] == ["a"] * 3
    store.add_failure(Failure("a", "gone"))
    assert [
        (row["source"], row["status"]) for row in store.db.table("documents").rows_where(order_by="status")
    ] == [
        ("a", "failed"),
        ("b", "ok"),
    ]
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_report_comes_back_as_it_was_written(store: Store, samples: list[Path]) -> None:
    for path in samples[:4]:
        written = hedui.check(path)
        name = written.document.id
        store.add(written)
        read = store.report(name)
        assert read is not None
        assert read.document == replace(written.document, pages=(), strips=())
        assert (read.others, read.warnings) == (written.others, written.warnings)
        assert read.claims == tuple(replace(claim, id=f"{name}:{claim.id}") for claim in written.claims)
        assert [(r.rule, r.status, len(r.claims), r.gap) for r in read.relations] == [
            (r.rule, r.status, len(r.claims), r.gap) for r in written.relations
        ]
        for back, finding in zip(read.findings, written.findings, strict=True):
            assert back.claims == tuple(f"{name}:{claim}" for claim in finding.claims)
            assert [s.how for s in back.suspects] == [s.how for s in finding.suspects]
            assert (back.message, back.box, back.quote) == (finding.message, finding.box, finding.quote)
    assert store.report("nothing") is None


def test_what_is_known_of_a_source(store: Store, report: Report) -> None:
    assert store.seen("sample.txt") is None
    store.add(report, "abc")
    assert store.seen("sample.txt") == Seen("abc", __version__, "ok")
    store.add_failure(Failure("sample.txt", "gone"))
    assert store.seen("sample.txt") == Seen(None, __version__, "failed", "gone")


def test_relations_across_documents_go_with_either_document(store: Store, report: Report) -> None:
    later = replace(report, document=replace(report.document, id="d2", source="2.txt"))
    store.add(report)
    store.add(later)
    with store.db.conn as connection:
        connection.execute("INSERT INTO relations (id, document, rule) VALUES ('d2:x', 'd2', 'XDC001')")
        connection.execute("INSERT INTO relation_claims VALUES ('d2:x', 'd1:c1', 'base')")
    store.add(report)
    assert store.db.execute("SELECT count(*) FROM relations WHERE rule = 'XDC001'").fetchone() == (0,)
    assert store.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_review_outlives_a_new_reading(store: Store, report: Report) -> None:
    store.add(report)
    store.review("d1:f1", "rejected", "a reader", "rounded twice")
    store.review("d1:f1", "confirmed", "another")
    with pytest.raises(KeyError):
        store.review("d1:f9", "confirmed", "a reader")
    other = replace(report.findings[0], id="f7")
    store.add(replace(report, findings=(other,)))
    rows = store.db.execute("SELECT id, verdict, reviewer FROM findings_reviewed").fetchall()
    assert rows == [("d1:f7", "confirmed", "another")]
    assert store.db.table("reviews").count == 2


def test_several_processes_write_at_once(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "claims.db"
    with Store(path) as first, Store(path, run=first.run) as second:
        first.add(report)
        second.add(replace(report, document=replace(report.document, id="d2", source="2.txt")))
        runs = first.db.execute("SELECT DISTINCT run FROM documents").fetchall()
        assert runs == [(first.run,)]
        assert first.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT documents FROM runs").fetchall() == [(2,)]


def test_a_database_of_a_later_schema_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "later.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerSchema):
        Store(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_schema_that_changes_is_another_version() -> None:
    """For a database of the present version is opened without a look at what tables it has."""
    described = (
        schema.TABLES,
        schema._KEYS,
        schema._FOREIGN_KEYS,
        schema._INDEXES,
        schema._GAPS,
        schema._FAILED,
        schema.VIEWS,
    )
    known = sha256(repr(described).encode()).hexdigest()[:8]
    assert (VERSION, known) == (5, "dfd8ac78"), "raise hedui.store.migrations.VERSION, and write both here"


def test_a_database_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "half.db"
    with monkeypatch.context() as patch:
        patch.setattr("hedui.store.migrations.name_metrics", lambda db: db.execute("nonsense"))
        with pytest.raises(sqlite3.OperationalError):
            Store(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_the_first_schema_is_brought_to_the_present_one(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "old.db"
    with Store(path) as store:
        store.add(report)
        store.add_failure(Failure("x.txt", "gone"))
    with sqlite3.connect(path) as connection:
        for name in ("sources", "sentences_fts", "sentences_pairs", "sentences", "reviews"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("CREATE VIRTUAL TABLE claims_fts USING fts5(sentence, content='claims')")
        connection.execute("PRAGMA user_version = 0")
    with Store(path) as store:
        assert {name for name in store.db.table_names() if name.startswith("claims")} == {"claims"}
        assert [row["start"] for row in store.search("支出合计")] == [report.claims[0].sentence_start]
        assert store.seen("sample.txt") == Seen(None, "", "ok", None, 1)
        assert store.seen("x.txt") == Seen(None, "", "failed", "gone", 1)


def test_a_database_of_an_earlier_version_gets_its_new_columns(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "old.db"
    with Store(path) as store:
        store.add(report)
    with sqlite3.connect(path) as connection:
        for column in ("published", "origins", "attachments"):
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 3")
    other = replace(
        report, document=replace(report.document, id="d2", source="2.txt", published=date(2024, 9, 20))
    )
    with Store(path) as store:
        store.add(other)
        assert store.db.execute("SELECT id, published FROM documents ORDER BY id").fetchall() == [
            *(("d1", None), ("d2", "2024-09-20")),
        ]

"""Search in the sentences: the index of pairs of characters, and the question that both indexes answer together."""

import re
import sqlite3


def pairs(text: str) -> str:
    """What is indexed of a text: every two neighbouring characters of its words, and the last one of each, once."""
    words = re.findall(r"[^\W_]+", text)
    return " ".join(dict.fromkeys(word[at : at + 2] for word in words for at in range(len(word))))


def index(connection: sqlite3.Connection) -> None:
    """Add all sentences to the index of pairs."""
    found = connection.execute("SELECT id, text FROM sentences").fetchall()
    connection.executemany(
        "INSERT INTO sentences_pairs (rowid, pairs) VALUES (?, ?)",
        ((name, pairs(text)) for name, text in found),
    )


def unindex(connection: sqlite3.Connection, document: str | None) -> None:
    """Take the sentences of a document out of the index of pairs, which keeps no text and must be told it again."""
    found = connection.execute("SELECT id, text FROM sentences WHERE document = ?", (document,)).fetchall()
    connection.executemany(
        "INSERT INTO sentences_pairs (sentences_pairs, rowid, pairs) VALUES ('delete', ?, ?)",
        ((name, pairs(text)) for name, text in found),
    )


def found(connection: sqlite3.Connection, words: str, limit: int = -1) -> list[int]:
    """The ids of the sentences that hold every one of the words, those between blanks, of any length; the first
    `limit` of them unless that is negative.
    """
    questions: dict[str, list[str]] = {}
    for word in words.split():
        quoted = '"' + word.replace('"', '""') + '"'
        table = "sentences_fts" if len(word) > 2 else "sentences_pairs"
        questions.setdefault(table, []).append(f"{quoted}*" if len(word) == 1 else quoted)
    alone = limit if len(questions) == 1 else -1
    answers = []
    for table, asked in questions.items():
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?"
        answers.append({name for (name,) in connection.execute(sql, (" AND ".join(asked), alone))})
    both = sorted(set.intersection(*answers)) if answers else []
    return both if limit < 0 else both[:limit]

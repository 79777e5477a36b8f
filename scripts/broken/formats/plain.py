"""Plain text that is none, that lies about its characters, or that never ends."""

import codecs
import random

from broken import MILLION, READ, case, fixed

TITLE = "某某县水务局2024年度部门决算\n"
SENTENCE = "2024年度支出合计100.00万元，比上年增加20.00万元，增长25.00%。"
TEXT = f"{TITLE}一、支出情况\n{SENTENCE}\n"


fixed("empty.txt", b"", "empty")
fixed("blank.txt", b" \t\r\n\x0c\n" * 500, "empty")
fixed("only-nul.txt", bytes(5000), "empty")
fixed("random.txt", random.Random(1).randbytes(20_000), "binary")
fixed("random.html", b"<html>" + random.Random(2).randbytes(20_000), "encoding", READ)
fixed("png-called-text.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "image_broken")
fixed("pdf-called-text.txt", b"%PDF-1.7\n%%EOF\n", "pdf_broken")
fixed("text-called-pdf.pdf", TEXT.encode(), READ)
fixed("text-called-word.docx", TEXT.encode("gb18030"), READ)
fixed("text-called-old-word.doc", TEXT.encode("utf-16"), READ)
fixed("utf16-without-mark.txt", TEXT.encode("utf-16-le"), READ)
fixed("utf16-big-without-mark.txt", TEXT.encode("utf-16-be"), READ)
fixed("utf16-odd.txt", TEXT.encode("utf-16")[:-1], READ)
fixed(
    "utf16-lone-surrogates.txt", codecs.BOM_UTF16_LE + b"\x00\xd8" * 3 + TEXT.encode("utf-16-le") * 50, READ
)
fixed("utf32.txt", TEXT.encode("utf-32"), READ, "binary")
fixed("wrong-mark.txt", codecs.BOM_UTF8 + TEXT.encode("gb18030") * 20, "binary")
fixed("two-encodings.txt", TEXT.encode() * 20 + TEXT.encode("gb18030") * 20, "binary")
fixed("encoded-twice.txt", TEXT.encode().decode("latin-1").encode() * 20, READ, "binary")
fixed("torn-character.txt", TEXT.encode() * 50 + TEXT.encode()[:-2], READ)
fixed("nul-between.txt", TEXT.encode().replace("，".encode(), b"\0"), READ, "binary")
fixed("controls.txt", TEXT.replace("，", "\x01\x02\x0b\x1b[31m").encode() * 30, READ, "binary")
fixed("old-mac-lines.txt", TEXT.replace("\n", "\r").encode(), READ)
fixed("right-to-left.txt", TEXT.replace("支", "\u202e支\u200b").encode(), READ, "binary")


@case("form-feeds.txt", READ, small=2000, full=930_000)
def _(size: int) -> bytes:
    return ("\f" * size + TEXT).encode()


@case("one-line.txt", READ, "too_large", "too_long", small=100_000, full=100 * MILLION)
def _(size: int) -> bytes:
    return (TITLE + "支出情况" * (size // 12)).encode()


@case("one-line-of-sentences.txt", READ, "too_large", "too_long", small=100_000, full=2_900_000)
def _(size: int) -> bytes:
    return (TITLE + SENTENCE * (size // len(SENTENCE.encode()))).encode()


@case("one-line-of-clauses.txt", READ, "too_large", "too_long", small=60_000, full=2_900_000)
def _(size: int) -> bytes:
    clause = SENTENCE.replace("。", "，")
    return (TITLE + clause * (size // len(clause.encode()))).encode()


@case("number-of-many-digits.txt", READ, small=20_000, full=930_000)
def _(size: int) -> bytes:
    return f"{TITLE}支出合计{'7' * size}万元，比上年增加20.00万元，增长25.00%。\n".encode()


@case("number-of-many-commas.txt", READ, small=10_000, full=930_000)
def _(size: int) -> bytes:
    return f"{TITLE}支出合计1{',234' * (size // 4)}.00万元，增长25.00%。\n".encode()


@case("decimal-of-many-digits.txt", READ, small=20_000, full=460_000)
def _(size: int) -> bytes:
    return f"{TITLE}支出合计1.{'3' * size}万元，增长25.00%，完成预算的0.{'0' * size}%。\n".encode()


@case("figures-in-one-sentence.txt", READ, small=1500, full=80_000)
def _(size: int) -> bytes:
    return (TITLE + "支出合计" + "、".join(f"{n}.25万元" for n in range(size)) + "。\n").encode()


@case("numerals.txt", READ, small=20_000, full=460_000)
def _(size: int) -> bytes:
    return (TITLE + "百分之" + "一百二十" * (size // 4) + "。" + "千" * size + "人次。\n").encode()


@case("alternating.txt", READ, small=20_000, full=310_000)
def _(size: int) -> bytes:
    return (
        TITLE + "1 " * (size // 2) + "\n" + "1." * (size // 2) + "\n" + "-1" * (size // 2) + "\n"
    ).encode()


@case("many-headings.txt", READ, small=1000, full=50_000)
def _(size: int) -> bytes:
    return (TITLE + "".join(f"{n % 90 + 1}、第{n}项情况\n（一）说明\n" for n in range(size))).encode()


@case("enumerators.txt", READ, small=5000, full=310_000)
def _(size: int) -> bytes:
    return (TITLE + "一、" * (size // 2) + "\n" + "（一）" * (size // 3) + "\n" + "1." * (size // 2)).encode()


@case("open-brackets.txt", READ, small=5000, full=460_000)
def _(size: int) -> bytes:
    return (TITLE + "（支出。" * (size // 4) + "\n" + "）" * size + "。\n").encode()


@case("nested-brackets.txt", READ, small=3000, full=840_000)
def _(size: int) -> bytes:
    return (TITLE + "支出1.00万元（" * (size // 9) + "）" * (size // 9) + "。\n").encode()


@case("closed-within-brackets.txt", READ, small=5000, full=560_000)
def _(size: int) -> bytes:
    return (TITLE + "（支。" * (size // 3) + "）。" * (size // 3) + "\n").encode()


@case("torn-lines.txt", READ, small=5000, full=930_000)
def _(size: int) -> bytes:
    return (TITLE + "支出为，\n" * (size // 5)).encode()


@case("blank-lines.txt", READ, small=20_000, full=310_000)
def _(size: int) -> bytes:
    return (TITLE + "\n" * size + SENTENCE + "1" + " \t" * size + "2").encode()


@case("row-of-many-cells.txt", READ, small=5000, full=110_000)
def _(size: int) -> bytes:
    return (TEXT + "收入决算表\n项目\t" + "合计\t" * size + "\n支出\t" + "1.00\t" * size + "\n").encode()


@case("table-of-many-rows.txt", READ, small=300, full=20_000)
def _(size: int) -> bytes:
    rows = "".join(f"2010{n % 90:02}\t行政运行{n}\t{n}.00\t1.00\t{n}.00\n" for n in range(size))
    return (f"{TEXT}支出决算表\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n{rows}").encode()


@case("bars.txt", READ, small=5000, full=180_000)
def _(size: int) -> bytes:
    return (TEXT + "|" * size + "\n" + "|---" * size + "|\n| 支出" * 3 + "|\n").encode()


@case("years.txt", READ, small=2000, full=310_000)
def _(size: int) -> bytes:
    return (TITLE + "2023年" * (size // 5) + "支出1.00万元。" + "1-" * size + "12月。\n").encode()


@case("cues-without-figures.txt", READ, small=1000, full=930_000)
def _(size: int) -> bytes:
    return (TITLE + "较上年增加减少完成预算占主要原因是" * (size // 17) + "1.00万元。\n").encode()


@case("items-without-figures.txt", READ, small=2000, full=930_000)
def _(size: int) -> bytes:
    return (
        TITLE + "一般公共服务支出（类）财政事务（款）" * (size // 18) + "行政运行（项）1.00万元。\n"
    ).encode()


@case("names-without-end.txt", READ, small=2000, full=430_000)
def _(size: int) -> bytes:
    return (TITLE + "本年收入合计" * (size // 6) + "分别为" + "1.00万元、" * (size // 6) + "。\n").encode()


@case("same-claim-again.txt", READ, small=80, full=4000)
def _(size: int) -> bytes:
    return (TITLE + "".join(f"本年支出合计{n}.00万元，比上年增加1.00万元。\n" for n in range(size))).encode()


@case("residue.txt", READ, small=3000, full=20_000)
def _(size: int) -> bytes:
    return (
        TITLE + "[bookmark:" * size + "\n" + "PAGEREF _Toc \\h " * size + "\n" + "HYPERLINK " * size
    ).encode()


@case("marks.txt", READ, small=20_000, full=180_000)
def _(size: int) -> bytes:
    return (
        TITLE + "。" * size + "\n" + "，" * size + "\n" + "、：" * size + "\n" + "…" * size + "\n"
    ).encode()


@case("leaders.txt", READ, small=5000, full=310_000)
def _(size: int) -> bytes:
    return (TITLE + "收入" + "." * size + "x\n" + "-" * size + "x\n" + "第" * size + "\n").encode()


@case("combining-marks.txt", READ, "binary", small=5000, full=930_000)
def _(size: int) -> bytes:
    return (TEXT + "支" + "\u0301" * size).encode()

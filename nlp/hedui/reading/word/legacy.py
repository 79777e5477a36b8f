"""Old Word files (.doc, .wps, .rtf): turned into .docx by LibreOffice, where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hedui.model import Document
from hedui.reading.errors import UnreadableInput
from hedui.reading.word.reader import READER
from hedui.reading.word.reader import read as read_docx

MAX_BYTES = 100_000_000
MAX_SECONDS = 120.0
MEMORY = 4_000_000  # kilobytes that LibreOffice may ask for
# A program in bounded memory. What waits beside it for the end of the standard input, which comes when this process is
# gone, however it went, ends the whole group then: LibreOffice would work on for nobody.
_BOUNDED = (
    *("/bin/sh", "-c"),
    f'ulimit -v {MEMORY} 2>/dev/null; exec 3<&0; (read -r _ <&3; kill -9 0) & exec "$0" "$@" 3<&- </dev/null',
)
PROGRAMS = ("soffice", "libreoffice")

_COMPOUND = b"\xd0\xcf\x11\xe0"
_WORD_STREAM = "WordDocument".encode("utf-16-le")

# LibreOffice's own settings, in a profile made for one conversion: no macro runs, no link is followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" \
oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" \
oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, source: str) -> Document:
    """The document of an old Word file.

    Raises UnreadableInput for other old Office files, without LibreOffice, where it fails or takes too long, and
    what the reader of .docx raises.
    """
    if data.startswith(_COMPOUND) and _WORD_STREAM not in data:
        raise UnreadableInput("office")
    if len(data) > MAX_BYTES:
        raise UnreadableInput("too_large", limit=MAX_BYTES // 1_000_000)
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise UnreadableInput("office_missing")
    return replace(read_docx(_converted(data, program), source), reader=f"{READER} after LibreOffice")


def _converted(data: bytes, program: str) -> bytes:
    """The file as .docx; everything that LibreOffice writes stays in a temporary folder."""
    ending = ".doc" if data.startswith(_COMPOUND) else ".rtf"
    with tempfile.TemporaryDirectory(prefix="hedui-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        old = folder / f"document{ending}"
        old.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        command = [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(old)),
        ]
        try:
            _run(command, folder)
            return (folder / "out" / "document.docx").read_bytes()
        except subprocess.TimeoutExpired:
            raise UnreadableInput("too_slow", limit=round(MAX_SECONDS)) from None
        except (OSError, subprocess.CalledProcessError) as error:
            raise UnreadableInput("office_failed", error=type(error).__name__) from error


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a program in a folder that is its home, too; past its time it ends with all that it started.

    Raises what subprocess.run raises.
    """
    group = os.name == "posix"
    bounded = [*_BOUNDED, *command] if group else command
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        bounded,
        cwd=folder,
        env={**os.environ, "HOME": os.fspath(folder)},
        stdin=subprocess.PIPE if group else quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=group,
    ) as process:
        try:
            code = process.wait(MAX_SECONDS)
        finally:
            if group:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
    if code:
        raise subprocess.CalledProcessError(code, command[0])

"""What stands in a folder and is no file: folders, pipes, devices, links without an end."""

import os
from pathlib import Path

from broken.formats.plain import TEXT


def places(folder: Path) -> list[Path]:
    """Make them in a folder; their paths, as far as the system allows such things."""
    (folder / "folder.pdf").mkdir()
    (folder / "empty-folder").mkdir()
    (folder / "link-to-nothing.txt").symlink_to("no-such-file")
    (folder / "link-to-itself.txt").symlink_to("link-to-itself.txt")
    (folder / "link-upwards").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    locked = folder / "locked.txt"
    locked.write_text(TEXT, "utf8")
    locked.chmod(0)
    made = [
        "folder.pdf",
        "empty-folder",
        "link-to-nothing.txt",
        "link-to-itself.txt",
        "pipe.txt",
        "device.txt",
    ]
    for name in (b"name-\xff\xfe.txt", b"line\nbreak.txt", b"-.txt", b"--help.txt"):
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))
        path.write_text(TEXT, "utf8")
        made.append(path.name)
    return [folder / name for name in (*made, "locked.txt")]

"""What a reader says when it cannot read: a message key and its fields, to be said in any language."""


class UnreadableInput(Exception):
    """Bytes that no reader can turn into a document.

    `key` names a text below `unreadable` in `patterns/messages.toml` (`empty`, `binary`, `pdf` …); `fields`
    fill it. The source is not among the fields: whoever reports the error knows it and names it first.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields

    def say(self, lang: str) -> str:
        """The reason and what to do about it, in `lang` (`zh` or `en`)."""
        from hedui.messages import say

        return say(f"unreadable.{self.key}", lang, **self.fields)

    def __str__(self) -> str:
        return self.say("en")

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle by their arguments; keywords have to be carried by hand to cross processes.
        return _restore, (type(self), self.key, self.fields)


def _restore(cls: type[UnreadableInput], key: str, fields: dict[str, object]) -> UnreadableInput:
    return cls(key, **fields)

"""The faults of gip-lint's own input and rules; a fault of a report is a finding, never an exception."""


class GipLintError(Exception):
    """A message for the user, Chinese first, English second; the command ends with exit code 2."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class UsageError(GipLintError):
    """The command line asks for something that cannot be done."""


class ConfigError(GipLintError):
    """A configuration file is not valid."""


class RuleError(GipLintError):
    """A rule file, a form or a dictionary is not valid: file, line and column are part of the message."""


class UnreadableFile(GipLintError):
    """A source that no reader can turn into a document; becomes the finding `unreadable-file`, exit code 3."""

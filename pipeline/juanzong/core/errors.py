"""The one exception that reaches people: a clear line, no traceback."""


class JuanzongError(Exception):
    """Bad input or usage: what is wrong, where, what to do. The command line prints it and exits 2."""


def missing_extra(error: ImportError, extra: str) -> JuanzongError:
    """What people are told where a package is missing: which one, and the extra of ours that brings it."""
    return JuanzongError(f"{error.name} is not installed; pip install 'juanzong[{extra}]'")

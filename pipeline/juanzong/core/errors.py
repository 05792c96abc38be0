"""The one exception that reaches people: a clear line, no traceback."""


class JuanzongError(Exception):
    """Bad input or usage: what is wrong, where, what to do. The command line prints it and exits 2."""

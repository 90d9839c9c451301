"""A function that runs in a child process with a clock and a memory limit.

A clock inside a library does not stop every call, and a thread cannot be stopped at all; a process
can. The child has the parent's import path, starts on first use, and is started again after it had
to be killed.
"""

from osai_essay.child.parent import Child, ChildError, ChildFault

__all__ = ["Child", "ChildError", "ChildFault"]

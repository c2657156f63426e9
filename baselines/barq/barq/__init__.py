"""A small HTTP framework for free-threaded Python in the style of Barq's first version.

Written for Assay after a description of what that version does; no line is the original's.
"""

from .application import Barq, Depends
from .messages import HTTPException, Request, Response

__version__ = "1"
__all__ = ["Barq", "Depends", "HTTPException", "Request", "Response"]

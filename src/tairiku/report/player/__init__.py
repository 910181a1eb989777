"""The map player: hand-written ES modules, put into the page so that they work from disk.

Modules name each other as ``./name.js``.  A page opened from disk may not load files, so each
module stands in the page as a data address, and an import map gives it the name
``tairiku/name.js``.
"""

import base64
import json
import re
from pathlib import Path

_IMPORT = re.compile(r'(from|import) "\./([a-z_]+\.js)"')


def modules(folder: Path) -> str:
    """Return the import map of all modules of a folder, as JSON that is safe inside a script."""
    imports = {}
    for path in sorted(folder.glob("*.js")):
        code = _IMPORT.sub(r'\1 "tairiku/\2"', path.read_text(encoding="utf-8"))
        address = base64.b64encode(code.encode()).decode("ascii")
        imports[f"tairiku/{path.name}"] = f"data:text/javascript;base64,{address}"
    return json.dumps({"imports": imports})

"""Compile the rules once, in a process of their own, with progress.

The compiled entry is cached on disk (`tairiku.base.kernels`); whoever plays first makes it.
A process of its own lets us spare Numba work that only a function called from Python needs: inner
rules get no Python wrapper and no machine code of their own, are not compiled once more for each
constant they are called with, and are linked and optimised once, in the entry, not again in every
caller of a caller; the long names of our records are not spelt out again and again.  The figures
are in docs/engine.md.  Should a later Numba have no such hooks, the plain way is taken, and only
takes longer.
"""

import ast
import gc
import importlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tairiku.base.errors import ProgramError
from tairiku.base.kernels import PACKAGE, SOURCES, is_compiled

PLAY, PROFILE = "play_days", "profile_days"  # what is asked of us: to play, or to time the rules
ENTRIES = {PLAY: "tairiku.command.play", PROFILE: "tairiku.command.profiling"}


def count_rules() -> int:
    """How many functions the entry is made of: every compiled function of the kernel sources."""
    total = 0
    for pattern in SOURCES:
        for path in PACKAGE.glob(pattern):
            if path.suffix == ".py":
                tree = ast.parse(path.read_text(encoding="utf-8"))
                total += sum(
                    isinstance(node, ast.FunctionDef)
                    and any("njit" in ast.dump(mark) for mark in node.decorator_list)
                    for node in ast.walk(tree)
                )
    return total


def compile_rules(on_progress: Callable[[int, int], None] | None = None, entry: str = PLAY) -> None:
    """Make a compiled entry if it is not on disk.

    Parameters
    ----------
    on_progress
        Called with functions done and functions in all.
    entry
        One of `ENTRIES`.

    Raises
    ------
    ProgramError
        If the rules cannot be compiled.
    """
    if is_compiled(entry):
        return
    total = count_rules()
    child = subprocess.Popen(
        [sys.executable, "-m", __name__, entry],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        for line in child.stdout:
            if on_progress is not None and line.startswith("compiled "):
                on_progress(min(int(line.split()[1]), total), total)
        _, complaint = child.communicate()
    except KeyboardInterrupt:
        child.kill()
        raise
    if child.returncode != 0:
        raise ProgramError(f"the rules could not be compiled:\n{complaint.strip()}")


def _spare_inner_rules(entry: str) -> None:
    """Teach this process's Numba that only the entry is ever called from Python."""
    from numba.core import codegen, cpu, dispatcher, registry, types
    from numba.core.runtime import rtsys
    from numba.core.types import npytypes

    plain_flags = dispatcher._FunctionCompiler._customize_flags
    plain_add = dispatcher.Dispatcher.add_overload
    plain_template = dispatcher.Dispatcher.get_call_template
    plain_executable = cpu.CPUContext.get_executable
    plain_finalize = codegen.CPUCodeLibrary.finalize
    rtsys.initialize(registry.cpu_target.target_context)  # Numba's own library stays as it is
    done = 0

    def customize(self: Any, flags: Any) -> Any:
        nonlocal done
        done += 1
        print(f"compiled {done}", flush=True)
        flags = plain_flags(self, flags)
        if self.py_func.__name__ != entry:
            flags.no_cpython_wrapper = True
            flags.no_cfunc_wrapper = True
        return flags

    def executable(self: Any, library: Any, description: Any, environment: Any) -> Any:
        if description.qualname.split(".")[-1] == entry:
            return plain_executable(self, library, description, environment)
        return lambda: None  # stands for the function; nobody calls it from Python

    def add(self: Any, result: Any) -> None:
        if type(result.entry_point).__name__ == "function":
            self.overloads[tuple(result.signature.args)] = result
        else:
            plain_add(self, result)

    def template(self: Any, args: Any, kws: Any) -> Any:
        # one machine function for all constants of a type
        values = {name: types.unliteral(kind) for name, kind in kws.items()}
        return plain_template(self, tuple(types.unliteral(kind) for kind in args), values)

    def finalize(self: Any) -> None:
        if self.name == entry:
            self._linking_libraries = _callers_first(self)
            plain_finalize(self)
        else:
            self._finalized = True  # linked and optimised in the entry

    dispatcher._FunctionCompiler._customize_flags = customize
    dispatcher.Dispatcher.add_overload = add
    dispatcher.Dispatcher.get_call_template = template
    cpu.CPUContext.get_executable = executable
    codegen.CPUCodeLibrary.finalize = finalize
    npytypes.Record.__repr__ = lambda self: self.name


def _callers_first(library: Any) -> list[Any]:
    """Every code library below the entry's, each after all that call into it.

    LLVM links a function only if one linked before asks for it.
    """
    order: list[Any] = []
    seen = set()

    def walk(library: Any) -> None:
        for called in library._linking_libraries:
            if called not in seen:
                seen.add(called)
                walk(called)
                order.append(called)

    walk(library)
    return order[::-1]


def _nothing_to_play(entry: str) -> tuple[Any, ...]:
    """Arguments of an entry with no replica and no day: a call compiles it and plays nothing."""
    from tairiku.command.plan_layout import PLAN
    from tairiku.command.setup import new_minds, new_orders, new_view
    from tairiku.sim import layout

    desk = (
        layout.new(layout.STATE, 0),
        layout.new(layout.MAP)[0],
        layout.new(layout.PARAMETERS, 0),
        layout.new(layout.WORK)[0],
        new_view(),
        new_orders(),
        layout.new(PLAN, 2),
        new_minds(0),
        0,
        0,
    )
    if entry == PLAY:
        return (*desk, 0)
    from tairiku.command.profiling import new_laps

    return (*desk, new_laps())


def main() -> None:
    """What the child process does, for the entry named by its argument."""
    entry = sys.argv[1] if len(sys.argv) > 1 else PLAY
    played = getattr(importlib.import_module(ENTRIES[entry]), entry)
    arguments = _nothing_to_play(entry)
    try:
        _spare_inner_rules(entry)
    except (ImportError, AttributeError) as missing:
        print(f"this Numba has no such hook ({missing}); compiling the plain way", flush=True)
    gc.freeze()
    gc.disable()  # nothing of a compilation is let go before its end
    played(*arguments)


if __name__ == "__main__":
    main()

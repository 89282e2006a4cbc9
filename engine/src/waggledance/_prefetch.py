"""Ask the processor for a cache line ahead of time: a hint, without effect on any result."""

from __future__ import annotations

from typing import Any

from llvmlite import binding, ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic

# LLVM names the intrinsic after the pointer's type, which lost its pointee in version 15.
_NAME = "llvm.prefetch.p0" if binding.llvm_version_info >= (15,) else "llvm.prefetch.p0i8"
_READ, _KEEP, _DATA = 0, 3, 1


def _emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    byte = ir.IntType(8).as_pointer()
    word = ir.IntType(32)
    address = builder.bitcast(builder.gep(array.data, [arguments[1]]), byte)
    kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
    function = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
        builder.module, kind, _NAME
    )
    builder.call(function, [address, word(_READ), word(_KEEP), word(_DATA)])
    return context.get_dummy_value()


if config.DISABLE_JIT:  # type: ignore[attr-defined]

    def prefetch(array: Any, index: Any) -> None:
        """Nothing to hint at when Python itself walks the array."""

else:

    @intrinsic
    def prefetch(typing_context: Any, array: Any, index: Any) -> Any:
        """Fetch the cache line of element `index` (counted over the flat memory of a C-contiguous array)."""
        return types.void(array, types.int64), _emit

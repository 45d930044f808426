# mypy: disable-error-code="untyped-decorator, import-untyped"
"""Asking the processor for memory ahead of its use, which is where the time of large rounds goes."""

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


@intrinsic  # type: ignore[untyped-decorator,unused-ignore]
def ask_for(_context, array, index):  # type: ignore[no-untyped-def]
    """Ask the processor for the memory of array[index], without waiting."""

    def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        address = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        word = ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer(), word, word, word])
        call = builder.module.declare_intrinsic("llvm.prefetch", (ir.IntType(8).as_pointer(),), shape)
        builder.call(call, [address, ir.Constant(word, 1), ir.Constant(word, 3), ir.Constant(word, 1)])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate

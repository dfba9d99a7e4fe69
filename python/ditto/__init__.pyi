import os
from typing import Any, Callable, List, Literal, Optional, Sequence, SupportsIndex, Tuple, TypeVar, Union, overload

__version__: str

_Array = TypeVar("_Array")
_Count = SupportsIndex
_Source = Union[str, bytes, "os.PathLike[str]", Any]
_FoldInto = Literal["nothing", "contractions", "all"]

class Error(RuntimeError, ValueError): ...

@overload
def repeat(x: _Array, *sizes: _Count, out: Optional[_Array] = None) -> _Array: ...
@overload
def repeat(x: _Array, sizes: Sequence[_Count], /, *, out: Optional[_Array] = None) -> _Array: ...
def repeat_interleave(
    x: _Array,
    repeats: Union[_Count, Sequence[_Count], Any, None] = None,
    dim: Optional[_Count] = None,
    *,
    output_size: Optional[_Count] = None,
    out: Optional[_Array] = None,
) -> _Array: ...

class CompiledFunction:
    @property
    def name(self) -> str: ...
    def __call__(self, *arguments: Any) -> Any: ...

def compile(
    module: _Source,
    entry: str = "",
    *,
    optimize: bool = True,
    raise_broadcasts: bool = True,
    raise_plain_broadcasts: bool = False,
    sink: bool = True,
    fold_into: _FoldInto = "all",
    cpu: str = "host",
    opt_level: int = 3,
    keep_order: bool = False,
) -> CompiledFunction: ...
@overload
def optimize(
    module: _Source,
    entry: str = "",
    *,
    report: Literal[False] = False,
    lower: bool = False,
    raise_broadcasts: bool = True,
    raise_plain_broadcasts: bool = False,
    sink: bool = True,
    fold_into: _FoldInto = "all",
) -> str: ...
@overload
def optimize(
    module: _Source,
    entry: str = "",
    *,
    report: Literal[True],
    lower: bool = False,
    raise_broadcasts: bool = True,
    raise_plain_broadcasts: bool = False,
    sink: bool = True,
    fold_into: _FoldInto = "all",
) -> Tuple[str, Report]: ...

class Repeat:
    site: str
    spelling: str
    bytes_before: Optional[int]
    bytes_after: Optional[int]
    outcome: str
    detail: str
    flops_before: Optional[int]
    flops_saved: Optional[int]
    def __init__(
        self,
        site: str,
        spelling: str,
        bytes_before: Optional[int],
        bytes_after: Optional[int],
        outcome: str,
        detail: str,
        flops_before: Optional[int],
        flops_saved: Optional[int],
    ) -> None: ...

class Report:
    name: str
    repeats: List[Repeat]
    def __init__(self, name: str, repeats: List[Repeat]) -> None: ...
    @staticmethod
    def from_json(text: str, name: str = "<module>") -> Report: ...
    def to_json(self) -> str: ...
    def to_html(self) -> str: ...
    def summarize(self) -> str: ...
    def count(self, outcome: str) -> int: ...
    @property
    def bytes_before(self) -> int: ...
    @property
    def bytes_after(self) -> int: ...
    @property
    def has_unknown_bytes(self) -> bool: ...

def from_jax(function: Callable[..., Any], *args: Any, **options: Any) -> Callable[..., Any]: ...
def from_onnx(model: Any, **options: Any) -> CompiledFunction: ...

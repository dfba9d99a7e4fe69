from typing import Any, Callable, Mapping, Optional, Sequence

import torch

from . import Error

class FallbackWarning(UserWarning): ...
class CannotCompile(Error): ...

def backend(
    graph: torch.fx.GraphModule, inputs: Sequence[Any], **options: Any
) -> Callable[..., Any]: ...

class CompiledModel:
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

def export(
    model: torch.nn.Module,
    args: Sequence[Any],
    *,
    kwargs: Optional[Mapping[str, Any]] = None,
    dynamic_shapes: Any = None,
    **options: Any,
) -> CompiledModel: ...
def to_mlir(
    model: torch.nn.Module,
    args: Sequence[Any],
    *,
    kwargs: Optional[Mapping[str, Any]] = None,
    dynamic_shapes: Any = None,
) -> str: ...

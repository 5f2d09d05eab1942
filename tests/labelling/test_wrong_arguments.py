"""What `label_file` says of a wrong argument."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pmo_classify import label_file


@pytest.mark.parametrize(
    ("wrong", "kind"), [(pd.DataFrame(), "DataFrame"), (["a.csv"], "list"), (None, "NoneType")]
)
def test_a_source_that_is_no_path(wrong: Any, kind: str) -> None:
    with pytest.raises(TypeError, match=f"source must be the path of a file, not {kind}: .*frame"):
        label_file(wrong)

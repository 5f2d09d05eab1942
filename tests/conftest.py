"""The number of inputs for property tests, and cluster engines that several modules share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import pmo_classify

# Many tests start processes, and each would translate all modules anew where none are kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Each run of one state of the code tries the same inputs, so that it passes or fails for everybody.
# `HYPOTHESIS_PROFILE=nightly` tries 2,000 new ones on each property. None has a time to keep.
settings.register_profile("daily", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or bool(home and Path(home, "bin", "java").exists())


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Return a Spark session on this machine, with two workers."""
    pyspark_sql = pytest.importorskip(
        "pyspark.sql", reason="Spark is not installed: pip install 'pmo-classify[spark]'"
    )
    if not _has_java():
        pytest.skip("Spark needs Java 17 or newer: apt-get install default-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        # Only the workers need these settings, to find this Python and the tested code.
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(pmo_classify.__file__).parents[1]), prepend=os.pathsep)
        session = (
            pyspark_sql.SparkSession.builder.master("local[2]")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def dask_client() -> Iterator[Any]:
    """Return a Dask cluster of two processes on this machine."""
    distributed = pytest.importorskip(
        "distributed", reason="Dask is not installed: pip install 'pmo-classify[dask]'"
    )
    # Processes, because threads share one interpreter and hide what a worker lacks; any free port,
    # because another cluster may run on this machine.
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client

"""Labels for data frames of pandas, Polars, PyArrow, Dask and Spark."""

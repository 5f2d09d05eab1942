"""Models that learn from labelled titles: features, estimator, chooser between readings."""

"""What learns from labelled titles: features, and the chooser between readings."""

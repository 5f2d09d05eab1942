"""Start the command line, for ``python -m pmo_classify`` and the script ``pmo-classify``."""

from pmo_classify.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()

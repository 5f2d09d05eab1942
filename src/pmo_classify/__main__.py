"""Lets ``python -m pmo_classify`` and the ``pmo-classify`` script start the command line."""

from pmo_classify.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()

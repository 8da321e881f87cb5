"""``python -m api.cli`` is ``huiyin``."""

from api.cli import main

if __name__ == "__main__":
    main()

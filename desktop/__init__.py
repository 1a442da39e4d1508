"""The window: PySide6 only; every number about a picture is the engine's."""

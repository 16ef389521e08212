"""Adds what editors read, ``__init__.pyi``, to a wheel; it is made of the commands."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithStubs(build_py):
    def run(self):
        super().run()
        sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
        import whisker
        from whisker import _stubs

        place = Path(self.build_lib) / "whisker" / "__init__.pyi"
        place.write_text(_stubs.text(whisker), encoding="utf-8")


setup(cmdclass={"build_py": WithStubs})

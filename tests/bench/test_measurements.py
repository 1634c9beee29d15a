"""The measuring programs still fit what they measure."""

import importlib
import pkgutil

import pytest

import tests.bench
import tests.chaos
import tests.eval

MODULES = [
    module.name
    for package in (tests.bench, tests.chaos, tests.eval)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_measurement_finds_the_parts_it_measures(name: str) -> None:
    assert importlib.import_module(name)

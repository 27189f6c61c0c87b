#!/usr/bin/env python3
"""Holds every #include against the picture of the house.

    layers.py LAYERS_JSON SOURCE_FOLDER

LAYERS_JSON is written by CMake from the parley_folder() calls of CMakeLists.txt, the one place where
the layers are declared. Prints FILE:LINE and the rule for each line that breaks it; exits with 1 if
there is one.
"""
import json
import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# Headers of C and of the system. C++'s own are the ones without a dot or a slash.
SYSTEM = re.compile(
    r"(assert|ctype|dirent|dlfcn|errno|fcntl|fenv|float|glob|inttypes|limits|locale|malloc|math|"
    r"poll|pthread|sched|semaphore|setjmp|signal|stdarg|stddef|stdint|stdio|stdlib|string|strings|"
    r"termios|time|unistd|[a-z0-9]*intrin)\.h|(arpa|net|netinet|sys)/.*|linux/.*|experimental/.*")
ANYWHERE = ("fmt/",)
IN_TESTS = ("gtest/", "gmock/", "benchmark/")


class House:
    def __init__(self, folders):
        self.folders = folders
        self.owner_of_face = {face: name for name, f in folders.items() for face in f["face"]}
        self.owner_of_prefix = {prefix: name for name, f in folders.items() for prefix in f["headers"]}

    def below(self, name):
        """The folders that `name` may include from, itself among them."""
        found, todo = set(), [name]
        while todo:
            folder = todo.pop()
            if folder not in found:
                found.add(folder)
                todo += self.folders[folder]["depends"]
        return found

    def why_not(self, folder, is_test, header, angled):
        """The rule that an include breaks, or None."""
        if angled:
            return self.why_not_third_party(folder, is_test, header)
        first = header.split("/")[0]
        if first == "parley":
            return self.why_not_face(folder, header.removeprefix("parley/"))
        if first not in self.folders:
            return f'"{header}" lies in no folder that CMakeLists.txt declares'
        if first == folder:
            return None
        if self.folders[folder]["face_only"]:
            return f"{folder} includes from include/parley only"
        if first not in self.below(folder):
            return f"{folder} may not include from {first}, which does not lie below it"
        return None

    def why_not_face(self, folder, header):
        owner = self.owner_of_face.get(header)
        if owner is None:
            return f"parley/{header} belongs to no folder: name it as a FACE of the one that implements it"
        if owner not in self.below(folder):
            return f"{folder} may not include from {owner} (parley/{header}), which does not lie below it"
        return None

    def why_not_third_party(self, folder, is_test, header):
        if SYSTEM.fullmatch(header) or not re.search(r"[./]", header):
            return None
        if header.startswith(ANYWHERE) or (is_test and header.startswith(IN_TESTS)):
            return None
        for prefix, owner in self.owner_of_prefix.items():
            if header.startswith(prefix):
                return None if owner == folder else f"<{header}> belongs to {owner} alone"
        return f"<{header}> is no HEADERS of any folder in CMakeLists.txt"


TEST_SOURCE = re.compile(r"_(test|bench|fuzz)\.cc$")


def included(path):
    """(line number, header, whether in angle brackets) of each include of a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found[2], found[1] == "<"


def tests_own_headers(root, paths):
    """Headers of src/ that only tests include, such as a builder of sample data."""
    includers = {}
    for path in paths:
        for _, header, _ in included(path):
            includers.setdefault(root / "src" / header, set()).add(path)

    def is_tests_own(path, above=()):
        if path.suffix == ".cc":
            return bool(TEST_SOURCE.search(path.name))
        users = includers.get(path, set()) - set(above)
        return bool(users) and all(is_tests_own(user, (*above, path)) for user in users)

    return {path for path in paths if path.suffix == ".h" and is_tests_own(path)}


def violations(house, root):
    """(path, line number, rule) for every include that breaks one."""
    places = [(p, p.relative_to(root / "src").parts[0]) for p in (root / "src").rglob("*.*")]
    places += [(p, house.owner_of_face.get(p.name)) for p in (root / "include/parley").glob("*.h")]
    places = sorted((place for place in places if place[0].suffix in (".h", ".cc")), key=lambda place: str(place[0]))
    tests_own = tests_own_headers(root, [path for path, _ in places])
    for path, folder in places:
        name = path.relative_to(root)
        if folder not in house.folders:
            yield name, 1, "lies in no folder that CMakeLists.txt declares"
            continue
        is_test = path in tests_own or bool(TEST_SOURCE.search(path.name))
        for number, header, angled in included(path):
            if why := house.why_not(folder, is_test, header, angled):
                yield name, number, why


def main():
    house = House(json.loads(Path(sys.argv[1]).read_text()))
    broken = list(violations(house, Path(sys.argv[2])))
    for name, number, why in broken:
        print(f"{name}:{number}: {why}")
    print(f"{len(broken)} includes break the layers")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

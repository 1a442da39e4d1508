#!/bin/sh
# The few system libraries that Qt and OpenCV need, installed only where one is missing and only
# where apt can do it; elsewhere their names are printed. With the word "packages" those too that
# the Debian package is to depend on: their names are told by the files of the machine that builds.
# With "tests" also the X server without a screen on which the tests open real windows.
set -eu
[ "$(uname -s)" = Linux ] || exit 0

# library file : Debian package
needed="
libGL.so.1:libgl1
libEGL.so.1:libegl1
libglib-2.0.so.0:libglib2.0-0
libfontconfig.so.1:libfontconfig1
libxkbcommon.so.0:libxkbcommon0
libdbus-1.so.3:libdbus-1-3
libxcb-cursor.so.0:libxcb-cursor0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0
"
if [ "${1:-}" = packages ]; then
    needed="$needed
libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1
"
fi
ldconfig="$(command -v ldconfig || echo /sbin/ldconfig)"
have="$("$ldconfig" -p 2>/dev/null || true)"
missing=""
for pair in $needed; do
    case "$have" in
        *"${pair%%:*}"*) ;;
        *) missing="$missing ${pair##*:}" ;;
    esac
done
if [ "${1:-}" = tests ] && ! command -v Xvfb >/dev/null 2>&1; then
    missing="$missing xvfb"
fi
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    # shellcheck disable=SC2086  # a list of packages
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Install these system libraries, then try again:$missing" >&2
fi

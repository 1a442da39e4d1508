#!/bin/bash
# Signs the bundle, makes the disk image, has Apple notarise it. Without the secrets the image is
# made all the same, unsigned, for tests.
#   LIKENESS_MAC_IDENTITY              name of the signing identity in the keychain
#   NOTARY_APPLE_ID, NOTARY_PASSWORD, NOTARY_TEAM   for notarytool
set -euo pipefail
cd "$(dirname "$0")/../.."
version="$(python3 -c 'exec(open("engine/version.py").read()); print(__version__)')"
app="build/dist/Likeness.app"
image="dist/likeness-$version-macos-$(uname -m).dmg"
identity="${LIKENESS_MAC_IDENTITY:-}"
entitlements="packaging/macos/entitlements.plist"
mkdir -p dist

if [ -n "$identity" ]; then
    # From the inside out, one by one: a bundle signed in one go fails at the first odd library.
    find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$identity"
    find "$app/Contents/Frameworks" -depth -type d -name '*.framework' -print0 |
        xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$identity"
    codesign --force --timestamp --options runtime --entitlements "$entitlements" \
        --sign "$identity" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
else
    echo "No signing identity: the bundle keeps the ad-hoc signature of the build."
fi

stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
# hdiutil fails now and then while the system indexes the folder.
for try in 1 2 3 4 5; do
    hdiutil create -volname Likeness -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$image" && break
    [ "$try" = 5 ] && exit 1
    sleep 10
done

if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
if [ -n "$identity" ] && [ -n "${NOTARY_APPLE_ID:-}" ]; then
    xcrun notarytool submit "$image" --wait --apple-id "$NOTARY_APPLE_ID" \
        --password "$NOTARY_PASSWORD" --team-id "$NOTARY_TEAM"
    xcrun stapler staple "$image"
    xcrun stapler validate "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
else
    echo "Not notarised: the secrets are not here."
fi
echo "$image"

#!/bin/sh
# Renew the browser files from the exact versions in package.json: install them in a temporary folder, copy the few files
# the pages need, draw the icon sprite, write SHA256SUMS. Run from anywhere; commit what changed together with package.json.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/package.json" "$work/"
(cd "$work" && npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error)
from=$work/node_modules
cd "$root"

take() { # package/path target
    mkdir -p "$(dirname -- "$2")"
    cp "$from/$1" "$2"
}
take @digdir/designsystemet-css/dist/src/index.css               static/vendor/designsystemet/index.css
take @digdir/designsystemet-css/dist/theme/designsystemet.css    static/vendor/designsystemet/theme.css
take @digdir/designsystemet-css/LICENSE                          static/vendor/designsystemet/LICENSE
take @fontsource-variable/inter/files/inter-latin-wght-normal.woff2      static/vendor/inter/inter-latin-wght-normal.woff2
take @fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2  static/vendor/inter/inter-latin-ext-wght-normal.woff2
take @fontsource-variable/inter/LICENSE                          static/vendor/inter/LICENSE
take htmx.org/dist/htmx.min.js                                   static/vendor/htmx/htmx.min.js
take htmx.org/LICENSE                                            static/vendor/htmx/LICENSE
take lucide-static/LICENSE                                       static/vendor/lucide/LICENSE
take axe-core/axe.min.js                                         tests/browser/vendor/axe.min.js
take axe-core/LICENSE                                            tests/browser/vendor/LICENSE

# One <symbol> an icon. Colour, width and caps are set on the <svg class="icon"> that uses it (portal.css).
{
    echo '<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide-static, ISC: see vendor/lucide/LICENSE -->'
    while read -r name; do
        printf '<symbol id="%s" viewBox="0 0 24 24">' "$name"
        tr '\n' ' ' < "$from/lucide-static/icons/$name.svg" \
            | sed -e 's/<!--[^>]*-->//' -e 's/<svg[^>]*>//' -e 's/<\/svg>//' -e 's/  */ /g' -e 's/^ //' -e 's/ $//' -e 's/ \/>/\/>/g' -e 's/> </></g'
        echo '</symbol>'
    done < static/vendor/lucide/icons.txt
    echo '</svg>'
} > static/icons.svg

find static/vendor tests/browser/vendor static/icons.svg -type f \
    ! -name SHA256SUMS ! -name README.md ! -name copy.sh ! -name icons.txt | LC_ALL=C sort \
    | xargs sha256sum > static/vendor/SHA256SUMS
echo "Copied. Look at the difference before you commit it."

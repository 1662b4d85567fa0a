#!/bin/sh
# Makes the fonts of this folder again from three Debian packages. Needs: apt-get (or the three .deb files), dpkg-deb, fonttools
# (pip install fonttools).
#
#   assets/fonts/build.sh [FOLDER]
#
# FOLDER holds the .deb files, or they are downloaded into it; without one a temporary folder is used.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work/x"
for package in fonts-inter fonts-noto-core fonts-noto-cjk; do
    ls "$work/$package"_*.deb >/dev/null 2>&1 || (cd "$work" && apt-get download "$package")
    dpkg-deb -x "$work/$package"_*.deb "$work/x"
done
inter=$work/x/usr/share/fonts/opentype/inter
noto=$work/x/usr/share/fonts/truetype/noto
cjk=$work/x/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

subset() { # output, unicodes, font, further options
    out=$1 unicodes=$2 font=$3
    shift 3
    SOURCE_DATE_EPOCH=0 pyftsubset "$font" --output-file="$here/$out" --unicodes="$unicodes" --notdef-outline --name-IDs='*' --no-hinting "$@"
}

# Latin with all accents, Greek, Cyrillic, punctuation, arrows, currency; tabular figures and case-sensitive forms stay.
latin=U+0020-007E,U+00A0-052F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2190-21FF,U+2212,U+2248,U+2260,U+2264-2265,U+25A0-25FF,U+2713-2717
for face in Regular Medium SemiBold Italic; do
    subset "Inter-$face.otf" "$latin" "$inter/Inter-$face.otf" --layout-features=kern,mark,mkmk,ccmp,locl,calt,tnum,case,liga
done

subset NotoSansArmenian.ttf U+0530-058F,U+FB13-FB17 "$noto/NotoSansArmenian-Regular.ttf" --layout-features='*'
subset NotoSansGeorgian.ttf U+10A0-10FF,U+1C90-1CBF,U+2D00-2D2F "$noto/NotoSansGeorgian-Regular.ttf" --layout-features='*'
subset NotoSansHebrew.ttf U+0590-05FF,U+FB1D-FB4F "$noto/NotoSansHebrew-Regular.ttf" --layout-features='*'
subset NotoSansArabic.ttf U+0600-06FF,U+0750-077F,U+FB50-FDFF,U+FE70-FEFF "$noto/NotoSansArabic-Regular.ttf" --layout-features='*'
subset NotoSansDevanagari.ttf U+0900-097F,U+200C-200D,U+25CC "$noto/NotoSansDevanagari-Regular.ttf" --layout-features='*'

# Of Chinese, Japanese and Korean only the signs that the atlas uses: run this again when the data names new ones.
signs=$(cat "$here"/../../maps/*.csv "$here"/../../maps/*.table "$here"/../../maps/*/* | python3 -c '
import sys
signs = {letter for letter in sys.stdin.read() if "\u3000" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" or "\uff00" <= letter <= "\uffef"}
print(",".join(f"U+{ord(letter):04X}" for letter in sorted(signs)) or "U+3000")')
subset NotoSansCJK.otf "$signs" "$cjk" --font-number=2 --layout-features=kern,locl
ls -l "$here"

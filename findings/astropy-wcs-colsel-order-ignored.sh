#!/usr/bin/env bash
# astropy 5.2.1 with wcslib 7.12, astropy.wcs.WCS(header, keysel=["pixel"], colsel=[...]).
#
# expected: the coordinates of an event list have their axes in the order in which colsel names the
#     columns, so that colsel=[number of X, number of Y] takes (x, y) and gives (RA, Dec).
# seen: the axes follow the numbers of the columns. [11, 12] and [12, 11] are the same. Where Y stands
#     before X in the table, the coordinates take (y, x) and give (Dec, RA): (x, y) as it was
#     asked for lies elsewhere, without an error.
#
# The reference is an image header with the same keywords, X first.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian python3-astropy=5.2.1-2+deb12u1 python3-erfa=2.0.0.1+ds-3+b1 liberfa1=2.0.0-1+b1 \
  libwcs7=7.12+ds-1+b2 libcfitsio10=4.2.0-3 python3-numpy=1:1.24.2-1+deb12u1 python3-packaging=23.0-1 \
  python3-yaml=6.0-3+b2 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1

cat >order.py <<'PYTHON'
import sys

import astropy
from astropy.io import fits
from astropy.wcs import WCS

AXES = {"X": ("RA---TAN", 150.0, -0.001), "Y": ("DEC--TAN", 2.0, 0.001)}


def table(columns):
    header = fits.Header()
    for name, number in columns.items():
        kind, value, step = AXES[name]
        header[f"TCTYP{number}"], header[f"TCRVL{number}"], header[f"TCUNI{number}"] = kind, value, "deg"
        header[f"TCRPX{number}"], header[f"TCDLT{number}"] = 10.0, step
    return header


image = WCS(naxis=2)
image.wcs.ctype = [AXES[n][0] for n in "XY"]
image.wcs.crval = [AXES[n][1] for n in "XY"]
image.wcs.cdelt = [AXES[n][2] for n in "XY"]
image.wcs.crpix = [10, 10]
ra, dec = image.wcs_pix2world([[60, 30]], 1)[0]
print("seen: astropy", astropy.__version__)
print("seen: image, x=60 y=30: RA %.4f, Dec %.4f" % (ra, dec))
places = {}
for text, columns in (("X 11, Y 12", {"X": 11, "Y": 12}), ("X 12, Y 11", {"X": 12, "Y": 11})):
    wcs = WCS(table(columns), keysel=["pixel"], colsel=[columns["X"], columns["Y"]])
    places[text] = [round(v, 4) for v in wcs.wcs_pix2world([[60, 30]], 1)[0]]
    print(f"seen: table with {text}, colsel=[X, Y]: axes {list(wcs.wcs.ctype)}, x=60 y=30: {places[text]}")
right = [round(ra, 4), round(dec, 4)]
wrong = places["X 12, Y 11"]
sys.exit(0 if places["X 11, Y 12"] == right and wrong[::-1] != right and wrong != right else 1)
PYTHON
python order.py

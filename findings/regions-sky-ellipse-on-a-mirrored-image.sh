#!/usr/bin/env bash
# regions 0.7 (astropy), EllipseSkyRegion and the other shapes with an angle.
#
# expected: an ellipse in sky coordinates covers the same part of the sky on every image, whichever
#     way east lies.
# seen: the angle is taken counter-clockwise in pixels from the image's x axis, turned with the north
#     but not mirrored. On an image with east to the right the ellipse lies mirrored: a place at
#     position angle 60 degrees is inside there and outside on the usual image, and the other way
#     round at 300. DS9 8.4.1 mirrors the angle (it saves 150 degrees for 30), so a region file masks
#     different pixels in the two.
#
# The reference is the sky itself: the same ellipse and the same places on two images of it.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian python3-regions=0.7-1+b2 python3-astropy=5.2.1-2+deb12u1 python3-erfa=2.0.0.1+ds-3+b1 \
  liberfa1=2.0.0-1+b1 libwcs7=7.12+ds-1+b2 libcfitsio10=4.2.0-3 python3-numpy=1:1.24.2-1+deb12u1 \
  python3-packaging=23.0-1 python3-yaml=6.0-3+b2 libblas3=3.11.0-2 liblapack3=3.11.0-2 \
  libgfortran5=12.2.0-14+deb12u1

cat >mirrored.py <<'PYTHON'
import sys

import astropy.units as u
import numpy
import regions
from astropy.coordinates import SkyCoord
from astropy.wcs import WCS


def image(step):
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [150, 40]
    wcs.wcs.crpix = [32.5, 32.5]
    wcs.wcs.cdelt = [step, 0.001]
    wcs.wcs.set()
    return wcs


centre = SkyCoord(150, 40, unit="deg")
ellipse = regions.EllipseSkyRegion(centre, 60 * u.arcsec, 20 * u.arcsec, 30 * u.deg)
usual, mirrored = image(-0.001), image(0.001)
print("seen: regions", regions.__version__)
print("seen: angle in pixels, east to the left:", round(ellipse.to_pixel(usual).angle.to_value("deg"), 2))
print("seen: angle in pixels, east to the right:", round(ellipse.to_pixel(mirrored).angle.to_value("deg"), 2))
inside = []
for angle in (60, 300):
    place = centre.directional_offset_by(angle * u.deg, 25 * u.arcsec)
    row = [bool(ellipse.contains(place, wcs)) for wcs in (usual, mirrored)]
    print(f"seen: 25 arcsec from the centre, position angle {angle}: inside on either image {row}")
    inside.append(row)
sys.exit(0 if inside == [[False, True], [True, False]] else 1)
PYTHON
python mirrored.py

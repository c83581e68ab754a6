#!/usr/bin/env python3
"""Writes masks.txt: the pixels of regions.reg on images of several coordinates, by DS9 and astropy.

SAOImage DS9 (written with 8.4.1, under Xvfb) brings the regions to the pixels of each image; the
shapes in pixels are then evaluated at pixel centres by astropy's regions (0.7). Each mask is the
union of the regions, in rows from the first one, # for a pixel within.
"""
import pathlib
import subprocess
import tempfile

import numpy as np
from astropy.io import fits
from regions import PixCoord, Regions

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = 64, 48
TAN = dict(CTYPE1="RA---TAN", CTYPE2="DEC--TAN", CRPIX1=32.5, CRPIX2=24.5, CRVAL1=150.0,
           CRVAL2=40.0, RADESYS="ICRS")
STEP = dict(CDELT1=-0.001, CDELT2=0.001)
HEADERS = {
    "plain": {**TAN, **STEP},
    "turned": {**TAN, **STEP, "CROTA2": 35.0},
    "flipped": {**TAN, "CDELT1": 0.001, "CDELT2": 0.001},
    "flipped-turned": {**TAN, "CD1_1": 0.0008, "CD1_2": -0.0006, "CD2_1": 0.0006, "CD2_2": 0.0008},
    "physical": {**TAN, **STEP, "LTM1_1": 0.25, "LTM2_2": 0.25, "LTV1": -1000.0, "LTV2": -900.0},
    "ciao": {**TAN, **STEP, "WCSNAMEP": "PHYSICAL", "CTYPE1P": "x", "CTYPE2P": "y", "CRPIX1P": 0.5,
             "CRPIX2P": 0.5, "CRVAL1P": 4000.5, "CRVAL2P": 3600.5, "CDELT1P": 4.0, "CDELT2P": 4.0},
    "galactic": {**STEP, "CTYPE1": "GLON-TAN", "CTYPE2": "GLAT-TAN", "CRPIX1": 32.5,
                 "CRPIX2": 24.5, "CRVAL1": 180.3, "CRVAL2": 52.6},
    "fk4": {**STEP, "CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRPIX1": 32.5, "CRPIX2": 24.5,
            "CRVAL1": 149.2, "CRVAL2": 40.24, "RADESYS": "FK4", "EQUINOX": 1950.0},
}


def image_regions(folder, name, cards, region):
    hdu = fits.PrimaryHDU(np.zeros((HEIGHT, WIDTH), "f4"))
    for key, value in cards.items():
        hdu.header[key] = value
    hdu.writeto(folder / f"{name}.fits")
    out = folder / f"{name}.reg"
    subprocess.run(["xvfb-run", "-a", "ds9", folder / f"{name}.fits", "-regions", "load", region,
                    "-regions", "format", "ds9", "-regions", "system", "image", "-regions", "save",
                    out, "-exit"], check=True)
    return out


def inside(shape, x, y):
    kind = type(shape).__name__
    return shape.contains(PixCoord(x, y))


y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
text = []
with tempfile.TemporaryDirectory() as folder:
    for name, cards in HEADERS.items():
        file = image_regions(pathlib.Path(folder), name, cards, HERE / "regions.reg")
        mask = np.zeros((HEIGHT, WIDTH), bool)
        counts = []
        for shape in Regions.read(file, format="ds9"):
            inner = inside(shape, x, y)
            counts.append(int(inner.sum()))
            mask |= inner
        print(name, counts)
        text.append(f"[{name}]\n" + "".join(f"{k} = {v!r}\n" for k, v in cards.items())
                    + "\n".join("".join("#" if v else "." for v in row) for row in mask))
(HERE / "masks.txt").write_text("\n".join(text) + "\n")

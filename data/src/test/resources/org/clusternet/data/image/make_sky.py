#!/usr/bin/env python3
"""Writes headers.txt and places.csv: pixels and positions in the sky by wcslib and astropy.

Needs astropy (written with 5.2.1, wcslib 7.12, Debian 12). Each header has pixels (counted from 1)
with the coordinates that wcslib gives in the header's own system, and those in ICRS by astropy;
names of systems that astropy does not read from headers (ecliptic, supergalactic) are given here.
"""
import warnings

import numpy as np
from astropy.coordinates import (FK4, FK5, ICRS, BarycentricMeanEcliptic, FK4NoETerms, Galactic,
                                 SkyCoord, Supergalactic)
from astropy.io import fits
from astropy.time import Time
from astropy.wcs import WCS

warnings.simplefilter("ignore")
STEP = 0.01


def axes(code, kind="RA", **more):
    names = {"RA": ("RA--", "DEC-")}.get(kind, (kind + "LON", kind + "LAT"))
    cards = {"CTYPE1": f"{names[0]}-{code}", "CTYPE2": f"{names[1]}-{code}", "CRPIX1": 40.5,
             "CRPIX2": 33.25, "CRVAL1": 207.2188, "CRVAL2": 26.593}
    if not any(k.startswith(("CD", "PC")) for k in more):
        cards.update(CDELT1=-STEP, CDELT2=STEP)
    cards.update(more)
    return cards


HEADERS = {code.lower(): (axes(code), ICRS()) for code in
           ["TAN", "SIN", "ARC", "ZEA", "STG", "NCP", "CAR", "CEA", "CYP", "MER", "SFL", "PAR",
            "MOL", "AIT"]}
wide = dict(CDELT1=-1.5, CDELT2=1.5, CRVAL1=10.0, CRVAL2=0.0)
for code in ["CAR", "CEA", "CYP", "MER", "SFL", "PAR", "MOL", "AIT", "ARC", "ZEA", "STG", "ZPN"]:
    poly = dict(PV2_1=1.0, PV2_2=0.01, PV2_3=-0.05) if code == "ZPN" else {}
    HEADERS["wide-" + code.lower()] = (axes(code, **wide, **poly), ICRS())
HEADERS.update({
    "sin-slant": (axes("SIN", PV2_1=0.2, PV2_2=-0.3), ICRS()),
    "ncp-south": (axes("NCP", CRVAL2=-35.0), ICRS()),
    "cea-lambda": (axes("CEA", PV2_1=0.75, **wide), ICRS()),
    "cyp-parameters": (axes("CYP", PV2_1=0.5, PV2_2=0.8, **wide), ICRS()),
    "zpn": (axes("ZPN", PV2_1=1.0, PV2_3=0.2), ICRS()),
    "lonpole": (axes("TAN", LONPOLE=150.0), ICRS()),
    "lonpole-pv": (axes("ZEA", PV1_3=45.0), ICRS()),
    "car-oblique": (axes("CAR", CRVAL2=40.0, LONPOLE=30.0, LATPOLE=-10.0), ICRS()),
    "ait-latpole": (axes("AIT", CRVAL2=0.0, LONPOLE=90.0, LATPOLE=30.0), ICRS()),
    "sfl-latpole": (axes("SFL", CRVAL2=-20.0, LONPOLE=180.0, LATPOLE=-90.0), ICRS()),
    "arc-fiducial": (axes("ARC", PV1_1=30.0, PV1_2=70.0), ICRS()),
    "arc-offset": (axes("ARC", PV1_0=1.0, PV1_1=30.0, PV1_2=70.0), ICRS()),
    "north-pole": (axes("TAN", CRVAL2=90.0), ICRS()),
    "south-pole": (axes("SIN", CRVAL2=-90.0), ICRS()),
    "near-pole": (axes("TAN", CRVAL2=89.9), ICRS()),
    "wrap": (axes("TAN", CRVAL1=0.001), ICRS()),
    "crval-negative": (axes("TAN", CRVAL1=-30.0), ICRS()),
    "swapped": (dict(CTYPE1="DEC--TAN", CTYPE2="RA---TAN", CRPIX1=40.5, CRPIX2=33.25, CRVAL1=26.0,
                     CRVAL2=207.0, CDELT1=STEP, CDELT2=-STEP, CROTA1=20.0), ICRS()),
    "arcsec": (axes("TAN", CUNIT1="arcsec", CUNIT2="arcsec", CRVAL1=745987.68, CRVAL2=95734.8,
                    CDELT1=-3.6, CDELT2=3.6), ICRS()),
    "arcmin": (axes("SIN", CUNIT1="arcmin", CUNIT2="arcmin", CRVAL1=12433.128, CRVAL2=1595.58,
                    CDELT1=-0.6, CDELT2=0.6), ICRS()),
    "crota2": (axes("TAN", CROTA2=30.0), ICRS()),
    "crota2-oblong": (axes("TAN", CROTA2=30.0, CDELT1=-0.02, CDELT2=STEP), ICRS()),
    "pc": (axes("TAN", CDELT1=-STEP, CDELT2=STEP, PC1_1=.8, PC1_2=-.6, PC2_1=.6, PC2_2=.8), ICRS()),
    "pc00": (axes("TAN", CDELT1=-STEP, CDELT2=STEP, PC001001=.8, PC001002=-.6, PC002001=.6,
                  PC002002=.8), ICRS()),
    "cd": (axes("TAN", CD1_1=-1e-2, CD1_2=3e-3, CD2_1=3e-3, CD2_2=1e-2), ICRS()),
    "galactic": (axes("TAN", "G", CRVAL1=290.0, CRVAL2=74.0), Galactic()),
    "galactic-car": (axes("CAR", "G", CRVAL1=290.0, CRVAL2=0.0), Galactic()),
    "supergalactic": (axes("TAN", "S", CRVAL1=100.0, CRVAL2=-3.0), Supergalactic()),
    "ecliptic": (axes("SIN", "E", CRVAL1=190.0, CRVAL2=20.0), BarycentricMeanEcliptic()),
    "ecliptic-1975": (axes("TAN", "E", EQUINOX=1975.0, CRVAL1=190.0, CRVAL2=20.0),
                      BarycentricMeanEcliptic(equinox=Time(1975, format="jyear"))),
    "fk5": (axes("TAN", RADESYS="FK5"), FK5()),
    "fk5-2000": (axes("TAN", EQUINOX=2000.0), FK5()),
    "fk5-1975": (axes("TAN", RADESYS="FK5", EQUINOX=1975.0), FK5(equinox=Time(1975, format="jyear"))),
    "fk4": (axes("TAN", RADESYS="FK4"), FK4()),
    "equinox-1950": (axes("TAN", EQUINOX=1950.0), FK4()),
    "epoch-1950": (axes("TAN", EPOCH=1950.0), FK4()),
    "fk4-1975": (axes("TAN", RADESYS="FK4", EQUINOX=1975.0), FK4(equinox=Time(1975, format="byear"))),
    "fk4-1900": (axes("ARC", RADESYS="FK4", EQUINOX=1900.0), FK4(equinox=Time(1900, format="byear"))),
    "fk4-no-e": (axes("TAN", RADESYS="FK4-NO-E", EQUINOX=1950.0), FK4NoETerms()),
    "epoch-2000": (axes("TAN", EPOCH=2000.0), FK5()),
})

places = ["header,x,y,longitude,latitude,ra,dec"]
text = []
for name, (cards, frame) in HEADERS.items():
    header = fits.Header()
    for key, value in cards.items():
        header[key] = value
    print(name, end=" ")
    wcs = WCS(header)
    text.append(f"[{name}]\n" + "".join(f"{k} = {v!r}\n" for k, v in cards.items()))
    count = 0
    for x, y in [(40.5, 33.25), (1, 1), (80.25, 3), (17, 60.5), (41, 33)]:
        if name == "wide-mer" and y == 60.5:
            y = 50.5
        world = wcs.wcs_pix2world([[x, y]], 1)[0]
        back = wcs.wcs_world2pix([world], 1)[0]
        if not (np.isfinite(world).all() and np.allclose(back, (x, y), atol=1e-6)):
            continue
        lon, lat = world if wcs.wcs.lng == 0 else world[::-1]
        place = SkyCoord(lon, lat, unit="deg", frame=frame)
        back = SkyCoord(place.icrs.ra, place.icrs.dec).transform_to(frame)
        icrs = place.icrs
        places.append(",".join([name, repr(float(x)), repr(float(y))]
                               + [f"{v:.13f}" for v in (lon % 360, lat, icrs.ra.deg, icrs.dec.deg)]))
        count += 1
    print(count)
open("headers.txt", "w").write("\n".join(text))
open("places.csv", "w").write("\n".join(places) + "\n")

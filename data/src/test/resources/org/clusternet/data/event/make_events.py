"""Writes the event lists of EventImagesTest and what astropy and numpy make of them.

    python3 make_events.py        needs astropy and numpy; overwrites the files beside this script

Each file has the structure of a mission's: names and types of columns, where the coordinates are, how good times
belong to CCDs. counts.csv has the pixels that numpy.histogram2d fills, places.csv the pixels, counted
from 0 at the centre of the first, of sky positions by astropy.wcs from the table's own keywords.
"""

import gzip
import io
import pathlib

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

HERE = pathlib.Path(__file__).parent
COUNTS = ["file,column,row,count"]
PLACES = ["file,ra,dec,column,row"]


def write(name, hdus):
    memory = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU()] + hdus).writeto(memory)
    with gzip.GzipFile(HERE / name, "wb", mtime=0, compresslevel=9) as out:
        out.write(memory.getvalue())


def expect(name, x, y, keep, low, bin_, shape, wcs):
    edges = [b + bin_ * np.arange(n + 1) for b, n in zip(low, shape)]
    image, _, _ = np.histogram2d(x[keep], y[keep], bins=edges)
    for i, j in zip(*np.nonzero(image)):
        COUNTS.append(f"{name},{i},{j},{int(image[i, j])}")
    # wcslib orders the axes of a table by column number, whatever the order of colsel.
    swapped = wcs.wcs.ctype[0].startswith("DEC")
    for i, j in (0, 0), (17.25, 28.5), (shape[0], shape[1] / 3):
        places = [low[0] + bin_ * (i + 0.5), low[1] + bin_ * (j + 0.5)]
        world = wcs.wcs_pix2world([places[::-1] if swapped else places], 1)[0]
        ra, dec = world[::-1] if swapped else world
        PLACES.append(f"{name},{ra!r},{dec!r},{i!r},{j!r}")


def table_wcs(hdu, x, y):
    return WCS(hdu.header, keysel=["pixel"], colsel=[x, y])


def times(name, intervals, **keys):
    start, stop = np.array(intervals, dtype=float).T
    hdu = fits.BinTableHDU.from_columns(
        [fits.Column("START", "D", unit="s", array=start), fits.Column("STOP", "D", unit="s", array=stop)], name=name)
    hdu.header.update(keys)
    return hdu


def inside(time, intervals):
    return np.any([(time >= a) & (time <= b) for a, b in intervals], axis=0)


def coordinates(header, x, y, projection, ra, dec, step, point):
    for n, kind, value, sign in ((x, "RA---", ra, -1), (y, "DEC--", dec, 1)):
        header[f"TCTYP{n}"] = kind + projection
        header[f"TCRVL{n}"] = value
        header[f"TCRPX{n}"] = point
        header[f"TCDLT{n}"] = sign * step
        header[f"TCUNI{n}"] = "deg"


def chandra(rng, n=400):
    """Names in lower case, bits, TNULL, NaN places, good times of each CCD by the data subspace."""
    x, y = rng.normal(4100, 300, (2, n)).astype("f4")
    x[:3] = np.nan
    time, ccd = np.sort(rng.uniform(1000, 2000, n)), rng.choice([6, 7, 3], n).astype("i2")
    energy = rng.uniform(100, 9000, n).astype("f4")
    status = rng.integers(0, 2, (n, 32)).astype(bool)
    hdu = fits.BinTableHDU.from_columns([
        fits.Column("time", "D", unit="s", array=time), fits.Column("ccd_id", "I", array=ccd),
        fits.Column("status", "32X", array=status), fits.Column("pha", "J", null=0, array=np.ones(n, "i4")),
        fits.Column("y", "E", unit="pixel", array=y), fits.Column("x", "E", unit="pixel", array=x),
        fits.Column("energy", "E", unit="eV", array=energy)], name="EVENTS")
    h = hdu.header
    h.update(TELESCOP="CHANDRA", INSTRUME="ACIS", OBJECT="A 9999", EXPOSURE=985.5, RADECSYS="ICRS", EQUINOX=2000.0)
    coordinates(h, 6, 5, "TAN", 207.25, 26.59, 1.3666666666667e-04, 4096.5)
    for n_ in (5, 6):
        h[f"TLMIN{n_}"], h[f"TLMAX{n_}"] = 0.5, 8192.5
    gti = {7: [(1100, 1500), (1700, 1900)], 6: [(1000, 1200)]}
    h.update({"DSTYP1": "time", "DSVAL1": "TABLE", "DSREF1": ":GTI7", "2DSREF1": ":GTI6",
              "DSTYP2": "ccd_id", "DSVAL2": "7:7", "2DSVAL2": "6:6"})
    keep = (energy >= 500) & (energy <= 7000) & np.isfinite(x)
    keep &= np.any([(ccd == c) & inside(time, g) for c, g in gti.items()], axis=0)
    write("chandra.fits.gz", [hdu] + [times("GTI", gti[c], HDUNAME=f"GTI{c}") for c in (7, 6)])
    expect("chandra.fits.gz", x, y, keep, (0.5, 0.5), 4, (2048, 2048), table_wcs(hdu, 6, 5))


def xmm(rng, n=400):
    """Whole-number places with TNULL, coordinates only as REFX..., PI in eV without a unit, STDGTInn and CCDNR."""
    x, y = rng.normal(25000, 2000, (2, n)).astype("i4")
    x[:4] = -99999999
    time, ccd = rng.uniform(0, 1000, n), rng.integers(1, 4, n).astype("u1")
    pi = rng.integers(100, 12000, n).astype("i2")
    hdu = fits.BinTableHDU.from_columns([
        fits.Column("TIME", "D", unit="s", array=time), fits.Column("RAWX", "I", array=np.zeros(n, "i2")),
        fits.Column("X", "J", unit="0.05 arcsec", null=-99999999, array=x),
        fits.Column("Y", "J", unit="0.05 arcsec", null=-99999999, array=y),
        fits.Column("PI", "I", unit="CHAN", array=pi), fits.Column("CCDNR", "B", array=ccd)], name="EVENTS")
    h = hdu.header
    h.update(TELESCOP="XMM", INSTRUME="EMOS1", RADECSYS="FK5", EQUINOX=2000.0)
    image = fits.Header()
    for axis, n_, kind, value, sign in (("X", 1, "RA---TAN", 210.26, -1), ("Y", 2, "DEC--TAN", 2.87, 1)):
        h.update({f"REF{axis}CTYP": kind, f"REF{axis}CRPX": 25921.0, f"REF{axis}CRVL": value,
                  f"REF{axis}CDLT": sign * 0.05 / 3600, f"REF{axis}CUNI": "deg"})
        h[f"TLMIN{n_ + 2}"], h[f"TLMAX{n_ + 2}"] = 1, 51840
        image.update({f"CTYPE{n_}": kind, f"CRPIX{n_}": 25921.0, f"CRVAL{n_}": value, f"CDELT{n_}": sign * 0.05 / 3600})
    gti = {1: [(0, 600)], 3: [(300, 1000)]}
    keep = (pi >= 500) & (pi <= 7000) & (x > 0)
    keep &= np.any([(ccd == c) & inside(time, g) for c, g in gti.items()], axis=0)
    write("xmm.fits.gz", [hdu] + [times(f"STDGTI{c:02d}", gti[c]) for c in gti])
    expect("xmm.fits.gz", x.astype(float), y.astype(float), keep, (0.5, 0.5), 26, (1994, 1994), WCS(image))


def rosat(rng, n=400):
    """STDEVT after REJEVT, 16-bit places scaled by TSCAL and TZERO, channels of 10 eV, one STDGTI."""
    stored = rng.integers(-1000, 1000, (2, n)).astype("i2")
    x, y = 7680 + 0.5 * stored
    time, pi = rng.uniform(0, 1000, n), rng.integers(7, 257, n).astype("i2")
    columns = [fits.Column("X", "I", unit="pixel", array=stored[0]), fits.Column("Y", "I", unit="pixel", array=stored[1]),
               fits.Column("PI", "I", unit="chan", array=pi), fits.Column("TIME", "D", unit="s", array=time)]
    hdus = [fits.BinTableHDU.from_columns(columns, name=name) for name in ("REJEVT", "STDEVT")]
    for hdu in hdus:
        h = hdu.header
        h.update(TELESCOP="ROSAT", INSTRUME="PSPCB", HDUCLAS1="EVENTS",
                 HDUCLAS2="REJECTED" if hdu.name == "REJEVT" else "ACCEPTED", RADECSYS="FK5", EQUINOX=2000.0)
        coordinates(h, 1, 2, "TAN", 187.7, 12.39, 0.5 / 3600, 7680.0)
        for n_ in (1, 2):
            h[f"TSCAL{n_}"], h[f"TZERO{n_}"] = 0.5, 7680.0
            h[f"TLMIN{n_}"], h[f"TLMAX{n_}"] = 1, 15360
    gti = [(50, 400), (390, 600)]
    keep = (pi >= 50) & (pi <= 200) & inside(time, gti)
    write("rosat.fits.gz", hdus + [times("STDGTI", gti)])
    expect("rosat.fits.gz", x, y, keep, (0.75, 0.75), 7.5, (2048, 2048), table_wcs(hdus[1], 1, 2))


def erosita(rng, n=300):
    """Double places without limits, turned SIN projection, PI in eV as a float, variable length, 64 bits."""
    x, y = rng.normal(-250.25, 60, (2, n))
    pi, frame = rng.uniform(200, 9000, n).astype("f4"), rng.integers(0, 1 << 40, n)
    hdu = fits.BinTableHDU.from_columns([
        fits.Column("FRAME", "K", array=frame),
        fits.Column("PHAS", "PI()", array=np.array([np.arange(i % 4, dtype="i2") for i in range(n)], dtype=object)),
        fits.Column("X", "D", array=x), fits.Column("Y", "D", array=y), fits.Column("PI", "E", unit="eV", array=pi)],
        name="EVENTS")
    h = hdu.header
    h.update(TELESCOP="SRG", INSTRUME="EROSITA", RADESYS="ICRS")
    coordinates(h, 3, 4, "SIN", 3.25, -54.1, 4 / 3600, -250.0)
    angle = np.radians(20)
    for key, value in zip(("3_3", "3_4", "4_3", "4_4"), (np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle))):
        h["TPC" + key] = value
    keep = (pi >= 500) & (pi <= 2300)
    low = [np.ceil(v.min() - 0.5) - 0.5 for v in (x, y)]
    shape = [int(np.floor(v.max() + 0.5) + 0.5 - b) for v, b in zip((x, y), low)]
    write("erosita.fits.gz", [hdu])
    expect("erosita.fits.gz", x, y, keep, low, 1, shape, table_wcs(hdu, 3, 4))


if __name__ == "__main__":
    generator = np.random.default_rng(20261201)
    for mission in (chandra, xmm, rosat, erosita):
        mission(generator)
    (HERE / "counts.csv").write_text("\n".join(COUNTS) + "\n")
    (HERE / "places.csv").write_text("\n".join(PLACES) + "\n")

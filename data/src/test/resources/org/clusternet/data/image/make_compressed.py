"""Makes compressed.zip: tile-compressed FITS images, and what CFITSIO reads from them.

    python3 make_compressed.py        needs fpack and funpack (CFITSIO 4.2.0), compress (ncompress), astropy 5.2

NAME.fits.fz is written by fpack, or by astropy where the name begins so; NAME.f64 holds the pixels
after funpack as big-endian doubles: BZERO + BSCALE x stored, computed here, NaN for BLANK. The
images are 31 x 23, whose sides no usual tile divides.
"""
import bz2
import lzma
import os
import subprocess
import tempfile
import warnings
import zipfile

import numpy
from astropy.io import fits

warnings.simplefilter("ignore")
out = tempfile.mkdtemp()
WIDTH, HEIGHT = 31, 23
rng = numpy.random.default_rng(20261201)
y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
SKY = 1000 * numpy.exp(-((x - 15) ** 2 + (y - 12) ** 2) / 40.0) + rng.normal(10, 3, x.shape)


def physical(path):
    """The first image of a plain FITS file, by bytes and header alone."""
    with fits.open(path, do_not_scale_image_data=True, ignore_blank=True) as hdus:
        hdu = next(h for h in hdus if h.header["NAXIS"] == 2 and h.header.get("XTENSION", "IMAGE") == "IMAGE")
        stored = hdu.data
        header = hdu.header
        scale, zero = float(header.get("BSCALE", 1)), float(header.get("BZERO", 0))
        value = zero + scale * stored.astype(">f8")
        if stored.dtype.kind in "iu" and "BLANK" in header:
            value[stored == header["BLANK"]] = numpy.nan
        return value.astype(">f8")


def keep(packed, name):
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "plain.fits")
        subprocess.run(["funpack", "-O", plain, packed], check=True)
        with open(os.path.join(out, name + ".f64"), "wb") as f:
            f.write(physical(plain).tobytes())


def fpack(name, stored, options, trusted=True, **cards):
    """Packs stored numbers as they are; BZERO, BSCALE and BLANK are cards.

    Not trusted: funpack 4.2.0 moves pixels of a float image with NaN in tiles narrower than it.
    """
    packed = os.path.join(out, name + ".fits.fz")
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "image.fits")
        hdu = fits.PrimaryHDU(stored)
        for key, value in cards.items():
            hdu.header[key] = value
        hdu.writeto(plain)
        subprocess.run(["fpack", *options.split(), "-C", "-O", packed, plain], check=True)
    if trusted:
        keep(packed, name)


BYTES = numpy.clip(SKY / 4, 0, 255).astype(numpy.uint8)
SHORTS = (SKY * 20 - 3000).astype(numpy.int16)
INTS = (SKY * 100000 - 7000000).astype(numpy.int32)
POSITIVE = numpy.abs(SHORTS) % 5000
FLOATS = SKY.astype(numpy.float32)
FLOATS[3, 4:9] = numpy.nan
FLOATS[20, :] = numpy.nan
FLOATS[10:14, 20:30] = 0
FULL = SKY.astype(numpy.float32)
FULL[10:14, 20:30] = 0
DOUBLES = SKY.astype(numpy.float64)
NOISE = rng.integers(-(2**31), 2**31, SKY.shape, dtype=numpy.int64).astype(numpy.int32)
JUMPS = numpy.where(rng.random(SKY.shape) < 0.04, 30000, 3).astype(numpy.int16)

for code, options in {"rice": "-r", "gzip1": "-g1", "gzip2": "-g2", "hcomp": "-h -t 31,16"}.items():
    fpack(f"{code}_u8", BYTES, options)
    fpack(f"{code}_i16", SHORTS, options)
    fpack(f"{code}_i32", INTS, options)
    fpack(f"{code}_i16_odd", SHORTS // 40, options.split(" -t")[0] + " -t 11,9")
    fpack(f"{code}_u16", SHORTS, options, BZERO=32768)
    fpack(f"{code}_u32", INTS, options, BZERO=2147483648)
    fpack(f"{code}_i8", BYTES, options, BZERO=-128)
    fpack(f"{code}_scaled_blank", SHORTS, options, BSCALE=0.25, BZERO=7.0, BLANK=int(SHORTS[5, 5]))
    fpack(f"{code}_f32_no_dither", FLOATS, options + " -q0 4")
    fpack(f"{code}_f32_dither1", FLOATS, options + " -q3 4")
    fpack(f"{code}_f32_dither2", FLOATS, options + " -qz9999 4")
    fpack(f"{code}_f32_odd", FULL, options.split(" -t")[0] + " -t 11,9 -q77 8")
    fpack(f"{code}_f64_dither1", DOUBLES, options + " -q10000 4")
    fpack(f"{code}_f32_full", FULL, options + " -q5 4")
fpack("rice_f32_odd_nan", FLOATS, "-r -t 11,9 -q77 8", trusted=False)
fpack("plio_u8", BYTES, "-p")
fpack("plio_i16", POSITIVE, "-p")
fpack("plio_i16_odd", POSITIVE, "-p -t 11,9")
fpack("plio_u16", (POSITIVE - 32768).astype(numpy.int16), "-p", BZERO=32768)
fpack("rice_noise", NOISE, "-r")
fpack("rice_jumps", JUMPS, "-r")
fpack("rice_constant", numpy.full(SKY.shape, -5, numpy.int16), "-r -w")
fpack("hcomp_lossy", INTS, "-h -s 4 -t 31,23")
fpack("hcomp_lossy_i16", SHORTS, "-h -s 8 -t 31,23")
fpack("gzip1_f32_lossless", FLOATS, "-g1 -q 0")
fpack("gzip2_f32_lossless", FLOATS, "-g2 -q 0")
fpack("gzip1_f64_lossless", DOUBLES, "-g1 -q 0")
fpack("gzip2_f64_lossless", DOUBLES, "-g2 -q 0")
CONSTANT = FLOATS.copy()
CONSTANT[5:9, :] = 2.5
CONSTANT[21, :] = numpy.linspace(1, 1e30, WIDTH)
fpack("rice_f32_fallback", CONSTANT, "-r -q2 4")

def astropy(name, stored, **options):
    """Packs by astropy, which leaves out what fpack always writes."""
    packed = os.path.join(out, "astropy_" + name + ".fits.fz")
    fits.CompImageHDU(stored, **options).writeto(packed)
    keep(packed, "astropy_" + name)


astropy("gzip1_lossless", FULL, compression_type="GZIP_1", quantize_level=0)
astropy("rice_i32", INTS, compression_type="RICE_1", tile_shape=(5, 9))
astropy("rice_dither1", FULL, compression_type="RICE_1", quantize_method=1, dither_seed=10000)
astropy("rice_dither2", FULL, compression_type="RICE_1", quantize_method=2, dither_seed=1)
astropy("gzip2_dither1", FULL, compression_type="GZIP_2", quantize_method=1, dither_seed=4)
astropy("hcomp_smooth", INTS, compression_type="HCOMPRESS_1", hcomp_scale=16, hcomp_smooth=1, tile_shape=(HEIGHT, WIDTH))
astropy("hcomp_smooth_i16", SHORTS, compression_type="HCOMPRESS_1", hcomp_scale=16, hcomp_smooth=1, tile_shape=(HEIGHT, WIDTH))
astropy("plio_i16", POSITIVE, compression_type="PLIO_1")


# Files compressed as a whole, by other programs than those that read them here.
plain = os.path.join(out, "whole.fits")
fits.PrimaryHDU(((7 * x + 13 * y) % 251).astype(numpy.int16)).writeto(plain)
with open(plain, "rb") as f:
    WHOLE = f.read()
os.remove(plain)
for name, content in {
    "whole.bz2": bz2.compress(WHOLE),
    "parts.bz2": bz2.compress(WHOLE[:3000]) + bz2.compress(WHOLE[3000:]),
    "whole.xz": lzma.compress(WHOLE),
    "parts.xz": lzma.compress(WHOLE[:3000]) + lzma.compress(WHOLE[3000:]),
    "whole.Z": subprocess.run(["compress", "-c"], input=WHOLE, stdout=subprocess.PIPE, check=True).stdout,
    "bomb.bz2": bz2.compress(WHOLE[:2880].replace(b"   31 ", b"30000 ").replace(b"   23 ", b"30000 ") + bytes(10**7)),
}.items():
    with open(os.path.join(out, name), "wb") as f:
        f.write(content)

here = os.path.dirname(os.path.abspath(__file__))
with zipfile.ZipFile(os.path.join(here, "compressed.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for name in sorted(os.listdir(out)):
        entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        with open(os.path.join(out, name), "rb") as f:
            archive.writestr(entry, f.read(), compresslevel=9)

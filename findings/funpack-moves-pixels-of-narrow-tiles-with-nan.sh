#!/usr/bin/env bash
# CFITSIO 4.2.0: a float image with NaN, compressed by fpack in tiles narrower than the image.
#
# expected: funpack restores each pixel within a quantum, as it does without NaN, and NaN where it was.
# seen: with one NaN in the image, pixels of narrow tiles come back at other places: deviations are as
#     large as the image's contrast, and NaN can be lost. Tiles as wide as the image are right, and so is
#     the compressed file: astropy 5.2.1 reads the pixels that are numbers from it as they were.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian libcfitsio-bin=4.2.0-3 libcfitsio10=4.2.0-3 python3-astropy=5.2.1-2+deb12u1 python3-numpy=1:1.24.2-1+deb12u1 \
  python3-erfa=2.0.0.1+ds-3+b1 liberfa1=2.0.0-1+b1 python3-packaging=23.0-1 python3-yaml=6.0-3+b2 libblas3=3.11.0-2 liblapack3=3.11.0-2 \
  libgfortran5=12.2.0-14+deb12u1

[ -e /usr/lib/x86_64-linux-gnu/libcurl-gnutls.so.4 ] || { echo "needs Debian's libcurl3-gnutls" >&2; exit 2; }

cat >make.py <<'PYTHON'
import numpy
from astropy.io import fits

y, x = numpy.mgrid[0:23, 0:31]
image = (1000 * numpy.exp(-((x - 15) ** 2 + (y - 12) ** 2) / 40) + numpy.sin(37.0 * x + 91.0 * y)).astype("f4")
fits.PrimaryHDU(image).writeto("full.fits")
image[3, 4] = numpy.nan
fits.PrimaryHDU(image).writeto("nan.fits")
PYTHON
cat >look.py <<'PYTHON'
import sys
import numpy
from astropy.io import fits

original, restored = (fits.getdata(name) for name in sys.argv[1:])
print("%.1f" % numpy.nanmax(abs(restored - original)), int(numpy.isnan(restored).sum()))
PYTHON
python make.py
cfitsio() { LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu "$work/root/usr/bin/$1" "${@:2}"; }

declare -A worst
for image in full nan; do
  for tile in 31,9 11,9; do
    cfitsio fpack -q1 8 -t "$tile" -O "$image-$tile.fz" "$image.fits"
    cfitsio funpack -O "$image-$tile.fits" "$image-$tile.fz"
    read -r deviation nulls <<<"$(python look.py "$image.fits" "$image-$tile.fits")"
    echo "seen: $image image, tiles of $tile: largest deviation $deviation, NaN pixels $nulls"
    worst[$image-$tile]=${deviation%.*}
  done
done
read -r deviation nulls <<<"$(python look.py nan.fits nan-11,9.fz)"
echo "seen: astropy reads that compressed file: largest deviation $deviation, NaN pixels $nulls"
[ "${deviation%.*}" -lt 10 ] && [ "${worst[full-31,9]}" -lt 10 ] && [ "${worst[full-11,9]}" -lt 10 ] && [ "${worst[nan-31,9]}" -lt 10 ] &&
  [ "${worst[nan-11,9]}" -gt 100 ]

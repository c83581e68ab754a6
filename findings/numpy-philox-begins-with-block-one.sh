#!/usr/bin/env bash
# numpy 1.24.2, numpy.random.Philox (Philox4x64-10).
#
# expected: Philox(key=k, counter=c) gives the cipher's block c first, so that the numbers of a key
#     and a counter agree with Random123, cuRAND and any other implementation of the paper.
# seen: the counter is raised before the first block is computed. The first four numbers are those of
#     block c + 1, and block c itself is never given; advance(n) shifts all by n blocks and keeps the
#     offset. To begin with block 0, the counter must be 2^256 - 1.
#
# The reference is the definition of Salmon et al. 2011 in a few lines, checked with the known answer
# that its authors publish for a counter and key of zeros.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian python3-numpy=1:1.24.2-1+deb12u1 libblas3=3.11.0-2 liblapack3=3.11.0-2 \
  libgfortran5=12.2.0-14+deb12u1

cat >philox.py <<'PYTHON'
import sys

import numpy

WORD = (1 << 64) - 1


def block(number, key):
    c = [number >> (64 * i) & WORD for i in range(4)]
    k = [key & WORD, key >> 64]
    for _ in range(10):
        a = 0xD2E7470EE14C6C93 * c[0]
        b = 0xCA5A826395121157 * c[2]
        c = [(b >> 64) ^ c[1] ^ k[0], b & WORD, (a >> 64) ^ c[3] ^ k[1], a & WORD]
        k = [(k[0] + 0x9E3779B97F4A7C15) & WORD, (k[1] + 0xBB67AE8584CAA73B) & WORD]
    return c


published = [0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B]
if block(0, 0) != published:
    sys.exit("the reference is wrong")

ok = numpy.__version__ == "1.24.2"
print("seen: numpy", numpy.__version__)
for key, counter in [(0, 0), (42, 0), (42, 7)]:
    first = [int(x) for x in numpy.random.Philox(key=key, counter=counter).random_raw(4)]
    found = [n for n in range(10) if block(n, key) == first]
    print(f"seen: key {key}, counter {counter}: the first four numbers are block {found}")
    ok &= found == [counter + 1]
wrapped = numpy.random.Philox(key=42, counter=(1 << 256) - 1)
zero = [int(x) for x in wrapped.random_raw(4)] == block(0, 42)
print("seen: key 42, counter 2^256 - 1: the first four numbers are block 0:", zero)
advanced = numpy.random.Philox(key=42, counter=0)
advanced.advance(5)
six = [int(x) for x in advanced.random_raw(4)] == block(6, 42)
print("seen: key 42, counter 0, advanced by 5: the first four numbers are block 6:", six)
sys.exit(0 if ok and zero and six else 1)
PYTHON
python philox.py

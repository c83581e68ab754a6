#!/usr/bin/env python3
"""Writes columns.hdf5 and columns_latest.hdf5 beside it with h5py: datasets as libhdf5 stores them
where a reader may go wrong. ColumnTest says what their values are; here h5py is held to the same.

Run by hand in this folder; needs h5py and numpy.

columns.hdf5         the format that libhdf5 writes by default: rows that were never written
columns_latest.hdf5  the newest format: the same; floats of two bytes; a chunk without its filter
"""

import zlib

import h5py
import numpy as np

N = 300
ROWS = np.arange(N)


def header(f):
    head = f.create_group("Header").attrs
    head["Redshift"], head["Time"], head["HubbleParam"] = 0.0, 1.0, 0.7
    head["BoxSize"] = np.array([205000.0] * 3)
    gas = f.create_group("PartType0")
    gas["Coordinates"] = np.zeros((N, 3))
    return gas


def part(gas, name, **options):
    """Rows 0 to 99 are their number, the others are never written."""
    data = gas.create_dataset(name, (N,), "f4", **options)
    data[:100] = ROWS[:100]


with h5py.File("columns.hdf5", "w") as f:
    gas = header(f)
    part(gas, "Part", chunks=(50,), fillvalue=1.158)
    part(gas, "PartGzip", chunks=(64,), fillvalue=np.nan, compression="gzip", shuffle=True)
    part(gas, "PartZero", chunks=(50,))
    gas.create_dataset("Never", (N,), "f8", fillvalue=2.5)
    gas.create_dataset("NeverChunked", (N,), "i4", chunks=(100,), fillvalue=7)
    pairs = gas.create_dataset("Pairs", (N, 3), "f8", chunks=(100, 2), fillvalue=-1)
    pairs[:100, :2] = np.stack([ROWS[:100], 10 * ROWS[:100]], axis=1)
    assert gas["Part"][100] == np.float32(1.158) and np.isnan(gas["PartGzip"][299])
    assert gas["Never"][0] == 2.5 and gas["NeverChunked"][299] == 7
    assert list(gas["Pairs"][99]) == [99, 990, -1] and list(gas["Pairs"][100]) == [-1, -1, -1]

with h5py.File("columns_latest.hdf5", "w", libver="latest") as f:
    gas = header(f)
    gas.create_dataset("Whole", data=ROWS, chunks=(64,), maxshape=(None,), compression="gzip")
    part(gas, "Growing", chunks=(50,), maxshape=(None,), fillvalue=1.158)
    gas["Growing"][250:] = ROWS[250:]
    part(gas, "Fixed", chunks=(50,), fillvalue=1.158)
    gas["Half"] = ROWS.astype("f2")
    bfloat = h5py.h5t.IEEE_F32LE.copy()
    bfloat.set_fields(15, 7, 8, 0, 7)
    bfloat.set_size(2)
    bfloat.set_ebias(127)
    space = h5py.h5s.create_simple((N,))
    data = h5py.h5d.create(gas.id, b"Bfloat", bfloat, space)
    data.write(h5py.h5s.ALL, h5py.h5s.ALL, ROWS.astype("f4"))
    masked = gas.create_dataset("Masked", (N,), "f4", chunks=(150,), compression="gzip")
    rows = ROWS.astype("f4")
    masked.id.write_direct_chunk((0,), zlib.compress(rows[:150].tobytes()))
    masked.id.write_direct_chunk((150,), rows[150:].tobytes(), filter_mask=1)
    gas.create_dataset("ScaleOffset", data=ROWS, chunks=(100,), scaleoffset=0)
    assert (gas["Masked"][...] == ROWS).all() and (gas["ScaleOffset"][...] == ROWS).all()
    assert gas["Growing"][255] == 255 and gas["Growing"][200] == np.float32(1.158)

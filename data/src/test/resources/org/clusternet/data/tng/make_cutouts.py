#!/usr/bin/env python3
"""Writes the cutouts beside it with h5py and the numbers they must give with numpy.

Run by hand in this folder; needs h5py and numpy. One small halo at the corner of its periodic
box, in three files of the same gas:

api.hdf5       as the TNG API serves it: attributes as scalars, chunked, shuffled, gzip, chunks of
               another length in every dataset, no halo properties (halos.csv has them)
arrays.hdf5    attributes as arrays of one, contiguous, big-endian, halo properties in Header
v110.hdf5      HDF5 1.10's file format, every field a double, lzf, halo properties as a group catalogue's
               datasets of one row

expected.csv   what numpy makes of them, in the formulae of the data specification and of Tozzi
               and Norman 2001, without a line of this project
"""

import h5py
import numpy as np

H, A, BOX, X_H = 0.6774, 1 / 1.1, 75000.0, 0.76
MSUN_G, KPC_CM, MP_G = 1.3271244e26 / 6.67430e-8, 3.0856775814913673e21, 1.67262192369e-24
KEV_ERG, K_ERG, GYR_S = 1.602176634e-9, 1.380649e-16, 1e9 * 365.25 * 86400
CENTRE = np.array([74990.0, 20.0, 40000.0])
R500 = 800.0  # ckpc/h
OMEGA = 0.3089

rng = np.random.default_rng(5)
n = 600
# Cells of equal mass; half of them within some tens of ckpc/h, so that some lie in 0.012 r500.
radius = np.where(rng.random(n) < 0.5, 25 * rng.random(n), 1500 * rng.random(n) ** 1.5)
direction = rng.normal(size=(n, 3))
direction /= np.linalg.norm(direction, axis=1)[:, None]
coordinates = (CENTRE + radius[:, None] * direction) % BOX
masses = rng.uniform(0.5e-3, 1.5e-3, n).astype("f4")
density = (2e-4 / (1 + (radius / 60) ** 2) * rng.uniform(0.7, 1.4, n)).astype("f4")
energy = (6e5 * rng.uniform(0.5, 2.0, n)).astype("f4")
energy[::17] = 150.0  # cold
electrons = rng.uniform(1.14, 1.17, n).astype("f4")
stars = np.zeros(n, "f4")
stars[3::29] = 0.4
metals = rng.uniform(0.001, 0.012, n).astype("f4")

GAS = {
    "Coordinates": coordinates,
    "Masses": masses,
    "Density": density,
    "InternalEnergy": energy,
    "ElectronAbundance": electrons,
    "StarFormationRate": stars,
    "GFM_Metallicity": metals,
}
HEADER = {
    "Redshift": 1 / A - 1,
    "Time": A,
    "HubbleParam": H,
    "BoxSize": BOX,
    "Omega0": OMEGA,
    "OmegaLambda": 1 - OMEGA,
}
E2 = OMEGA / A**3 + 1 - OMEGA
RHO_C = 3 * (100 * H * 1e5 / (1e3 * KPC_CM)) ** 2 * E2 / (8 * np.pi * 6.67430e-8)
M500 = 4 / 3 * np.pi * 500 * RHO_C * (R500 * A / H * KPC_CM) ** 3 / MSUN_G * H / 1e10

with h5py.File("api.hdf5", "w") as f:
    header = f.create_group("Header")
    for name, value in HEADER.items():
        header.attrs[name] = np.float64(value)
    header.attrs["NumPart_ThisFile"] = np.array([n, 0, 0, 0, 0, 0], "i4")
    header.attrs["SimulationName"] = "TNG300-1"
    header.attrs["SnapshotNumber"] = np.int32(91)
    header.attrs["CutoutID"] = np.int64(12)
    header.attrs["CutoutType"] = "Group"
    gas = f.create_group("PartType0")
    for i, (name, data) in enumerate(GAS.items()):
        chunk = (97 + 31 * i,) + data.shape[1:]
        gas.create_dataset(name, data=data, chunks=chunk, shuffle=True, compression="gzip")

with h5py.File("arrays.hdf5", "w") as f:
    header = f.create_group("Header")
    for name, value in HEADER.items():
        header.attrs[name] = np.array([value])
    header.attrs["GroupPos"] = CENTRE.astype("f4")
    header.attrs["Group_R_Crit500"] = np.array([R500], "f4")
    gas = f.create_group("PartType0")
    for name, data in GAS.items():
        gas.create_dataset(name, data=data.astype(data.dtype.newbyteorder(">")))

with h5py.File("v110.hdf5", "w", libver=("v110", "v110")) as f:
    header = f.create_group("Header")
    for name, value in HEADER.items():
        header.attrs[name] = value
    halo = f.create_group("Group")
    halo.create_dataset("GroupPos", data=CENTRE[None, :])
    halo.create_dataset("Group_R_Crit500", data=[R500])
    halo.create_dataset("Group_M_Crit500", data=[M500])
    gas = f.create_group("PartType0")
    for name, data in GAS.items():
        gas.create_dataset(name, data=data.astype("f8"), chunks=True, compression="lzf")

with open("halos.csv", "w") as f:
    f.write("halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_M_Crit500,Group_R_Crit500\n")
    f.write("11,1,2,3,1000,300\n")
    f.write("12,%r,%r,%r,%r,%r\n" % (*map(float, CENTRE), float(M500), R500))

# What must come of it.
m, d, u, x = (v.astype("f8") for v in (masses, density, energy, electrons))
rho = d * 1e10 * MSUN_G / H / (A / H * KPC_CM) ** 3
n_h = X_H * rho / MP_G
n_e = x * n_h
mu = 4 / (1 + 3 * X_H + 4 * X_H * x)
kelvin = 2 / 3 * u * 1e10 * mu * MP_G / K_ERG
kt = kelvin * K_ERG / KEV_ERG
hot = (stars == 0) & (kelvin >= 1e6)
lam = (8.6e-3 * kt**-1.7 + 5.8e-2 * kt**0.5 + 6.3e-2) * 1e-22
gaunt = 1.1 + 0.34 * np.exp(-((5.5 - np.log10(kelvin)) ** 2) / 3)
ff = 1.42e-27 * gaunt * kelvin**0.5 * (1 + 4 * (1 - X_H) / (4 * X_H))
lam_z = ff + metals.astype("f8") / 0.0189 / 0.3 * np.maximum(0, lam - ff)
volume = m / d * (A / H * KPC_CM) ** 3
r = np.abs(coordinates - CENTRE)
r = np.linalg.norm(np.minimum(r, BOX - r), axis=1)
core = hot & (r < 0.012 * R500)

with open("expected.csv", "w") as f:
    f.write("metallicity,hot,star_forming,core,luminosity,t_cool_gyr\n")
    for name, fit in (("FIXED", lam), ("CELLS", lam_z)):
        lum = n_e * n_h * fit * volume
        time = 1.5 * rho / (mu * MP_G) * kelvin * K_ERG / (n_e * n_h * fit) / GYR_S
        mean = np.sum((lum * time)[core]) / np.sum(lum[core])
        f.write(
            "%s,%d,%d,%d,%.12e,%.12f\n"
            % (name, hot.sum(), (stars > 0).sum(), core.sum(), lum[hot].sum(), mean)
        )

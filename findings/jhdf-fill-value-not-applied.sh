#!/usr/bin/env bash
# jHDF 0.13.0, a chunked dataset of which some chunks were never written.
#
# expected: the elements of chunks that are not there have the dataset's fill value, as the HDF5
#     format's fill value message says and as libhdf5 (here by h5py 3.7.0) reads them.
# seen: they are 0, whatever the fill value is, a NaN that marks missing data included. getFillValue()
#     does give the fill value, and chunks that were written are right. A contiguous dataset that was
#     never written is called empty: its data are null.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian python3-h5py-serial=3.7.0-8 python3-h5py=3.7.0-8 python3-numpy=1:1.24.2-1+deb12u1 \
  libhdf5-103-1=1.10.8+repack1-1 libhdf5-hl-100=1.10.8+repack1-1 libaec0=1.0.6-1+b1 libsz2=1.0.6-1+b1 \
  liblzf1=3.6-3 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1
classes=$(class_path io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17)

cat >make.py <<'PYTHON'
import h5py
import numpy

print("seen: h5py", h5py.__version__, "with libhdf5", h5py.version.hdf5_version)
with h5py.File("holes.hdf5", "w") as f:
    for name, fill in [("number", -1.5), ("missing", numpy.nan)]:
        data = f.create_dataset(name, (8,), "f8", chunks=(4,), fillvalue=fill)
        data[:4] = [1, 2, 3, 4]
    f.create_dataset("contiguous", (3,), "f8", fillvalue=-1.5)
with h5py.File("holes.hdf5") as f:
    for name in f:
        print(f"seen: libhdf5 reads {name} as", f[name][:].tolist())
PYTHON
python make.py

cat >Finding.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Path;
import java.util.Arrays;

public class Finding {
  static boolean asBefore = true;

  static void look(HdfFile file, String name, double[] wanted) {
    Dataset dataset = file.getDatasetByPath(name);
    double[] data = (double[]) dataset.getData();
    System.out.printf("seen: jHDF reads %s as %s, fill value %s%n", name, Arrays.toString(data), dataset.getFillValue());
    asBefore &= Arrays.equals(data, wanted);
  }

  public static void main(String[] arguments) {
    try (HdfFile file = new HdfFile(Path.of("holes.hdf5"))) {
      look(file, "number", new double[] {1, 2, 3, 4, 0, 0, 0, 0});
      look(file, "missing", new double[] {1, 2, 3, 4, 0, 0, 0, 0});
      look(file, "contiguous", null);
    }
    String jar = HdfFile.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    System.out.println("seen: " + jar.substring(jar.lastIndexOf('/') + 1));
    System.exit(asBefore ? 0 : 1);
  }
}
JAVA
java -cp "$classes" Finding.java

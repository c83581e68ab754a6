#!/usr/bin/env bash
# jHDF 0.13.0, a chunked dataset with one unlimited axis in the format of HDF5 1.10 (libver='latest', an
# extensible array as index) of which the second of four chunks was never written.
#
# expected: at most the chunk that is not there is wrong (see jhdf-fill-value-not-applied.sh); the chunks
#     behind it are in the file and libhdf5 (here by h5py 3.7.0) reads them.
# seen: reading stops at the first hole: all rows behind it are 0, without an error, and getRawChunkBuffer
#     says that there are no such chunks. With the first chunk missing the dataset is called empty. The same
#     datasets in the older format (a B-tree as index) are right.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

debian python3-h5py-serial=3.7.0-8 python3-h5py=3.7.0-8 python3-numpy=1:1.24.2-1+deb12u1 \
  libhdf5-103-1=1.10.8+repack1-1 libhdf5-hl-100=1.10.8+repack1-1 libaec0=1.0.6-1+b1 libsz2=1.0.6-1+b1 \
  liblzf1=3.6-3 libblas3=3.11.0-2 liblapack3=3.11.0-2 libgfortran5=12.2.0-14+deb12u1
classes=$(class_path io.jhdf:jhdf:0.13.0 org.slf4j:slf4j-nop:2.0.17)

cat >make.py <<'PYTHON'
import h5py

print("seen: h5py", h5py.__version__, "with libhdf5", h5py.version.hdf5_version)
for version in ("earliest", "latest"):
    with h5py.File(version + ".hdf5", "w", libver=version) as f:
        data = f.create_dataset("second", (8,), "f8", chunks=(2,), maxshape=(None,))
        data[:2], data[4:] = [1, 2], [5, 6, 7, 8]
        data = f.create_dataset("first", (8,), "f8", chunks=(2,), maxshape=(None,))
        data[2:] = [3, 4, 5, 6, 7, 8]
    with h5py.File(version + ".hdf5") as f:
        for name in f:
            print(f"seen: libhdf5 reads {version} {name} as", f[name][:].tolist())
PYTHON
python make.py

cat >Finding.java <<'JAVA'
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Path;
import java.util.Arrays;

public class Finding {
  static boolean asBefore = true;

  static void look(String version, String name, double... wanted) {
    try (HdfFile file = new HdfFile(Path.of(version + ".hdf5"))) {
      Dataset dataset = file.getDatasetByPath(name);
      double[] data = dataset.isEmpty() ? new double[0] : (double[]) dataset.getData();
      System.out.printf("seen: jHDF reads %s %s as %s, empty: %s%n", version, name, Arrays.toString(data), dataset.isEmpty());
      asBefore &= Arrays.equals(data, wanted);
    }
  }

  public static void main(String[] arguments) {
    look("earliest", "second", 1, 2, 0, 0, 5, 6, 7, 8);
    look("earliest", "first", 0, 0, 3, 4, 5, 6, 7, 8);
    look("latest", "second", 1, 2, 0, 0, 0, 0, 0, 0);
    look("latest", "first");
    String jar = HdfFile.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    System.out.println("seen: " + jar.substring(jar.lastIndexOf('/') + 1));
    System.exit(asBefore ? 0 : 1);
  }
}
JAVA
java -cp "$classes" Finding.java

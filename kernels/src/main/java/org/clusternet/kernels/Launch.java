package org.clusternet.kernels;

/**
 * One launch of a kernel: which entry of which module, over which grid, with which arguments. For
 * each entry there is a record that implements this with the entry's parameters as components.
 */
public interface Launch {

  /** The file-name stem of the {@code .cu} and of its PTX, for instance {@code crop_resize}. */
  String module();

  /** The entry point in the module. */
  String entry();

  /** Blocks. */
  Dim grid();

  /** Threads of a block. */
  Dim block();

  /** Bytes of dynamic shared memory per block. */
  default int sharedBytes() {
    return 0;
  }

  /** The entry's arguments, in the order of its parameters. */
  Arguments arguments();
}

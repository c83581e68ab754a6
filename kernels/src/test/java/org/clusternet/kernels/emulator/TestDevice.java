package org.clusternet.kernels.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;

/** An emulator with one module, and arrays in its memory. */
final class TestDevice {
  private final Emulator emulator;
  private final PtxModule module;

  private TestDevice(Emulator emulator, String ptx) {
    this.emulator = emulator;
    this.module = emulator.load(ptx);
  }

  /** With a module of the test resources. */
  static TestDevice of(String stem) {
    return of(new Emulator(), stem);
  }

  static TestDevice of(Emulator emulator, String stem) {
    return new TestDevice(emulator, resource(stem));
  }

  static TestDevice ofText(String ptx) {
    return new TestDevice(new Emulator(), ptx);
  }

  static TestDevice ofText(Emulator emulator, String ptx) {
    return new TestDevice(emulator, ptx);
  }

  private static String resource(String stem) {
    try (InputStream in = TestDevice.class.getResourceAsStream(stem + ".ptx")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DeviceMemory memory() {
    return emulator.memory();
  }

  private long upload(MemorySegment host) {
    long address = emulator.memory().allocate(host.byteSize());
    emulator.memory().write(address, host);
    return address;
  }

  long floats(float... values) {
    return upload(MemorySegment.ofArray(values));
  }

  long doubles(double... values) {
    return upload(MemorySegment.ofArray(values));
  }

  long ints(int... values) {
    return upload(MemorySegment.ofArray(values));
  }

  long longs(long... values) {
    return upload(MemorySegment.ofArray(values));
  }

  /** Memory that nothing was written to. */
  long empty(long bytes) {
    return emulator.memory().allocate(bytes);
  }

  float[] floats(long address, int count) {
    float[] values = new float[count];
    emulator.memory().read(address, MemorySegment.ofArray(values));
    return values;
  }

  double[] doubles(long address, int count) {
    double[] values = new double[count];
    emulator.memory().read(address, MemorySegment.ofArray(values));
    return values;
  }

  int[] ints(long address, int count) {
    int[] values = new int[count];
    emulator.memory().read(address, MemorySegment.ofArray(values));
    return values;
  }

  long[] longs(long address, int count) {
    long[] values = new long[count];
    emulator.memory().read(address, MemorySegment.ofArray(values));
    return values;
  }

  LaunchReport run(String entry, int blocks, int threads, Arguments arguments) {
    return run(entry, Dim.of(blocks), Dim.of(threads), 0, arguments);
  }

  LaunchReport run(String entry, Dim grid, Dim block, int shared, Arguments arguments) {
    return emulator.launch(module, entry, grid, block, shared, arguments.packed());
  }
}

package org.clusternet.engine.cuda.jcuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.DeviceInfo;

/**
 * The primary context of a GPU, which cuBLAS and cuDNN use too; it is made current on each thread
 * that calls.
 */
final class PrimaryContext implements AutoCloseable {
  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final ThreadLocal<Boolean> current = ThreadLocal.withInitial(() -> false);
  private final DeviceInfo info;

  /**
   * Takes a GPU.
   *
   * @param ordinal its number among those that the driver shows
   */
  PrimaryContext(int ordinal) {
    check(JCudaDriver.cuInit(0), "cuInit(flags=0)");
    check(JCudaDriver.cuDeviceGet(device, ordinal), "cuDeviceGet", "ordinal", ordinal);
    this.info = readInfo();
    check(
        JCudaDriver.cuDevicePrimaryCtxRetain(context, device),
        "cuDevicePrimaryCtxRetain",
        "device",
        ordinal);
  }

  private DeviceInfo readInfo() {
    byte[] name = new byte[256];
    check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    long[] total = new long[1];
    check(JCudaDriver.cuDeviceTotalMem(total, device), "cuDeviceTotalMem");
    return new DeviceInfo(
        new String(name, StandardCharsets.UTF_8).split("\0")[0],
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        attribute(CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR),
        attribute(CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
        total[0],
        version());
  }

  private int attribute(int which) {
    int[] value = new int[1];
    check(
        JCudaDriver.cuDeviceGetAttribute(value, which, device),
        "cuDeviceGetAttribute",
        "attribute",
        which);
    return value[0];
  }

  /** The CUDA version that the driver serves, 1000 major + 10 minor. */
  static int version() {
    int[] version = new int[1];
    check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
    return version[0];
  }

  /** Throws what the driver says of a call that failed. */
  static void check(int status, String function, Object... arguments) {
    if (status != CUresult.CUDA_SUCCESS) {
      String[] text = {""};
      JCudaDriver.cuGetErrorString(status, text);
      throw CudaException.of(
          Call.text(function, arguments),
          CUresult.stringFor(status),
          text[0] == null ? "" : text[0]);
    }
  }

  /** Makes the context current on this thread. */
  void enter() {
    if (!current.get()) {
      check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
      current.set(true);
    }
  }

  DeviceInfo info() {
    return info;
  }

  @Override
  public void close() {
    check(JCudaDriver.cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }
}

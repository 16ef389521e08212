package org.whisker.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Where a network runs, as {@link DeviceNames} names it. */
public final class TorchDevice {
  private static final String MPS = "mps";

  private static final int CPU_BATCH = 100;

  private final Device device;

  private TorchDevice(Device device) {
    this.device = device;
  }

  public static TorchDevice cpu() {
    return new TorchDevice(Device.cpu());
  }

  /**
   * The device of that name; {@code auto} is the first GPU that PyTorch can use, else the CPU.
   * Apple's is taken where it is asked for by name alone.
   *
   * @throws IllegalArgumentException for another word, or an unavailable GPU
   */
  public static TorchDevice parse(String name) {
    if (DeviceNames.one(name).equals("cpu")) {
      return cpu();
    }
    if (name.equals(DeviceNames.AUTO)) {
      return gpuCount() > 0 ? new TorchDevice(Device.gpu(0)) : cpu();
    }
    if (name.equals(MPS)) {
      return mps(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }
    int number = name.equals("gpu") ? 0 : Integer.parseInt(name.substring("gpu:".length()));
    if (number >= gpuCount()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "PyTorch here sees %d GPUs, so %s cannot be used; take --device cpu",
              gpuCount(),
              name));
    }
    return new TorchDevice(Device.gpu(number));
  }

  static TorchDevice mps(String system, String processor) {
    if (!system.startsWith("Mac") || !processor.equals("aarch64")) {
      throw new IllegalArgumentException(
          "mps is the GPU of Apple silicon, and this is %s %s; take --device cpu"
              .formatted(system, processor));
    }
    return new TorchDevice(Device.of(MPS, -1));
  }

  /**
   * The devices of a list: {@code gpu:0,2}, {@code gpu:all}, or any name that {@link #parse}
   * accepts.
   *
   * @throws IllegalArgumentException for another word, an unavailable GPU, or a duplicate
   */
  public static List<TorchDevice> parseAll(String name) {
    return DeviceNames.singles(name, gpuCount()).stream().map(TorchDevice::parse).toList();
  }

  private static int gpuCount() {
    return NativeCache.engine().getGpuCount();
  }

  /**
   * The number of pictures of a generation to score in one call. On a CPU more gain nothing: they
   * are scored in parts whose feature maps stay in its caches.
   *
   * @param population genomes in a generation
   */
  public int searchBatch(int population) {
    return isCpu() ? Math.min(population, CPU_BATCH) : population;
  }

  /** Whether it is the CPU. */
  public boolean isCpu() {
    return device.getDeviceType().equals(Device.Type.CPU);
  }

  /** The compute capability of an NVIDIA GPU times 10, such as 90 for 9.0; empty if unknown. */
  public OptionalInt computeCapability() {
    if (!device.isGpu()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())));
    } catch (RuntimeException | LinkageError e) {
      return OptionalInt.empty(); // CUDA's runtime is not found
    }
  }

  /** Whether it computes in that precision: Apple's GPU knows no float64. */
  boolean has(Precision precision) {
    return precision != Precision.FLOAT64 || !device.getDeviceType().equals(MPS);
  }

  Device djl() {
    return device;
  }

  /** The name in options, such as {@code gpu:0}. */
  public String label() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
  }

  @Override
  public String toString() {
    return label();
  }

  /**
   * Thrown when there is not enough memory for a single picture; the message names the computation
   * and the device.
   */
  public static final class DeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceMemoryException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

package org.whisker.torch;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a network runs, as users name it: {@code auto}, {@code cpu}, {@code gpu}, {@code gpu:N}, or
 * {@code mps}, the GPU of Apple silicon.
 */
public final class TorchDevice {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  private static final Pattern LIST = Pattern.compile("gpu:\\d{1,3}(?:,\\d{1,3})+");

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
    if (name.equals("cpu")) {
      return cpu();
    }
    if (name.equals("auto")) {
      return gpuCount() > 0 ? new TorchDevice(Device.gpu(0)) : cpu();
    }
    if (name.equals(MPS)) {
      return mps(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new IllegalArgumentException("device is auto, cpu, gpu, gpu:N or mps, not " + name);
    }
    int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    if (number >= gpuCount()) {
      throw new IllegalArgumentException(
          "PyTorch here sees %d GPUs, so %s cannot be used; take --device cpu"
              .formatted(gpuCount(), name));
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
    return names(name, gpuCount()).stream().map(TorchDevice::parse).toList();
  }

  /** The single devices of a list, on a machine with this many GPUs. */
  static List<String> names(String name, int gpus) {
    if (name.equals("gpu:all")) {
      if (gpus == 0) {
        throw new IllegalArgumentException(
            "PyTorch here sees no GPU, so gpu:all is none; take --device cpu");
      }
      return IntStream.range(0, gpus).mapToObj(i -> "gpu:" + i).toList();
    }
    if (!LIST.matcher(name).matches()) {
      return List.of(name);
    }
    List<String> names =
        Arrays.stream(name.substring("gpu:".length()).split(",", -1))
            .map(number -> "gpu:" + Integer.parseInt(number))
            .toList();
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException(name + " names a GPU twice");
    }
    return names;
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

  /** Whether it computes in that precision: Apple's GPU knows no float64. */
  boolean has(Precision precision) {
    return precision != Precision.FLOAT64 || !device.getDeviceType().equals(MPS);
  }

  Device djl() {
    return device;
  }

  /** As users type it. */
  public String label() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
  }

  @Override
  public String toString() {
    return label();
  }
}

package org.whisker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a network runs, as users name it: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
 */
public final class TorchDevice {
  private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");

  private final Device device;

  private TorchDevice(Device device) {
    this.device = device;
  }

  public static TorchDevice cpu() {
    return new TorchDevice(Device.cpu());
  }

  /**
   * The device of that name; {@code auto} is the first GPU that PyTorch can use, else the CPU.
   *
   * @throws IllegalArgumentException for another word, or a GPU that is not to be had
   */
  public static TorchDevice parse(String name) {
    if (name.equals("cpu")) {
      return cpu();
    }
    if (name.equals("auto")) {
      return gpuCount() > 0 ? new TorchDevice(Device.gpu(0)) : cpu();
    }
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw new IllegalArgumentException("device is auto, cpu, gpu or gpu:N, not " + name);
    }
    int number = gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1));
    if (number >= gpuCount()) {
      throw new IllegalArgumentException(
          "PyTorch here sees %d GPUs, so %s cannot be used; take --device cpu"
              .formatted(gpuCount(), name));
    }
    return new TorchDevice(Device.gpu(number));
  }

  private static int gpuCount() {
    return Engine.getEngine("PyTorch").getGpuCount();
  }

  Device djl() {
    return device;
  }

  /** As users type it. */
  public String label() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }

  @Override
  public String toString() {
    return label();
  }
}

package org.whisker.cli;

import picocli.CommandLine.Option;

/** What the network runs on. */
final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = "auto (a GPU when there is one), cpu, gpu, or gpu:N. Default: auto.")
  private String device = "auto";

  /**
   * {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws UsageException for anything else
   */
  String device() {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?")) {
      throw new UsageException("--device must be auto, cpu, gpu or gpu:N, was '" + device + "'");
    }
    return device;
  }
}

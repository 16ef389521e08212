package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.torch.precision.PrecisionChoice.Processor;
import org.whisker.value.Text;

/**
 * What Linux says of the machine, for {@code doctor}; elsewhere all of it is empty.
 *
 * @param root {@code /}, where {@code proc} and {@code dev} lie
 */
record HostInfo(Path root) {
  private static final List<String> WANTED = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");
  private static final double GIB = 0x1p20; // of the kB that meminfo counts in

  /** Memory in all and available, in words. */
  Optional<String> memory() {
    String text = read("proc/meminfo");
    Optional<Double> total = kilobytes(text, "MemTotal");
    Optional<Double> free = kilobytes(text, "MemAvailable");
    return total.map(all -> Text.of("%.1f GiB, %.1f available", all / GIB, free.orElse(0.0) / GIB));
  }

  private static Optional<Double> kilobytes(String text, String key) {
    Matcher matcher = Pattern.compile("(?m)^" + key + ":\\s*(\\d+) kB$").matcher(text);
    return matcher.find() ? Optional.of(Double.parseDouble(matcher.group(1))) : Optional.empty();
  }

  /** The processor and those of its instructions that matter here. */
  Optional<String> processor() {
    Processor processor = Processor.of(root);
    String known =
        WANTED.stream()
            .filter(processor.instructions()::contains)
            .collect(Collectors.joining(", "));
    return processor.name().map(name -> name + (known.isEmpty() ? "" : " (" + known + ")"));
  }

  /** The NVIDIA GPUs that the driver shows, by model; empty without a driver. */
  List<String> gpus() {
    List<String> gpus = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root.resolve("proc/driver/nvidia/gpus"))) {
      for (Path folder : folders.sorted().toList()) {
        Matcher model =
            Pattern.compile("(?m)^Model:\\s*(.*)$")
                .matcher(Files.readString(folder.resolve("information")));
        gpus.add(model.find() ? model.group(1).strip() : "an NVIDIA GPU");
      }
    } catch (IOException e) {
      // containers often show the device without the driver's folder
      if (Files.exists(root.resolve("dev/nvidia0"))) {
        gpus.add("an NVIDIA GPU (/dev/nvidia0)");
      }
    }
    return gpus;
  }

  /** The main number of NVIDIA's driver, such as 550; empty where none is loaded. */
  OptionalInt driver() {
    Matcher version =
        Pattern.compile("Kernel Module[^\\n]*?\\s(\\d{3,4})\\.\\d+")
            .matcher(read("proc/driver/nvidia/version"));
    return version.find()
        ? OptionalInt.of(Integer.parseInt(version.group(1)))
        : OptionalInt.empty();
  }

  /** Whether a display or compute card of NVIDIA is on the PCI bus, with a driver or without. */
  boolean hasNvidiaCard() {
    try (Stream<Path> devices = Files.list(root.resolve("sys/bus/pci/devices"))) {
      return devices.anyMatch(
          device ->
              read(device + "/vendor").strip().equals("0x10de")
                  && read(device + "/class").startsWith("0x03"));
    } catch (IOException e) {
      return false;
    }
  }

  private String read(String path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      return "";
    }
  }
}

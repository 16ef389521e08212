package org.whisker.feature.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.whisker.torch.EngineReport;

/**
 * What to do where a GPU is there and is not used, or libtorch can't be loaded.
 *
 * @param machine what its files show
 * @param variables of the process, by which DJL and the launcher are told
 */
record GpuAdvice(HostInfo machine, Map<String, String> variables) {
  /** The first driver under which programs of CUDA 12 run. */
  private static final int LEAST_DRIVER = 525;

  private static final String FLAVOUR = "PYTORCH_FLAVOR";
  private static final String LIBRARY = "PYTORCH_LIBRARY_PATH";

  /** The flavours for which DJL brings its own library. */
  private static final List<String> FLAVOURS = List.of("cpu", "cu128");

  /** A line where libtorch was loaded; empty when nothing is to be done. */
  Optional<String> loaded(EngineReport engine) {
    List<String> shown = machine.gpus();
    if (!engine.gpus().isEmpty()) {
      return Optional.empty();
    }
    if (shown.isEmpty()) {
      return machine.hasNvidiaCard() ? Optional.of(noDriver()) : unseen(engine);
    }
    return oldDriver().or(() -> Optional.of(engine.cuda() ? blind(engine) : otherBuild()));
  }

  private static String noDriver() {
    return "an NVIDIA card is in this machine, and no driver for it is loaded (there is no"
        + " /proc/driver/nvidia): install NVIDIA's driver, "
        + LEAST_DRIVER
        + " or newer";
  }

  private static Optional<String> unseen(EngineReport engine) {
    return engine.cuda()
        ? Optional.of(
            "libtorch could use a GPU, and none is there: no /dev/nvidia0 (in a container, start"
                + " it with its GPUs)")
        : Optional.empty();
  }

  private Optional<String> oldDriver() {
    OptionalInt driver = machine.driver();
    return driver.isPresent() && driver.getAsInt() < LEAST_DRIVER
        ? Optional.of(
            "the GPU's driver is version %d, too old for CUDA 12: install %d or newer"
                .formatted(driver.getAsInt(), LEAST_DRIVER))
        : Optional.empty();
  }

  private static String otherBuild() {
    return "a GPU is there, and libtorch is the CPU build: start whisker with WHISKER_GPU=1, which"
        + " lets DJL download the build for it; or set PYTORCH_LIBRARY_PATH to the lib folder"
        + " of a PyTorch 2.7.1 with CUDA, PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cu128";
  }

  private static String blind(EngineReport engine) {
    return "libtorch is built for CUDA and sees no GPU: the driver may be older than "
        + engine.natives()
        + " needs, or libcudart is not found (add its folder to LD_LIBRARY_PATH)";
  }

  /** A line where libtorch could not be loaded. */
  String broken(String reason) {
    String flavour = variables.getOrDefault(FLAVOUR, "");
    if (!flavour.isEmpty() && !FLAVOURS.contains(flavour)) {
      return "%s; %s=%s is a build that DJL has no library for: take %s, or leave it unset"
          .formatted(reason, FLAVOUR, flavour, String.join(" or ", FLAVOURS));
    }
    String library = variables.getOrDefault(LIBRARY, "");
    if (!library.isEmpty() && !holdsTorch(Path.of(library))) {
      return "%s; %s names %s, which holds no libtorch: name the lib folder of a PyTorch 2.7.1"
          .formatted(reason, LIBRARY, library);
    }
    if (!variables.getOrDefault("WHISKER_GPU", "").isEmpty()) {
      return reason
          + "; with WHISKER_GPU=1 libtorch is fetched once, some 2.5 GB: let whisker doctor"
          + " --fetch-libtorch cu128 reach publish.djl.ai, or set "
          + LIBRARY;
    }
    return reason + "; delete ~/.djl.ai/pytorch, build again and see " + LIBRARY;
  }

  private static boolean holdsTorch(Path folder) {
    return Stream.of("libtorch.so", "libtorch.dylib", "torch.dll")
        .anyMatch(name -> Files.exists(folder.resolve(name)));
  }
}

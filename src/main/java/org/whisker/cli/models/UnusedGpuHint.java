package org.whisker.cli.models;

import java.util.List;
import java.util.Optional;
import org.whisker.torch.EngineReport;

/** What to do when a GPU is there and is not used. */
final class UnusedGpuHint {
  private UnusedGpuHint() {}

  /** A line; empty when nothing is to be done. */
  static Optional<String> of(List<String> shown, EngineReport engine) {
    if (!engine.gpus().isEmpty() || (shown.isEmpty() && !engine.cuda())) {
      return Optional.empty();
    }
    if (!engine.cuda()) {
      return Optional.of(
          "a GPU is there, and libtorch is the CPU build: start whisker with WHISKER_GPU=1, which"
              + " lets DJL download the build for it; or set PYTORCH_LIBRARY_PATH to the lib folder"
              + " of a PyTorch 2.7.1 with CUDA, PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cu128");
    }
    return Optional.of(
        shown.isEmpty()
            ? "libtorch could use a GPU, and none is there: no /dev/nvidia0 (in a container, start"
                + " it with its GPUs)"
            : "libtorch is built for CUDA and sees no GPU: the driver may be older than "
                + engine.natives()
                + " needs, or libcudart is not found (add its folder to LD_LIBRARY_PATH)");
  }
}

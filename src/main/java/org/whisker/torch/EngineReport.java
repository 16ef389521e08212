package org.whisker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.value.Text;

/**
 * The engine and devices of this machine.
 *
 * @param engine and its version, such as {@code PyTorch 2.7.1}
 * @param natives the build of libtorch: {@code cpu}, {@code cu128} and so on
 * @param library the folder that it was loaded from
 * @param cuda whether that build can use a GPU at all
 * @param gpus the GPUs that it sees, with their memory
 */
public record EngineReport(
    String engine, String natives, String library, boolean cuda, List<String> gpus) {
  private static final double GIB = 0x1p30;

  public EngineReport {
    gpus = List.copyOf(gpus);
  }

  /**
   * Loads the engine and queries it.
   *
   * @throws ModuleException in one line, if its native libraries cannot be loaded
   */
  public static EngineReport of() {
    try {
      Engine engine = NativeCache.engine();
      List<String> gpus =
          IntStream.range(0, engine.getGpuCount()).mapToObj(EngineReport::gpu).toList();
      return new EngineReport(
          engine.getEngineName() + " " + engine.getVersion(),
          Platform.detectPlatform("pytorch").getFlavor(),
          LibUtils.getLibtorchPath(),
          engine.hasCapability(StandardCapabilities.CUDA),
          gpus);
    } catch (RuntimeException | LinkageError e) {
      throw new ModuleException(
          "libtorch cannot be loaded: " + ModuleException.reason(deepest(e)), e);
    }
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      deepest = t;
    }
    return deepest;
  }

  private static String gpu(int index) {
    Device device = Device.gpu(index);
    try {
      double gib = CudaUtils.getGpuMemory(device).getMax() / GIB;
      return Text.of("gpu:%d, %.0f GiB", index, gib);
    } catch (RuntimeException | LinkageError e) {
      return "gpu:" + index + ", memory unknown";
    }
  }
}

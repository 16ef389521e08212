package org.whisker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.whisker.io.NativeFolders;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.natives.LibtorchFolder;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.value.Text;

/** Loads libtorch, once, from a folder that is {@linkplain NativeFolders chosen} first. */
public final class NativeCache {
  /** Loads once; whoever asks again after a failure is told the same. */
  private static final class Loaded {
    private static final Supplier<Engine> ENGINE = load();

    private static Supplier<Engine> load() {
      try {
        NativeFolders.choose();
        hold();
        Engine engine = Engine.getEngine("PyTorch");
        OperatorThreads.settle();
        return () -> engine;
      } catch (IOException e) {
        return failed(new UncheckedIOException(e));
      } catch (RuntimeException | LinkageError e) {
        return failed(unloadable(e));
      }
    }

    private static Supplier<Engine> failed(RuntimeException failure) {
      return () -> {
        throw failure;
      };
    }
  }

  /**
   * Says in one line what the linker says of the library that is missing or does not fit; returns
   * the error itself, where it is something else.
   */
  static RuntimeException unloadable(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsatisfiedLinkError) {
        String mend = "; put what is missing beside it, or unset PYTORCH_LIBRARY_PATH";
        return new UncheckedIOException(
            new IOException("libtorch can't be loaded: " + cause.getMessage() + mend, thrown));
      }
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }

  /** Loads libtorch, unless that is done. */
  public static void load() {
    engine();
  }

  /** Holds a build for GPUs against the hash that the environment names, if it does. */
  private static void hold() throws IOException {
    String pinned = System.getenv().getOrDefault(LibtorchFolder.PIN, "");
    if (!pinned.isEmpty()) {
      String library = System.getenv().getOrDefault("PYTORCH_LIBRARY_PATH", "");
      LibtorchFolder.check(pinned, library, Utils.getEngineCacheDir("pytorch"));
    }
  }

  /** DJL's folder of libtorch's builds, chosen as for loading. */
  public static Path folder() {
    NativeFolders.choose();
    return Utils.getEngineCacheDir("pytorch");
  }

  private NativeCache() {}

  /**
   * DJL's engine for PyTorch, loaded from that folder on first use.
   *
   * @throws UncheckedIOException in one line, when its libraries would lie where others can write,
   *     or can't be loaded
   */
  static Engine engine() {
    return Loaded.ENGINE.get();
  }

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
}

package org.whisker.torch;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.whisker.io.AtomicFiles;
import org.whisker.io.NativeFolders;
import org.whisker.torch.natives.LibtorchFolder;
import org.whisker.torch.natives.OperatorThreads;

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
      } catch (UncheckedIOException e) {
        return failed(e); // says it in a line
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
      } else if (cause instanceof IOException unpacked) {
        return new UncheckedIOException(notUnpacked(unpacked));
      }
    }
    return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
  }

  private static IOException notUnpacked(IOException e) {
    String why =
        String.valueOf(AtomicFiles.inOneLine(Utils.getEngineCacheDir("pytorch"), e).getMessage());
    return new IOException(
        "libtorch can't be unpacked: " + why + "; DJL_CACHE_DIR names another", e);
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
}

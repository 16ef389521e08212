package org.whisker.torch;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** DJL's engine for PyTorch, loaded on first use from {@linkplain NativeCache a safe folder}. */
final class TorchEngine {
  private TorchEngine() {}

  /** Loads once. */
  private static final class Loaded {
    private static final Engine ENGINE = load();

    private static Engine load() {
      try {
        NativeCache.choose(Path.of(System.getProperty(NativeCache.FALLBACK, "cache/natives")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Engine.getEngine("PyTorch");
    }
  }

  /**
   * The engine.
   *
   * @throws UncheckedIOException in one line, when its libraries lie where others can write
   */
  static Engine get() {
    try {
      return Loaded.ENGINE;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}

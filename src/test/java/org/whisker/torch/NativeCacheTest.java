package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class NativeCacheTest {
  @Test
  void aLibraryThatIsMissingIsNamed() {
    Throwable missing = new UnsatisfiedLinkError("libc10.so: libgomp.so.1: cannot open");
    String message =
        NativeCache.unloadable(new EngineException("Failed to load", missing)).getMessage();
    assertTrue(
        String.valueOf(message).contains("libc10.so: libgomp.so.1: cannot open; put"), message);
    EngineException other = new EngineException("something else");
    assertSame(other, NativeCache.unloadable(other));
  }
}

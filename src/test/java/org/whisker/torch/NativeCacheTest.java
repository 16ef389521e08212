package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NativeCacheTest {
  @Test
  void aLibraryThatIsMissingIsNamed() {
    Throwable missing = new UnsatisfiedLinkError("libc10.so: libgomp.so.1: cannot open");
    String message =
        NativeCache.unloadable(new EngineException("Failed to load", missing)).getMessage();
    assertTrue(
        String.valueOf(message).contains("libc10.so: libgomp.so.1: cannot open; put"), message);
    IOException full = new IOException("No space left on device");
    message = NativeCache.unloadable(new EngineException("Failed to extract", full)).getMessage();
    assertTrue(String.valueOf(message).contains("libtorch can't be unpacked: "), message);
    assertTrue(String.valueOf(message).contains("the disk is full; free some space"), message);
    EngineException other = new EngineException("something else");
    assertSame(other, NativeCache.unloadable(other));
  }
}

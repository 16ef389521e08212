package org.whisker.torch.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.whisker.torch.NativeCache;

class OperatorThreadsTest {
  @Test
  void oneThreadLastsUntilTheLastScopeIsClosedOnNewThreadsToo() {
    NativeCache.load();
    int before = OperatorThreads.count();
    JniUtils.setNumThreads(3);
    try {
      OperatorThreads.Scope outer = OperatorThreads.one();
      OperatorThreads.Scope inner = OperatorThreads.one();
      assertEquals(1, OperatorThreads.count());
      assertEquals(1, onNewThread());
      inner.close();
      assertEquals(1, OperatorThreads.count());
      outer.close();
      assertEquals(3, OperatorThreads.count());
      assertEquals(3, onNewThread());
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  private static int onNewThread() {
    return CompletableFuture.supplyAsync(
            OperatorThreads::count, task -> new Thread(task, "new").start())
        .join();
  }
}

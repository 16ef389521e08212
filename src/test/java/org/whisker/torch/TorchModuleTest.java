package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Output;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.call.NativeCalls;

class TorchModuleTest {
  private static final Output LOGIT = new Output(Output.Form.LOGIT, 1, List.of(0));
  private static final String SLOW =
      """
      m = torch.mul(torch.expand(torch.select(torch.select(x, 0, 0), 0, 0), [256, 256]), 0.)
      for i in range(400):
        m = torch.mm(m, m)
      y = torch.mean(torch.add(x, torch.mean(m)), [1, 2, 3], True)""";

  @TempDir private Path folder;

  private static Object field(Class<?> type, String name, Object of)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  /** Managers of native memory that were opened and not closed. */
  private static int open() throws ReflectiveOperationException {
    try (NDManager one = NativeCache.engine().newBaseManager(Device.cpu())) {
      return ((Map<?, ?>) field(BaseNDManager.class, "resources", one.getParentManager())).size();
    }
  }

  @Test
  void whatCantBeLoadedLeavesNothingOpen() throws ReflectiveOperationException, IOException {
    Path file = Files.write(folder.resolve("module.pt"), new byte[100]);
    int before = open();
    assertThrows(EngineException.class, () -> TorchModule.load(new byte[100], Device.cpu()));
    assertEquals(before, open());
    assertThrows(EngineException.class, () -> TorchModule.load(file, Device.cpu()));
    assertEquals(before, open());
    assertThrows(
        ModuleException.class, () -> new ModuleClassifier(Modules.card(LOGIT), file, Modules.CPU));
    assertEquals(before, open());
  }

  @Test
  void theEndOfTheProcessWaitsForTheTypeOfAModule() throws Exception {
    ReentrantReadWriteLock calls =
        (ReentrantReadWriteLock) field(NativeCalls.class, "lock", NativeCalls.ofProcess());
    Path file = Modules.write(folder, SLOW);
    try (TorchModule module = TorchModule.load(file, Device.cpu());
        NDManager scope = module.scope()) {
      var x = scope.zeros(new Shape(1, 1, 1, 1), DataType.FLOAT32);
      FutureTask<String> type = new FutureTask<>(() -> module.returnType(x));
      new Thread(type).start();
      boolean seen = false;
      while (!type.isDone()) {
        seen |= calls.getReadLockCount() > 0;
      }
      assertEquals("Tensor", type.get());
      assertTrue(seen, "the call was not counted");
    }
  }
}

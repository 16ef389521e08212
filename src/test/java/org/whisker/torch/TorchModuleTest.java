package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    refused(file); // what is around a module is kept for the next
    int before = open();
    assertThrows(EngineException.class, () -> TorchModule.load(new byte[100], Device.cpu()));
    assertEquals(before, open());
    assertThrows(EngineException.class, () -> TorchModule.load(file, Device.cpu()));
    assertEquals(before, open());
    refused(file);
    assertEquals(before, open());
  }

  private static void refused(Path file) {
    assertThrows(
        ModuleException.class, () -> new ModuleClassifier(Modules.card(LOGIT), file, Modules.CPU));
  }

  /** Holds one tensor; the number makes it another script. */
  private static byte[] holder(int number) {
    return TorchScriptArchive.write(
        List.of("held"),
        """
          def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:
            self.held = torch.clone(t[0])
            return self.held
          def tensors(self: __torch__.Net) -> List[Tensor]:
            return [self.held]
          def number(self: __torch__.Net) -> int:
            return %d
        """
            .formatted(number));
  }

  private static float[] held(TorchModule module) {
    try (NDManager scope = module.scope()) {
      return module.infer(scope, "tensors").singletonOrThrow().toFloatArray();
    }
  }

  private static void assign(TorchModule module, float... values) {
    module.assign(List.of(FloatBuffer.wrap(values)), List.of(List.of(values.length)));
  }

  @Test
  void aScriptIsCompiledOnceForModulesOneAfterAnother() throws ReflectiveOperationException {
    TorchModule.load(holder(1), Device.cpu()).close();
    int before = open();
    for (int i = 0; i < 3; i++) {
      TorchModule module = TorchModule.load(holder(1), Device.cpu());
      assertArrayEquals(new float[] {0}, held(module), "of the module before");
      assign(module, 5, i);
      assertArrayEquals(new float[] {5, i}, held(module));
      module.close();
      module.close(); // must not give it to two
      assertEquals(before, open());
    }
  }

  @Test
  void modulesOfOneScriptHaveTheirOwnTensors() throws ReflectiveOperationException {
    try (TorchModule one = TorchModule.load(holder(2), Device.cpu())) {
      assign(one, 1);
      TorchModule other = TorchModule.load(holder(2), Device.cpu());
      other.share(one);
      assign(one, 7);
      assertArrayEquals(new float[] {1}, held(other), "what was shared");
      other.close();
      assertArrayEquals(new float[] {7}, held(one));
    }
  }

  @Test
  void notAllCompiledScriptsAreKept() throws ReflectiveOperationException {
    loadSome(100);
    int before = open();
    loadSome(200);
    assertEquals(before, open());
  }

  private static void loadSome(int from) {
    for (int i = 0; i < 30; i++) {
      TorchModule.load(holder(from + i), Device.cpu()).close();
    }
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

  /** One is copied at once, the other in parts of which the last is short. */
  @Test
  void anArrayHasTheValuesFromTheBuffersPositionOn() {
    for (int size : List.of(6, (1 << 19) + 6)) {
      float[] values = new float[size + 2];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == 3 ? -0f : i;
      }
      FloatBuffer from = FloatBuffer.wrap(values).position(1);
      try (NDManager scope = NativeCache.engine().newBaseManager(Device.cpu());
          NDArray array = TorchModule.array(scope, from, new Shape(2, size / 2))) {
        assertEquals(new Shape(2, size / 2), array.getShape());
        assertArrayEquals(Arrays.copyOfRange(values, 1, size + 1), array.toFloatArray());
      }
      assertEquals(1, from.position());
    }
  }
}

package org.whisker.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.whisker.torch.call.NativeCalls;

/** A loaded TorchScript module on one device. Not thread-safe. */
final class TorchModule implements AutoCloseable {
  private final PtNDManager manager;
  private final PtSymbolBlock block;

  private TorchModule(PtNDManager manager, PtSymbolBlock block) {
    this.manager = manager;
    this.block = block;
  }

  /** Loads what whisker wrote; nothing is left open where that fails. */
  static TorchModule load(byte[] archive, Device device) {
    return load(
        device,
        manager -> {
          try {
            return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false);
          } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
          }
        });
  }

  /**
   * Loads an imported module, in evaluation mode, such that it can be differentiated.
   *
   * @throws ai.djl.engine.EngineException if libtorch rejects it
   */
  static TorchModule load(Path file, Device device) {
    return load(
        device,
        manager -> {
          PtSymbolBlock block =
              JniUtils.loadModule(manager, file, true, new String[0], new String[0], true);
          JniUtils.enableInferenceMode(block);
          return block;
        });
  }

  private static TorchModule load(Device device, Function<PtNDManager, PtSymbolBlock> loading) {
    PtNDManager manager = (PtNDManager) NativeCache.engine().newBaseManager(device);
    try {
      return new TorchModule(manager, NativeCalls.ofProcess().during(() -> loading.apply(manager)));
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /**
   * The return type of {@code forward}: {@code Tensor}, {@code Tuple[Tensor, Tensor]} and so on.
   */
  String returnType(NDArray input) {
    JniUtils.setGraphExecutorOptimize(false);
    return NativeCalls.ofProcess()
        .during(
            () -> {
              try (IValue in = IValue.from((PtNDArray) input);
                  IValue out = IValueUtils.forward(block, new IValue[] {in})) {
                return out.getType();
              }
            });
  }

  /** A manager for one batch; closing it frees everything that the batch allocated. */
  NDManager scope() {
    return manager.newSubManager();
  }

  /** Runs {@code method} without recording for gradients. */
  NDList infer(NDManager scope, String method, NDArray... inputs) {
    return run(scope, method, false, inputs);
  }

  /** Runs {@code method} so that it can take gradients inside. */
  NDList record(NDManager scope, String method, NDArray... inputs) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return run(scope, method, true, inputs);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  private NDList run(NDManager scope, String method, boolean recording, NDArray... inputs) {
    // per thread: re-specialising on each batch size costs more than it gains, and torch.grad in a
    // module needs it off
    JniUtils.setGraphExecutorOptimize(false);
    NDList list = new NDList(inputs);
    NDArray selector = scope.create(0f);
    selector.setName("module_method:" + method);
    list.add(selector);
    return NativeCalls.ofProcess().during(() -> IValueUtils.forward(block, list, recording));
  }

  /** Assigns the module its tensors, in the order of its script. */
  void assign(List<FloatBuffer> data, List<List<Integer>> shapes) {
    try (NDManager scope = scope()) {
      NDArray[] arrays = new NDArray[data.size()];
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = array(scope, data.get(i), shape(shapes.get(i)));
        arrays[i].setName("tensors[]");
      }
      run(scope, "assign", true, arrays);
    }
  }

  /**
   * Assigns the module the tensors of another module of the same network, so that both share them.
   */
  void share(TorchModule owner) {
    try (NDManager scope = owner.scope()) {
      NDList tensors = owner.record(scope, "tensors");
      tensors.forEach(tensor -> tensor.setName("tensors[]"));
      run(scope, "assign", true, tensors.toArray(new NDArray[0]));
    }
  }

  static Shape shape(List<Integer> dimensions) {
    return new Shape(dimensions.stream().mapToLong(Integer::longValue).toArray());
  }

  static NDArray array(NDManager scope, FloatBuffer data, Shape shape) {
    int size = Math.toIntExact(shape.size());
    ByteBuffer bytes = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(data.duplicate().limit(data.position() + size));
    return scope.create(bytes, shape, DataType.FLOAT32);
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}

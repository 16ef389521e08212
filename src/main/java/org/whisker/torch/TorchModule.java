package org.whisker.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.whisker.torch.call.NativeCalls;

/** A loaded TorchScript module on one device. Not thread-safe. */
final class TorchModule implements AutoCloseable {
  /** Of the whole process, as libtorch is. */
  private static final IdleModules IDLE = new IdleModules();

  /** Values that are copied at once: 1 MiB. */
  private static final int PART = 1 << 18;

  private final Compiled compiled;
  private final Optional<Script> script;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  private TorchModule(Compiled compiled, Optional<Script> script) {
    this.compiled = compiled;
    this.script = script;
  }

  /**
   * Loads what whisker wrote; nothing is left open where that fails. A script that was compiled for
   * a module since closed is not compiled again.
   */
  static TorchModule load(byte[] archive, Device device) {
    Script script = new Script(ByteBuffer.wrap(archive), device);
    Compiled compiled = IDLE.take(script).orElseGet(() -> compile(script));
    return new TorchModule(compiled, Optional.of(script));
  }

  private static Compiled compile(Script script) {
    return load(
        script.device(),
        manager -> {
          try {
            InputStream archive = new ByteArrayInputStream(script.archive().array());
            return JniUtils.loadModule(manager, archive, true, false);
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
    Compiled imported =
        load(
            device,
            manager -> {
              PtSymbolBlock block =
                  JniUtils.loadModule(manager, file, true, new String[0], new String[0], true);
              JniUtils.enableInferenceMode(block);
              return block;
            });
    return new TorchModule(imported, Optional.empty());
  }

  private static Compiled load(Device device, Function<PtNDManager, PtSymbolBlock> loading) {
    PtNDManager manager = (PtNDManager) NativeCache.engine().newBaseManager(device);
    try {
      return new Compiled(manager, NativeCalls.ofProcess().during(() -> loading.apply(manager)));
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
                  IValue out = IValueUtils.forward(compiled.block(), new IValue[] {in})) {
                return out.getType();
              }
            });
  }

  /** A manager for one batch; closing it frees everything that the batch allocated. */
  NDManager scope() {
    return compiled.manager().newSubManager();
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
    calls.incrementAndGet();
    try {
      PtSymbolBlock block = compiled.block();
      return NativeCalls.ofProcess().during(() -> IValueUtils.forward(block, list, recording));
    } finally {
      calls.decrementAndGet();
    }
  }

  /** Assigns the module its tensors, in the order of its script. */
  void assign(List<FloatBuffer> data, List<List<Integer>> shapes) {
    if (data.isEmpty()) {
      return; // a list of none can't be passed
    }
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
      if (tensors.isEmpty()) {
        return;
      }
      tensors.forEach(tensor -> tensor.setName("tensors[]"));
      run(scope, "assign", true, tensors.toArray(new NDArray[0]));
    }
  }

  static Shape shape(List<Integer> dimensions) {
    return new Shape(dimensions.stream().mapToLong(Integer::longValue).toArray());
  }

  /**
   * A tensor of these values. Many are copied in parts into libtorch's memory, which is freed with
   * the scope; Java's lasts until garbage is collected, and weights would be there several times.
   */
  static NDArray array(NDManager scope, FloatBuffer data, Shape shape) {
    int size = Math.toIntExact(shape.size());
    FloatBuffer values = data.slice(data.position(), size);
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.min(size, PART) * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    if (size > PART) {
      return copied(scope, values, bytes).reshape(shape);
    }
    bytes.asFloatBuffer().put(values);
    return scope.create(bytes, shape, DataType.FLOAT32);
  }

  /** Copies values in parts, each through the same bytes. */
  private static NDArray copied(NDManager scope, FloatBuffer values, ByteBuffer bytes) {
    int size = values.remaining();
    NDArray copy = scope.create(new Shape(size), DataType.FLOAT32);
    for (int from = 0; from < size; from += PART) {
      int to = Math.min(size, from + PART);
      bytes.asFloatBuffer().put(values.slice(from, to - from));
      bytes.limit((to - from) * Float.BYTES);
      try (NDArray part = scope.create(bytes, new Shape(to - from), DataType.FLOAT32)) {
        copy.set(new NDIndex().addSliceDim(from, to), part);
      }
    }
    return copy;
  }

  /** Lets go of all tensors. What is compiled of a script of whisker's is kept for a while. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (script.isPresent() && isFreed()) {
      IDLE.put(script.get(), compiled);
    } else {
      compiled.close();
    }
  }

  /** Whether nothing of its owner's is left in it; not while another thread is calling it. */
  private boolean isFreed() {
    if (calls.get() > 0 || NativeCalls.ofProcess().haveEnded()) {
      return false;
    }
    try (NDManager scope = scope()) {
      infer(scope, TorchScriptArchive.FREE);
      return true;
    } catch (EngineException | IllegalStateException e) {
      return false; // after a failure of the device, or at the end of the process
    }
  }

  /** A script of whisker's for a device: what a compiled module depends on. */
  private record Script(ByteBuffer archive, Device device) {}

  /** A module as libtorch compiled it. */
  private record Compiled(PtNDManager manager, PtSymbolBlock block) implements AutoCloseable {
    @Override
    public void close() {
      block.close();
      manager.close();
    }
  }

  /**
   * Compiled modules without tensors that nobody uses. Experiments open the same few networks again
   * and again, with other weights, and to compile one takes longer than to score a population.
   */
  private static final class IdleModules {
    /** An idle module of a network of 200 layers takes some megabytes. */
    private static final int MOST = 24;

    private final Deque<Map.Entry<Script, Compiled>> latestFirst = new ArrayDeque<>();

    synchronized Optional<Compiled> take(Script script) {
      for (var entries = latestFirst.iterator(); entries.hasNext(); ) {
        Map.Entry<Script, Compiled> entry = entries.next();
        if (entry.getKey().equals(script)) {
          entries.remove();
          return Optional.of(entry.getValue());
        }
      }
      return Optional.empty();
    }

    synchronized void put(Script script, Compiled compiled) {
      latestFirst.addFirst(Map.entry(script, compiled));
      if (latestFirst.size() > MOST) {
        latestFirst.removeLast().getValue().close();
      }
    }
  }
}

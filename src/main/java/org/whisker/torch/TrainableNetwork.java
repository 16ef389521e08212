package org.whisker.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.weights.Tensor;
import org.whisker.weights.Weights;

/**
 * A network with one logit under training: AdamW on binary cross-entropy, weights averaged over the
 * steps beside it. Takes gray values, row-major, 0 black to 1 white.
 */
public final class TrainableNetwork implements AutoCloseable {
  private final Network network;
  private final FlatLayout layout;
  private final TorchModule module;

  /** A network whose state is still to be set by {@link #restore}. */
  public TrainableNetwork(Network network, Precision precision, Preprocessing preprocessing) {
    if (network.output().shape().size() != 1) {
      throw new IllegalArgumentException(
          "training needs one logit, the network has " + network.output().shape().size());
    }
    this.network = network;
    this.layout = FlatLayout.of(network);
    byte[] archive = new TrainingScript(network, layout, precision, preprocessing).archive();
    this.module = TorchModule.load(archive, Device.cpu());
  }

  /** Sets what dropout draws from; per process. */
  public static void seed(long seed) {
    Engine.getInstance().setRandomSeed(Math.toIntExact(seed & 0x7FFFFFFF));
  }

  /**
   * One step on a batch.
   *
   * @param images n * height * width gray values
   * @param targets n targets: 0 cat, 1 not-cat, or between with label smoothing
   * @return the batch's mean loss and the gradient's L2 norm before clipping
   */
  public StepResult step(FloatBuffer images, float[] targets, TrainingStep step) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(targets.length));
      NDArray y = scope.create(targets, new Shape(targets.length, 1));
      NDArray h = scope.create(step.numbers());
      float[] result = module.record(scope, "step", x, y, h).singletonOrThrow().toFloatArray();
      return new StepResult(result[0], result[1]);
    }
  }

  /** Loss and gradient norm of a step. */
  public record StepResult(double loss, double gradientNorm) {}

  /** Logits by the averaged weights, batch norm by averaged running statistics. */
  public float[] logits(FloatBuffer images, int count) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(count));
      return module.infer(scope, "score", x).singletonOrThrow().toFloatArray();
    }
  }

  private Shape inputShape(int count) {
    FeatureShape in = network.input();
    return new Shape(count, 1, in.height(), in.width());
  }

  /** Begins at {@code weights}; the optimizer's moments are zero. */
  public void begin(Weights weights) {
    float[] trained = gather(weights, layout.trained(), layout.trainedSize());
    float[] statistics = gather(weights, layout.statistics(), Math.max(1, layout.statisticsSize()));
    float[] zero = new float[trained.length];
    restore(List.of(trained, statistics, zero, zero, trained, statistics));
  }

  private static float[] gather(Weights weights, Map<String, FlatLayout.Slot> slots, int size) {
    float[] flat = new float[size];
    slots.forEach((name, slot) -> weights.floats(name).get(flat, slot.offset(), slot.size()));
    return flat;
  }

  /** Goes on from a {@link #state()}. */
  public void restore(List<float[]> state) {
    List<float[]> all = new ArrayList<>(state);
    all.add(decayMask());
    List<FloatBuffer> data = all.stream().map(FloatBuffer::wrap).toList();
    module.assign(data, all.stream().map(a -> List.of(a.length)).toList());
  }

  private float[] decayMask() {
    float[] mask = new float[layout.trainedSize()];
    for (FlatLayout.Slot slot : layout.trained().values()) {
      boolean decayed = slot.parameter().shape().size() > 1;
      java.util.Arrays.fill(mask, slot.offset(), slot.offset() + slot.size(), decayed ? 1 : 0);
    }
    return mask;
  }

  /** Everything that {@link #restore} needs: weights, statistics, two moments, two averages. */
  public List<float[]> state() {
    try (NDManager scope = module.scope()) {
      NDList list = module.infer(scope, "state");
      List<float[]> state = new ArrayList<>();
      list.stream().limit(list.size() - 1).forEach(a -> state.add(a.toFloatArray()));
      return state;
    }
  }

  /** The averaged weights by name, as a weights file holds them. */
  public Weights averagedWeights() {
    List<float[]> state = state();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    layout.trained().forEach((name, slot) -> tensors.put(name, cut(state.get(4), slot)));
    layout.statistics().forEach((name, slot) -> tensors.put(name, cut(state.get(5), slot)));
    return Weights.of(tensors);
  }

  private static Tensor cut(float[] flat, FlatLayout.Slot slot) {
    return Tensor.of(
        slot.parameter().shape(),
        java.util.Arrays.copyOfRange(flat, slot.offset(), slot.offset() + slot.size()));
  }

  @Override
  public void close() {
    module.close();
  }
}

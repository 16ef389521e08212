package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.weights.Weights;

/**
 * A network in training whose first output is the logit: AdamW on a {@link TrainingStep.Loss}, with
 * a running average of the weights over the steps. Takes gray values, row-major, 0 black to 1
 * white.
 */
public final class TrainableNetwork implements AutoCloseable {
  private static final int WEIGHTS = TrainingScript.STATE.indexOf("weights");
  private static final int STATISTICS = TrainingScript.STATE.indexOf("statistics");
  private static final int AVERAGE = TrainingScript.STATE.indexOf("average");
  private static final int MEAN_STATISTICS = TrainingScript.STATE.indexOf("average_statistics");

  private final Network network;
  private final FlatLayout layout;
  private final TorchModule module;
  private final TrainingTensors tensors;

  /** As below, on the CPU. */
  public TrainableNetwork(Network network, Precision precision, Preprocessing preprocessing) {
    this(network, precision, preprocessing, TorchDevice.cpu());
  }

  /** As below, on binary cross-entropy. */
  public TrainableNetwork(
      Network network, Precision precision, Preprocessing preprocessing, TorchDevice device) {
    this(network, precision, preprocessing, device, new TrainingStep.Loss.CrossEntropy());
  }

  /** A network whose state is still to be set by {@link #begin} or {@link #restore}. */
  public TrainableNetwork(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      TorchDevice device,
      TrainingStep.Loss loss) {
    long outputs = network.output().shape().size();
    if (outputs != loss.outputs()) {
      throw new IllegalArgumentException(
          "training needs %d outputs, the network has %d".formatted(loss.outputs(), outputs));
    }
    this.network = network;
    this.layout = FlatLayout.of(network);
    byte[] archive = new TrainingScript(network, layout, precision, preprocessing, loss).archive();
    this.module = TorchModule.load(archive, device.djl());
    this.tensors = new TrainingTensors(module);
  }

  /** Sets the seed of dropout, for the whole process. */
  public static void seed(long seed) {
    NativeCache.engine().setRandomSeed(Math.toIntExact(seed & 0x7FFFFFFF));
  }

  /**
   * One step on a batch.
   *
   * @param count n
   * @param images n * height * width gray values
   * @param targets n rows of targets, as the loss takes them: probabilities (0 cat, 1 not-cat, or
   *     between with label smoothing) or a teacher's outputs
   * @return the batch's mean loss and the gradient's L2 norm before clipping
   */
  public StepResult step(int count, FloatBuffer images, FloatBuffer targets, TrainingStep step) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(count));
      NDArray y = TorchModule.array(scope, targets, new Shape(count, targets.remaining() / count));
      NDArray h = scope.create(step.numbers());
      float[] result = module.record(scope, "step", x, y, h).singletonOrThrow().toFloatArray();
      return new StepResult(result[0], result[1]);
    }
  }

  /** Loss and gradient norm of a step. */
  public record StepResult(double loss, double gradientNorm) {}

  /** Logits with the averaged weights and averaged running statistics. */
  public float[] logits(FloatBuffer images, int count) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(count));
      return module.infer(scope, "score", x).singletonOrThrow().toFloatArray();
    }
  }

  public Network network() {
    return network;
  }

  private Shape inputShape(int count) {
    FeatureShape in = network.input();
    return new Shape(count, 1, in.height(), in.width());
  }

  /** Starts from {@code weights}, with the optimizer's moments at zero. */
  public void begin(Weights weights) {
    reset();
    layout.trained().forEach((name, slot) -> put(weights.floats(name), slot, WEIGHTS, AVERAGE));
    layout
        .statistics()
        .forEach((name, slot) -> put(weights.floats(name), slot, STATISTICS, MEAN_STATISTICS));
  }

  private void put(FloatBuffer values, FlatLayout.Slot slot, int... vectors) {
    for (int vector : vectors) {
      tensors.put(values.duplicate(), vector, slot.offset());
    }
  }

  private void reset() {
    try (NDManager scope = module.scope()) {
      module.record(scope, "reset", scope.create(0f));
    }
  }

  /** Continues from a {@link #state()}, possibly written to a file and read back. */
  public void restore(Weights state) {
    reset();
    pieces()
        .forEach((name, piece) -> tensors.put(state.floats(name), piece.vector(), piece.offset()));
  }

  /**
   * Everything that {@link #restore} needs: weights, statistics, two moments, two averages, in
   * pieces. Each is fetched when it is read, so it must be read before the next step.
   */
  public Weights state() {
    return tensors.view(pieces());
  }

  private Map<String, TrainingTensors.Place> pieces() {
    Map<String, TrainingTensors.Place> pieces = new TreeMap<>();
    for (int vector = 0; vector <= MEAN_STATISTICS; vector++) {
      int size = TrainingScript.size(layout, vector);
      for (int from = 0; from < size; from += TrainingTensors.PIECE) {
        String name =
            "%s.%04d".formatted(TrainingScript.STATE.get(vector), from / TrainingTensors.PIECE);
        List<Integer> shape = List.of(Math.min(TrainingTensors.PIECE, size - from));
        pieces.put(name, new TrainingTensors.Place(vector, from, shape));
      }
    }
    return pieces;
  }

  /**
   * The averaged weights by name, as in a weights file. Each tensor is fetched when it is read, so
   * they must be read before the next step.
   */
  public Weights averagedWeights() {
    Map<String, TrainingTensors.Place> places = new TreeMap<>();
    layout.trained().forEach((name, slot) -> places.put(name, place(AVERAGE, slot)));
    layout.statistics().forEach((name, slot) -> places.put(name, place(MEAN_STATISTICS, slot)));
    return tensors.view(places);
  }

  private static TrainingTensors.Place place(int vector, FlatLayout.Slot slot) {
    return new TrainingTensors.Place(vector, slot.offset(), slot.parameter().shape());
  }

  @Override
  public void close() {
    module.close();
  }
}

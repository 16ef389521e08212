package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.torch.TrainingScript.FlatLayout;
import org.whisker.value.Checks;
import org.whisker.value.Text;
import org.whisker.weights.Weights;

/**
 * A network in training whose first output is the logit: AdamW on a {@link TrainingStep.Loss}, with
 * a running average of the weights over the steps. Takes gray values, or planes of red, green and
 * blue one after the other; row-major, 0 black to 1 white.
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

  /** Trains on the CPU, on binary cross-entropy. */
  public TrainableNetwork(Network network, Precision precision, Preprocessing preprocessing) {
    this(network, precision, preprocessing, TorchDevice.cpu());
  }

  /** Trains on binary cross-entropy. */
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
    Checks.refuse(
        outputs != loss.outputs(),
        "training needs %d outputs, the network has %d",
        loss.outputs(),
        outputs);
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
   * @param images n * planes * height * width values
   * @param targets n rows of targets, as the loss takes them: probabilities (0 cat, 1 not-cat, or
   *     between with label smoothing) or a teacher's outputs
   * @return the batch's mean loss and the gradient's L2 norm before clipping
   */
  public StepResult step(int count, FloatBuffer images, FloatBuffer targets, TrainingStep step) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(images, count));
      NDArray y = TorchModule.array(scope, targets, new Shape(count, targets.remaining() / count));
      NDArray h = scope.create(step.numbers());
      float[] result = module.record(scope, "step", x, y, h).singletonOrThrow().toFloatArray();
      return new StepResult(result[0], result[1]);
    }
  }

  /**
   * What a step gave.
   *
   * @param loss mean over the batch, before the step
   * @param gradientNorm Euclidean norm of the gradient of all weights, before it is clipped
   */
  public record StepResult(double loss, double gradientNorm) {}

  /** Logits with the averaged weights and averaged running statistics. */
  public float[] logits(FloatBuffer images, int count) {
    try (NDManager scope = module.scope()) {
      NDArray x = TorchModule.array(scope, images, inputShape(images, count));
      return module.infer(scope, "score", x).singletonOrThrow().toFloatArray();
    }
  }

  public Network network() {
    return network;
  }

  private Shape inputShape(FloatBuffer images, int count) {
    FeatureShape in = network.input();
    int each = images.remaining() / count;
    return new Shape(count, each / (in.height() * in.width()), in.height(), in.width());
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
   * Returns everything that {@link #restore} needs: weights, statistics, two moments, two averages,
   * in pieces. Each is fetched when it is read, so it must be read before the next step.
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
            Text.of("%s.%04d", TrainingScript.STATE.get(vector), from / TrainingTensors.PIECE);
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

  /** Access to the vectors of a {@link TrainingScript}'s state in pieces of bounded length. */
  record TrainingTensors(TorchModule module) {
    /** Floats per piece: 16 MiB. */
    static final int PIECE = 1 << 22;

    /** The location of a tensor: the state's vector, the offset in it, the tensor's shape. */
    record Place(int vector, int offset, List<Integer> shape) {
      int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
      }
    }

    /** Writes {@code values} into a vector. */
    void put(FloatBuffer values, int vector, int offset) {
      for (int from = 0; from < values.limit(); from += PIECE) {
        int size = Math.min(PIECE, values.limit() - from);
        try (NDManager scope = module.scope()) {
          NDArray piece = TorchModule.array(scope, values.slice(from, size), new Shape(size));
          module.record(scope, "put", piece, at(scope, vector, offset + from, size));
        }
      }
    }

    private FloatBuffer take(Place place) {
      FloatBuffer values = FloatBuffer.allocate(place.size());
      while (values.hasRemaining()) {
        int size = Math.min(PIECE, values.remaining());
        try (NDManager scope = module.scope()) {
          NDArray at = at(scope, place.vector(), place.offset() + values.position(), size);
          values.put(module.infer(scope, "take", at).singletonOrThrow().toFloatArray());
        }
      }
      return values.flip().asReadOnlyBuffer();
    }

    private static NDArray at(NDManager scope, int... numbers) {
      return scope.create(numbers);
    }

    /** Tensors by name, each fetched when it is read. */
    Weights view(Map<String, Place> places) {
      return new View(Collections.unmodifiableSortedMap(new TreeMap<>(places)));
    }

    private final class View implements Weights {
      private final SortedMap<String, Place> places;

      View(SortedMap<String, Place> places) {
        this.places = places;
      }

      @Override
      public Set<String> names() {
        return places.keySet();
      }

      @Override
      public List<Integer> shape(String name) {
        return place(name).shape();
      }

      @Override
      public FloatBuffer floats(String name) {
        return take(place(name));
      }

      private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
          throw new NoSuchElementException("no tensor " + name);
        }
        return place;
      }
    }
  }

  /**
   * The numbers of one AdamW step.
   *
   * @param number the step, from 1: corrects the moments' bias
   * @param learningRate step size
   * @param weightDecay decoupled decay, per unit of learning rate; biases and norms are exempt
   * @param clip largest L2 norm of the gradient; a longer one is scaled down to it
   * @param averaging weight of the current weights in the update of the averaged ones, 0 to 1
   */
  public record TrainingStep(
      int number, double learningRate, double weightDecay, double clip, double averaging) {
    public TrainingStep {
      if (number < 1 || !(learningRate >= 0 && weightDecay >= 0 && clip > 0)) {
        throw new IllegalArgumentException("impossible step: " + number + ", rate " + learningRate);
      }
    }

    /**
     * The numbers that the training script reads: rate, decay, 1/bias1, 1/sqrt(bias2), clip,
     * averaging.
     */
    float[] numbers() {
      double first = 1 / (1 - Math.pow(TrainingScript.FIRST_DECAY, number));
      double second = 1 / Math.sqrt(1 - Math.pow(TrainingScript.SECOND_DECAY, number));
      return new float[] {
        (float) learningRate,
        (float) weightDecay,
        (float) first,
        (float) second,
        (float) clip,
        (float) averaging
      };
    }

    /** What a step of training makes smaller, as the mean over its batch. */
    public sealed interface Loss {
      /**
       * Statements of TorchScript that leave the loss in {@code loss}, of outputs z and targets y:
       * a row for each picture, the logit first.
       */
      String script();

      /** How many outputs of a network it takes. */
      default int outputs() {
        return 1;
      }

      /** Binary cross-entropy; targets are probabilities of not-cat. */
      record CrossEntropy() implements Loss {
        @Override
        public String script() {
          return "    loss = torch.binary_cross_entropy_with_logits(z, y, None, None, 1)\n";
        }
      }

      /**
       * The Kullback-Leibler divergence of the student's Bernoulli distribution from the teacher's,
       * in nats, both at a temperature T: T² KL(σ(t / T) ‖ σ(z / T)). Targets are the teacher's
       * logits t. Its derivative by z is T (σ(z / T) − σ(t / T)); the factor T² keeps gradients
       * about as large at every temperature (Hinton et al. 2015, arXiv 1503.02531).
       *
       * @param temperature T, above 0
       */
      record Divergence(double temperature) implements Loss {
        public Divergence {
          if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature must be above 0, was " + temperature);
          }
        }

        /** Cross-entropy less the teacher's entropy, which is its cross-entropy with itself. */
        @Override
        public String script() {
          return """
              t = torch.div(y, %1$s)
              q = torch.sigmoid(t)
              h0 = torch.binary_cross_entropy_with_logits(t, q, None, None, 1)
              h1 = torch.binary_cross_entropy_with_logits(torch.div(z, %1$s), q, None, None, 1)
              loss = torch.mul(torch.sub(h1, h0), %2$s)
          """
              .formatted(temperature, temperature * temperature);
        }
      }

      /**
       * Adds to another loss of the logit a weight times the share of the variance of a teacher's
       * features that the other outputs do not predict: Σ (f − g)² / Σ (g − ḡ)², both over the
       * batch and all features, g the teacher's, ḡ their mean over the batch.
       *
       * @param logit takes the first output and the first target
       * @param features how many
       */
      record WithFeatures(Loss logit, int features, double weight) implements Loss {
        @Override
        public String script() {
          return Text.of(
              """
              zs = z
              ys = y
              z = torch.narrow(zs, 1, 0, 1)
              y = torch.narrow(ys, 1, 0, 1)
          %1$s    f = torch.narrow(zs, 1, 1, %2$d)
              g = torch.narrow(ys, 1, 1, %2$d)
              e = torch.sum(torch.pow(torch.sub(f, g), 2))
              v = torch.sum(torch.pow(torch.sub(g, torch.mean(g, [0], True)), 2))
              loss = torch.add(loss, torch.div(e, torch.add(v, 1.0e-6)), alpha=%3$s)
          """,
              logit.script(), features, weight);
        }

        @Override
        public int outputs() {
          return 1 + features;
        }
      }
    }
  }
}

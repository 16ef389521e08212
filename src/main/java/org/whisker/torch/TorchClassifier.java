package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier.OutputsClassifier;
import org.whisker.classifier.FeatureClassifier.UnitGradients;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.TilePlan;
import org.whisker.torch.IncrementalScorer.IncrementalScorers;
import org.whisker.torch.PaintedBatch.PaintedKinds;
import org.whisker.torch.natives.OperatorThreads;
import org.whisker.value.Checks;
import org.whisker.weights.Weights;

/**
 * A network with one logit, run by PyTorch. Pictures are scored in batches of at most {@link
 * Settings#batch}, one call per batch; the batch size is reduced when memory runs out, separately
 * for scores and for derivatives. Not thread-safe.
 *
 * <p>Its layers are the network's nodes by name. Where a batch norm was folded into its
 * convolution, the norm's name refers to both, and gives the output of the norm.
 */
public final class TorchClassifier
    implements UnitGradients, PatchClassifier, RelevanceClassifier, OutputsClassifier {
  /** Multiply-adds of a picture that take two cores some 50 ms, three frames of a screen. */
  private static final long LARGE = 2_000_000_000;

  private final String name;
  private final Canvas canvas;
  private final TorchModule module;
  private final FeatureModule features;
  private final RuleModules rules;
  private final LayerNames names;
  private final BatchHalving scoring;
  private final TiledScoring tiled;
  private final PictureThreads threads;
  private final BatchHalving recording;
  private final IncrementalScorers patches;
  private final boolean large;
  private final int batch;
  private final FixedPasses passes;
  private final int outputs;
  private final PaintedKinds kinds;
  private final Optional<Supplier<TorchClassifier>> unfolded;
  private @Nullable TorchClassifier inColour;

  /**
   * How a network is run.
   *
   * @param batch the most pictures that are scored in one call
   */
  public record Settings(Precision precision, TorchDevice device, int batch) {
    /**
     * Most pictures of a batch: more than any device scores at once, and few enough to be counted
     * in bytes.
     */
    public static final int MOST_BATCH = 1 << 16;

    public Settings {
      Checks.refuse(
          batch < 1 || batch > MOST_BATCH, "batch must be 1 to %s, was %s", MOST_BATCH, batch);
      Checks.require(
          device.has(precision), "%s has no %s; take --device cpu", device, precision.label());
    }

    public Settings in(Precision other) {
      return new Settings(other, device, batch);
    }

    public static Settings cpu(Precision precision) {
      return new Settings(precision, TorchDevice.cpu(), 100);
    }
  }

  /** Loads {@code network}, which must have one output, with {@code weights}. */
  public TorchClassifier(
      String name, Network network, Weights weights, Preprocessing preprocessing, Settings run) {
    this(name, network, Map.of(), weights, preprocessing, run, 1, Optional.empty());
  }

  /**
   * Loads a network whose batch norms {@code folds} are folded into its convolutions.
   *
   * @param planes the number of planes of the pictures that it sees: 1 or 3
   * @param unfolded opens the network that is shown colours, where this one has a single channel
   */
  TorchClassifier(
      String name,
      Network network,
      Map<String, Node> folds,
      Weights weights,
      Preprocessing preprocessing,
      Settings run,
      int planes,
      Optional<Supplier<TorchClassifier>> unfolded) {
    if (network.output().shape().size() != 1) {
      throw new IllegalArgumentException(
          name + " must have one logit, it has " + network.output().shape().size());
    }
    this.name = name;
    FeatureShape in = network.input();
    this.canvas = new Canvas(in.width(), in.height());
    this.batch = run.batch();
    this.large = run.device().isCpu() && network.multiplyAdds() >= LARGE;
    this.kinds = new PaintedKinds(canvas, planes, batch);
    this.unfolded = unfolded;
    int last = network.nodes().size() - 1;
    this.outputs = network.nodes().get(last).layer() instanceof Layer.ClassLogit ? last - 1 : last;
    this.names = new LayerNames(network, folds);
    this.scoring = new BatchHalving("scoring by " + name + " on " + run.device(), batch);
    this.recording = new BatchHalving("a derivative of " + name + " on " + run.device(), batch);
    LayerScript.Mode best = LayerScript.Mode.best(network, run.precision(), run.device());
    this.passes = FixedPasses.of(network, run.precision(), run.device());
    this.module =
        load(network, weights, preprocessing, run.precision(), run.device(), List.of(), best);
    TilePlan plan = best == LayerScript.Mode.INFERENCE ? TilePlan.none() : TilePlan.of(network);
    this.tiled = new TiledScoring(module, canvas, plan, kinds);
    // what a GPU does at once it does faster
    this.threads = run.device().isCpu() ? new PictureThreads() : PictureThreads.none();
    this.features =
        new FeatureModule(network, run.precision(), preprocessing, run.device(), module);
    this.rules = new RuleModules(network, run.precision(), preprocessing, run.device(), module);
    this.patches = new IncrementalScorers(network, preprocessing, run);
  }

  /** A scoring module with its tensors assigned. */
  static TorchModule load(
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      Precision precision,
      TorchDevice device,
      List<String> stages) {
    LayerScript.Mode best = LayerScript.Mode.best(network, precision, device);
    return load(network, weights, preprocessing, precision, device, stages, best);
  }

  /**
   * Loads a scoring module with its tensors assigned, in the mode {@code best} where nothing is
   * differentiated.
   */
  static TorchModule load(
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      Precision precision,
      TorchDevice device,
      List<String> stages,
      LayerScript.Mode best) {
    FixedPasses passes = FixedPasses.of(network, precision, device);
    InferenceScript script =
        new InferenceScript(network, precision, preprocessing, stages, best, passes);
    return assigned(script.archive(), network, weights, device);
  }

  /** Loads a module that holds the tensors for others to share, and does nothing with them. */
  static TorchModule holding(
      Network network, Weights weights, Precision precision, TorchDevice device) {
    return assigned(InferenceScript.holding(network, precision), network, weights, device);
  }

  private static TorchModule assigned(
      byte[] archive, Network network, Weights weights, TorchDevice device) {
    TorchModule module = TorchModule.load(archive, device.djl());
    // what is packed of weights does not depend on the number of threads either
    OperatorThreads.Scope threads = device.isCpu() ? OperatorThreads.one() : () -> {};
    try (threads) {
      List<Parameter> schema = network.parameters();
      List<FloatBuffer> data = schema.stream().map(p -> weights.floats(p.name())).toList();
      module.assign(data, schema.stream().map(Parameter::shape).toList());
      return module;
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public int planes() {
    return kinds.planes();
  }

  /** The network that a picture is shown to. */
  private TorchClassifier by(Raster picture) {
    if (unfolded.isEmpty() || kinds.shown(picture) == 1) {
      return this;
    }
    TorchClassifier open = inColour;
    if (open == null) {
      open = unfolded.get().get();
      inColour = open;
    }
    return open;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (TiledScoring.Group group : tiled.groups(pictures)) {
      TorchClassifier by = by(group.pictures().get(0));
      by.score(group, logits);
    }
    return logits;
  }

  private void score(TiledScoring.Group group, float[] logits) {
    PaintedBatch painted = kinds.of(group.pictures().get(0));
    prepare(group);
    scoring.over(
        group.size(),
        (from, to) -> {
          TiledScoring.Group some = group.part(from, to);
          threads.over(
              to - from, passes.step(), (a, b) -> scorePart(painted, a, some.part(a, b), logits));
        });
  }

  private void prepare(TiledScoring.Group group) {
    if (!tiled.isPrepared(group)) {
      threads.alone(tiled::prepare);
    }
  }

  private void scorePart(
      PaintedBatch painted, int place, TiledScoring.Group group, float[] logits) {
    try (NDManager scope = module.scope()) {
      NDArray x = painted.array(scope, name, group.pictures(), place);
      float[] scores = tiled.logits(scope, x, group);
      for (int i = 0; i < scores.length; i++) {
        logits[group.places().get(i)] = scores[i];
      }
    }
  }

  @Override
  public boolean gainsByKeptMaps() {
    return large;
  }

  @Override
  public PatchScorer patches(Raster base) {
    TorchClassifier by = by(base);
    return by.patches.of(by, by.module, by.threads, base);
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    return logitGradients(pictures).stream().map(LogitGradient::gradient).toList();
  }

  @Override
  public List<LogitGradient> logitGradients(List<? extends Raster> pictures) {
    return recorded(
        pictures,
        (by, painted, first, scope, x) -> {
          NDList found = by.rules.gradients(scope, x, one(scope));
          return LogitGradient.of(
              found.get(0).toFloatArray(), painted.images(found.get(1).toFloatArray()));
        });
  }

  @Override
  public List<String> layers() {
    return names.all();
  }

  @Override
  public List<String> stages() {
    return names.stages();
  }

  @Override
  public boolean hasPlaces(String layer) {
    return features.hasPlaces(names.position(layer));
  }

  @Override
  public Optional<Tokens> tokens() {
    return features.attention();
  }

  @Override
  public FeatureShape shape(String layer) {
    return features.shape(names.position(layer));
  }

  @Override
  public List<Features> features(String layer, List<? extends Raster> pictures) {
    int node = names.position(layer);
    return recorded(
        pictures,
        (by, painted, first, scope, x) -> by.features.features(scope, node, x, one(scope)));
  }

  @Override
  public List<float[]> outputs(List<? extends Raster> pictures) {
    return recorded(
            pictures,
            (by, painted, first, scope, x) -> by.features.features(scope, outputs, x, one(scope)))
        .stream()
        .map(TorchClassifier::vector)
        .toList();
  }

  private static float[] vector(Features of) {
    float[] values = new float[of.shape().channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of.activation(i, 0, 0);
    }
    return values;
  }

  @Override
  public List<float[]> unitGradients(
      String layer, int y, int x, float[] channelWeights, List<? extends Raster> pictures) {
    int node = names.position(layer);
    return recorded(
        pictures,
        (by, painted, first, scope, in) ->
            painted.images(by.features.unit(scope, node, y, x, channelWeights, in).toFloatArray()));
  }

  @Override
  public Optional<String> refusal(RelevanceRule rule) {
    return rules.refusal(rule);
  }

  @Override
  public Optional<String> rescalingRefusal() {
    return rules.rescalingRefusal();
  }

  @Override
  public List<float[]> relevances(RelevanceRule rule, List<? extends Raster> pictures) {
    return recorded(
        pictures,
        (by, painted, first, scope, x) ->
            painted.maps(by.rules.relevances(scope, rule, x).toFloatArray()));
  }

  @Override
  public List<float[]> rescaled(
      List<? extends Raster> pictures, List<? extends Raster> references) {
    return recorded(
        pictures,
        (by, painted, first, scope, x) ->
            painted.maps(
                summed(by.rules.rescaled(scope, x, beside(x, references, first, scope)))
                    .toFloatArray()));
  }

  @Override
  public Optional<String> guidingRefusal() {
    return rules.guidingRefusal();
  }

  @Override
  public List<float[]> guided(List<? extends Raster> pictures) {
    return recorded(
        pictures,
        (by, painted, first, scope, x) ->
            painted.maps(summed(by.rules.guided(scope, x)).toFloatArray()));
  }

  @Override
  public float[] without(String layer, Raster picture, int[] channels) {
    int node = names.position(layer);
    float[] logits = new float[channels.length];
    recorded(
        Collections.nCopies(channels.length, picture),
        (by, painted, first, scope, x) -> {
          int end = first + (int) x.getShape().get(0);
          int[] some = Arrays.copyOfRange(channels, first, end);
          float[] found = by.rules.without(scope, node, x, some).toFloatArray();
          System.arraycopy(found, 0, logits, first, found.length);
          return List.of();
        });
    return logits;
  }

  /** The references from {@code first} on as a tensor like the batch. */
  private NDArray beside(
      NDArray batch, List<? extends Raster> references, int first, NDManager scope) {
    Shape shape = batch.getShape();
    int planes = (int) shape.get(1);
    int each = planes * canvas.pixels();
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < shape.get(0); i++) {
      references.get(first + i).paint(values, i * each, planes);
    }
    return scope.create(values, shape);
  }

  /** The sum over the planes of colours. */
  private static NDArray summed(NDArray values) {
    return values.getShape().get(1) == 1 ? values : values.sum(new int[] {1});
  }

  /** What is computed of a batch of pictures of one kind, of which one is number {@code first}. */
  private interface Derivative<T> {
    List<T> of(TorchClassifier by, PaintedBatch painted, int first, NDManager scope, NDArray x);
  }

  /** The results of {@code derivative} for each batch, concatenated. */
  private <T> List<T> recorded(List<? extends Raster> pictures, Derivative<T> derivative) {
    List<T> all = new ArrayList<>(pictures.size());
    kinds.runs(
        pictures,
        (from, to) -> {
          TorchClassifier by = by(pictures.get(from));
          by.recording.over(
              to - from,
              (first, last) -> {
                List<? extends Raster> some = pictures.subList(from + first, from + last);
                PaintedBatch painted = by.kinds.of(some.get(0));
                all.addAll(
                    by.threads.each(
                        some.size(),
                        (a, b) -> {
                          try (NDManager scope = by.module.scope()) {
                            NDArray x = painted.array(scope, name, some.subList(a, b), a);
                            return derivative.of(by, painted, from + first + a, scope, x);
                          }
                        }));
              });
        });
    return all;
  }

  private static NDArray one(NDManager scope) {
    return scope.create(new float[] {1});
  }

  /** Forward passes on one prepared input, to measure the cost of scoring alone. */
  public final class BareForward implements AutoCloseable {
    private final NDManager scope = module.scope();
    private final NDArray input;
    private final TiledScoring.Group group;

    private BareForward(List<? extends Raster> pictures) {
      this.input = batchOf(scope, pictures);
      this.group = tiled.together(pictures);
    }

    /** One pass; returns when its logits are available. */
    public float[] pass() {
      return pass((int) input.getShape().get(0));
    }

    /** A pass of only the first {@code pictures}. */
    public float[] pass(int pictures) {
      float[] logits = new float[pictures];
      prepare(group);
      threads.over(pictures, passes.step(), (from, to) -> pass(from, to, logits));
      return logits;
    }

    private void pass(int from, int to, float[] logits) {
      try (NDManager each = module.scope();
          NDArray some = input.get(from + ":" + to)) {
        float[] scores = tiled.logits(each, some, group.part(from, to));
        System.arraycopy(scores, 0, logits, from, scores.length);
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  /**
   * Bare passes of this classifier's module on {@code pictures}, at most {@link Settings#batch}.
   *
   * @throws IllegalArgumentException for none or more
   */
  public BareForward bareForward(List<? extends Raster> pictures) {
    if (pictures.isEmpty() || pictures.size() > batch) {
      throw new IllegalArgumentException(
          "a batch has 1 to " + batch + " pictures, was " + pictures.size());
    }
    return new BareForward(pictures);
  }

  private NDArray batchOf(NDManager scope, List<? extends Raster> pictures) {
    return kinds.of(pictures.get(0)).array(scope, name, pictures);
  }

  @Override
  public void close() {
    if (inColour != null) {
      inColour.close();
    }
    threads.close(); // first: one may be at work
    features.close();
    rules.close();
    module.close();
  }

  /**
   * The public names of a network's nodes after batch norms may have been folded. A convolution
   * that absorbed a norm outputs what the norm did, so it has the norm's name; its own output no
   * longer exists, and neither does its name.
   */
  private static final class LayerNames {
    private final String network;
    private final Map<String, Integer> positions = new LinkedHashMap<>();
    private final Map<String, Integer> stages;

    /**
     * Names the nodes of {@code network}.
     *
     * @param folds the batch norms folded into its convolutions, by the name of the convolution
     */
    LayerNames(Network network, Map<String, Node> folds) {
      this.network = network.name();
      this.stages = network.stages();
      for (int i = 0; i < network.nodes().size(); i++) {
        Node node = network.nodes().get(i);
        Node norm = folds.get(node.name());
        positions.put(norm == null ? node.name() : norm.name(), i);
      }
    }

    /** The names of all layers that can be read, from the input to the output. */
    List<String> all() {
      return List.copyOf(positions.keySet());
    }

    /** The stages from the input to the output, by name. */
    List<String> stages() {
      return stages.entrySet().stream()
          .sorted(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .toList();
    }

    /**
     * The node of a layer or stage.
     *
     * @throws IllegalArgumentException if there is none; the message lists the layers
     */
    int position(String name) {
      Integer position = stages.getOrDefault(name, positions.get(name));
      if (position == null) {
        throw new IllegalArgumentException(
            "no layer " + name + " in " + network + "; layers: " + String.join(", ", all()));
      }
      return position;
    }
  }
}

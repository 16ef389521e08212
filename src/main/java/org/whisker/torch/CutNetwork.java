package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.CutPoints;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.UnitField;
import org.whisker.torch.PaintedBatch.PaintedKinds;
import org.whisker.value.Checks;
import org.whisker.weights.Weights;

/**
 * A network in parts; each pass is in one batch of at most {@link TorchClassifier.Settings#batch},
 * of pictures in gray or of pictures in colours.
 */
final class CutNetwork implements ActivationClassifier {
  private final String name;
  private final Canvas canvas;
  private final TorchModule module;
  private final PaintedKinds kinds;
  private final BatchHalving passes;
  private final List<Cut> cuts;
  private final List<UnitField> fields;
  private final PictureThreads threads;

  /**
   * @param planes that it sees: 1 or 3
   */
  CutNetwork(
      String name,
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      TorchClassifier.Settings run,
      int planes) {
    this(name, network, CutPoints.of(network), weights, preprocessing, run, planes);
  }

  CutNetwork(
      String name,
      Network network,
      CutPoints points,
      Weights weights,
      Preprocessing preprocessing,
      TorchClassifier.Settings run,
      int planes) {
    this.name = name;
    this.canvas = new Canvas(network.input().width(), network.input().height());
    this.kinds = new PaintedKinds(canvas, planes, run.batch());
    this.passes = new BatchHalving("scoring by " + name + " in parts", run.batch());
    this.cuts = cuts(network, points);
    this.fields = fields(network, points);
    this.threads = run.device().isCpu() ? new PictureThreads() : PictureThreads.none();
    CutScript script =
        new CutScript(
            network,
            run.precision(),
            preprocessing,
            points.positions(),
            run.device().has(Precision.FLOAT64));
    this.module = TorchModule.load(script.archive(), run.device().djl());
    try {
      // libtorch brings the tensors to the precision of scoring
      try (TorchModule whole =
          TorchClassifier.holding(network, weights, run.precision(), run.device())) {
        module.share(whole);
      }
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  /**
   * The receptive fields of the cuts; empty where branches move by different steps, so that there
   * are none.
   */
  private static List<UnitField> fields(Network network, CutPoints points) {
    try {
      List<UnitField> all = UnitField.of(network);
      return points.positions().stream().map(all::get).toList();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static List<Cut> cuts(Network network, CutPoints points) {
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < points.positions().size(); i++) {
      FeatureShape shape = network.nodes().get(points.positions().get(i)).shape();
      cuts.add(new Cut(i, points.names().get(i), shape.channels(), shape.height(), shape.width()));
    }
    return List.copyOf(cuts);
  }

  /**
   * The classifier whose head can't know places: each logit is the mean over all rolls of the map
   * that the head reads.
   *
   * @param planes that it sees: 1 or 3
   * @throws IllegalArgumentException if the head reads more than that map
   */
  static Classifier withAveragedHead(
      String name,
      Network network,
      Weights weights,
      Preprocessing preprocessing,
      TorchClassifier.Settings run,
      int planes) {
    int last = network.headMap();
    Checks.require(CutPoints.isHeadCut(network), CutPoints.NO_HEAD);
    CutPoints only = new CutPoints(List.of(network.nodes().get(last).name()), List.of(last));
    return new Averaged(new CutNetwork(name, network, only, weights, preprocessing, run, planes));
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

  @Override
  public List<Cut> cuts() {
    return cuts;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    return cuts.isEmpty()
        ? scored("part0", pictures)
        : logits(cuts.get(0), activations(cuts.get(0), pictures));
  }

  private float[] scored(String method, List<? extends Raster> pictures) {
    return singles(shown(method, pictures, 1));
  }

  private static float[] singles(List<float[]> each) {
    float[] logits = new float[each.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = each.get(i)[0];
    }
    return logits;
  }

  /** What a method gives for pictures: for each, {@code size} values. */
  private List<float[]> shown(String method, List<? extends Raster> pictures, int size) {
    List<float[]> all = new ArrayList<>();
    kinds.runs(
        pictures,
        (first, end) ->
            passes.over(
                end - first,
                (from, to) -> {
                  List<? extends Raster> some = pictures.subList(first + from, first + to);
                  PaintedBatch painted = kinds.of(some.get(0));
                  all.addAll(
                      threads.each(
                          some.size(),
                          (a, b) -> {
                            try (NDManager scope = module.scope()) {
                              NDArray x = painted.array(scope, name, some.subList(a, b), a);
                              return split(infer(scope, method, x), size);
                            }
                          }));
                }));
    return all;
  }

  @Override
  public List<float[]> activations(Cut cut, List<? extends Raster> pictures) {
    return shown("until" + cut.index(), pictures, cut.size());
  }

  @Override
  public Field field(Cut cut, int position) {
    if (fields.isEmpty()) {
      return ActivationClassifier.super.field(cut, position);
    }
    UnitField field = fields.get(cut.index());
    int[] across = pixels(field.columns(), position % cut.width(), canvas.width());
    int[] down = pixels(field.rows(), position / cut.width(), canvas.height());
    return new Field(across[0], down[0], across[1] - across[0], down[1] - down[0]);
  }

  /** The first pixel and the one behind the last, of those on the canvas. */
  private static int[] pixels(UnitField.Axis axis, int position, int size) {
    long first = Math.round(axis.centre(position) - (axis.size() - 1) / 2.0);
    int from = (int) Math.max(0, Math.min(size - 1, first));
    return new int[] {from, (int) Math.max(from + 1, Math.min(size, first + axis.size()))};
  }

  @Override
  public float[] logits(Cut cut, List<float[]> activations) {
    return singles(over(cut, activations, 1, (scope, v) -> infer(scope, "from" + cut.index(), v)));
  }

  @Override
  public List<float[]> gradients(Cut cut, List<float[]> activations) {
    return over(
        cut, activations, cut.size(), (scope, v) -> recorded(scope, "gradient" + cut.index(), v));
  }

  /** What a pass gives for maps: for each, {@code size} values. */
  private List<float[]> over(
      Cut cut, List<float[]> maps, int size, BiFunction<NDManager, NDArray, float[]> pass) {
    List<float[]> all = new ArrayList<>();
    passes.over(
        maps.size(),
        (from, to) ->
            all.addAll(
                threads.each(
                    to - from,
                    (a, b) -> {
                      try (NDManager scope = module.scope()) {
                        NDArray v = tensor(scope, cut, maps.subList(from + a, from + b));
                        return split(pass.apply(scope, v), size);
                      }
                    })));
    return all;
  }

  private static NDArray tensor(NDManager scope, Cut cut, List<float[]> activations) {
    FloatBuffer joined = FloatBuffer.allocate(Math.multiplyExact(activations.size(), cut.size()));
    activations.forEach(joined::put);
    joined.flip();
    return TorchModule.array(
        scope, joined, new Shape(activations.size(), cut.channels(), cut.height(), cut.width()));
  }

  private float[] infer(NDManager scope, String method, NDArray x) {
    return module.infer(scope, method, x).singletonOrThrow().toFloatArray();
  }

  private float[] recorded(NDManager scope, String method, NDArray x) {
    return module.record(scope, method, x).singletonOrThrow().toFloatArray();
  }

  private static List<float[]> split(float[] joined, int size) {
    List<float[]> parts = new ArrayList<>();
    for (int from = 0; from < joined.length; from += size) {
      parts.add(Arrays.copyOfRange(joined, from, from + size));
    }
    return parts;
  }

  @Override
  public void close() {
    threads.close(); // first: one may be at work
    module.close();
  }

  /** Scores by the mean over rolls of the last feature map. */
  private record Averaged(CutNetwork network) implements Classifier {
    @Override
    public String name() {
      return network.name();
    }

    @Override
    public Canvas canvas() {
      return network.canvas();
    }

    @Override
    public int planes() {
      return network.planes();
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return network.scored("averaged", pictures);
    }

    @Override
    public void close() {
      network.close();
    }
  }
}

package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.PatchPlan;
import org.whisker.network.PatchPlan.Fit;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.PatchPlan.Track;
import org.whisker.torch.script.WindowScript;
import org.whisker.torch.script.WinogradScript;
import org.whisker.value.Text;

/**
 * Scores patches by computing only what they affect. Patches of one size share a plan and are
 * scored in batches. In float32, sizes that affect nearly everything are scored by full passes. In
 * bfloat16 none is, and the picture's own logit is not of a full pass either: logits of two ways of
 * rounding would differ by more than the effect of a small change.
 */
final class IncrementalScorer implements PatchScorer {
  /**
   * Elements in all of a batch's largest windows: 64 MiB, of which a layer needs a few copies at
   * once.
   */
  private static final long LARGEST = 1 << 24;

  /** Patches of a call: so many that several of them have windows of the same size. */
  private static final int TOGETHER = 1024;

  private final IncrementalScorers owner;

  /** Of full passes; empty in bfloat16, where every change is followed. */
  private final Optional<PatchScorer> full;

  private final float baseLogit;
  private final Canvas canvas;
  private final int planes;
  private final TorchModule module;
  private final PictureThreads threads;
  private final Fit fit;
  private final FixedPasses passes;
  private final Map<Canvas, PatchPlan> plans = new LinkedHashMap<>();

  IncrementalScorer(
      IncrementalScorers owner,
      Classifier classifier,
      TorchModule source,
      PictureThreads threads,
      Raster base) {
    this.owner = owner;
    this.threads = threads;
    FeatureShape in = owner.network().input();
    this.canvas = new Canvas(in.width(), in.height());
    this.planes = Math.min(classifier.planes(), base.planes());
    TorchDevice device = owner.run().device();
    boolean mixed = owner.run().precision() == Precision.BFLOAT16;
    this.full = mixed ? Optional.empty() : Optional.of(PatchScorer.full(classifier, base));
    int windows = PatchPlan.followed(owner.network());
    this.passes = FixedPasses.of(owner.network(), Precision.FLOAT32, device);
    IncrementalScript script =
        new IncrementalScript(
            owner.network(),
            owner.preprocessing(),
            windows,
            mixed
                ? LayerScript.Mode.MIXED
                : LayerScript.Mode.best(owner.network(), Precision.FLOAT32, device),
            passes);
    this.fit = script.fit();
    this.module = TorchModule.load(script.archive(), device.djl());
    try {
      float[] kept = new float[1];
      threads.alone(() -> kept[0] = kept(source, classifier.name(), base));
      this.baseLogit = full.map(PatchScorer::baseLogit).orElse(kept[0]);
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  /** Takes over the tensors, keeps the maps of the picture, and gives its logit. */
  private float kept(TorchModule source, String name, Raster base) {
    try (NDManager scope = source.scope()) {
      module.share(source);
      NDArray picture = new PaintedBatch(canvas, planes, 1).array(scope, name, List.of(base));
      NDArray last = module.infer(scope, "keep", picture).singletonOrThrow();
      return module.infer(scope, "head", last).singletonOrThrow().toFloatArray()[0];
    }
  }

  @Override
  public float baseLogit() {
    return baseLogit;
  }

  @Override
  public float[] logits(List<Patch> patches) {
    patches.forEach(patch -> patch.checkOn(canvas));
    Map<Canvas, List<Integer>> sizes = new LinkedHashMap<>();
    for (int i = 0; i < patches.size(); i++) {
      Canvas size = patches.get(i).content().canvas();
      sizes.computeIfAbsent(size, s -> new ArrayList<>()).add(i);
    }
    float[] logits = new float[patches.size()];
    sizes.forEach((size, members) -> score(size, patches, members, logits));
    return logits;
  }

  private void score(Canvas size, List<Patch> patches, List<Integer> members, float[] logits) {
    PatchPlan plan =
        plans.computeIfAbsent(size, s -> PatchPlan.of(owner.network(), s.height(), s.width()));
    Optional<PatchScorer> passes = owner.gains(plan) ? Optional.empty() : full;
    int batch = passes.isEmpty() ? TOGETHER : owner.run().batch();
    for (int from = 0; from < members.size(); from += batch) {
      List<Integer> some = members.subList(from, Math.min(members.size(), from + batch));
      List<Patch> these = some.stream().map(patches::get).toList();
      float[] scores = passes.map(by -> by.logits(these)).orElseGet(() -> shared(plan, these));
      for (int i = 0; i < scores.length; i++) {
        logits[some.get(i)] = scores[i];
      }
    }
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  /** Patches that are followed at once. */
  private int batch(PatchPlan plan) {
    long most = LARGEST / plan.largest();
    return passes.patches(fit.equals(Fit.ALIKE), most, owner.run().batch());
  }

  /**
   * Patches whose windows have one size.
   *
   * @param rows of the windows of each
   * @param numbers of the patches in the list of all
   */
  private record Group(
      List<Patch> patches, List<Track> rows, List<Track> columns, List<Integer> numbers) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Patch patch, Track row, Track column, int number) {
      patches.add(patch);
      rows.add(row);
      columns.add(column);
      numbers.add(number);
    }

    Group part(int from, int to) {
      return new Group(
          patches.subList(from, to),
          rows.subList(from, to),
          columns.subList(from, to),
          numbers.subList(from, to));
    }
  }

  private List<Group> groups(PatchPlan plan, List<Patch> patches) {
    Map<List<List<Integer>>, Group> alike = new LinkedHashMap<>();
    for (int i = 0; i < patches.size(); i++) {
      Patch patch = patches.get(i);
      Track rows = plan.rows(patch.y(), fit);
      Track columns = plan.columns(patch.x(), fit);
      alike
          .computeIfAbsent(List.of(rows.length(), columns.length()), sizes -> new Group())
          .add(patch, rows, columns, i);
    }
    int most = batch(plan);
    List<Group> groups = new ArrayList<>();
    for (Group group : alike.values()) {
      int size = group.patches().size();
      for (int from = 0; from < size; from += most) {
        groups.add(group.part(from, Math.min(size, from + most)));
      }
    }
    return groups;
  }

  private float[] shared(PatchPlan plan, List<Patch> patches) {
    float[] logits = new float[patches.size()];
    List<Group> groups = groups(plan, patches);
    int most = batch(plan);
    threads.over(groups.size(), 1, (from, to) -> follow(groups.subList(from, to), most, logits));
    return logits;
  }

  /** The head reads what was found for all groups at once: its weights may be the most. */
  private void follow(List<Group> groups, int most, float[] logits) {
    try (NDManager scope = module.scope()) {
      NDList maps = new NDList();
      List<Integer> numbers = new ArrayList<>();
      for (Group group : groups) {
        Group filled = filled(group, most);
        maps.add(
            module
                .infer(
                    scope,
                    "patched",
                    contents(scope, filled),
                    at(scope, filled),
                    sizes(scope, filled))
                .singletonOrThrow());
        numbers.addAll(filled.numbers());
      }
      float[] found =
          module.infer(scope, "head", NDArrays.concat(maps)).singletonOrThrow().toFloatArray();
      for (int i = 0; i < found.length; i++) {
        logits[numbers.get(i)] = found[i];
      }
    }
  }

  /** Repeats the last patch until there are as many as ever. */
  private Group filled(Group group, int most) {
    int size = group.patches().size();
    int missing = passes.missing(size, most);
    if (missing == 0) {
      return group;
    }
    List<Integer> members = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    members.addAll(Collections.nCopies(missing, size - 1));
    Group filled = new Group();
    for (int i : members) {
      filled.add(
          group.patches().get(i),
          group.rows().get(i),
          group.columns().get(i),
          group.numbers().get(i));
    }
    return filled;
  }

  private NDArray contents(NDManager scope, Group group) {
    List<Patch> patches = group.patches();
    Canvas size = patches.get(0).content().canvas();
    int each = planes * size.pixels();
    float[] values = new float[patches.size() * each];
    for (int i = 0; i < patches.size(); i++) {
      patches.get(i).content().paint(values, i * each, planes);
    }
    Shape shape = new Shape(patches.size(), planes, size.height(), size.width());
    return TorchModule.array(scope, FloatBuffer.wrap(values), shape);
  }

  /** The first row and column of each window: [windows, 2, patches]. */
  private static NDArray at(NDManager scope, Group group) {
    int n = group.patches().size();
    int windows = group.rows().get(0).first().size();
    long[] at = new long[windows * 2 * n];
    for (int i = 0; i < n; i++) {
      for (int w = 0; w < windows; w++) {
        at[2 * w * n + i] = group.rows().get(i).first().get(w);
        at[(2 * w + 1) * n + i] = group.columns().get(i).first().get(w);
      }
    }
    return scope.create(at, new Shape(windows, 2, n));
  }

  /** The rows and columns of each window: [windows, 2]. */
  private static NDArray sizes(NDManager scope, Group group) {
    List<Integer> rows = group.rows().get(0).length();
    List<Integer> columns = group.columns().get(0).length();
    long[] sizes =
        IntStream.range(0, 2 * rows.size())
            .mapToLong(i -> (i % 2 == 0 ? rows : columns).get(i / 2))
            .toArray();
    return scope.create(sizes, new Shape(rows.size(), 2));
  }

  @Override
  public void close() {
    module.close();
  }

  /**
   * Chooses how small changes of a network's input are scored.
   *
   * @param worth incremental scoring is worth its overhead below this fraction of a full pass's
   *     multiply-adds
   */
  record IncrementalScorers(
      Network network, Preprocessing preprocessing, TorchClassifier.Settings run, double worth) {
    IncrementalScorers(Network network, Preprocessing preprocessing, TorchClassifier.Settings run) {
      this(network, preprocessing, run, 0.7);
    }

    /** The faster of incremental scoring and full passes. */
    PatchScorer of(Classifier classifier, TorchModule module, PictureThreads threads, Raster base) {
      return run.precision() != Precision.FLOAT64 && gains(PatchPlan.of(network, 1, 1))
          ? new IncrementalScorer(this, classifier, module, threads, base)
          : PatchScorer.full(classifier, base);
    }

    boolean gains(PatchPlan plan) {
      return plan.multiplyAdds() < worth * network.multiplyAdds();
    }
  }

  /**
   * A network as a TorchScript class that scores small changes of one picture. Methods: {@code
   * assign(tensors)} (shared, not copied), {@code keep(x)} (the last map of the picture before the
   * head; it keeps every map in which changes are followed), {@code patched(x, at, sizes)} (the
   * last map before the head), {@code head(v)} (logits of these maps).
   *
   * <p>{@code patched} propagates the <i>difference</i> from the kept maps through the layers: a
   * convolution is applied to it without bias (zeros around it cost nothing), any other layer f
   * maps it to f(kept + difference) − f(kept). {@code x} are the patches, [N, planes, rows,
   * columns]; {@code at} the first row and column of each window, [windows, 2, N], {@code sizes}
   * their rows and columns, [windows, 2]. Where the windows end, the difference is added to the
   * whole map, and the rest is computed in full.
   */
  static final class IncrementalScript {
    private final Network network;
    private final Preprocessing preprocessing;
    private final int windows;
    private final LayerScript.Mode whole;
    private final FixedPasses passes;
    private final Set<String> convolved;

    /**
     * Prepares the script.
     *
     * @param windows number of nodes, starting with the image, through which any plan may follow
     *     windows
     * @param whole mode of layers on whole maps: that of full passes, so that both round alike
     * @param passes also that of full passes
     */
    IncrementalScript(
        Network network,
        Preprocessing preprocessing,
        int windows,
        LayerScript.Mode whole,
        FixedPasses passes) {
      this.passes = passes;
      this.network = network;
      this.preprocessing = preprocessing;
      this.windows = windows;
      this.whole = whole;
      this.convolved =
          network.nodes().stream()
              .filter(node -> node.layer() instanceof Layer.Conv)
              .flatMap(node -> node.parameters().stream())
              .map(Parameter::name)
              .collect(Collectors.toSet());
    }

    byte[] archive() {
      List<String> attributes = new ArrayList<>(tensors());
      IntStream.range(0, windows).forEach(i -> attributes.add("kept" + i));
      attributes.addAll(InferenceScript.held(ofWindows()));
      String methods = assign() + keep() + patched() + head() + whole.methods();
      return TorchScriptArchive.write(
          attributes, WindowScript.helpers(network.padding()) + methods);
    }

    /** What a scoring module hands on. */
    private List<String> tensors() {
      List<String> tensors = new ArrayList<>(InferenceScript.attributes(network));
      tensors.addAll(InferenceScript.held(layers(whole, Set.of()).packed()));
      return tensors;
    }

    private String assign() {
      StringBuilder text =
          new StringBuilder("  def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:\n");
      List<String> tensors = tensors();
      for (int i = 0; i < tensors.size(); i++) {
        text.append(Text.of("    self.%s = t[%d]\n", tensors.get(i), i));
      }
      ofWindows().forEach((held, of) -> text.append(Text.of("    %s = %s\n", held, of)));
      return text.append("    return torch.zeros([1])\n").toString();
    }

    private String keep() {
      StringBuilder text =
          new StringBuilder("  def keep(self: __torch__.Net, x: Tensor) -> Tensor:\n")
              .append(InferenceScript.preprocess(network, preprocessing))
              .append(onWholeMaps().input())
              .append(onWholeMaps().write(1, windows))
              .append(onWholeMaps().write(passes.body(windows - 1)));
      for (int i = 0; i < windows; i++) {
        text.append(Text.of("    self.kept%d = self.places(v%d)\n", i, i));
      }
      return text.append(Text.of("    return v%d\n", beforeHead())).toString();
    }

    private LayerScript onWholeMaps() {
      return layers(whole, IntStream.range(0, windows).boxed().collect(Collectors.toSet()));
    }

    private LayerScript layers(LayerScript.Mode mode, Set<Integer> kept) {
      return new LayerScript(network, Precision.FLOAT32, mode, this::tensor, kept);
    }

    private boolean isMixed() {
      return whole == LayerScript.Mode.MIXED;
    }

    /**
     * In mixed arithmetic the weights of convolutions alone are read in bfloat16; those behind a
     * hidden linear layer are kept in float32.
     */
    private String tensor(String name) {
      String attribute = "self." + InferenceScript.attribute(name);
      return isMixed()
          ? "torch.to(" + attribute + (convolved.contains(name) ? ", 15)" : ", 6)")
          : attribute;
    }

    private String patched() {
      StringBuilder text =
          new StringBuilder(
                  "  def patched(self: __torch__.Net, x: Tensor, at: Tensor, sizes: Tensor) ->"
                      + " Tensor:\n")
              .append(InferenceScript.preprocess(network, preprocessing))
              .append("    n = torch.size(at, 0)\n")
              .append("    d = torch.sub(v0, %s)\n".formatted(look(0, "at[0]", "v0")))
              .append("    v = d\n");
      for (int i = 1; i < windows; i++) {
        text.append(Text.of("    if torch.gt(n, %d):\n", i)).append(indented(inWindow(i)));
        text.append("    else:\n").append(indented(inFull(i)));
      }
      int last = windows - 1;
      return text.append(Text.of("    if torch.eq(n, %d):\n", windows))
          .append(indented(whole(last)))
          .append("    else:\n      pass\n")
          .append(Text.of("    v%d = v\n", last))
          .append(onWholeMaps().write(passes.body(last)))
          .append(Text.of("    return v%d\n", beforeHead()))
          .toString();
    }

    private String head() {
      int last = network.nodes().size();
      return Text.of("  def head(self: __torch__.Net, v%d: Tensor) -> Tensor:\n", beforeHead())
          + layers(whole, Set.of()).write(passes.behindMaps(beforeHead()))
          + Text.of("    return v%d\n", last - 1);
    }

    private int beforeHead() {
      return Math.max(windows - 1, passes.head());
    }

    /** In float32 windows are as small as changes are, where some layers take them in tiles. */
    Fit fit() {
      Set<Integer> tiles =
          IntStream.range(1, windows)
              .filter(i -> inTiles(i).isPresent())
              .boxed()
              .collect(Collectors.toSet());
      return tiles.isEmpty() ? Fit.ALIKE : new Fit(tiles, WinogradScript.TILE);
    }

    private Optional<String> inTiles(int i) {
      LayerScript layers = onWholeMaps();
      return layers.inTiles(i).map(by -> layers.inTiles(i, by, "d"));
    }

    private Map<String, String> ofWindows() {
      return onWholeMaps().ofWindows(fit().tiles());
    }

    private static String indented(String text) {
      return text.indent(2);
    }

    private String inFull(int i) {
      return Text.of("    if torch.eq(n, %d):\n", i)
          + indented(whole(i - 1))
          + "    else:\n      pass\n"
          + Text.of("    v%d = v\n", i - 1)
          + onWholeMaps().write(passes.layer(i))
          + Text.of("    v = v%d\n", i);
    }

    /** Node {@code i}'s whole map with the difference added. */
    private String whole(int i) {
      return Text.of(
          "    v = self.whole(self.kept%1$d, d, at[%1$d], %2$s)\n",
          i, WindowScript.size(network, i));
    }

    private String inWindow(int i) {
      Node node = network.nodes().get(i);
      return node.layer() instanceof Layer.Conv conv ? spread(i, node, conv) : difference(i);
    }

    private String spread(int i, Node node, Layer.Conv conv) {
      return inTiles(i)
              .map(tiles -> WindowScript.read(network, i) + Text.of("    d = %s\n", tiles))
              .orElseGet(
                  () ->
                      WindowScript.convolution(
                          network, i, conv, tensor(node.name() + ".weight"), isMixed()))
          + inside(i);
    }

    /** f(kept + difference) − f(kept), for any layer f. */
    private String difference(int i) {
      boolean pointwise =
          PatchPlan.rows(network, i).equals(Reach.POINT)
              && PatchPlan.columns(network, i).equals(Reach.POINT);
      String read = pointwise ? "" : WindowScript.read(network, i);
      String at = pointwise ? Text.of("at[%d]", i) : "r";
      return read
          + Text.of("    v%d = torch.add(d, %s)\n", i - 1, look(i - 1, at, "d"))
          + layers(LayerScript.Mode.INFERENCE, Set.of()).write(i, i + 1)
          + Text.of("    d = torch.sub(v%d, %s)\n", i, look(i, Text.of("at[%d]", i), "v" + i))
          + (zeroStaysZero(network.nodes().get(i).layer()) ? "" : inside(i));
    }

    /**
     * Whether a layer maps 0 to 0: the parts outside then need no cropping, as they are kept as 0
     * and stay 0.
     */
    private static boolean zeroStaysZero(Layer layer) {
      return layer instanceof Layer.Dropout
          || (layer instanceof Activation activation && activation.zeroAtZero());
    }

    private String inside(int i) {
      return Text.of("    d = self.inside(d, at[%d], %s)\n", i, WindowScript.size(network, i));
    }

    /** The kept map of node {@code i}, in a window of the size of {@code like}. */
    private String look(int i, String at, String like) {
      return Text.of(
          "self.look(self.kept%d, %s, torch.size(%s, 2), torch.size(%s, 3), %s)",
          i, at, like, like, WindowScript.size(network, i));
    }
  }
}

package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.TilePlan;
import org.whisker.network.TilePlan.TileStage;
import org.whisker.network.Window.Padding;
import org.whisker.torch.PaintedBatch.PaintedKinds;
import org.whisker.value.Text;

/**
 * Scores pictures that are white but for a few pixels by computing the first layers only on the
 * tiles that these reach ({@link TilePlan}). How a picture is scored follows from the picture
 * alone, so its logit does not depend on those beside it. Not thread-safe.
 */
final class TiledScoring {
  /** The way of pictures in colours, which are scored in full: before all numbers of stages. */
  private static final int COLOURS = -1;

  private final TorchModule module;
  private final Canvas canvas;
  private final TilePlan plan;
  private final PaintedKinds kinds;
  private boolean kept;

  /**
   * Scores by a module.
   *
   * @param module the module of an {@link InferenceScript}
   * @param canvas the canvas of the network's input
   * @param kinds which pictures are shown in colours
   */
  TiledScoring(TorchModule module, Canvas canvas, TilePlan plan, PaintedKinds kinds) {
    this.module = module;
    this.kinds = kinds;
    this.canvas = canvas;
    this.plan = plan;
  }

  /**
   * Pictures that are scored in the same way.
   *
   * @param places the places of the pictures in their batch
   * @param tiles the tiles of each picture and stage; no stages where pictures are scored in full
   */
  record Group(List<Integer> places, List<? extends Raster> pictures, List<List<int[]>> tiles) {
    private int stages() {
      return tiles.get(0).size();
    }

    /** The pictures from {@code from} to {@code to - 1}. */
    Group part(int from, int to) {
      return new Group(
          places.subList(from, to), pictures.subList(from, to), tiles.subList(from, to));
    }

    int size() {
      return places.size();
    }
  }

  /** The pictures in as few groups as there are ways to score them. */
  List<Group> groups(List<? extends Raster> pictures) {
    List<List<int[]>> tiles = pictures.stream().map(this::tiles).toList();
    Map<Integer, List<Integer>> alike = new TreeMap<>();
    for (int i = 0; i < tiles.size(); i++) {
      int way = kinds.shown(pictures.get(i)) == 1 ? tiles.get(i).size() : COLOURS;
      alike.computeIfAbsent(way, each -> new ArrayList<>()).add(i);
    }
    return alike.values().stream().map(places -> group(places, pictures, tiles)).toList();
  }

  /** All pictures in one group, which is scored in full if any of them is. */
  Group together(List<? extends Raster> pictures) {
    List<Integer> places = IntStream.range(0, pictures.size()).boxed().toList();
    List<List<int[]>> tiles = pictures.stream().map(this::tiles).toList();
    boolean full = tiles.stream().anyMatch(List::isEmpty);
    return group(
        places, pictures, full ? tiles.stream().map(t -> List.<int[]>of()).toList() : tiles);
  }

  private static Group group(
      List<Integer> places, List<? extends Raster> pictures, List<List<int[]>> tiles) {
    List<Raster> some = new ArrayList<>();
    places.forEach(i -> some.add(pictures.get(i)));
    return new Group(places, some, places.stream().map(tiles::get).toList());
  }

  private List<int[]> tiles(Raster picture) {
    // those of another size are refused when they are painted
    boolean fits = picture.canvas().equals(canvas) && kinds.shown(picture) == 1;
    return fits && !plan.stages().isEmpty() ? plan.tiles(notWhite(picture)) : List.of();
  }

  private static int[] notWhite(Raster picture) {
    if (picture instanceof BlackPixels black) {
      return black.indices();
    }
    float[] gray = picture.grayValues();
    int[] found = new int[gray.length];
    int count = 0;
    for (int i = 0; i < gray.length; i++) {
      if (gray[i] != 1) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /**
   * The logits of a group.
   *
   * @param x its pictures, N x planes x rows x columns
   */
  float[] logits(NDManager scope, NDArray x, Group group) {
    int stages = group.stages();
    if (stages == 0) {
      return module.infer(scope, "forward", x).singletonOrThrow().toFloatArray();
    }
    if (!kept) {
      prepare();
    }
    NDArray[] arguments = new NDArray[stages + 1];
    arguments[0] = x;
    for (int i = 0; i < stages; i++) {
      arguments[i + 1] = at(scope, i, group);
    }
    return module.infer(scope, "tiled", arguments).singletonOrThrow().toFloatArray();
  }

  /** Whether threads may score parts of a group side by side. */
  boolean isPrepared(Group group) {
    return kept || group.stages() == 0;
  }

  /** Keeps what all groups in tiles share. */
  void prepare() {
    float[] white = new float[canvas.pixels()];
    Arrays.fill(white, 1);
    Shape shape = new Shape(1, 1, canvas.height(), canvas.width());
    try (NDManager scope = module.scope()) {
      module.infer(scope, "keep", TorchModule.array(scope, FloatBuffer.wrap(white), shape));
    }
    kept = true;
  }

  /**
   * Picture, first row and first column of each tile: [3, tiles]. The last tile is repeated until
   * its block is full.
   */
  private NDArray at(NDManager scope, int stage, Group group) {
    FeatureShape map = plan.stages().get(stage).map();
    int columns = TileStage.tiles(map.width());
    int own = group.tiles().stream().mapToInt(tiles -> tiles.get(stage).length).sum();
    int count = own + Math.floorMod(-own, FixedPasses.TILES);
    long[] at = new long[3 * count];
    int k = 0;
    for (int picture = 0; picture < group.size(); picture++) {
      for (int tile : group.tiles().get(picture).get(stage)) {
        at[k] = picture;
        at[count + k] = TileStage.first(tile / columns, map.height());
        at[2 * count + k++] = TileStage.first(tile % columns, map.width());
      }
    }
    for (; k < count; k++) {
      for (int row = 0; row < 3; row++) {
        at[row * count + k] = at[row * count + own - 1];
      }
    }
    return scope.create(at, new Shape(3, count));
  }

  /**
   * The methods by which a scoring class computes the first layers on tiles. {@code keep(x)}: a
   * full pass of the plain picture, of which the map at the end of each stage is kept. {@code
   * tiled(x, at…)}: logits of pictures whose stages are computed only on the tiles {@code at}, [3,
   * tiles] for each stage: the picture, and the tile's first row and column in the stage's last
   * map. Tiles of whatever pictures are computed in blocks of one size.
   */
  static final class TileScript {
    /**
     * Methods. {@code along}: the positions that each tile reads along an axis. {@code cells}: a
     * map as a matrix with a row of channels for each position, not copied. {@code places}: the
     * rows of all positions of all windows in it. {@code look}: the windows of a map; what lies
     * outside is some value of the border, or (%1$s, %2$s) of the other side. {@code inside}:
     * windows with 0 outside the map, in place. {@code put}: a kept map for each picture, with the
     * tiles in it.
     */
    private static final String HELPERS =
        """
          def along(self: __torch__.Net, first: Tensor, stride: int, padding: int, n: int) -> Tensor:
            steps = torch.arange(n, dtype=4, layout=None, device=ops.prim.device(first), pin_memory=None)
            return torch.add(torch.unsqueeze(torch.sub(torch.mul(first, stride), padding), 1), steps)
          def cells(self: __torch__.Net, m: Tensor) -> Tensor:
            return torch.reshape(torch.permute(m, [0, 2, 3, 1]), [-1, torch.size(m, 1)])
          def places(self: __torch__.Net, m: Tensor, n: Tensor, y: Tensor, x: Tensor) -> Tensor:
            row = torch.add(torch.mul(torch.unsqueeze(n, 1), torch.size(m, 2)), y)
            first = torch.unsqueeze(torch.mul(row, torch.size(m, 3)), 2)
            return torch.reshape(torch.add(first, torch.unsqueeze(x, 1)), [-1])
          def look(self: __torch__.Net, m: Tensor, n: Tensor, y: Tensor, x: Tensor) -> Tensor:
            h = torch.size(m, 2)
            w = torch.size(m, 3)
            i = %1$s
            j = %2$s
            v = torch.index_select(self.cells(m), 0, self.places(m, n, i, j))
            shape = [torch.size(y, 0), torch.size(y, 1), torch.size(x, 1), torch.size(m, 1)]
            return torch.permute(torch.reshape(v, shape), [0, 3, 1, 2])
          def inside(self: __torch__.Net, v: Tensor, y: Tensor, x: Tensor, h: int, w: int) -> Tensor:
            i = torch.logical_or(torch.lt(y, 0), torch.ge(y, h))
            j = torch.logical_or(torch.lt(x, 0), torch.ge(x, w))
            out = torch.logical_or(torch.unsqueeze(i, 2), torch.unsqueeze(j, 1))
            p = torch.squeeze(torch.nonzero(torch.reshape(out, [-1])), 1)
            d = torch.contiguous(v, memory_format=2)
            c = torch.index_fill_(self.cells(d), 0, p, 0)
            return d
          def put(self: __torch__.Net, base: Tensor, v: Tensor, at: Tensor, pictures: int) -> Tensor:
            m = torch.clone(torch.expand(base, [pictures, -1, -1, -1]), memory_format=2)
            y = self.along(at[1], 1, 0, torch.size(v, 2))
            x = self.along(at[2], 1, 0, torch.size(v, 3))
            p = self.places(m, at[0], y, x)
            c = torch.index_copy_(self.cells(m), 0, p, self.cells(v))
            return m
        """;

    private final Network network;
    private final List<TileStage> stages;
    private final String prepared;
    private final Function<Network, LayerScript> layers;
    private final FixedPasses passes;

    /**
     * Prepares the methods.
     *
     * @param prepared statements that make the network's input {@code v0} of {@code x}
     * @param layers the statements of a network's layers
     * @param passes how pictures are taken behind the stages
     */
    TileScript(
        Network network,
        String prepared,
        Function<Network, LayerScript> layers,
        FixedPasses passes) {
      this.passes = passes;
      this.network = network;
      this.stages = TilePlan.of(network).stages();
      this.prepared = prepared;
      this.layers = layers;
    }

    /** The attributes in which the white image's maps are kept, one a stage. */
    List<String> attributes() {
      return IntStream.range(0, stages.size()).mapToObj(TileScript::kept).toList();
    }

    private static String kept(int stage) {
      return "plain" + stage;
    }

    /** The nodes that may be computed on tiles. */
    static Set<Integer> positions(Network network) {
      return TilePlan.of(network).stages().stream()
          .flatMap(stage -> IntStream.rangeClosed(stage.from() + 1, stage.to()).boxed())
          .collect(Collectors.toSet());
    }

    String methods() {
      if (stages.isEmpty()) {
        return "";
      }
      StringBuilder text = new StringBuilder(helpers()).append(keep());
      for (int i = 0; i < stages.size(); i++) {
        text.append(stage(i));
      }
      return text.append(tiled()).toString();
    }

    private String helpers() {
      return network.padding() == Padding.CIRCULAR
          ? String.format(Locale.ROOT, HELPERS, "torch.remainder(y, h)", "torch.remainder(x, w)")
          : String.format(
              Locale.ROOT,
              HELPERS,
              "torch.clamp(y, 0, torch.sub(h, 1))",
              "torch.clamp(x, 0, torch.sub(w, 1))");
    }

    private String keep() {
      StringBuilder text =
          new StringBuilder("  def keep(self: __torch__.Net, x: Tensor) -> Tensor:\n")
              .append(prepared)
              .append(layers.apply(network).write());
      for (int i = 0; i < stages.size(); i++) {
        text.append(Text.of("    self.%s = v%d\n", kept(i), stages.get(i).to()));
      }
      return text.append(Text.of("    return v%d\n", network.nodes().size() - 1)).toString();
    }

    /**
     * The last map of stage {@code i} from the map {@code m} before it. {@code b}: blocks of tiles;
     * {@code d}: what was computed of them.
     */
    private String stage(int i) {
      TileStage stage = stages.get(i);
      String block =
          positions(stage, 0)
              + "    v0 = self.look(m, at[0], y0, x0)\n"
              + layers.apply(stage.window()).write(j -> masked(stage, j))
              + Text.of("    _ = torch.append(d, v%d)\n", stage.to() - stage.from());
      return Text.of("  def stage%d(self: __torch__.Net, m: Tensor, at: Tensor) -> Tensor:\n", i)
          + "    all = at\n"
          + Text.of("    b = torch.split(all, %d, 1)\n", FixedPasses.TILES)
          + "    d = annotate(List[Tensor], [])\n"
          + "    for k in range(torch.len(b)):\n"
          + "      at = b[k]\n"
          + block.indent(2)
          + Text.of(
              "    return self.put(self.%s, torch.cat(d, 0), all, torch.size(m, 0))\n", kept(i));
    }

    /** Sets what a window has outside the map to 0, where the next layer pads with zeros. */
    private static String masked(TileStage stage, int j) {
      if (!stage.paddedWithZeros(stage.from() + j)) {
        return "";
      }
      FeatureShape map = stage.network().nodes().get(stage.from() + j).shape();
      return (j == 0 ? "" : positions(stage, j))
          + Text.of(
              "    v%1$d = self.inside(v%1$d, y%1$d, x%1$d, %2$d, %3$d)\n",
              j, map.height(), map.width());
    }

    /** The rows and columns of window {@code j}, some of which may lie outside the map. */
    private static String positions(TileStage stage, int j) {
      return Text.of("    y%d = %s\n", j, along(1, stage.rows(stage.from() + j)))
          + Text.of("    x%d = %s\n", j, along(2, stage.columns(stage.from() + j)));
    }

    private static String along(int axis, Reach reach) {
      return Text.of(
          "self.along(at[%d], %d, %d, %d)",
          axis, reach.stride(), reach.padding(), TileStage.length(reach));
    }

    private String tiled() {
      StringBuilder text =
          new StringBuilder("  def tiled(self: __torch__.Net, x: Tensor")
              .append(each(", at%1$d: Tensor"))
              .append(") -> Tensor:\n")
              .append(prepared)
              .append(layers.apply(network).input())
              .append("    m = v0\n")
              .append(each("    m = self.stage%1$d(m, at%1$d)\n"));
      int last = stages.get(stages.size() - 1).to();
      return text.append(Text.of("    v%d = m\n", last))
          .append(layers.apply(network).write(passes.behind(last)))
          .append(Text.of("    return torch.to(v%d, 6)\n", network.nodes().size() - 1))
          .toString();
    }

    /** A text for each stage, by its number. */
    private String each(String format) {
      return IntStream.range(0, stages.size())
          .mapToObj(i -> String.format(Locale.ROOT, format, i))
          .collect(Collectors.joining());
    }
  }
}

package org.whisker.torch;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.TilePlan;
import org.whisker.network.TilePlan.TileStage;
import org.whisker.network.Window.Padding;

/**
 * The methods by which a scoring class computes the first layers on tiles. {@code keep(x)}: a full
 * pass of the plain picture, of which the map at the end of each stage is kept. {@code tiled(x,
 * at…)}: logits of pictures whose stages are computed only on the tiles {@code at}, [3, tiles] for
 * each stage: the picture, and the tile's first row and column in the stage's last map.
 */
final class TileScript {
  /**
   * Methods. {@code along}: the positions that each tile reads along an axis. {@code cells}: a map
   * as a matrix with a row of channels for each position, not copied. {@code places}: the rows of
   * all positions of all windows in it. {@code look}: the windows of a map; what lies outside is
   * some value of the border, or (%1$s, %2$s) of the other side. {@code inside}: windows with 0
   * outside the map, in place. {@code put}: a kept map for each picture, with the tiles in it.
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

  /**
   * Prepares the methods.
   *
   * @param prepared statements that make the network's input {@code v0} of {@code x}
   * @param layers the statements of a network's layers
   */
  TileScript(Network network, String prepared, Function<Network, LayerScript> layers) {
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
      text.append(String.format(Locale.ROOT, "    self.%s = v%d\n", kept(i), stages.get(i).to()));
    }
    return text.append(String.format(Locale.ROOT, "    return v%d\n", network.nodes().size() - 1))
        .toString();
  }

  /** The last map of stage {@code i} from the map {@code m} before it. */
  private String stage(int i) {
    TileStage stage = stages.get(i);
    return String.format(
            Locale.ROOT,
            "  def stage%d(self: __torch__.Net, m: Tensor, at: Tensor) -> Tensor:\n",
            i)
        + positions(stage, 0)
        + "    v0 = self.look(m, at[0], y0, x0)\n"
        + layers.apply(stage.window()).write(j -> masked(stage, j))
        + String.format(
            Locale.ROOT,
            "    return self.put(self.%s, v%d, at, torch.size(m, 0))\n",
            kept(i),
            stage.to() - stage.from());
  }

  /** Sets what a window has outside the map to 0, where the next layer pads with zeros. */
  private static String masked(TileStage stage, int j) {
    if (!stage.paddedWithZeros(stage.from() + j)) {
      return "";
    }
    FeatureShape map = stage.network().nodes().get(stage.from() + j).shape();
    return (j == 0 ? "" : positions(stage, j))
        + String.format(
            Locale.ROOT,
            "    v%1$d = self.inside(v%1$d, y%1$d, x%1$d, %2$d, %3$d)\n",
            j,
            map.height(),
            map.width());
  }

  /** The rows and columns of window {@code j}, some of which may lie outside the map. */
  private static String positions(TileStage stage, int j) {
    return String.format(Locale.ROOT, "    y%d = %s\n", j, along(1, stage.rows(stage.from() + j)))
        + String.format(
            Locale.ROOT, "    x%d = %s\n", j, along(2, stage.columns(stage.from() + j)));
  }

  private static String along(int axis, Reach reach) {
    return String.format(
        Locale.ROOT,
        "self.along(at[%d], %d, %d, %d)",
        axis,
        reach.stride(),
        reach.padding(),
        TileStage.length(reach));
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
    return text.append(String.format(Locale.ROOT, "    v%d = m\n", last))
        .append(layers.apply(network).write(last + 1, network.nodes().size()))
        .append(
            String.format(Locale.ROOT, "    return torch.to(v%d, 6)\n", network.nodes().size() - 1))
        .toString();
  }

  /** A text for each stage, by its number. */
  private String each(String format) {
    return IntStream.range(0, stages.size())
        .mapToObj(i -> String.format(Locale.ROOT, format, i))
        .collect(Collectors.joining());
  }
}

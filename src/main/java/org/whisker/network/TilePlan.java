package org.whisker.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.PatchPlan.Reach;
import org.whisker.network.Window.Padding;

/**
 * How to score a picture that differs from a plain one in a few pixels: the maps of the first
 * layers are those of the plain picture, except in tiles that a changed pixel reaches. Only at a
 * network's beginning are these few, and there maps are largest.
 *
 * <p>A stage ends where maps become half as large. Exact, since a layer computes each of its values
 * from the same numbers as before.
 */
public final class TilePlan {
  /** Most stages of a plan: with more, nearly every tile is changed. */
  private static final int MOST_STAGES = 2;

  /** Tiles are worth it below this part of the multiply-adds of the whole maps. */
  private static final double WORTH = 0.8;

  private final List<TileStage> stages;
  private final List<TileGrid> grids;
  private final long[] tileCosts;
  private final double mostCost;

  private TilePlan(List<TileStage> stages, double worth) {
    this.stages = List.copyOf(stages);
    this.grids = stages.stream().map(TileGrid::new).toList();
    this.tileCosts = stages.stream().mapToLong(s -> s.window().multiplyAdds()).toArray();
    this.mostCost = worth * stages.stream().mapToLong(TileStage::multiplyAdds).sum();
  }

  /** A plan without stages. */
  public static TilePlan none() {
    return new TilePlan(List.of(), WORTH);
  }

  /** The plan for a network; without a stage where its first layers permit none. */
  public static TilePlan of(Network network) {
    return of(network, WORTH);
  }

  /**
   * Plans for a network, without a stage where its first layers permit none.
   *
   * @param worth part of the multiply-adds of the whole maps up to which tiles are computed
   */
  public static TilePlan of(Network network, double worth) {
    List<TileStage> stages = new ArrayList<>();
    int chain = PatchPlan.count(network);
    int from = 0;
    for (int i = 1; i < chain && translates(network, i) && stages.size() < MOST_STAGES; i++) {
      if (shrinks(network, from, i) && !(i + 1 < chain && isPointwise(network, i + 1))) {
        if (!TileGrid.covers(network.nodes().get(i).shape())) {
          break;
        }
        stages.add(new TileStage(network, from, i));
        from = i;
      }
    }
    return new TilePlan(stages, worth);
  }

  private static boolean shrinks(Network network, int from, int to) {
    return network.nodes().get(to).shape().height() * 2
        <= network.nodes().get(from).shape().height() + 1;
  }

  private static boolean isPointwise(Network network, int position) {
    return PatchPlan.window(network, position).isEmpty();
  }

  /** Whether what lies beyond the border follows from a position, as mirrored values do not. */
  private static boolean translates(Network network, int position) {
    boolean padded = PatchPlan.window(network, position).map(Window::padded).orElse(false);
    return !padded || network.padding() == Padding.ZERO || network.padding() == Padding.CIRCULAR;
  }

  public List<TileStage> stages() {
    return stages;
  }

  /**
   * The tiles to compute in each stage, as numbers, row by row; none if the picture is to be scored
   * in full.
   *
   * @param pixels the pixels that differ from the plain picture, as indices of a canvas
   */
  public List<int[]> tiles(int[] pixels) {
    List<int[]> tiles = grids.stream().map(grid -> grid.tiles(pixels)).toList();
    long cost = 0;
    for (int i = 0; i < tileCosts.length; i++) {
      cost += tiles.get(i).length * tileCosts[i];
    }
    return cost < mostCost ? tiles : List.of();
  }

  /**
   * Which tiles of a stage each pixel of the image can change. Sets of tile rows and of tile
   * columns are bits, so there are at most {@value #MOST} of either.
   */
  private static final class TileGrid {
    private static final int MOST = Long.SIZE;

    private final FeatureShape image;
    private final int tileRows;
    private final int tileColumns;
    private final long[] ofRow;
    private final long[] ofColumn;

    TileGrid(TileStage stage) {
      Network network = stage.network();
      boolean ring = network.padding() == Padding.CIRCULAR;
      this.image = network.input();
      this.tileRows = TileStage.tiles(stage.map().height());
      this.tileColumns = TileStage.tiles(stage.map().width());
      this.ofRow = changed(stage.rows(0), stage.map().height(), image.height(), ring);
      this.ofColumn = changed(stage.columns(0), stage.map().width(), image.width(), ring);
    }

    /** Whether a map is neither smaller than a tile nor of more tiles than there are bits. */
    static boolean covers(FeatureShape map) {
      int longer = Math.max(map.height(), map.width());
      return Math.min(map.height(), map.width()) >= TileStage.SIDE
          && TileStage.tiles(longer) <= MOST;
    }

    /** The tiles that read each position along an axis of the image, as bits. */
    private static long[] changed(Reach reach, int map, int image, boolean ring) {
      long[] tiles = new long[image];
      for (int tile = 0; tile < TileStage.tiles(map); tile++) {
        int first = TileStage.first(tile, map) * reach.stride() - reach.padding();
        for (int i = first; i < first + TileStage.length(reach); i++) {
          if (ring || (i >= 0 && i < image)) {
            tiles[Math.floorMod(i, image)] |= 1L << tile;
          }
        }
      }
      return tiles;
    }

    /**
     * The numbers, row by row, of the tiles that any of these pixels (see {@code Canvas}) changes.
     */
    int[] tiles(int[] pixels) {
      long[] rows = new long[tileRows];
      for (int pixel : pixels) {
        long columns = ofColumn[pixel % image.width()];
        for (long left = ofRow[pixel / image.width()]; left != 0; left &= left - 1) {
          rows[Long.numberOfTrailingZeros(left)] |= columns;
        }
      }
      return numbers(rows);
    }

    private int[] numbers(long[] rows) {
      int[] numbers = new int[Arrays.stream(rows).mapToInt(Long::bitCount).sum()];
      int count = 0;
      for (int row = 0; row < tileRows; row++) {
        for (long left = rows[row]; left != 0; left &= left - 1) {
          numbers[count++] = row * tileColumns + Long.numberOfTrailingZeros(left);
        }
      }
      return numbers;
    }
  }

  /**
   * A chain of layers at a network's beginning, computed on tiles of its last map. What a tile
   * reads of the map before the chain is a window of fixed size; with zero padding, parts of it may
   * lie outside the map.
   *
   * @param network the whole network
   * @param from position of the node whose map the first layer reads
   * @param to position of the last layer
   */
  public record TileStage(Network network, int from, int to) {
    /** Rows and columns of a tile. */
    public static final int SIDE = 2;

    private static final Window.Axis POINT = new Window.Axis(1, 1, 0);

    /** What this many adjacent rows of the last map read of the map of node {@code position}. */
    public Reach rows(int position) {
      return reach(position, Window::rows);
    }

    /**
     * What {@value #SIDE} adjacent columns of the last map read of the map of node {@code
     * position}.
     */
    public Reach columns(int position) {
      return reach(position, Window::columns);
    }

    private Reach reach(int position, Function<Window, Window.Axis> axis) {
      int kernel = 1;
      int stride = 1;
      int padding = 0;
      for (int i = to; i > position; i--) {
        Window.Axis one = PatchPlan.window(network, i).map(axis).orElse(POINT);
        kernel = (kernel - 1) * one.stride() + one.extent();
        stride *= one.stride();
        padding = padding * one.stride() + one.before();
      }
      return new Reach(kernel, stride, padding);
    }

    /** The shape of the last map. */
    public FeatureShape map() {
      return network.nodes().get(to).shape();
    }

    /** How many tiles cover {@code size} rows or columns of the last map. */
    public static int tiles(int size) {
      return (size + SIDE - 1) / SIDE;
    }

    /**
     * The first row or column of a tile; the last one overlaps that before it, rather than end
     * outside.
     */
    public static int first(int tile, int size) {
      return Math.min(tile * SIDE, size - SIDE);
    }

    /** Whether node {@code position} is read by a convolution that pads it with zeros. */
    public boolean paddedWithZeros(int position) {
      return position < to
          && network.padding() == Padding.ZERO
          && PatchPlan.window(network, position + 1).map(Window::padded).orElse(false);
    }

    /** The layers on one window, none of which pads; node i is node {@code from + i}. */
    public Network window() {
      List<Node> nodes = new ArrayList<>();
      for (int i = from; i <= to; i++) {
        Node node = network.nodes().get(i);
        Layer layer = i == from ? new Layer.Input(input()) : unpadded(node.layer());
        List<FeatureShape> shapes =
            i == from ? List.of() : List.of(nodes.get(i - from - 1).shape());
        List<Integer> inputs = i == from ? List.of() : List.of(i - from - 1);
        nodes.add(new Node(node.name(), layer, inputs, layer.output(shapes)));
      }
      return new Network(network.name(), nodes, Map.of(), Padding.ZERO);
    }

    private FeatureShape input() {
      int channels = network.nodes().get(from).shape().channels();
      return new FeatureShape(channels, length(rows(from)), length(columns(from)));
    }

    /** How many rows or columns of a map a tile reads. */
    public static int length(Reach reach) {
      return (SIDE - 1) * reach.stride() + reach.kernel();
    }

    private static Layer unpadded(Layer layer) {
      return layer instanceof Layer.Conv conv
          ? new Layer.Conv(
              conv.in(), conv.out(), unpadded(conv.window()), conv.groups(), conv.bias())
          : layer;
    }

    private static Window unpadded(Window window) {
      return new Window(unpadded(window.rows()), unpadded(window.columns()));
    }

    private static Window.Axis unpadded(Window.Axis axis) {
      return new Window.Axis(axis.kernel(), axis.stride(), axis.dilation(), 0, 0);
    }

    /** Multiply-adds of the layers on the whole map. */
    long multiplyAdds() {
      return network.nodes().subList(from + 1, to + 1).stream().mapToLong(Node::multiplyAdds).sum();
    }
  }
}

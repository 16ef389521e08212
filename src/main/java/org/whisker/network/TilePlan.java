package org.whisker.network;

import java.util.ArrayList;
import java.util.List;

/**
 * How to score a picture that differs from a plain one in a few pixels: the maps of the first
 * layers are those of the plain picture, except in tiles that a changed pixel reaches. Only at a
 * network's beginning are these few, and there maps are largest.
 *
 * <p>A stage ends where maps become half as large. Exact, since a layer computes each of its values
 * from the same numbers as before.
 */
public final class TilePlan {
  /** With more stages nearly every tile is changed. */
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

  /** No stages. */
  public static TilePlan none() {
    return new TilePlan(List.of(), WORTH);
  }

  /** The plan for a network; without a stage where its first layers permit none. */
  public static TilePlan of(Network network) {
    return of(network, WORTH);
  }

  /**
   * As above.
   *
   * @param worth part of the multiply-adds of the whole maps up to which tiles are computed
   */
  public static TilePlan of(Network network, double worth) {
    List<TileStage> stages = new ArrayList<>();
    int chain = PatchableLayers.count(network);
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
    return PatchableLayers.window(network, position).isEmpty();
  }

  /** Whether what lies beyond the border follows from a position, as mirrored values do not. */
  private static boolean translates(Network network, int position) {
    boolean padded = PatchableLayers.window(network, position).map(Window::padded).orElse(false);
    return !padded || network.padding() == Padding.ZERO || network.padding() == Padding.CIRCULAR;
  }

  public List<TileStage> stages() {
    return stages;
  }

  /**
   * The tiles to compute in each stage, as numbers, row by row; none if the picture is to be scored
   * in full.
   *
   * @param pixels that differ from the plain picture, as indices of a canvas
   */
  public List<int[]> tiles(int[] pixels) {
    List<int[]> tiles = grids.stream().map(grid -> grid.tiles(pixels)).toList();
    long cost = 0;
    for (int i = 0; i < tileCosts.length; i++) {
      cost += tiles.get(i).length * tileCosts[i];
    }
    return cost < mostCost ? tiles : List.of();
  }
}

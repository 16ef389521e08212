package org.whisker.network;

import java.util.Arrays;

/**
 * Which tiles of a stage each pixel of the image can change. Sets of tile rows and of tile columns
 * are bits, so there are at most {@value #MOST} of either.
 */
final class TileGrid {
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
    return Math.min(map.height(), map.width()) >= TileStage.SIDE && TileStage.tiles(longer) <= MOST;
  }

  /** For each position along an axis of the image, the tiles that read it. */
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

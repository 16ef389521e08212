package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.whisker.classifier.Slices;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.TilePlan;
import org.whisker.network.TilePlan.TileStage;
import org.whisker.torch.PaintedBatch.PaintedKinds;
import org.whisker.torch.natives.OperatorThreads;

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
   * @param places the places of the pictures in their batch; the last one may be repeated
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

  /**
   * The pictures in as few groups as there are ways to score them.
   *
   * @param inFours whether logits depend on how many there are beyond a multiple of four
   */
  List<Group> groups(List<? extends Raster> pictures, boolean inFours) {
    List<List<int[]>> tiles = pictures.stream().map(this::tiles).toList();
    Map<Integer, List<Integer>> alike = new TreeMap<>();
    for (int i = 0; i < tiles.size(); i++) {
      int way = kinds.shown(pictures.get(i)) == 1 ? tiles.get(i).size() : COLOURS;
      alike.computeIfAbsent(way, each -> new ArrayList<>()).add(i);
    }
    if (inFours && alike.size() > 1) {
      alike.values().forEach(Slices::fill);
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
      String method = OperatorThreads.count() == 1 ? "chunked" : "forward";
      return module.infer(scope, method, x).singletonOrThrow().toFloatArray();
    }
    keep();
    NDArray[] arguments = new NDArray[stages + 1];
    arguments[0] = x;
    for (int i = 0; i < stages; i++) {
      arguments[i + 1] = at(scope, i, group);
    }
    return module.infer(scope, "tiled", arguments).singletonOrThrow().toFloatArray();
  }

  private void keep() {
    if (!kept) {
      float[] white = new float[canvas.pixels()];
      Arrays.fill(white, 1);
      Shape shape = new Shape(1, 1, canvas.height(), canvas.width());
      try (NDManager scope = module.scope()) {
        module.infer(scope, "keep", TorchModule.array(scope, FloatBuffer.wrap(white), shape));
      }
      kept = true;
    }
  }

  /** Picture, first row and first column of each tile: [3, tiles]. */
  private NDArray at(NDManager scope, int stage, Group group) {
    FeatureShape map = plan.stages().get(stage).map();
    int columns = TileStage.tiles(map.width());
    int count = group.tiles().stream().mapToInt(tiles -> tiles.get(stage).length).sum();
    long[] at = new long[3 * count];
    int k = 0;
    for (int picture = 0; picture < group.size(); picture++) {
      for (int tile : group.tiles().get(picture).get(stage)) {
        at[k] = picture;
        at[count + k] = TileStage.first(tile / columns, map.height());
        at[2 * count + k++] = TileStage.first(tile % columns, map.width());
      }
    }
    return scope.create(at, new Shape(3, count));
  }
}

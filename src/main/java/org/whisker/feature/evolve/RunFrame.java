package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.GenerationRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;

/**
 * The fittest image of one generation, read from a run's files.
 *
 * @param catProbability its p(cat)
 * @param edgeIndex empty when no pixel is black
 */
record RunFrame(
    int generation, double catProbability, OptionalDouble edgeIndex, BlackPixels image) {

  /** Caption lines: generation, p(cat), number of pixels and edge index. */
  List<String> captions() {
    String index = edgeIndex.isPresent() ? Decimals.fixed(edgeIndex.getAsDouble(), 3) : "-";
    return List.of(
        "generation " + generation,
        "p(cat) " + probability(catProbability),
        image.count() + (image.count() == 1 ? " pixel" : " pixels") + ", E " + index);
  }

  private static String probability(double p) {
    return p >= 0.001 ? Decimals.fixed(p, 3) : Decimals.rounded(p, 2);
  }

  /**
   * Frames for approximately these generations: for each, the generation in which its image first
   * appeared. Generations with the same image share one frame.
   */
  static List<RunFrame> read(
      Path generations, Path history, Canvas canvas, NavigableSet<Integer> wanted)
      throws IOException {
    TreeMap<Integer, BlackPixels> images = images(history, canvas, wanted);
    List<RunFrame> frames = new ArrayList<>();
    GenerationRow.TABLE.scan(
        generations,
        (row, at) -> {
          BlackPixels image = images.get(row.generation());
          if (image != null) {
            frames.add(
                new RunFrame(row.generation(), row.catProbability(), row.edgeIndex(), image));
          }
        });
    return frames;
  }

  /**
   * For each requested generation, the last image that appeared up to then, by the generation in
   * which it appeared.
   */
  private static TreeMap<Integer, BlackPixels> images(
      Path history, Canvas canvas, NavigableSet<Integer> wanted) throws IOException {
    TreeMap<Integer, BlackPixels> images = new TreeMap<>();
    TreeMap<Integer, BlackPixels> last = new TreeMap<>(Map.of(0, BlackPixels.none(canvas)));
    BestHistory.replay(
        history,
        canvas,
        (generation, image) -> {
          keepIfWanted(images, last, wanted, generation);
          last.clear();
          last.put(generation, image);
        });
    keepIfWanted(images, last, wanted, Integer.MAX_VALUE);
    return images;
  }

  private static void keepIfWanted(
      TreeMap<Integer, BlackPixels> images,
      TreeMap<Integer, BlackPixels> last,
      NavigableSet<Integer> wanted,
      int until) {
    int from = last.firstKey();
    if (from < until && !wanted.subSet(from, until).isEmpty()) {
      images.putAll(last);
    }
  }

  /** 0, {@code last}, and whole numbers between them with about equal ratios; {@code n} at most. */
  static NavigableSet<Integer> logSpaced(int last, int n) {
    NavigableSet<Integer> spaced = new TreeSet<>(List.of(0, last));
    for (int i = 0; last > 0 && i < n - 1; i++) {
      spaced.add((int) Math.round(Math.pow(last, i / (n - 2.0))));
    }
    return spaced;
  }
}

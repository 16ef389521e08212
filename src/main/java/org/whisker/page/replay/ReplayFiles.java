package org.whisker.page.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Tones;

/** Reads replays from {@value BestHistory#FILE} and the table that has p(target) of its images. */
public final class ReplayFiles {
  private ReplayFiles() {}

  /**
   * A run of {@code evolve}, with {@value GenerationStats#FILE}.
   *
   * @param folder the folder of the run
   * @return empty when one of its tables is missing, or no generation is in both
   * @throws IOException naming file and line of what can't be read
   */
  public static Optional<Replay> ofRun(String name, Path folder, Canvas canvas, Tones tones)
      throws IOException {
    Path generations = folder.resolve(GenerationStats.FILE);
    Path history = folder.resolve(BestHistory.FILE);
    if (!Files.isRegularFile(generations) || !Files.isRegularFile(history)) {
      return Optional.empty();
    }
    Map<Integer, BlackPixels> images = images(history, canvas);
    List<Replay.Frame> frames = new ArrayList<>();
    GenerationStats.TABLE.scan(
        generations,
        (row, at) -> {
          // until the first row the best image is the empty canvas
          BlackPixels image =
              row.generation() == 0 && !images.containsKey(0)
                  ? BlackPixels.none(canvas)
                  : images.get(row.generation());
          if (image != null) {
            frames.add(
                new Replay.Frame(
                    row.generation(),
                    OptionalLong.of(row.evaluations()),
                    row.bestCatProbability(),
                    row.edgeIndex(),
                    image));
          }
        });
    return frames.isEmpty() ? Optional.empty() : Optional.of(new Replay(name, tones, frames));
  }

  /**
   * A run of a report, with its rows of {@value ClimbRow#FILE}, those that name a generation.
   *
   * @param folder the folder of the run
   */
  public static Optional<Replay> ofClimb(
      String name, Path folder, Canvas canvas, List<ClimbRow> climb) throws IOException {
    Path history = folder.resolve(BestHistory.FILE);
    if (!Files.isRegularFile(history)) {
      return Optional.empty();
    }
    Map<Integer, ClimbRow> rows = new HashMap<>();
    climb.forEach(
        row -> row.generation().ifPresent(generation -> rows.putIfAbsent(generation, row)));
    EdgeRank ranks = new EdgeRank(canvas);
    List<Replay.Frame> frames = new ArrayList<>();
    images(history, canvas)
        .forEach(
            (generation, image) -> {
              ClimbRow row = rows.get(generation);
              if (row != null) {
                frames.add(
                    new Replay.Frame(
                        generation,
                        OptionalLong.of(row.evaluations()),
                        row.catProbability(),
                        ranks.edgeIndex(image),
                        image));
              }
            });
    return frames.isEmpty()
        ? Optional.empty()
        : Optional.of(new Replay(name, Tones.standard(), frames));
  }

  private static Map<Integer, BlackPixels> images(Path history, Canvas canvas) throws IOException {
    Map<Integer, BlackPixels> images = new TreeMap<>();
    BestHistory.replay(history, canvas, images::put);
    return images;
  }
}

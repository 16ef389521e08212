package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Tones;
import org.whisker.table.Table.TableWriter;

/** A small folder as evolve writes it: two runs that end, and one that fails. */
public final class SampleEvolution {
  static final Canvas CANVAS = Canvas.square(16);

  /** Generations of a run, of which every second has another image. */
  static final int GENERATIONS = 12;

  private SampleEvolution() {}

  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"format": 1, "command": "evolve", "model": {"name": "model-<a>", "sha256": "78dc"}, "seed": 1,
         "status": "done", "device": "cpu",
         "evolution": {"target_class": "cat", "background": 1.0, "ink": 0.0}}
        """);
    List<RunSummary> summaries = new ArrayList<>();
    for (int run = 1; run <= 2; run++) {
      summaries.add(run(folder.resolve("runs/" + run), run));
    }
    summaries.add(RunSummary.failed(3, 3, "out of memory"));
    RunSummary.TABLE.writeIn(folder, summaries);
  }

  private static RunSummary run(Path folder, int run) throws IOException {
    Files.createDirectories(folder);
    BlackPixels best = BlackPixels.none(CANVAS);
    EdgeRank ranks = new EdgeRank(CANVAS);
    List<GenerationStats> rows = new ArrayList<>();
    try (TableWriter<BestHistory.Change> history =
        BestHistory.TABLE.writer(folder.resolve(BestHistory.FILE))) {
      for (int g = 0; g <= GENERATIONS; g++) {
        // generation 8 loses the first pixel again
        BlackPixels next = g % 2 == 1 ? best : g == 8 ? best.without(run) : best.with(run + 17 * g);
        BestHistory.append(history, g, best, next);
        best = next;
        double p = 0.2 + run * 0.02 * g;
        rows.add(
            new GenerationStats(
                g, -1, -1, -1, p, 1, best.count(), ranks.edgeIndex(best), 1, 100 + g, 0));
      }
      history.finish();
    }
    GenerationStats.TABLE.writeIn(folder, rows);
    EvolvedImageFiles.best(folder, best, Tones.standard());
    GenerationStats last = rows.get(GENERATIONS);
    return new RunSummary(
        run,
        run,
        "generations",
        new RunSummary.Numbers(
            last.bestCatProbability(),
            1,
            best.count(),
            last.edgeIndex(),
            GENERATIONS,
            last.evaluations(),
            0),
        null,
        "");
  }
}

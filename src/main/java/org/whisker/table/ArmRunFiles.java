package org.whisker.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;

/**
 * Finished runs of ablations, a file each: {@code FOLDER/MODEL/KEY/SEED.csv}, whole or not there.
 * What cannot be done is an {@link UncheckedIOException}.
 */
public record ArmRunFiles(Path folder) implements RunStore {
  private static final List<String> HEADER =
      List.of(
          "seed",
          "ending",
          "edge_index",
          "logit",
          "search_logit",
          "bare_logit",
          "evaluations_to_target",
          "evaluations",
          "generations",
          "width",
          "height",
          "pixels",
          "climb");

  private Path file(String model, String key, long seed) {
    return folder.resolve(model).resolve(key).resolve(seed + ".csv");
  }

  @Override
  public Optional<ArmRun> find(String model, String key, long seed) {
    Path file = file(model, key, seed);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<CsvRow> rows = Csv.rows(file);
      if (rows.size() != 1) {
        throw new IOException(file + " has " + rows.size() + " rows, expected 1; remove it");
      }
      return Optional.of(run(rows.get(0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    ArmRun.Outcome o = run.outcome().orElseThrow();
    try (CsvWriter csv = CsvWriter.create(file(model, key, run.seed()), HEADER)) {
      csv.row(
          run.seed(),
          run.ending(),
          o.edgeIndex(),
          o.logit(),
          o.searchLogit(),
          o.bareLogit(),
          o.toTarget(),
          o.evaluations(),
          o.generations(),
          o.image().canvas().width(),
          o.image().canvas().height(),
          Arrays.stream(o.image().indices())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" ")),
          o.climb().stream()
              .map(step -> step.evaluations() + ":" + Decimals.shortest(step.logit()))
              .collect(Collectors.joining(" ")));
      csv.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArmRun run(CsvRow row) throws IOException {
    Canvas canvas =
        new Canvas(Math.toIntExact(row.integer("width")), Math.toIntExact(row.integer("height")));
    return new ArmRun(
        row.integer("seed"),
        row.text("ending"),
        "",
        Optional.of(
            new ArmRun.Outcome(
                BlackPixels.of(canvas, pixels(row)),
                row.optionalNumber("edge_index"),
                logit(row, "logit"),
                logit(row, "search_logit"),
                logit(row, "bare_logit"),
                row.text("evaluations_to_target").isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(row.integer("evaluations_to_target")),
                row.integer("evaluations"),
                Math.toIntExact(row.integer("generations")),
                climb(row))));
  }

  private static OptionalDouble logit(CsvRow row, String column) throws IOException {
    return row.optionalNumber(column);
  }

  /** A folder that an earlier whisker began has none. */
  private static List<ArmRun.Step> climb(CsvRow row) throws IOException {
    String text = row.header().contains("climb") ? row.text("climb") : "";
    List<ArmRun.Step> climb = new ArrayList<>();
    for (String step : text.isEmpty() ? new String[0] : text.split(" ")) {
      int colon = step.indexOf(':');
      try {
        climb.add(
            new ArmRun.Step(
                Long.parseLong(step.substring(0, colon)),
                Double.parseDouble(step.substring(colon + 1))));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw row.error("climb holds '" + step + "', expected images:logit; remove the file");
      }
    }
    return climb;
  }

  private static int[] pixels(CsvRow row) throws IOException {
    String text = row.text("pixels");
    try {
      return text.isEmpty()
          ? new int[0]
          : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    } catch (NumberFormatException e) {
      throw row.error("pixels holds something else than pixel indices; remove the file");
    }
  }
}

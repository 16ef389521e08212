package org.whisker.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.boundary.Relation;
import org.whisker.boundary.Transfer;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.MatrixPlot;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.stats.Interval;

/**
 * How models see sets of images, as tables and a chart. Logits are of not-cat.
 *
 * <ul>
 *   <li>{@code transfer.csv}: a row a source and target; intervals are over the images, 95 %, and
 *       empty for a single image; that of the share also where all images agree
 *   <li>{@code transfer-images.csv}: {@code source,target,padding,image,logit,p_cat}
 * </ul>
 *
 * @param sources rows, with the files of their images
 * @param targets columns
 * @param cells by source and target
 */
public record TransferFiles(
    List<Source> sources, List<Target> targets, List<List<Transfer>> cells) {
  private static final List<String> NOTES =
      List.of(
          "mean p(cat) of the images; below it how many of them are cats (p(cat) of ½ or more)",
          "colour: mean p(cat), blue towards cat, white at ½, red away from it",
          "framed: the model, with its own padding, that the images were evolved on");

  /** A set of images. */
  public record Source(String name, List<String> images) {
    public Source {
      images = List.copyOf(images);
    }
  }

  /** A model under a padding. */
  public record Target(String model, String padding) {}

  public TransferFiles {
    sources = List.copyOf(sources);
    targets = List.copyOf(targets);
    cells = List.copyOf(cells);
  }

  /** Writes the tables and {@code transfer.png}. */
  public void write(Path folder, RandomGenerator random) throws IOException {
    matrix(folder.resolve("transfer.csv"), random);
    images(folder.resolve("transfer-images.csv"));
    plot().writePng(folder.resolve("transfer.png"));
  }

  private void matrix(Path target, RandomGenerator random) throws IOException {
    List<String> header =
        List.of(
            "source",
            "target",
            "padding",
            "relation",
            "images",
            "mean_p_cat",
            "mean_low",
            "mean_high",
            "cats",
            "share_cats",
            "share_low",
            "share_high");
    try (CsvWriter csv = CsvWriter.create(target, header)) {
      for (int s = 0; s < sources.size(); s++) {
        for (int t = 0; t < targets.size(); t++) {
          row(csv, cells.get(s).get(t), targets.get(t), random);
        }
      }
      csv.finish();
    }
  }

  private static void row(CsvWriter csv, Transfer cell, Target target, RandomGenerator random)
      throws IOException {
    Optional<Interval> mean = cell.meanInterval(random);
    Optional<Interval> share = cell.shareInterval(random);
    csv.row(
        cell.source(),
        target.model,
        target.padding,
        cell.relation().label(),
        cell.logits().size(),
        cell.meanCatProbability(),
        low(mean),
        high(mean),
        cell.cats(),
        cell.share(),
        low(share),
        high(share));
  }

  private static OptionalDouble low(Optional<Interval> interval) {
    return interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble high(Optional<Interval> interval) {
    return interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty());
  }

  private void images(Path target) throws IOException {
    List<String> header = List.of("source", "target", "padding", "image", "logit", "p_cat");
    try (CsvWriter csv = CsvWriter.create(target, header)) {
      for (int s = 0; s < sources.size(); s++) {
        for (int t = 0; t < targets.size(); t++) {
          for (int i = 0; i < sources.get(s).images.size(); i++) {
            csv.row(
                sources.get(s).name,
                targets.get(t).model,
                targets.get(t).padding,
                sources.get(s).images.get(i),
                cells.get(s).get(t).logits().get(i),
                cells.get(s).get(t).catProbability(i));
          }
        }
      }
      csv.finish();
    }
  }

  private Drawing plot() {
    List<List<MatrixPlot.Cell>> shown = new ArrayList<>();
    for (List<Transfer> row : cells) {
      shown.add(row.stream().map(TransferFiles::cell).toList());
    }
    return new MatrixPlot(
        "Images (rows) scored by other models (columns)",
        sources.stream().map(Source::name).toList(),
        targets.stream().map(t -> List.of(t.model, t.padding + " padding")).toList(),
        shown,
        NOTES);
  }

  private static MatrixPlot.Cell cell(Transfer transfer) {
    double mean = transfer.meanCatProbability();
    return new MatrixPlot.Cell(
        1 - mean,
        Decimals.fixed(mean, 3),
        transfer.cats() + " of " + transfer.logits().size(),
        transfer.relation() == Relation.OWN);
  }
}

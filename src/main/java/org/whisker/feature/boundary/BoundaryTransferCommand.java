package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Transfer;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.value.Text;

/** {@code whisker boundary transfer}: evolved images before other models. */
@Command(
    name = "transfer",
    description = {
      "Scores images evolved on one model with every other model, and images with equally"
          + " many pixels at random places. Are they cats to all models, to a family of them,"
          + " or only to one set of weights?",
      "Writes transfer.csv (one row per set of images and model),"
          + " transfer-images.csv, transfer.png."
    },
    footer = {
      "",
      "An evolved image whose size differs from a model's input is refused, since its",
      "pixels don't survive resizing; with --resize, rows of such a pair say little.",
      "",
      "Examples:",
      "  whisker boundary transfer vgg-run inception-run",
      "  whisker boundary transfer my-run --padding all",
      "  whisker boundary transfer my-run photos/test --models vgg16-mini,models/my-vgg"
    })
@HelpOrder("--models --padding --per-group --seed --out --resize")
final class BoundaryTransferCommand extends JobCommand<TransferConfig, TransferJob.Result> {
  BoundaryTransferCommand(Environment environment) {
    super(environment, TransferConfig.class, TransferJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Transfer.Summary.TABLE);
  }

  @Override
  protected int say(TransferJob.Result result) {
    environment().out().print(transferSummary(result.rows()));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static final List<String> HEADER =
      List.of("IMAGES", "SCORED BY", "MODELS", "MEAN P(TARGET)", "CATS");

  /** What the command line says of transfer: by the relation of the model to the images. */
  private static String transferSummary(List<Transfer.Summary> all) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    for (List<Transfer.Summary> source : Transfer.Summary.sources(all)) {
      Map<String, List<Transfer.Summary>> relations = new LinkedHashMap<>();
      for (Transfer.Relation relation : Transfer.Relation.values()) {
        relations.put(relation.label(), new ArrayList<>());
      }
      source.forEach(
          row -> relations.computeIfAbsent(row.relation(), r -> new ArrayList<>()).add(row));
      relations.values().stream()
          .filter(rows -> !rows.isEmpty())
          .forEach(rows -> table.add(cells(rows)));
    }
    return TextTable.of(table);
  }

  private static List<String> cells(List<Transfer.Summary> rows) {
    Transfer.Summary first = rows.get(0);
    double mean = rows.stream().mapToDouble(Transfer.Summary::meanPTarget).average().orElseThrow();
    return List.of(
        first.source(),
        first.relation().equals(Transfer.Relation.NONE.label()) ? "all models" : first.relation(),
        Integer.toString(rows.size()),
        Text.of("%.4f", mean),
        Text.of(
            "%d of %d",
            rows.stream().mapToInt(Transfer.Summary::cats).sum(),
            rows.stream().mapToInt(Transfer.Summary::images).sum()));
  }
}

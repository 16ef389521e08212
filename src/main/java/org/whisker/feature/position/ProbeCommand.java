package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.position.ProbeJob.ProbeResult;
import org.whisker.option.OptionValue;
import org.whisker.position.BlockMap;
import org.whisker.position.PairProbe.Interactions;
import org.whisker.position.result.DoseTables.BarrierRow;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.position.result.ProbeTables;
import org.whisker.position.result.ProbeTables.ProbeMode;
import org.whisker.stats.Estimate;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code whisker probe}: what one pixel, or one block, does at every place. */
@Command(
    name = "probe",
    description = {
      "Changes one pixel (or a block) at every position and maps the effect on the logit of"
          + " not-cat (below 0 is towards the target), next to what the gradient predicts.",
      "With --count, adds several black pixels at random places instead, zone by zone.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    footer = {
      "",
      "Examples:",
      "  whisker probe --model vgg16-mini",
      "  whisker probe --model vgg16-mini --image runs/1/best.png --pairs 100",
      "  whisker probe --model vgg16-mini --block 4 --out probe-4",
      "  whisker probe --model vgg16-mini --count 1,3,10,40",
      "  whisker probe --resume probe-4"
    })
@HelpOrder(
    "--model --image --resize --block --mode --pairs --count --draws --device"
        + " --precision --format --width --quiet --verbose --seed --out"
        + " --resume")
public final class ProbeCommand extends JobCommand<ProbeConfig, ProbeResult> {
  public ProbeCommand(Environment environment) {
    super(environment, ProbeConfig.class, ProbeJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(
        folder,
        ProbeTables.ModeRow.TABLE,
        ProbeTables.RingRow.TABLE,
        DoseRow.TABLE,
        BarrierRow.TABLE,
        ProbeTables.InteractionRow.TABLE);
  }

  @Override
  protected int say(ProbeResult result) {
    if (!result.modes().isEmpty()) {
      environment().out().print(new ProbeSummary(result.modes(), ProbeJob.RINGS).text());
    }
    if (!result.doses().isEmpty()) {
      environment().out().print(ProbeSummary.doses(result.doses()));
    }
    result.interactions().ifPresent(all -> environment().out().print(ProbeSummary.text(all)));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  /** The configuration; on an image, pixels of both colours are changed unless told. */
  @Override
  protected ProbeConfig config() {
    ProbeConfig config = super.config();
    return config.image().isPresent() && config.doses().isEmpty() && !isTyped("--mode")
        ? config.withImage(config.image().get())
        : config;
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return RecordOptions.missing(missing) + " (or --resume=DIR)";
  }

  /** A probe in a few lines. */
  private record ProbeSummary(List<ProbeMode> modes, int parts) {
    /** The modes, then their rings from the border inwards. */
    String text() {
      List<List<String>> rings = new ArrayList<>();
      rings.add(List.of("MODE", "u", "PX FROM BORDER", "PLACES", "HELP", "MEAN Δ"));
      for (ProbeMode mode : modes) {
        mode.map().rings(parts).forEach(ring -> rings.add(row(mode, ring)));
      }
      return Text.of("logit of the picture %.4f; Δ below 0 is towards the target%n%n", baseline())
          + TextTable.of(
              Columns.of(ProbeMode.class)
                  .with("MODE", ProbeMode::label)
                  .with("PLACES", mode -> mode.map().changed().length)
                  .with("HELP", mode -> percent(OptionalDouble.of(mode.map().helping())))
                  .with("MEAN Δ", mode -> Text.of("%+.4f", mode.map().mean()))
                  .with(
                      "RHO(u, Δ)",
                      mode ->
                          mode.byEdgeRank()
                              .map(test -> Text.of("%+.2f", test.statistic()))
                              .orElse("-"))
                  .with("P", mode -> mode.byEdgeRank().map(test -> p(test.p())).orElse("-"))
                  .with(
                      "RHO(GRADIENT)",
                      mode ->
                          mode.agreement().map(fit -> Text.of("%+.2f", fit.spearman())).orElse("-"))
                  .with(
                      "SLOPE",
                      mode ->
                          mode.agreement().map(fit -> Text.of("%.2f", fit.slope())).orElse("-")),
              modes)
          + System.lineSeparator()
          + TextTable.of(rings);
    }

    private double baseline() {
      return modes.get(0).map().baseline();
    }

    private static List<String> row(ProbeMode mode, BlockMap.Ring ring) {
      return List.of(
          mode.label(),
          Text.of("%.1f-%.1f", ring.where().from(), ring.where().to()),
          ring.where().nearest() + "-" + ring.where().farthest(),
          Integer.toString(ring.places()),
          percent(ring.helping()),
          Text.number("%+.4f", ring.mean(), "-"));
    }

    /** The groups of pairs, and the difference between edge and centre. */
    static String text(Interactions interactions) {
      return Text.of("%nε: what two do together beyond the sum of both alone%n%n")
          + TextTable.of(
              Columns.of(Interactions.OfGroup.class)
                  .with("PAIRS", of -> of.group().name().toLowerCase(Locale.ROOT))
                  .with("N", Interactions.OfGroup::pairs)
                  .with("MEAN ε (95 %)", of -> estimate(of.mean()))
                  .with("P", of -> p(of.p()))
                  .with("MEAN |ε| (95 %)", of -> estimate(of.strength()))
                  .with("|Δ| OF ONE", of -> Text.of("%.4f", of.strengthOfOne())),
              interactions.groups())
          + Text.of(
              "edge less centre, |ε|: %s, p %s (pairs matched by their offset)%n",
              estimate(interactions.strengthDifference()), p(interactions.p()));
    }

    /** What each number of pixels costs, zone by zone from the border inwards. */
    static String doses(List<DoseRow> doses) {
      return Text.of("black pixels at random places; Δ above 0 is away from the target%n%n")
          + TextTable.of(
              Columns.of(DoseRow.class)
                  .with("u", row -> Text.of("%.1f-%.1f", row.where().uFrom(), row.where().uTo()))
                  .with(
                      "PX FROM BORDER",
                      row -> row.where().pxNearest() + "-" + row.where().pxFarthest())
                  .with("PIXELS", DoseRow::pixels)
                  .with(
                      "MEAN Δ (95 %)",
                      row ->
                          Text.of(
                              "%+.2f (%+.2f to %+.2f)",
                              row.meanDeltaLogit(),
                              row.ciLow().orElse(row.meanDeltaLogit()),
                              row.ciHigh().orElse(row.meanDeltaLogit())))
                  .with("NEXT PIXEL", row -> Text.of("%+.3f", row.nextPixel())),
              doses);
    }

    private static String estimate(Estimate e) {
      return Text.of("%+.5f (%+.5f to %+.5f)", e.value(), e.interval().low(), e.interval().high());
    }

    private static String p(double p) {
      return p < 0.001 ? "<0.001" : Text.of("%.3f", p);
    }

    private static String percent(OptionalDouble share) {
      return share.isPresent() ? Text.of("%.1f %%", 100 * share.getAsDouble()) : "-";
    }
  }
}

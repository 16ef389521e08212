package org.whisker.feature.league;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.league.LeagueJob.LeagueResult;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code whisker league}: searches compared by the images that they need. */
@Command(
    name = "league",
    description = {
      "Compares searches by how many images they score until a network sees a cat in black pixels"
          + " on white, or on photos of other things: each search on each network, from the same"
          + " seeds.",
      "Writes league.csv (runs that reach p(target) 0.5 and the target within 100, 300, 1,000, ..."
          + " images), league_runs.csv (one row per run), a chart per network, and runs/, from"
          + " which --resume continues."
    },
    footer = {
      "",
      "Searches: random, greedy, annealing, sparse-rs (Croce 2022), brusle (Vo 2024), map-elites",
      "(Mouret 2015), the presets question, quick and dense of evolve, and chain: one chain of",
      "strokes, moves and nudges, from a few random pixels.",
      "",
      "Examples:",
      "  whisker league --model vgg16-mini --searches sparse-rs,quick,chain --runs 5",
      "  whisker league --runs 20 --out league",
      "Which search makes cats of the middle half alone?",
      "  whisker league --region center:0.5 --searches question,quick,chain --out middle",
      "Which turns photos of other things into cats?",
      "  whisker league --photos photos/test/not_cat --target 0.5 --out attack",
      "  whisker league --resume league"
    })
public final class LeagueCommand extends JobCommand<LeagueConfig, LeagueResult> {
  public LeagueCommand(Environment environment) {
    super(environment, LeagueConfig.class, LeagueJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, LeagueRow.TABLE);
  }

  @Override
  protected int say(LeagueResult result) {
    if (!result.rows().isEmpty()) {
      environment().out().print(text(result.rows()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static String text(List<LeagueRow> rows) {
    return TextTable.of(
        Columns.of(LeagueRow.class)
            .with("MODEL", LeagueRow::model)
            .with("SEARCH", LeagueRow::search)
            .with("IMAGES", LeagueRow::images)
            .with("P(TARGET) ½", row -> row.atHalf() + " of " + row.runs())
            .with(
                "TARGET (95 %)",
                row ->
                    Text.of(
                        "%d of %d (%.2f to %.2f)",
                        row.atTarget(), row.runs(), row.ciLow(), row.ciHigh()))
            .with("MEDIAN P(TARGET)", row -> Text.of("%.3f", row.medianCatProbability())),
        rows);
  }
}

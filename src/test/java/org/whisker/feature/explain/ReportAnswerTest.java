package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EffectRows;
import org.whisker.explain.Finding;
import org.whisker.explain.MadeFinding;
import org.whisker.option.Records;
import org.whisker.page.SampleFolder;
import org.whisker.stats.Verdict;

/** The answer of a report, from its tables. */
class ReportAnswerTest {
  private static final String CLAUSE =
      "on which the same search puts them as deep as on the network";

  @TempDir Path folder;
  private Path experiment = Path.of("");

  @BeforeEach
  void aReportWithASurrogateOnWhichPixelsLieAsDeep() throws IOException {
    SampleFolder.write(folder, "model-a");
    Path findings = folder.resolve(Finding.FILE);
    List<Finding> tests =
        Finding.read(findings).stream()
            .map(
                finding ->
                    finding.hypothesis().equals("surrogates")
                        ? new MadeFinding("surrogates")
                            .on("model-a")
                            .verdict(Verdict.NO_EFFECT)
                            .test()
                        : finding)
            .toList();
    Finding.TABLE.write(findings, tests);
    experiment = Files.createDirectories(folder.resolve("model-a/surrogates"));
    EffectRow.TABLE.writeIn(experiment, List.of(singles()));
  }

  private static EffectRow singles() {
    EffectRow row = EffectRows.of("singles", "network", "edge_index_at_target", true, 0.3, 0.29);
    return Records.changed(row, EffectRow::pEquivalence).to(OptionalDouble.of(0.001));
  }

  private String answer() throws IOException {
    return ReportAnswer.of(ReportFolder.open(folder)).get(0).text();
  }

  @Test
  void aClauseStandsOnItsComparison() throws IOException {
    assertTrue(answer().contains(CLAUSE), answer());
  }

  @Test
  void nothingIsSaidOfWhatIsWithheld() throws IOException {
    WithheldComparison.TABLE.writeIn(
        experiment,
        List.of(
            new WithheldComparison("singles - network", "it keeps less than half of the gain")));
    assertFalse(answer().contains(CLAUSE), answer());
    assertTrue(
        answer().contains("Answered below: whether a simple function of the pixels"), answer());
  }
}

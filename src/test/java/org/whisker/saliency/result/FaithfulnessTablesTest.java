package org.whisker.saliency.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.saliency.SaliencyPage;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.DeletionInsertion.RelevanceGain;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.saliency.faithfulness.ParameterRandomisation.RandomisedStep;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.SmoothGrad.VarGrad;
import org.whisker.saliency.result.FaithfulnessTables.RandomisationRow;
import org.whisker.saliency.result.FaithfulnessTables.TestedMap;
import org.whisker.stats.Estimate.Interval;

class FaithfulnessTablesTest {
  @TempDir Path folder;

  private static CausalCurve curve(double auc) {
    Interval random = new Interval(0, 1, 0.95);
    List<Interval> bands = List.of(random, random, random);
    CausalCurve.Series series =
        new CausalCurve.Series(
            List.of(0.0, 0.5, 1.0), bands, auc, random, 0.05, rolled(0.25), List.of(0.0, 0.2, 0.6));
    return new CausalCurve(List.of(0, 4, 10), series, series);
  }

  private static Optional<RolledNull> rolled(double p) {
    return Optional.of(new RolledNull(0.2, -0.5, 0.5, p));
  }

  private static TestedMap tested(ExplainedMap map) {
    return new TestedMap(
        map,
        new Faithfulness(
            Optional.of(
                new DeletionInsertion(
                    curve(0.4), curve(0.6), new RelevanceGain(-0.2, 0.2, rolled(0.15)))),
            DeletionInsertion.Order.TOWARDS_CAT,
            Optional.of(new Infidelity(2, 0.1, 4, OptionalDouble.of(0.5), 1)),
            Optional.of(new MaxSensitivity(3, 6, OptionalDouble.of(0.5), 5))),
        Optional.of(
            new ParameterRandomisation(
                map.map(),
                List.of(
                    step("last", 0.9, OptionalDouble.of(-0.9)),
                    step("first", 0.1, OptionalDouble.empty())))));
  }

  private static RandomisedStep step(String layer, double rho, OptionalDouble signed) {
    return new RandomisedStep(
        layer,
        OptionalDouble.of(rho),
        signed,
        rolled(0.05),
        OptionalDouble.of(0.3),
        2.5,
        OptionalDouble.of(0.75));
  }

  private static TestedMap untestable(ExplainedMap map) {
    return new TestedMap(
        map,
        new Faithfulness(
            Optional.empty(),
            DeletionInsertion.Order.STRONGEST,
            Optional.empty(),
            Optional.empty()),
        Optional.empty());
  }

  private static List<TestedMap> maps() {
    ExplainedMap.Picture picture = MadeMaps.photo("photo");
    return List.of(
        tested(MadeMaps.explained(picture, InputGradient.METHOD)),
        tested(MadeMaps.explained(picture, OcclusionMethod.METHOD)),
        untestable(MadeMaps.explained(picture, VarGrad.METHOD, MadeMaps.zero(VarGrad.METHOD))));
  }

  @Test
  void tablesHoldWhatThereIs() throws IOException {
    FaithfulnessTables.of(maps()).write(folder);
    List<CsvRow> table = Csv.rows(folder.resolve("faithfulness.csv"));
    assertEquals(0.4, table.get(0).number("deletion_auc_logit"));
    assertEquals(0.6, table.get(0).number("insertion_auc_logit"));
    assertEquals(0.9, table.get(0).number("rho_logit_layer_randomised"));
    assertEquals(0.1, table.get(0).number("rho_all_layers_randomised"));
    assertEquals(0.5, table.get(0).number("max_sensitivity_relative"));
    // of two equal maps; the third is zero and has no ranks
    assertEquals(1, table.get(0).number("mean_rho_other_methods"), 1e-12);
    assertEquals(0.25, table.get(0).number("deletion_rolled_p"));
    assertEquals(-0.2, table.get(0).number("srg_logit"));
    assertEquals(0.15, table.get(0).number("srg_rolled_p"));
    assertEquals(0.05, table.get(0).number("rho_all_layers_rolled_p"));
    assertEquals(0.3, table.get(0).number("rho_all_layers_smooth"));
    assertEquals(0.75, table.get(0).number("entropy_rise"));
    assertEquals("", table.get(2).text("srg_logit"));
    assertEquals("towards the target first", table.get(0).text("order"));
    assertEquals("", table.get(2).text("deletion_p"));
    assertEquals("", table.get(2).text("infidelity"));
    assertEquals("", table.get(2).text("mean_rho_other_methods"));
    assertEquals(2 * 2 * 3, Csv.rows(folder.resolve("curves.csv")).size());
    assertEquals(0.4, Csv.rows(folder.resolve("curves.csv")).get(1).number("share"));
    assertEquals(4, Csv.rows(folder.resolve("randomisation.csv")).size());
    assertEquals("", Csv.rows(folder.resolve("randomisation.csv")).get(1).text("rho_signed"));
    assertEquals(3, Csv.rows(folder.resolve("agreement.csv")).size());
  }

  @Test
  void tablesComeBack() throws IOException {
    FaithfulnessTables made = FaithfulnessTables.of(maps());
    assertEquals(Optional.empty(), FaithfulnessTables.read(folder));
    made.write(folder);
    assertEquals(made, FaithfulnessTables.read(folder).orElseThrow());
    assertEquals(made, made.of("photo"));
    assertEquals(List.of(), made.of("other").maps());
  }

  @Test
  void tablesHaveTheirColumns() {
    assertEquals(
        "image,method,order,deletion_auc_logit,deletion_random_low,deletion_random_high,deletion_p,"
            + "deletion_auc_p_target,deletion_rolled_mean,deletion_rolled_low,deletion_rolled_high,"
            + "deletion_rolled_p,insertion_auc_logit,insertion_random_low,insertion_random_high,"
            + "insertion_p,insertion_auc_p_target,insertion_rolled_mean,insertion_rolled_low,"
            + "insertion_rolled_high,insertion_rolled_p,infidelity,infidelity_se,infidelity_of_zero_map,"
            + "infidelity_scale,infidelity_scaled,max_sensitivity,max_sensitivity_relative,"
            + "rho_logit_layer_randomised,rho_all_layers_randomised,mean_rho_other_methods,"
            + "srg_logit,srg_p_target,srg_rolled_mean,srg_rolled_low,srg_rolled_high,srg_rolled_p,"
            + "rho_all_layers_rolled_p,rho_all_layers_smooth,entropy_rise",
        String.join(",", FaithfulnessRow.TABLE.header()));
    assertEquals(
        "image,method,curve,pixels,share,logit,logit_random_low,logit_random_high,p_target,"
            + "p_target_random_low,p_target_random_high,logit_rolled_mean",
        String.join(",", FaithfulnessTables.CurveRow.TABLE.header()));
    assertEquals(
        "image,method,step,last_layer,rho_absolute,rho_signed,rho_rolled_mean,rho_rolled_low,"
            + "rho_rolled_high,rho_rolled_p,rho_smooth,entropy,entropy_rise",
        String.join(",", RandomisationRow.TABLE.header()));
    assertEquals(
        "image,method_a,method_b,rho_absolute,rho_signed",
        String.join(",", FaithfulnessTables.AgreementRow.TABLE.header()));
  }

  private SaliencyFolder written(List<TestedMap> maps) throws IOException {
    FaithfulnessTables.of(maps).write(folder);
    return MadeMaps.folder(folder, "model", maps.stream().map(TestedMap::map).toList());
  }

  @Test
  void chartsAreDrawnForWhatThereIs() throws IOException {
    written(maps());
    FolderCharts.draw(folder);
    Path own = folder.resolve("images/photo");
    for (String name : List.of("deletion-insertion", "randomisation", "agreement")) {
      assertTrue(Files.size(own.resolve(name + ".png")) > 1000, name);
      Files.delete(own.resolve(name + ".png"));
    }
    written(maps().subList(2, 3));
    FolderCharts.draw(folder);
    assertFalse(Files.exists(own.resolve("deletion-insertion.png")));
  }

  @Test
  void theSectionGoesIntoThePage() throws IOException {
    written(maps());
    SaliencyPage.write(folder);
    String page = Files.readString(folder.resolve("index.html"));
    assertTrue(page.contains("Are the maps faithful?"));
    assertTrue(page.contains("href=\"./curves.csv\""));
    assertTrue(page.contains("photo: Deletion and insertion"));
  }
}

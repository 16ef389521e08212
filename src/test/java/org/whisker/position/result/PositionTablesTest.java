package org.whisker.position.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.Canvas;
import org.whisker.position.DensityProfile;
import org.whisker.position.EdgeBias.EdgeComparison;
import org.whisker.position.PartDensity;
import org.whisker.position.result.ConditionTables.LogRatioRow;
import org.whisker.table.Table;

class PositionTablesTest {
  @TempDir Path folder = Path.of("");

  /** Names that programs and notebooks of others go by. */
  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of(
            ConditionRow.TABLE,
            "condition,edge_index,ci_low,ci_high,p_value,runs,white_runs,p_holm,p_equivalence,"
                + "verdict,runs_needed,p_clustering,shifts,mean_black_pixels,canvas,bandwidth_px,"
                + "share_outside_null,p_map,null_draws"),
        Arguments.of(
            EdgeComparison.TABLE,
            "a,b,delta_edge_index,ci_low,ci_high,p_value,p_holm,a12,p_equivalence,verdict,"
                + "runs_needed_each"),
        Arguments.of(ConditionTables.EdgeIndexRow.TABLE, "run_with_black_pixels,edge_index"),
        Arguments.of(
            DensityProfile.DensityBin.TABLE,
            "u_from,u_to,px_nearest,px_farthest,density,ci_low,ci_high"),
        Arguments.of(PartDensity.TABLE, "part,density,ci_low,ci_high,by_chance,p_value,p_holm"),
        Arguments.of(ConditionTables.PartRunRow.TABLE, "part,run_with_black_pixels,density"),
        Arguments.of(ResidueRow.TABLE, "axis,modulus,residue,density,ci_low,ci_high"),
        Arguments.of(
            ResidueRow.TestRow.TABLE,
            "axis,modulus,variance,p_value,p_holm,inner_variance,inner_p_value,inner_p_holm"),
        Arguments.of(LogRatioRow.TABLE, "x,y,log2_ratio,null_low,null_high,outside"),
        Arguments.of(
            ProbeTables.ModeRow.TABLE,
            "mode,block,baseline_logit,places,share_helping,mean_delta_logit,rho_edge_rank,"
                + "p_edge_rank,spearman_predicted,pearson_predicted,slope,intercept"),
        Arguments.of(
            ProbeTables.RingRow.TABLE,
            "mode,u_from,u_to,px_nearest,px_farthest,places,mean_delta_logit,share_helping,"
                + "mean_predicted,lower_quartile,upper_quartile"),
        Arguments.of(
            ProbeTables.PairRow.TABLE,
            "group,x_a,y_a,x_b,y_b,distance,delta_a,delta_b,delta_both,interaction"),
        Arguments.of(
            ProbeTables.InteractionRow.TABLE,
            "group,pairs,mean,mean_ci_low,mean_ci_high,mean_p,mean_absolute,absolute_ci_low,"
                + "absolute_ci_high,mean_absolute_of_one"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void columnsKeepTheirNames(Table<?> table, String header) {
    assertEquals(header, String.join(",", table.header()));
  }

  @Test
  void aTestThatWasNotPossibleIsEmpty() throws IOException {
    Path file = folder.resolve(ResidueRow.TestRow.FILE);
    ResidueRow.TestRow.Test whole =
        new ResidueRow.TestRow.Test(
            OptionalDouble.of(0.5), OptionalDouble.of(0.25), OptionalDouble.of(1));
    List<ResidueRow.TestRow> rows = List.of(new ResidueRow.TestRow("x", 2, whole, null));
    ResidueRow.TestRow.TABLE.write(file, rows);
    assertEquals("x,2,0.5,0.25,1,,,", Files.readAllLines(file).get(1));
    assertEquals(rows, ResidueRow.TestRow.TABLE.read(file));
    assertNull(ResidueRow.TestRow.TABLE.read(file).get(0).inner());
  }

  @Test
  void pixelsOutsideTheBand() {
    Canvas canvas = new Canvas(2, 1);
    OptionalDouble end = OptionalDouble.of(0.5);
    List<LogRatioRow> rows =
        List.of(
            new LogRatioRow(0, 0, 1, end, end, OptionalInt.of(1)),
            new LogRatioRow(1, 0, -1, end, end, OptionalInt.of(-1)));
    assertEquals(0, LogRatioRow.outside(canvas, rows, 1).get(0));
    assertEquals(1, LogRatioRow.outside(canvas, rows, -1).get(0));
  }

  @Test
  void foldersFollowFromLabels() {
    assertEquals(
        List.of("tiny-a", "tiny-a-2", "condition", "x.y_z"),
        ConditionTables.folders(List.of("tiny a", "tiny (a)", "??", "x.y_z")));
  }
}

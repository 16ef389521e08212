package org.whisker.ablation.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.EffortRatios.EffortRow;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.MoveTables.MoveRow;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.table.Column;
import org.whisker.table.Table;

class ExperimentTablesTest {
  @TempDir Path folder = Path.of("");

  static Stream<Arguments> tables() {
    return Stream.of(
        of(
            ArmRow.class,
            ArmRow.TABLE,
            "arm,variant,view,run,seed,ending,success,evaluations_to_target,p_target,logit,"
                + "search_logit,bare_p_target,bare_logit,black_pixels,edge_index,edge_index_at_target,"
                + "edge_index_at_half,evaluations,generations,distinct_images,message"),
        of(
            ArmSummary.class,
            ArmSummary.TABLE,
            "arm,measure,runs,successes,target,units,mean,ci_low,ci_high"),
        of(ArmImageRow.class, ArmImageRow.TABLE, "arm,seed,width,height,pixels"),
        of(
            EffectRow.class,
            EffectRow.TABLE,
            "comparison,against,measure,decisive,predicted,control_mean,treated_mean,difference,"
                + "ci_low,ci_high,p_value,p_shaffer,a12,p_equivalence,margin,verdict,runs_needed,"
                + "seeds,dropped,share_removed,share_removed_ci_low,share_removed_ci_high,bias_change"),
        of(
            ObservationRow.class,
            ObservationRow.TABLE,
            "observed,against,statistic,effect,ci_low,ci_high,p_value,p_shaffer,p_equivalence,"
                + "margin,verdict,runs_needed,runs,dropped"),
        of(
            SummaryRow.class,
            SummaryRow.TABLE,
            "hypothesis,experiment,model,comparison,against,measure,control_mean,treated_mean,"
                + "effect,ci_low,ci_high,p_value,p_shaffer,p_holm_all,p_equivalence,verdict,"
                + "runs_needed,share_removed,runs,success_control,success_treated,p_target_control,"
                + "p_target_treated,pixels_control,pixels_treated,bare_p_target_control,"
                + "bare_p_target_treated,effect_at_half,pairs_at_half,effect_at_target,pairs_at_target,"
                + "equal_gain,effect_at_gain,pairs_at_gain,effect_at_end,pairs_at_end,gain_control,"
                + "gain_treated"),
        of(SkippedRow.class, SkippedRow.TABLE, "experiment,model,reason"),
        of(
            NetworkRow.class,
            NetworkRow.TABLE,
            "arm,number,network,seed,epochs,test_photos,test_accuracy,recall_target,recall_not_target,"
                + "roc_auc,white_p_target,sha256,fine_tuned_from"),
        of(
            ManipulationRow.class,
            ManipulationRow.TABLE,
            "control,treatment,networks,photos,most_shift,control_accuracy,"
                + "control_shifted_accuracy,treatment_accuracy,treatment_shifted_accuracy,spared,"
                + "ci_low,ci_high,p,shown,networks_sha256"),
        of(
            KeptRunRow.class,
            KeptRunRow.TABLE,
            "seed,ending,edge_index,logit,search_logit,bare_logit,evaluations_to_target,"
                + "evaluations,generations,width,height,pixels,distinct_images,climb,sha256"),
        of(
            MoveRow.class,
            MoveRow.TABLE,
            "image,move,step,direction,pixels,edge_index,logit,delta_logit,share_lost"),
        of(
            MoveCurveRow.class,
            MoveCurveRow.TABLE,
            "move,step,delta_logit,ci_low,ci_high,share_lost,pixels"),
        of(
            StrideComb.class,
            StrideComb.TABLE,
            "modulus,multiples,difference,ci_low,ci_high,p_value,p_holm"),
        of(
            RingRow.class,
            RingRow.TABLE,
            "u_from,u_to,distance_from,distance_to,places,alone_delta_logit,alone_near_neutral,"
                + "penalty_taken_off,black_pixels_a_run,runs,evolved_delta_logit,ci_low,ci_high,"
                + "helping,near_neutral,lambda"),
        of(
            EffortRow.class,
            EffortRow.TABLE,
            "quantity,centre,edge,ratio,ci_low,ci_high,seeds,note"));
  }

  private static Arguments of(Class<?> row, Table<?> table, String header) {
    return Arguments.of(row, table, header);
  }

  @ParameterizedTest
  @MethodSource("tables")
  <R extends Record> void whatIsWrittenIsReadBack(Class<R> type, Table<R> table, String header)
      throws IOException {
    assertEquals(header, String.join(",", table.header()));
    List<R> rows = List.of(row(type, true), row(type, false));
    Path file = folder.resolve("table.csv");
    table.write(file, rows);
    assertEquals(header, Files.readAllLines(file).get(0));
    assertEquals(rows, table.read(file));
  }

  /** A row with another value in each cell; those that may be absent are, unless {@code full}. */
  private static <R extends Record> R row(Class<R> type, boolean full) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i], i + 2, full);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(RecordComponent component, int number, boolean full) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return row(type.asSubclass(Record.class), full);
    } else if (type == String.class) {
      return text(component.getName(), number, full);
    } else if (type.isEnum()) {
      return type.getEnumConstants()[full ? number % type.getEnumConstants().length : 0];
    } else if (type == boolean.class) {
      return full;
    } else if (type == int.class) {
      return number;
    } else if (type == long.class) {
      return 5_000_000_000L + number;
    } else if (type == double.class) {
      Column column = component.getAnnotation(Column.class);
      boolean probability = column != null && column.unit().equals(Column.PROBABILITY);
      return probability ? 1.0 / number : -number / 3.0;
    } else if (type == OptionalInt.class) {
      return full ? OptionalInt.of(number) : OptionalInt.empty();
    } else if (type == OptionalLong.class) {
      return full ? OptionalLong.of(7_000_000_000L + number) : OptionalLong.empty();
    } else if (type == OptionalDouble.class) {
      return full ? OptionalDouble.of(number * 1e-9) : OptionalDouble.empty();
    }
    throw new IllegalArgumentException("no value for " + component);
  }

  private static String text(String name, int number, boolean full) {
    return switch (name) {
      case "pixels" -> full ? "0 3 17" : "";
      case "climb" -> full ? "10:-0.5:0.25:1 20:0.25:0.5:2" : "";
      default -> full ? "a, \"" + number + "\"" : "";
    };
  }

  @Test
  void imagesOffTheirCanvasAreNamedByTheirLine() throws IOException {
    Path file = folder.resolve(ArmImageRow.FILE);
    Files.writeString(file, "arm,seed,width,height,pixels\ncontrol,1,4,4,3 16\n");
    IOException e = assertThrows(IOException.class, () -> ArmImageRow.TABLE.read(file));
    assertTrue(String.valueOf(e.getMessage()).startsWith(file + ":2: pixels"), e.toString());
  }
}

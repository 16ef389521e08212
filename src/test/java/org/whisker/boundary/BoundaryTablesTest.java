package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.table.Table;

class BoundaryTablesTest {
  @TempDir Path folder = Path.of("");

  static Stream<Arguments> headers() {
    return Stream.of(
        of(
            SearchOutcome.OfImage.TABLE,
            "group,image,search,norm,side,logit,p_target,status,distance,logit_after,p_target_after,"
                + "p_target_rounded"),
        of(SuccessCurve.Step.TABLE, "images,search,norm,budget,count,successes,share,low,high"),
        of(
            Margin.Summary.TABLE,
            "images,count,not_reached,median_flips,median_linear_flips,median_linear_distance,"
                + "median_abs_logit"),
        of(
            MinimalSearch.Outcome.OfStart.TABLE,
            "start,target,start_pixels,start_p_target,flips_to_target,pixels,logit,p_target,edge_index,"
                + "evaluations,one_minimal,largest_p_target_without_one,set"),
        of(Removals.Pixel.TABLE, "x,y,delta_logit,logit_without,p_target_without"),
        of(
            Counterfactual.OfImage.TABLE,
            "group,image,status,threshold,p_target_original,logit,p_target,greedy_flips,flips,"
                + "logit_after,p_target_after,edge_index_flips,edge_index_ink,evaluations,"
                + "one_minimal,least_p_target_with_one_undone,files"),
        of(
            Counterfactual.Summary.TABLE,
            "images,count,targets,crossed,median_flips,edge_index_flips,null_mean,null_sd,p,shifts,"
                + "edge_index_ink"),
        of(Counterfactual.Flip.TABLE, "x,y,from,to,delta_logit,delta_logit_alone"),
        of(PathProfile.Scored.TABLE, "order,draw,position,logit,p_target"),
        of(
            Crossing.OnPath.TABLE,
            "order,draw,crossing,towards,before,after,logit_before,p_target_before,logit_after,"
                + "p_target_after"),
        of(PixelPath.Step.TABLE, "order,changed,x,y"),
        of(
            PathBand.ProbabilityRow.TABLE,
            "changed,p_target_min,p_target_q05,p_target_q25,p_target_median,p_target_q75,p_target_q95,p_target_max,"
                + "p_target_mean"),
        of(
            PathBand.LogitRow.TABLE,
            "changed,logit_min,logit_q05,logit_q25,logit_median,logit_q75,logit_q95,logit_max,"
                + "logit_mean"),
        of(
            Transfer.Summary.TABLE,
            "source,target,padding,relation,images,mean_p_target,mean_low,mean_high,targets,share_targets,"
                + "share_low,share_high"),
        of(Transfer.OfImage.TABLE, "source,target,padding,image,logit,p_target"));
  }

  private static Arguments of(Table<?> table, String header) {
    return Arguments.of(table, header);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void theColumnsAreThoseOfEarlierFolders(Table<?> table, String header) {
    assertEquals(header, String.join(",", table.header()));
  }

  @Test
  void aSearchThatGaveUpHasEmptyCells() throws IOException {
    MinimalSearch.Outcome lost = new MinimalSearch.Outcome(4, 0.25f, 0.96, 7, 12, Optional.empty());
    MinimalSearch.Outcome.OfStart row =
        MinimalSearch.Outcome.OfStart.of("greedy", "sets/01-p0.96", lost);
    Path file = folder.resolve(MinimalSearch.Outcome.OfStart.FILE);
    MinimalSearch.Outcome.OfStart.TABLE.write(file, List.of(row));
    assertEquals(
        "greedy,0.96,4," + row.startPTarget() + ",7,,,,,12,,,", Files.readAllLines(file).get(1));
    assertEquals(List.of(row), MinimalSearch.Outcome.OfStart.TABLE.read(file));
  }

  private static Transfer.Summary transfer(String source, String target) {
    return new Transfer.Summary(
        source,
        target,
        "zero",
        "none",
        1,
        0.5,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        1,
        1,
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  @Test
  void setsOfImagesMayShareAName() {
    List<Transfer.Summary> rows =
        List.of(
            transfer("run", "a"), transfer("run", "b"), transfer("run", "a"), transfer("run", "b"));
    assertEquals(List.of(rows.subList(0, 2), rows.subList(2, 4)), Transfer.Summary.sources(rows));
  }

  private static Counterfactual.OfImage counterfactual(
      Counterfactual.OfImage.Status status, OptionalInt flips) {
    return new Counterfactual.OfImage(
        "cat",
        "a.png",
        status,
        OptionalDouble.empty(),
        0.9,
        -1,
        0.9,
        flips,
        flips,
        null,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(0.25),
        OptionalLong.empty(),
        Removals.OneMinimal.UNTESTED,
        OptionalDouble.empty(),
        "");
  }

  @Test
  void theMedianOfFlipsCountsCatsThatWereNotReached() {
    Counterfactual.OfImage crossed =
        counterfactual(Counterfactual.OfImage.Status.CROSSED, OptionalInt.of(4));
    Counterfactual.OfImage lost =
        counterfactual(Counterfactual.OfImage.Status.NOT_REACHED, OptionalInt.empty());
    Counterfactual.OfImage none =
        counterfactual(Counterfactual.OfImage.Status.NO_CAT, OptionalInt.empty());
    Counterfactual.Summary row =
        Counterfactual.Summary.of("cat", List.of(crossed, crossed, lost, none), Optional.empty());
    assertEquals(4, row.count());
    assertEquals(3, row.cats());
    assertEquals(2, row.crossed());
    assertEquals(OptionalDouble.of(4), row.medianFlips());
    assertEquals(OptionalDouble.of(0.25), row.edgeIndexInk());
    assertEquals(
        OptionalDouble.empty(),
        Counterfactual.Summary.of("cat", List.of(crossed, lost), Optional.empty()).medianFlips());
  }
}

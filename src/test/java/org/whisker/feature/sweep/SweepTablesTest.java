package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.sweep.CollectedSearches.SweptRunRow;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepCollector.OptionRow;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;

/** Other programs read these tables: a column that changes its name or place is another table. */
class SweepTablesTest {
  @Test
  void headersAreFixed() {
    assertEquals(
        "group,model,key,run,seed,ending,p_target,logit,black_pixels,edge_index,generations,"
            + "evaluations,cache_hits,minimal_pixels,minimal_p_target,minimal_evaluations,"
            + "minimal_edge_index,message",
        String.join(",", SweptRunRow.TABLE.header()));
    assertEquals("group,option,value", String.join(",", OptionRow.TABLE.header()));
    assertEquals(
        "group,experiment,model,planned,runs", String.join(",", ExperimentRow.TABLE.header()));
    assertEquals(
        "key,state,group,what,seed,message", String.join(",", UnfinishedRow.TABLE.header()));
  }

  @Test
  void aTableIsReadFromText() throws IOException {
    RunSummary run = RunSummary.failed(2, 7, "no, \"never\"");
    String text = RunSummary.TABLE.headerLine() + RunSummary.TABLE.line(run);
    assertEquals(List.of(run), RunSummary.TABLE.parse(text, Path.of("result")));
    IOException e =
        assertThrows(
            IOException.class, () -> OptionRow.TABLE.parse("group,value\n", Path.of("result")));
    assertTrue(String.valueOf(e.getMessage()).contains("result"), e.getMessage());
  }
}

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
import org.whisker.feature.sweep.OptionEffects.OptionEffectRow;
import org.whisker.feature.sweep.OptionEffects.OptionRow;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepCollector.SweptNetworkRow;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;

/** Other programs read these tables: a column that changes its name or place is another table. */
class SweepTablesTest {
  @Test
  void headersAreFixed() {
    assertEquals(
        "group,model,key,run,seed,ending,p_cat,logit,black_pixels,edge_index,generations,"
            + "evaluations,cache_hits,minimal_pixels,minimal_p_cat,minimal_evaluations,"
            + "minimal_edge_index,message",
        String.join(",", SweptRunRow.TABLE.header()));
    assertEquals("group,option,value", String.join(",", OptionRow.TABLE.header()));
    assertEquals(
        "group,experiment,model,planned,runs", String.join(",", ExperimentRow.TABLE.header()));
    assertEquals(
        "group,model,runs,failed,cats,cat_share,cat_share_low,cat_share_high,p_cat,p_cat_low,"
            + "p_cat_high,edge_index,edge_index_low,edge_index_high,black_pixels,evaluations",
        String.join(",", SettingRow.TABLE.header()));
    assertEquals(
        "model,option,outcome,statistic,settings,value,ci_low,ci_high,p,p_corrected",
        String.join(",", OptionEffectRow.TABLE.header()));
    assertEquals(
        "key,state,group,what,seed,message", String.join(",", UnfinishedRow.TABLE.header()));
  }

  @Test
  void networksHaveTheirFigures() {
    assertEquals(
        "group,key,options,network,seed,epochs,test_photos,test_accuracy,recall_cat,"
            + "recall_not_cat,roc_auc,white_p_cat,sha256",
        String.join(",", SweptNetworkRow.TABLE.header()));
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

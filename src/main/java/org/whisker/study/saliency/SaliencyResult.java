package org.whisker.study.saliency;

import java.nio.file.Path;
import java.util.List;
import org.whisker.table.saliency.FaithfulnessRow;
import org.whisker.table.saliency.SaliencyRow;

/**
 * What came of a saliency job.
 *
 * @param folder that holds its files; the maps themselves are read by {@link
 *     org.whisker.table.saliency.SaliencyFolder}
 * @param done whether it was not stopped
 * @param failures what was asked for and can't be had, or is wrong, a line each
 * @param maps a row a map
 * @param tested a row a map whose faithfulness was tested
 */
public record SaliencyResult(
    Path folder,
    boolean done,
    List<String> failures,
    List<SaliencyRow> maps,
    List<FaithfulnessRow> tested) {
  public SaliencyResult {
    failures = List.copyOf(failures);
    maps = List.copyOf(maps);
    tested = List.copyOf(tested);
  }
}

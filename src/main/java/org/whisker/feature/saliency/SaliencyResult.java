package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.job.ResumableJob.Outcome;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyRow;

/**
 * What came of a saliency job.
 *
 * @param folder the folder that holds its files; the maps themselves are read by {@link #read}
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
    List<FaithfulnessRow> tested)
    implements Outcome {
  public SaliencyResult {
    failures = List.copyOf(failures);
    maps = List.copyOf(maps);
    tested = List.copyOf(tested);
  }

  /**
   * Reads the maps, in the order of {@link #maps}: a value a pixel, row-major, in the method's own
   * unit and sign (see {@link SaliencyRow#sign}).
   *
   * @throws IOException in one line that names what is missing or can't be read
   */
  public List<FolderMap> read() throws IOException {
    return maps.isEmpty() ? List.of() : SaliencyFolder.read(folder).maps();
  }
}

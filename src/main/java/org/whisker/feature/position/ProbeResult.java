package org.whisker.feature.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.position.PairProbe.Interactions;
import org.whisker.position.result.ProbeTables.ProbeMode;

/**
 * What a probe measured.
 *
 * @param folder with the tables
 * @param done whether all is measured; otherwise it was stopped, and can be gone on with
 * @param modes what one change does at every place; empty where it was stopped before all places
 *     were measured
 * @param interactions of pairs, where they were asked for and measured
 */
public record ProbeResult(
    Path folder, boolean done, List<ProbeMode> modes, Optional<Interactions> interactions) {
  public ProbeResult {
    modes = List.copyOf(modes);
  }
}

package org.whisker.feature.population;

import java.nio.file.Path;
import java.util.List;

/**
 * What a population came to.
 *
 * @param folder with all tables
 * @param done whether all networks are measured; otherwise the job was stopped, and the rest is of
 *     those that are
 */
public record PopulationResult(
    Path folder, boolean done, List<PopulationRow> networks, List<AssociationRow> associations) {
  public PopulationResult {
    networks = List.copyOf(networks);
    associations = List.copyOf(associations);
  }
}

package org.whisker.study.population;

import java.nio.file.Path;
import java.util.List;
import org.whisker.table.population.AssociationRow;
import org.whisker.table.population.PopulationRow;

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

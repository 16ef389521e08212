package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.Transfer;
import org.whisker.random.SplitMix64;

/**
 * The scores of all models for all sets of images.
 *
 * @param targets the models, as columns
 * @param columns by target, then by set
 * @param files of each set
 */
record TransferScoring(
    List<TransferTarget> targets, List<List<Transfer>> columns, List<List<String>> files) {
  /** A row a set and model, with intervals from this seed. */
  List<Transfer.Summary> rows(long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "transfer intervals", 0);
    List<Transfer.Summary> rows = new ArrayList<>();
    for (int source = 0; source < files.size(); source++) {
      for (int i = 0; i < targets.size(); i++) {
        Transfer cell = columns.get(i).get(source);
        TransferTarget target = targets.get(i);
        rows.add(
            Transfer.Summary.of(
                cell,
                target.name(),
                target.label(),
                cell.meanInterval(random),
                cell.shareInterval()));
      }
    }
    return rows;
  }

  /** A row a set, model and image. */
  List<Transfer.OfImage> imageRows() {
    List<Transfer.OfImage> rows = new ArrayList<>();
    for (int source = 0; source < files.size(); source++) {
      for (int i = 0; i < targets.size(); i++) {
        TransferTarget target = targets.get(i);
        rows.addAll(
            Transfer.OfImage.of(
                columns.get(i).get(source), target.name(), target.label(), files.get(source)));
      }
    }
    return rows;
  }
}

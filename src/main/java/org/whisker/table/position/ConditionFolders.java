package org.whisker.table.position;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The folders of a heatmap's conditions, which follow from their labels. */
public final class ConditionFolders {
  private ConditionFolders() {}

  /** Names of folders for these labels: what file systems take, none twice. */
  public static List<String> of(List<String> labels) {
    Set<String> taken = new LinkedHashSet<>();
    for (String label : labels) {
      String plain = label.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+|-+$", "");
      String folder = plain.isEmpty() ? "condition" : plain;
      String free = folder;
      for (int k = 2; !taken.add(free); k++) {
        free = folder + "-" + k;
      }
    }
    return List.copyOf(taken);
  }
}

package org.whisker.position.result;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The folder names of a heatmap's conditions, derived from their labels. */
public final class ConditionFolders {
  private ConditionFolders() {}

  /** Folder names for these labels: valid on common file systems, and distinct. */
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

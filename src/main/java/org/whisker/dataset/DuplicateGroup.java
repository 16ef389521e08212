package org.whisker.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.image.Canvas;

/**
 * Duplicate photos: the same file, or the same picture re-encoded.
 *
 * @param exact whether all files have the same bytes
 * @param photos at least two, in the dataset's order
 */
public record DuplicateGroup(boolean exact, List<CheckedPhoto> photos) {
  public DuplicateGroup {
    photos = List.copyOf(photos);
    if (photos.size() < 2) {
      throw new IllegalArgumentException("a group has two photos at least: " + photos);
    }
  }

  /** Whether one of them is labelled cat and another not-cat. */
  public boolean crossesLabels() {
    return photos.stream().map(p -> p.photo().label()).distinct().count() > 1;
  }

  /** Whether they lie in different splits, so that a test photo may have been trained on. */
  public boolean crossesSplits() {
    return photos.stream().map(p -> p.photo().split()).distinct().count() > 1;
  }

  /** All groups, in the order of their first photos. Every pair of different files is compared. */
  public static List<DuplicateGroup> find(List<CheckedPhoto> photos) {
    int[] parent = new int[photos.size()];
    Arrays.setAll(parent, i -> i);
    Map<String, Integer> firsts = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      Integer same = firsts.putIfAbsent(photos.get(i).sha256(), i);
      if (same != null) {
        parent[i] = same;
      }
    }
    List<Integer> different = new ArrayList<>(firsts.values());
    for (int a = 0; a < different.size(); a++) {
      PerceptualHash hash = photos.get(different.get(a)).hash();
      for (int b = 0; b < a; b++) {
        if (hash.near(photos.get(different.get(b)).hash())) {
          join(parent, different.get(b), different.get(a));
        }
      }
    }
    return groups(photos, parent);
  }

  private static void join(int[] parent, int a, int b) {
    int first = root(parent, a);
    int second = root(parent, b);
    parent[Math.max(first, second)] = Math.min(first, second);
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      at = parent[at];
    }
    return at;
  }

  private static List<DuplicateGroup> groups(List<CheckedPhoto> photos, int[] parent) {
    Map<Integer, List<CheckedPhoto>> byRoot = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      byRoot.computeIfAbsent(root(parent, i), r -> new ArrayList<>()).add(photos.get(i));
    }
    return byRoot.values().stream()
        .filter(group -> group.size() > 1)
        .map(
            group ->
                new DuplicateGroup(
                    group.stream().map(CheckedPhoto::sha256).distinct().count() == 1, group))
        .toList();
  }

  /**
   * A photo that was read.
   *
   * @param size as it is on disk
   * @param sha256 of the file
   * @param hash of what it looks like
   */
  public record CheckedPhoto(ListedPhoto photo, Canvas size, String sha256, PerceptualHash hash) {}
}

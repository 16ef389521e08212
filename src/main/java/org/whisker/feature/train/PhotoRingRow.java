package org.whisker.feature.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.whisker.dataset.PhotoRings;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: how dark and how rich in contrast photos of a class are at one depth.
 * Such numbers may be kept and published where the photos may not.
 */
public record PhotoRingRow(
    @Column(meaning = "cat or not_cat") String label,
    @Column(meaning = "all, or the split or collection that the photos are of") String photosOf,
    @Column(meaning = "number of photos") int photos,
    @Column(meaning = "lower end of the zone's edge ranks; 0 is the border") double uFrom,
    @Column(meaning = "upper end; 1 is the centre") double uTo,
    @Column(meaning = "mean gray in the zone, 0 black to 1 white") double gray,
    @Column(meaning = "standard deviation of gray within the zone, mean over photos")
        double contrast,
    @Column(
            unit = "share",
            meaning =
                "share of these photos that show something on plain white: at least 80 % of the border is lighter than 0.92, and the centre is darker than 0.85")
        double plainWhite) {
  public static final String FILE = "photo_rings.csv";
  public static final Table<PhotoRingRow> TABLE = Table.of(PhotoRingRow.class, FILE);

  private static final String ALL = "all";

  /**
   * A photo that was measured.
   *
   * @param of its split or collection; empty where it has none
   */
  record Seen(Label label, String of, PhotoRings rings) {}

  /** Rows of each class, of all its photos first, then of each split or collection by name. */
  static List<PhotoRingRow> of(List<Seen> photos) {
    List<PhotoRingRow> rows = new ArrayList<>();
    for (Label label : Label.values()) {
      Map<String, List<PhotoRings>> groups = new TreeMap<>();
      List<PhotoRings> all = new ArrayList<>();
      for (Seen photo : photos) {
        if (photo.label() == label) {
          all.add(photo.rings());
          groups.computeIfAbsent(photo.of(), of -> new ArrayList<>()).add(photo.rings());
        }
      }
      groups.remove("");
      Map<String, List<PhotoRings>> named = new LinkedHashMap<>();
      named.put(ALL, all);
      named.putAll(groups);
      named.forEach((of, rings) -> add(rows, label, of, rings));
    }
    return rows;
  }

  private static void add(
      List<PhotoRingRow> rows, Label label, String of, List<PhotoRings> photos) {
    for (int zone = 0; zone < PhotoRings.ZONES && !photos.isEmpty(); zone++) {
      int each = zone;
      rows.add(
          new PhotoRingRow(
              label.folder(),
              of,
              photos.size(),
              (double) zone / PhotoRings.ZONES,
              (zone + 1.0) / PhotoRings.ZONES,
              mean(photos, p -> p.gray()[each]),
              mean(photos, p -> p.contrast()[each]),
              mean(photos, p -> p.plainWhite() ? 1 : 0)));
    }
  }

  private static double mean(List<PhotoRings> photos, ToDoubleFunction<PhotoRings> value) {
    return photos.stream().mapToDouble(value).average().orElseThrow();
  }
}

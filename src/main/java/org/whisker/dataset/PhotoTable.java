package org.whisker.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.dataset.PhotoFolder.PhotoOrigins;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.io.InputFile;
import org.whisker.value.Text;

/**
 * A CSV of photos, split for training by its column {@code split} ({@code train}, {@code val} or
 * {@code test}). Without that column, by the CRC-32 of each file's bytes modulo 100: below 70 is
 * {@code train}, below 85 {@code val}, the rest {@code test}. So a photo stays in its split when
 * others are added or removed, or when it is renamed, and copies of a file fall into the same
 * split. A file that can't be read counts as {@code train}; decoding reports it.
 */
public final class PhotoTable {
  private static final int TRAIN_PERCENT = 70;
  private static final int VAL_PERCENT = 85;

  private final DatasetTable table;
  private final PhotoOrigins origins;
  private final List<String> splits;

  private PhotoTable(DatasetTable table, PhotoOrigins origins, List<String> splits) {
    this.table = table;
    this.origins = origins;
    this.splits = List.copyOf(splits);
  }

  /**
   * Reads a CSV.
   *
   * @throws IOException in one line, naming the file's line: for a bad row, or a photo that is
   *     listed with two labels or in two splits
   */
  public static PhotoTable open(Path csv) throws IOException {
    return open(csv, Classes.CAT);
  }

  /** Reads a CSV like {@link #open(Path)}, with the labels of a class. */
  public static PhotoTable open(Path csv, Classes classes) throws IOException {
    DatasetTable table = DatasetTable.read(csv, classes);
    refuseContradictions(table);
    List<String> splits = new ArrayList<>();
    for (DatasetTable.Row row : table.rows()) {
      splits.add(
          table.hasSplits() ? row.photo().split().toLowerCase(Locale.ROOT) : drawn(row.photo()));
    }
    Path folder = csv.toAbsolutePath().getParent();
    return new PhotoTable(table, PhotoOrigins.of(folder == null ? csv : folder), splits);
  }

  private static void refuseContradictions(DatasetTable table) throws IOException {
    Map<Path, DatasetTable.Row> seen = new HashMap<>();
    for (DatasetTable.Row row : table.rows()) {
      DatasetTable.Row before = seen.putIfAbsent(row.photo().file().normalize(), row);
      if (before != null
          && (before.photo().label() != row.photo().label()
              || !before.photo().split().equals(row.photo().split()))) {
        throw new IOException(
            Text.of(
                "%s, line %d: %s has another label or split in line %d; keep one of them",
                table.file(), row.line(), row.photo().file(), before.line()));
      }
    }
  }

  private static String drawn(ListedPhoto photo) {
    CRC32 crc = new CRC32();
    try (CheckedInputStream in = new CheckedInputStream(InputFile.open(photo.file()), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return PhotoSet.TRAIN;
    }
    long percent = crc.getValue() % 100;
    if (percent < TRAIN_PERCENT) {
      return PhotoSet.TRAIN;
    }
    return percent < VAL_PERCENT ? PhotoSet.VAL : PhotoSet.TEST;
  }

  /** Whether it has a column {@code split}. */
  public boolean hasSplits() {
    return table.hasSplits();
  }

  /**
   * Checks that the table can be used for training.
   *
   * @throws IOException naming the first line whose split is not train, val or test
   */
  public PhotoTable forTraining() throws IOException {
    List<String> known = List.of(PhotoSet.TRAIN, PhotoSet.VAL, PhotoSet.TEST);
    for (int i = 0; i < splits.size(); i++) {
      if (!known.contains(splits.get(i))) {
        throw new IOException(
            Text.of(
                "%s, line %d: the split '%s' is none of train, val and test",
                table.file(), table.rows().get(i).line(), splits.get(i)));
      }
    }
    return this;
  }

  /**
   * The photos of a split, by row.
   *
   * @throws IOException when there is none, or none of one label
   */
  public PhotoSet split(String name) throws IOException {
    Optional<PhotoSet> found = find(name);
    if (found.isEmpty()) {
      throw new IOException(
          table.hasSplits()
              ? "%s has no row of split %s; it has %s"
                  .formatted(table.file(), name, splits.stream().distinct().sorted().toList())
              : "%s has too few photos for a split %s to be drawn by hash; add a column split"
                  .formatted(table.file(), name));
    }
    return found.get();
  }

  /**
   * The photos of a split, by row; empty when no row is of it.
   *
   * @throws IOException when it has photos, but none of one label
   */
  public Optional<PhotoSet> find(String name) throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < splits.size(); i++) {
      if (splits.get(i).equals(name)) {
        photos.add(photo(table.rows().get(i)));
      }
    }
    return photos.isEmpty()
        ? Optional.empty()
        : Optional.of(new PhotoSet(table.file() + " (" + name + ")", photos).checked());
  }

  /**
   * All photos, by row.
   *
   * @throws IOException when there is none of one label
   */
  public PhotoSet all() throws IOException {
    List<Photo> photos = table.rows().stream().map(this::photo).toList();
    return new PhotoSet(table.file().toString(), photos).checked();
  }

  private Photo photo(DatasetTable.Row row) {
    Path file = row.photo().file();
    return new Photo(file, row.photo().label(), origins.originOf(file));
  }
}

package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Label;

/**
 * Lists the photos of a dataset without opening them: a folder with {@code cat/} and {@code
 * not_cat/}, a folder of such folders ({@code train/}, {@code val/}, …), or a CSV with the columns
 * {@code path}, {@code label} (cat, not_cat, 0 or 1) and optionally {@code split}, with paths
 * relative to the CSV's folder. Of another class, folders and labels are named as {@link Classes}
 * has them.
 */
public final class DatasetListing {
  private DatasetListing() {}

  /**
   * Lists the photos, by split, label and name; in a CSV, by row.
   *
   * @throws IOException in one line when there is none, or a row cannot be read
   */
  public static List<ListedPhoto> of(Path source) throws IOException {
    return of(source, Classes.CAT);
  }

  /** Lists the photos like {@link #of(Path)}, with the folders and labels of a class. */
  public static List<ListedPhoto> of(Path source, Classes classes) throws IOException {
    if (!Files.exists(source)) {
      throw new IOException(source + " not found; name a folder of photos, or a CSV of path,label");
    }
    List<ListedPhoto> photos =
        Files.isDirectory(source)
            ? folder(source, classes)
            : DatasetTable.read(source, classes).photos();
    if (photos.isEmpty()) {
      throw new IOException(
          "%s has no photos in %s/ and %s/, nor in folders such as train/%s/"
              .formatted(
                  source,
                  classes.folder(Label.CAT),
                  classes.folder(Label.NOT_CAT),
                  classes.folder(Label.CAT)));
    }
    return photos;
  }

  private static List<ListedPhoto> folder(Path folder, Classes classes) throws IOException {
    List<ListedPhoto> photos = new ArrayList<>(split(folder, "", classes));
    if (photos.isEmpty()) {
      for (Path inner : sorted(folder)) {
        if (Files.isDirectory(inner)) {
          photos.addAll(split(inner, inner.getFileName().toString(), classes));
        }
      }
    }
    return photos;
  }

  private static List<ListedPhoto> split(Path folder, String name, Classes classes)
      throws IOException {
    List<ListedPhoto> photos = new ArrayList<>();
    for (Label label : Label.values()) {
      for (Path half : classes.folders(folder, label)) {
        for (Path file : sorted(half)) {
          if (PhotoFolder.isImage(file.getFileName().toString()) && Files.isRegularFile(file)) {
            photos.add(new ListedPhoto(file, label, name));
          }
        }
      }
    }
    return photos;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  /**
   * A photo as a dataset lists it.
   *
   * @param split such as {@code train}; empty when there are no splits
   */
  public record ListedPhoto(Path file, Label label, String split) {}
}

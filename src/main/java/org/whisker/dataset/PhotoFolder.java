package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.dataset.PhotoSet.PhotoSplits;

/**
 * A folder with {@code cat/} and {@code not_cat/}, each with at least one photo.
 *
 * @param folder the folder
 * @param photos its photos: the cats by name, then the others by name
 */
public record PhotoFolder(Path folder, List<Photo> photos) {
  /** Extensions of the files that count as photos; other files are ignored. */
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

  private static final String EXPECTED = "a photo folder holds cat/ and not_cat/ with images";

  public PhotoFolder {
    photos = List.copyOf(photos);
    for (Label label : Label.values()) {
      if (count(photos, label) == 0) {
        throw new IllegalArgumentException(folder + " has no " + label.folder() + " photo");
      }
    }
  }

  /**
   * Lists the photos of {@code folder}; opens none of them.
   *
   * @throws IOException if it is not such a folder, or one of its two subfolders is missing or
   *     empty
   */
  public static PhotoFolder open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder + (Files.exists(folder) ? " is not a folder" : " not found") + "; " + EXPECTED);
    }
    PhotoOrigins origins = PhotoOrigins.of(folder);
    List<Photo> photos = new ArrayList<>();
    for (Label label : Label.values()) {
      for (Path file : images(folder, label)) {
        photos.add(new Photo(file, label, origins.originOf(file)));
      }
    }
    return new PhotoFolder(folder, photos);
  }

  private static int count(Collection<Photo> photos, Label label) {
    return (int) photos.stream().filter(photo -> photo.label() == label).count();
  }

  private static List<Path> images(Path folder, Label label) throws IOException {
    Path half = folder.resolve(label.folder());
    if (!Files.isDirectory(half)) {
      throw new IOException(
          "%s has no folder %s/; %s"
              .formatted(folder, label.folder(), EXPECTED + splitsHint(folder)));
    }
    try (Stream<Path> files = Files.list(half)) {
      // by name as text: the order of Path differs between systems
      List<Path> images =
          files
              .filter(file -> isImage(file.getFileName().toString()))
              .filter(Files::isRegularFile)
              .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
              .toList();
      if (images.isEmpty()) {
        throw new IOException(
            "%s has no images (%s); %s"
                .formatted(half, String.join(", ", ENDINGS.stream().sorted().toList()), EXPECTED));
      }
      return images;
    }
  }

  private static String splitsHint(Path folder) {
    return Files.isDirectory(folder.resolve(PhotoSplits.TEST))
        ? "; name one of the splits in it, such as " + folder.resolve(PhotoSplits.TEST)
        : "";
  }

  /** Whether a file with this name counts as a photo. */
  public static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}

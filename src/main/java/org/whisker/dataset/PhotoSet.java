package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * Photos for training or evaluation: at least one of each label.
 *
 * @param name for messages: a folder, or a CSV and the split in it
 */
public record PhotoSet(String name, List<Photo> photos) {
  public PhotoSet {
    photos = List.copyOf(photos);
  }

  /** The photos of a folder with {@code cat/} and {@code not_cat/}. */
  public static PhotoSet of(PhotoFolder folder) {
    return new PhotoSet(folder.folder().toString(), folder.photos());
  }

  /**
   * Returns this set if it is valid.
   *
   * @throws IOException when a label has no photo
   */
  PhotoSet checked() throws IOException {
    for (Label label : Label.values()) {
      if (photos.stream().noneMatch(photo -> photo.label() == label)) {
        throw new IOException(name + " lists no photo with the label " + label.folder());
      }
    }
    return this;
  }

  static final String TRAIN = "train";

  /** What the best checkpoint is chosen by. */
  static final String VAL = "val";

  /** What the final figures are computed on. */
  static final String TEST = "test";

  /**
   * A photo on disk.
   *
   * @param file where it is
   * @param label what it shows
   * @param origin the collection that it came from: accuracy differs between collections
   */
  public record Photo(Path file, Label label, String origin) {
    public Photo {
      Checks.refuse(origin.isBlank(), "the origin of %s is blank", file);
    }
  }

  /** The two classes of photos. */
  public enum Label implements Labelled {
    CAT(0, "cat", "target"),
    NOT_CAT(1, "not_cat", "not_target");

    private final int classIndex;
    private final String folder;
    private final String label;

    Label(int classIndex, String folder, String label) {
      this.classIndex = classIndex;
      this.folder = folder;
      this.label = label;
    }

    /** In tables, whatever the class is. */
    @Override
    public String label() {
      return label;
    }

    /** 0 for cat, 1 for not-cat: the value that the sigmoid of a classifier's logit should have. */
    public int classIndex() {
      return classIndex;
    }

    /** The folder of photos with this label. */
    public String folder() {
      return folder;
    }
  }

  /**
   * The folders and words that stand for the two labels. Of cat they are {@code cat} and {@code
   * not_cat}. Of another class they are its name and {@code not_NAME}, whatever their case, and a
   * space, {@code -} or {@code _} in the name being the same; without a folder {@code not_NAME},
   * all other folders are of the second label; without a folder of its name, cat and not_cat.
   *
   * @param target the name of the class
   */
  public record Classes(String target) {
    /** Of cat. */
    public static final Classes CAT = new Classes(Label.CAT.folder());

    private static final String NOT = "not_";

    private boolean isCat() {
      return target.equals(Label.CAT.folder());
    }

    private static String plain(String name) {
      return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]+", "_");
    }

    /** Whether a folder holds one of the labels. */
    public boolean areIn(Path folder) throws IOException {
      for (Label label : Label.values()) {
        if (!folders(folder, label).isEmpty()) {
          return true;
        }
      }
      return false;
    }

    /** The folders with photos of a label, by name; none where there is none. */
    List<Path> folders(Path folder, Label label) throws IOException {
      List<Path> all = isCat() ? List.of() : named(folder);
      Optional<Path> own = one(all, target);
      if (own.isEmpty()) {
        Path usual = folder.resolve(label.folder());
        return Files.isDirectory(usual) ? List.of(usual) : List.of();
      }
      if (label == Label.CAT) {
        return own.stream().toList();
      }
      return one(all, NOT + target)
          .map(List::of)
          .orElse(all.stream().filter(each -> !each.equals(own.get())).toList());
    }

    private static Optional<Path> one(List<Path> folders, String name) {
      return folders.stream()
          .filter(each -> plain(each.getFileName().toString()).equals(plain(name)))
          .findFirst();
    }

    private static List<Path> named(Path folder) throws IOException {
      if (!Files.isDirectory(folder)) {
        return List.of();
      }
      try (Stream<Path> content = Files.list(folder)) {
        return content
            .filter(Files::isDirectory)
            .sorted(Comparator.comparing(each -> each.getFileName().toString()))
            .toList();
      }
    }

    /** The label that a word of a table stands for; empty where it is none. */
    Optional<Label> label(String word) {
      return Stream.of(Label.values())
          .filter(
              label ->
                  word.equals(label.folder())
                      || word.equals(label.label())
                      || word.equals(Integer.toString(label.classIndex()))
                      || (!isCat() && plain(word).equals(plain(folder(label)))))
          .findFirst();
    }

    String folder(Label label) {
      return label == Label.CAT ? target : NOT + target;
    }

    /** What is expected of a folder. */
    String expected() {
      return isCat()
          ? "a photo folder holds cat/ and not_cat/ with images"
          : Text.of(
              "a photo folder holds %s/ and %s%s/, or %s/ and others, with images",
              target, NOT, target, target);
    }
  }
}

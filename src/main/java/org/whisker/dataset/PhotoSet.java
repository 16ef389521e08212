package org.whisker.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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

  /** Names of the folders, or values of the column, that photos are split by. */
  static final class PhotoSplits {
    /** What is trained on. */
    static final String TRAIN = "train";

    /** What the best checkpoint is chosen by. */
    static final String VAL = "val";

    /** What the final figures are computed on. */
    static final String TEST = "test";

    private PhotoSplits() {}
  }

  /**
   * A photo on disk.
   *
   * @param file where it is
   * @param label what it shows
   * @param origin the collection that it came from: accuracy differs between collections
   */
  public record Photo(Path file, Label label, String origin) {
    public Photo {
      if (origin.isBlank()) {
        throw new IllegalArgumentException("the origin of " + file + " is blank");
      }
    }
  }

  /** The two classes of photos. */
  public enum Label {
    CAT(0, "cat"),
    NOT_CAT(1, "not_cat");

    private final int classIndex;
    private final String folder;

    Label(int classIndex, String folder) {
      this.classIndex = classIndex;
      this.folder = folder;
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
}

package org.whisker.job.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.whisker.classifier.Classifier;
import org.whisker.dataset.PhotoFolder;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.io.Manifest;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.input.EvolvedFolder.EvolvedRun;
import org.whisker.job.input.ImageSet.NamedImage;
import org.whisker.random.SplitMix64;
import org.whisker.value.Text;

/**
 * Turns what a command line names into pictures of a classifier's size: {@code white}, an image
 * file, a folder of evolve or one of its runs, a folder with {@code cat/} and {@code not_cat/}, or
 * any other folder of images, or of folders of images.
 *
 * @param option the option or parameter, for complaints
 * @param size the size that pictures are brought to
 * @param most how many images of a folder are drawn at random, where it has more; of evolved ones
 *     all are taken
 * @param seed the seed of the drawing
 * @param bad what becomes of a bad image in a folder
 */
public record PictureReader(String option, PictureSize size, int most, long seed, BadInputs bad) {
  /** The name of the white image. */
  public static final String WHITE = "white";

  /** The first bad image ends the reading. */
  public PictureReader(String option, PictureSize size, int most, long seed) {
    this(option, size, most, seed, new BadInputs(false));
  }

  /** Takes all. */
  public PictureReader(String option, PictureSize size) {
    this(option, size, Integer.MAX_VALUE, 0);
  }

  /**
   * All pictures of that name; in several groups for labelled photos.
   *
   * @throws IOException when there is nothing of that name, something there is bad, or there is no
   *     picture
   */
  public List<PictureGroup> read(String name) throws IOException {
    if (name.equals(WHITE)) {
      return List.of(new PictureGroup(WHITE, List.of(white())));
    }
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new IOException(
          "%s %s does not exist; name an image, a folder of images or of evolve, or %s"
              .formatted(option, name, WHITE));
    }
    if (!Files.isDirectory(path)) {
      return List.of(new PictureGroup(ImageSet.lastName(path), List.of(file(path))));
    }
    if (EvolvedFolder.is(path)) {
      return List.of(evolved(path));
    }
    Path best = path.resolve("best.png");
    if (Files.exists(best) && Files.exists(path.resolve("best.csv"))) {
      return List.of(new PictureGroup(ImageSet.lastName(path), List.of(file(best))));
    }
    return Files.isDirectory(path.resolve(Label.CAT.folder()))
        ? photos(path)
        : byFolder(path, Integer.MAX_VALUE);
  }

  /**
   * Reads like {@link #read}; but where a folder holds folders of images instead of images, each of
   * these is a group, whatever it is called.
   *
   * @param mostFolders how many of them are read, the first by name
   */
  public List<PictureGroup> readByFolder(String name, int mostFolders) throws IOException {
    Path path = Path.of(name);
    return Files.isDirectory(path) && !folders(path).isEmpty()
        ? byFolder(path, mostFolders)
        : read(name);
  }

  /** The images of a folder; where it has none, those of each of its folders are a group. */
  private List<PictureGroup> byFolder(Path path, int mostFolders) throws IOException {
    List<Path> folders = folders(path);
    if (folders.isEmpty()) {
      return List.of(all(path));
    }
    return read(folders.stream().limit(mostFolders).map(Path::toString).toList());
  }

  public List<PictureGroup> read(List<String> names) throws IOException {
    List<PictureGroup> groups = new ArrayList<>();
    for (String name : names) {
      groups.addAll(read(name));
    }
    return groups;
  }

  private PictureGroup.Picture white() {
    return new PictureGroup.Picture(WHITE, BlackPixels.none(size.canvas()), size.canvas());
  }

  private PictureGroup.Picture file(Path file) throws IOException {
    return picture(file.toString(), size.read(file));
  }

  private PictureGroup.Picture picture(String file, Raster read) throws IOException {
    return new PictureGroup.Picture(file, size.fit(file, read), read.canvas());
  }

  private PictureGroup evolved(Path folder) throws IOException {
    EvolvedFolder.Finals finals = EvolvedFolder.finals(folder, bad);
    Tones tones = seen(finals.tones(), folder);
    List<PictureGroup.Picture> pictures = new ArrayList<>();
    for (EvolvedRun run : finals.runs()) {
      NamedImage best = run.best();
      pictures.add(picture(best.file().toString(), tones.painted(best.image())));
    }
    Optional<JsonNode> written =
        Manifest.isIn(folder) ? Optional.of(Manifest.read(folder)) : Optional.empty();
    return new PictureGroup(ImageSet.lastName(folder), pictures, tones, written);
  }

  /**
   * The tones that the classifier sees, to which gradients belong: one that sees gray has none of
   * colours.
   */
  private Tones seen(Tones tones, Path folder) throws IOException {
    try {
      return tones.in(size.planes());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          folder + " is of two colours that are one gray; name a model that sees colours", e);
    }
  }

  private List<PictureGroup> photos(Path folder) throws IOException {
    PhotoFolder photos = PhotoFolder.open(folder);
    List<PictureGroup> groups = new ArrayList<>();
    for (Label label : Label.values()) {
      List<Path> files =
          photos.photos().stream()
              .filter(photo -> photo.label() == label)
              .map(photo -> photo.file())
              .toList();
      groups.add(new PictureGroup(label.folder(), all(files)));
    }
    return groups;
  }

  private PictureGroup all(Path folder) throws IOException {
    return new PictureGroup(ImageSet.lastName(folder), all(listed(folder)));
  }

  private List<PictureGroup.Picture> all(List<Path> files) throws IOException {
    List<PictureGroup.Picture> pictures = new ArrayList<>();
    for (Path file : drawn(files)) {
      try {
        pictures.add(file(file));
      } catch (IOException e) {
        bad.found(e);
      }
    }
    if (pictures.isEmpty()) {
      throw new IOException("none of the images beside " + files.get(0) + " can be read");
    }
    return pictures;
  }

  /** Draws as many files as are wanted; they keep their order. */
  private List<Path> drawn(List<Path> files) {
    List<Path> open = new ArrayList<>(files);
    SplitMix64 random = SplitMix64.stream(seed, "pictures drawn", 0);
    while (open.size() > most) {
      open.remove(random.nextInt(open.size()));
    }
    return open;
  }

  /** What becomes of bad input: the first ends the command, or all are left out and counted. */
  public static final class BadInputs {
    private final boolean skip;
    private final List<String> leftOut = new ArrayList<>();

    public BadInputs(boolean skip) {
      this.skip = skip;
    }

    /** Throws what was found; or, when told to skip, notes it: the caller then leaves it out. */
    public void found(IOException bad) throws IOException {
      if (!skip) {
        throw bad;
      }
      leftOut.add(FailureMessage.oneLine(FailureMessage.of(bad)));
    }

    /** What was left out and why, a line each. */
    public List<String> leftOut() {
      return List.copyOf(leftOut);
    }
  }

  /**
   * The images directly in a folder, in the order of their names as text, the same on every system.
   *
   * @throws IOException when it has none, or can't be read
   */
  public static List<Path> listed(Path folder) throws IOException {
    List<Path> images = files(folder, PhotoFolder::isImage);
    if (images.isEmpty()) {
      throw new IOException(PhotoFolder.noImages(folder) + "; name a folder that has");
    }
    return images;
  }

  /**
   * The images directly in a folder; where it has none, those of its folders, in the order of
   * these.
   *
   * @throws IOException when there are none, or they can't be read
   */
  public static List<Path> picturesBelow(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    for (Path part : folders(folder)) {
      images.addAll(listed(part));
    }
    return images.isEmpty() ? listed(folder) : images;
  }

  /** The folders with images directly in a folder that has no images itself. */
  static List<Path> folders(Path folder) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (!files(folder, PhotoFolder::isImage).isEmpty()) {
      return folders;
    }
    try (Stream<Path> content = Files.list(folder)) {
      for (Path part : content.filter(Files::isDirectory).sorted().toList()) {
        if (!files(part, PhotoFolder::isImage).isEmpty()) {
          folders.add(part);
        }
      }
    }
    return folders;
  }

  /** The files directly in a folder whose names are wanted; may be none. */
  static List<Path> files(Path folder, Predicate<String> wanted) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content
          .filter(file -> wanted.test(ImageSet.lastName(file)))
          .filter(Files::isRegularFile)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }

  /**
   * Reads the picture of a command line that names one, not several; of an evolved folder the one
   * with the highest p(target).
   *
   * @param option for complaints
   * @param resize whether a picture of two grays and another size is resized
   * @throws InvalidRequestException when there is none, or more than one that were not evolved
   */
  public static PictureGroup.Picture readSingle(
      String option, String name, Classifier classifier, boolean resize) throws IOException {
    PictureSize size = PictureSize.of(classifier, resize);
    List<PictureGroup> groups = new PictureReader(option, size).read(name);
    PictureGroup group = groups.get(0);
    int count = groups.stream().mapToInt(each -> each.pictures().size()).sum();
    InvalidRequestException.refuse(
        count > 1 && !group.evolved(),
        Text.of("%s %s has %d images; name one of them", option, name, count));
    float[] logits = classifier.logits(group.rasters());
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] < logits[best] ? i : best;
    }
    return group.pictures().get(best);
  }

  /** Notes that a picture was resized. */
  public static void noteResized(PictureGroup.Picture picture, JobContext context) {
    if (picture.resized()) {
      context.note(
          "%s resized to %s, cropped to its middle"
              .formatted(picture.file(), picture.raster().canvas()));
    }
  }

  /** What a manifest says of it. */
  public static Map<String, Object> describe(PictureGroup.Picture picture) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", picture.file());
    map.put("resized", picture.resized());
    return map;
  }
}

package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.dataset.PhotoFolder;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.ImageSet.NamedImage;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.parallel.Crew;

/** Turns the paths of a command line into sets of images, each with a label of its own. */
public final class HeatmapInputs {
  private final Optional<Canvas> canvas;
  private final BadInputs bad;
  private final boolean measured;

  /**
   * Reads the inputs of one command.
   *
   * @param canvas the canvas of CSV files
   * @param measured whether a classifier will measure what pixels contribute, so that what the
   *     files say of it doesn't count
   */
  public HeatmapInputs(Optional<Canvas> canvas, BadInputs bad, boolean measured) {
    this.canvas = canvas;
    this.bad = bad;
    this.measured = measured;
  }

  /**
   * Reads all, in their order. A source of which nothing can be read is bad as a whole.
   *
   * @throws InvalidRequestException when a path can't be any of the three kinds
   * @throws IOException when a source is bad, or none is left
   */
  public List<ImageSet> read(List<Path> sources) throws IOException {
    check(sources);
    List<ImageSet> sets = new ArrayList<>();
    for (Path source : sources) {
      try {
        sets.add(read(source));
      } catch (IOException e) {
        bad.found(e);
      }
    }
    if (sets.isEmpty()) {
      throw new IOException("nothing is left to draw: " + String.join("; ", bad.leftOut()));
    }
    return sets;
  }

  private void check(List<Path> sources) throws IOException {
    Set<Path> seen = new HashSet<>();
    for (Path source : sources) {
      if (!Files.exists(source)) {
        throw new IOException(
            source + " does not exist; name a folder that evolve wrote, a CSV file, or PNG files");
      }
      if (!seen.add(source.toAbsolutePath().normalize())) {
        throw new InvalidRequestException(source + " is named twice; a condition is drawn once");
      }
      if (isCsv(source) && canvas.isEmpty()) {
        throw new InvalidRequestException(
            source + " needs --canvas WIDTHxHEIGHT: a CSV file has no size");
      }
      if (!isCsv(source) && !Files.isDirectory(source)) {
        throw new InvalidRequestException(source + " is neither a folder nor a .csv file");
      }
    }
    if (canvas.isPresent() && sources.stream().noneMatch(HeatmapInputs::isCsv)) {
      throw new InvalidRequestException(
          "--canvas " + canvas.get() + " is for CSV files, and none is named; leave it out");
    }
  }

  private static boolean isCsv(Path source) {
    String name = ImageSet.lastName(source).toLowerCase(Locale.ROOT);
    return !Files.isDirectory(source) && name.endsWith(".csv");
  }

  private ImageSet read(Path source) throws IOException {
    if (isCsv(source)) {
      return PixelCsv.read(source, canvas.orElseThrow(), bad, measured);
    }
    return EvolvedFolder.is(source)
        ? EvolvedFolder.read(source, bad, measured)
        : readPictures(source, bad);
  }

  /** The sets' names; with the folder's where several share one, and a number as a last resort. */
  public static List<String> labels(List<ImageSet> sets) {
    Set<String> taken = new LinkedHashSet<>();
    for (ImageSet set : sets) {
      boolean shared = sets.stream().filter(s -> s.name().equals(set.name())).count() > 1;
      String folder = ImageSet.lastName(set.source());
      String label = shared && !folder.equals(set.name()) ? set.name() + " " + folder : set.name();
      String free = label;
      for (int k = 2; !taken.add(free); k++) {
        free = label + " (" + k + ")";
      }
    }
    return List.copyOf(taken);
  }

  /** A pixel this dark or darker is black. */
  private static final float BLACK = 0.5f;

  /** What became of one file: an image, or why not. */
  private record Decoded(
      Path file, @Nullable BlackPixels image, boolean gray, @Nullable IOException failure) {}

  /** Reads a folder of PNG files of black pixels on white: one image is one run. */
  private static ImageSet readPictures(Path folder, BadInputs bad) throws IOException {
    List<NamedImage> images = new ArrayList<>();
    int gray = 0;
    // decoding takes far longer than all the rest
    List<Decoded> all = Crew.map(files(folder), HeatmapInputs::decoded);
    for (Decoded each : all) {
      if (each.failure != null) {
        bad.found(each.failure);
      } else if (each.image != null) {
        images.add(new NamedImage(each.file, each.image));
        gray += each.gray ? 1 : 0;
      }
    }
    List<BlackPixels> same =
        NamedImage.ofOneSize(images, image -> image, bad).stream().map(NamedImage::image).toList();
    if (same.isEmpty()) {
      throw new IOException(folder + " has no PNG file that can be read");
    }
    return new ImageSet(
        folder,
        "PNG files",
        ImageSet.lastName(folder),
        same,
        Tones.standard(),
        Optional.empty(),
        Optional.empty(),
        notes(gray, same, others(folder)));
  }

  private static List<String> notes(int gray, List<BlackPixels> images, List<Path> others) {
    List<String> notes = new ArrayList<>();
    note(
        notes,
        gray,
        "image has gray pixels; those of 0.5 and darker count as black",
        "images have gray pixels; those of 0.5 and darker count as black");
    note(
        notes,
        copies(images),
        "image is a copy of another here, and counts as a run all the same; p needs independent"
            + " runs",
        "images are copies of others here, and count as runs all the same; p needs independent"
            + " runs");
    note(
        notes,
        (int) images.stream().filter(i -> 2 * i.count() > i.canvas().pixels()).count(),
        "image is more black than white; it counts where its black pixels lie",
        "images are more black than white; it counts where their black pixels lie");
    if (!others.isEmpty()) {
      String such = " not read, such as " + ImageSet.lastName(others.get(0));
      note(
          notes,
          others.size(),
          "picture is no PNG and was" + such,
          "pictures are no PNG and were" + such);
    }
    notes.add(ImageSet.NO_HISTORY + "pictures have no history");
    notes.add(ImageSet.NO_CONTRIBUTIONS + "name the classifier by --model to have it measured");
    return notes;
  }

  private static void note(List<String> notes, int count, String one, String many) {
    if (count > 0) {
      notes.add(count + " " + (count == 1 ? one : many));
    }
  }

  /** How many are the same as an earlier one; white ones are no runs that count. */
  private static int copies(List<BlackPixels> images) {
    List<BlackPixels> marked = images.stream().filter(image -> image.count() > 0).toList();
    return marked.size() - new HashSet<>(marked).size();
  }

  /** Pictures of other kinds, which are not read: JPEG smears single pixels. */
  private static List<Path> others(Path folder) throws IOException {
    return PictureReader.files(folder, name -> PhotoFolder.isImage(name) && !isPng(name));
  }

  private static boolean isPng(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".png");
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> found = PictureReader.files(folder, HeatmapInputs::isPng);
    if (found.isEmpty()) {
      throw new IOException(
          folder + " has neither runs/ (as evolve writes it) nor a PNG file; name one that has");
    }
    return found;
  }

  private static Decoded decoded(Path file) {
    try {
      GrayImage picture = PictureSize.seen(file.toString(), ImageFiles.readGray(file));
      int[] black = new int[picture.canvas().pixels()];
      int count = 0;
      boolean gray = false;
      for (int i = 0; i < black.length; i++) {
        float value = picture.at(i);
        gray |= value != 0 && value != 1;
        if (value <= BLACK) {
          black[count++] = i;
        }
      }
      int[] sorted = Arrays.copyOf(black, count);
      return new Decoded(file, BlackPixels.ofSorted(picture.canvas(), sorted, count), gray, null);
    } catch (IOException e) {
      return new Decoded(file, null, false, e);
    }
  }
}

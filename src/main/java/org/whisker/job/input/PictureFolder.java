package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;

/** Reads a folder of PNG files of black pixels on white: one image is one run. */
final class PictureFolder {
  /** A pixel this dark or darker is black. */
  private static final float BLACK = 0.5f;

  private PictureFolder() {}

  /** What became of one file: an image, or why not. */
  private record Decoded(
      Path file, @Nullable BlackPixels image, boolean gray, @Nullable IOException failure) {}

  static ImageSet read(Path folder, BadInputs bad) throws IOException {
    List<NamedImage> images = new ArrayList<>();
    int gray = 0;
    // decoding takes far longer than all the rest
    List<Decoded> all = files(folder).parallelStream().map(PictureFolder::decoded).toList();
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
        notes(gray));
  }

  private static List<String> notes(int gray) {
    List<String> notes = new ArrayList<>();
    if (gray > 0) {
      notes.add(gray + " images have gray pixels; those of 0.5 and darker count as black");
    }
    notes.add(ImageSet.NO_HISTORY + "pictures have no history");
    notes.add(ImageSet.NO_CONTRIBUTIONS + "name the classifier by --model to have it measured");
    return notes;
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> found =
        ImageListing.files(folder, name -> name.toLowerCase(Locale.ROOT).endsWith(".png"));
    if (found.isEmpty()) {
      throw new IOException(
          folder + " has neither runs/ (as evolve writes it) nor a PNG file; name one that has");
    }
    return found;
  }

  private static Decoded decoded(Path file) {
    try {
      GrayImage picture = ImageFiles.readGray(file);
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

package org.whisker.job.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.job.input.PictureReader.BadInputs;
import org.whisker.position.PixelContributions;
import org.whisker.position.PixelMap;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * The final images of one condition, as they were read.
 *
 * @param source the folder or file
 * @param kind what it is, in a word or two
 * @param name the name of the model, or of the file or folder
 * @param images one a run, at least one, all on one canvas
 * @param tones the grays that a classifier sees them in
 * @param contributions the contributions of the same images, where the files hold them
 * @param allGenerations the map over all generations, where the files hold the history
 * @param notes what is missing and why, and what a reader should know
 */
public record ImageSet(
    Path source,
    String kind,
    String name,
    List<BlackPixels> images,
    Tones tones,
    Optional<List<PixelContributions>> contributions,
    Optional<PixelMap> allGenerations,
    List<String> notes) {
  static final String NO_HISTORY = "no map over all generations: ";
  static final String NO_CONTRIBUTIONS = "no contribution-weighted map: ";

  public ImageSet {
    images = List.copyOf(images);
    contributions = contributions.map(List::copyOf);
    notes = List.copyOf(notes);
    Checks.refuse(images.isEmpty(), "%s has no image", source);
  }

  /** Returns this set with contributions that were measured anew. */
  public ImageSet with(List<PixelContributions> measured) {
    List<String> others =
        notes.stream().filter(note -> !note.startsWith(NO_CONTRIBUTIONS)).toList();
    return new ImageSet(
        source, kind, name, images, tones, Optional.of(measured), allGenerations, others);
  }

  public Canvas canvas() {
    return images.get(0).canvas();
  }

  /** The folder or file by its last name. */
  public static String lastName(Path source) {
    Path name = source.toAbsolutePath().normalize().getFileName();
    return name == null ? source.toString() : name.toString();
  }

  /** An image and the file that it is from. */
  record NamedImage(Path file, BlackPixels image) {

    /** Keeps the images of the most frequent size; the others are bad. */
    static <T> List<T> ofOneSize(
        List<T> all, java.util.function.Function<T, NamedImage> imageOf, BadInputs bad)
        throws IOException {
      Map<Canvas, Integer> sizes = new LinkedHashMap<>();
      all.forEach(each -> sizes.merge(imageOf.apply(each).image.canvas(), 1, Integer::sum));
      if (sizes.size() < 2) {
        return all;
      }
      // the first of those that are as frequent
      Map.Entry<Canvas, Integer> most = sizes.entrySet().iterator().next();
      for (Map.Entry<Canvas, Integer> size : sizes.entrySet()) {
        most = size.getValue() > most.getValue() ? size : most;
      }
      List<T> same = new ArrayList<>();
      for (T each : all) {
        NamedImage named = imageOf.apply(each);
        if (named.image.canvas().equals(most.getKey())) {
          same.add(each);
        } else {
          bad.found(
              new IOException(
                  Text.of(
                      "%s is %s, but %d of %d images are %s; images of one condition are of one"
                          + " size",
                      named.file,
                      named.image.canvas(),
                      most.getValue(),
                      all.size(),
                      most.getKey())));
        }
      }
      return same;
    }
  }
}

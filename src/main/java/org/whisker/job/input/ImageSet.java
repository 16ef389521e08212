package org.whisker.job.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.position.PixelContributions;
import org.whisker.position.PixelMap;

/**
 * The final images of one condition, as they were read.
 *
 * @param source the folder or file
 * @param kind what it is, in a word or two
 * @param name of the model, or of the file or folder
 * @param images one a run, at least one, all on one canvas
 * @param tones the grays that a classifier sees them in
 * @param contributions of the same images, where the files hold them
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
    if (images.isEmpty()) {
      throw new IllegalArgumentException(source + " has no image");
    }
  }

  /** This with contributions that were measured anew. */
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
}

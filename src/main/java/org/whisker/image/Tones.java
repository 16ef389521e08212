package org.whisker.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The two grays that evolved pictures are painted in. A genome says which pixels are inked;
 * elsewhere they are called black and white, as in the {@linkplain #standard() usual} tones.
 *
 * @param background gray of the other pixels, 0 black to 1 white
 * @param ink gray of the genome's pixels, 0 black to 1 white; must differ from the background
 */
public record Tones(float background, float ink) {
  public Tones {
    check("background", background);
    check("ink", ink);
    if (background == ink) {
      throw new IllegalArgumentException(
          "ink must differ from the background, both were " + background);
    }
  }

  private static void check(String name, float gray) {
    if (!(gray >= 0 && gray <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 (black) to 1 (white), was " + gray);
    }
  }

  /** Black ink on a white background. */
  public static Tones standard() {
    return new Tones(1, 0);
  }

  /** The picture in these tones; the genome itself when they are the usual ones. */
  public Raster painted(BlackPixels genome) {
    return equals(standard()) ? genome : new Painted(genome, this);
  }

  /** Whether this gray is nearer to the ink than to the background. */
  public boolean isInk(float gray) {
    return Math.abs(gray - ink) < Math.abs(gray - background);
  }

  /** The pixels of a picture that are nearer to the ink. */
  public BlackPixels inked(GrayImage picture) {
    Canvas canvas = picture.canvas();
    int[] inked = IntStream.range(0, canvas.pixels()).filter(i -> isInk(picture.at(i))).toArray();
    return BlackPixels.of(canvas, inked);
  }

  /** The inked pixels of a picture that has only these tones; empty if it has another gray. */
  public Optional<BlackPixels> genome(Raster picture) {
    Canvas canvas = picture.canvas();
    float[] gray = new float[canvas.pixels()];
    picture.paint(gray, 0);
    for (float each : gray) {
      if (each != ink && each != background) {
        return Optional.empty();
      }
    }
    int[] inked = IntStream.range(0, gray.length).filter(i -> gray[i] == ink).toArray();
    return Optional.of(BlackPixels.of(canvas, inked));
  }

  private record Painted(BlackPixels genome, Tones tones) implements Raster {
    @Override
    public Canvas canvas() {
      return genome.canvas();
    }

    @Override
    public void paint(float[] target, int offset) {
      Arrays.fill(target, offset, offset + canvas().pixels(), tones.background());
      for (int i = 0; i < genome.count(); i++) {
        target[offset + genome.get(i)] = tones.ink();
      }
    }
  }
}

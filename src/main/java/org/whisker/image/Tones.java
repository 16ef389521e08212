package org.whisker.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.value.Checks;

/**
 * The two colours, mostly grays, that evolved pictures are painted in. A genome says which pixels
 * are inked; elsewhere they are called black and white, as in the {@linkplain #standard() usual}
 * tones.
 *
 * @param background the background of the other pixels
 * @param ink the ink of the genome's pixels; must differ from the background
 */
public record Tones(Tone background, Tone ink) {
  public Tones {
    Checks.refuse(
        background.equals(ink), "ink must differ from the background, both were %s", background);
  }

  /** Two grays, 0 black to 1 white. */
  public Tones(float background, float ink) {
    this(gray("background", background), gray("ink", ink));
  }

  private static Tone gray(String name, float gray) {
    try {
      return Tone.gray(gray);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  /** Black ink on a white background. */
  public static Tones standard() {
    return new Tones(1, 0);
  }

  /** Planes that pictures in these need: 1 for grays, 3 for colours. */
  public int planes() {
    return background.isGray() && ink.isGray() ? 1 : PlanarImage.COLOURS;
  }

  /**
   * The tones in {@code planes} planes: in one the gray of each.
   *
   * @throws IllegalArgumentException if that is the same gray
   */
  public Tones in(int planes) {
    return planes >= planes() ? this : new Tones(background.gray(), ink.gray());
  }

  /** The picture in these tones; the genome itself when they are the usual ones. */
  public Raster painted(BlackPixels genome) {
    return equals(standard()) ? genome : new Painted(genome, this);
  }

  /** The colour that a pixel of the genome's picture has when it is flipped. */
  public Tone flipped(BlackPixels genome, int pixel) {
    return genome.contains(pixel) ? background : ink;
  }

  /** The pixels of a picture that are nearer to the ink than to the background. */
  public BlackPixels inked(PlanarImage picture) {
    PlanarImage seen = picture.in(planes());
    Canvas canvas = picture.canvas();
    int[] inked =
        IntStream.range(0, canvas.pixels()).filter(i -> isInk(Tone.of(seen, i))).toArray();
    return BlackPixels.of(canvas, inked);
  }

  /** Whether this is nearer to the ink than to the background. */
  boolean isInk(Tone tone) {
    return tone.distance(ink) < tone.distance(background);
  }

  /** The inked pixels of a picture that has only these tones; empty if it has another colour. */
  public Optional<BlackPixels> genome(Raster picture) {
    PlanarImage seen = PlanarImage.from(picture).in(planes());
    Canvas canvas = picture.canvas();
    int[] inked = new int[canvas.pixels()];
    int count = 0;
    for (int i = 0; i < inked.length; i++) {
      Tone tone = Tone.of(seen, i);
      if (tone.equals(ink)) {
        inked[count++] = i;
      } else if (!tone.equals(background)) {
        return Optional.empty();
      }
    }
    return Optional.of(BlackPixels.of(canvas, Arrays.copyOf(inked, count)));
  }

  private record Painted(BlackPixels genome, Tones tones) implements Raster {
    @Override
    public Canvas canvas() {
      return genome.canvas();
    }

    @Override
    public int planes() {
      return tones.planes();
    }

    @Override
    public void paint(float[] target, int offset) {
      paint(target, offset, 1);
    }

    @Override
    public void paint(float[] target, int offset, int planes) {
      for (int plane = 0; plane < planes; plane++) {
        int from = offset + plane * canvas().pixels();
        Arrays.fill(target, from, from + canvas().pixels(), tones.background.in(plane, planes));
        float ink = tones.ink.in(plane, planes);
        for (int i = 0; i < genome.count(); i++) {
          target[from + genome.get(i)] = ink;
        }
      }
    }
  }
}

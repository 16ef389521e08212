package org.whisker.feature.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.job.input.PictureSize;
import org.whisker.random.SplitMix64;
import org.whisker.training.PhotoView.MirroredShift;

/**
 * Test photos in place and randomly shifted as in training on shifted photos; the shift of a photo
 * is the same for every network.
 */
public final class MovedPhotos {
  private static final int MOST = 1_000;

  private final List<CachedPhoto> photos;
  private final double most;
  private final long seed;

  /**
   * Selects photos.
   *
   * @param test the test photos, of which at most 1,000 are taken, evenly spaced
   * @param most maximum shift along either axis, as a share of the canvas: 0 to ½
   */
  public MovedPhotos(List<CachedPhoto> test, double most, long seed) {
    int count = Math.min(MOST, test.size());
    this.photos =
        IntStream.range(0, count)
            .mapToObj(i -> test.get((int) ((long) i * test.size() / count)))
            .toList();
    this.most = most;
    this.seed = seed;
  }

  /** How many there are. */
  public int count() {
    return photos.size();
  }

  /**
   * Whether a network classifies each photo correctly.
   *
   * @param inPlace unshifted photos
   * @param moved the same photos, shifted
   */
  public record Correct(List<Boolean> inPlace, List<Boolean> moved) {
    public Correct {
      inPlace = List.copyOf(inPlace);
      moved = List.copyOf(moved);
    }

    /** Share of true values. */
    public static double share(List<Boolean> correct) {
      return (double) correct.stream().filter(each -> each).count() / correct.size();
    }

    /**
     * 1 if only the unshifted photo is classified correctly, −1 if only the shifted one, else 0.
     */
    public int loss(int photo) {
      return (inPlace.get(photo) ? 1 : 0) - (moved.get(photo) ? 1 : 0);
    }
  }

  /**
   * Classifies all photos.
   *
   * @param progress receives the number of images scored, two per photo
   * @throws CancellationException when stopped
   */
  public Correct classify(
      Classifier classifier, int batch, IntConsumer progress, BooleanSupplier stopped) {
    List<Boolean> inPlace = new ArrayList<>();
    List<Boolean> moved = new ArrayList<>();
    for (int from = 0; from < photos.size(); from += batch) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped while scoring shifted photos");
      }
      List<Raster> some = new ArrayList<>();
      for (int i = from; i < Math.min(photos.size(), from + batch); i++) {
        some.add(PictureSize.fitted(photos.get(i), classifier.canvas()));
      }
      inPlace.addAll(correct(classifier.logits(some), from));
      int first = from;
      List<Raster> shifted =
          IntStream.range(0, some.size()).mapToObj(i -> moved(some.get(i), first + i)).toList();
      moved.addAll(correct(classifier.logits(shifted), from));
      progress.accept(2 * moved.size());
    }
    return new Correct(inPlace, moved);
  }

  private List<Boolean> correct(float[] logits, int from) {
    return IntStream.range(0, logits.length)
        .mapToObj(i -> logits[i] < 0 == (photos.get(from + i).photo().label() == Label.CAT))
        .toList();
  }

  private Raster moved(Raster photo, int number) {
    SplitMix64 random = SplitMix64.stream(seed, "shifted test photos", number);
    Canvas canvas = photo.canvas();
    MirroredShift shift = new MirroredShift(canvas, most, random.nextDouble(), random.nextDouble());
    return PlanarImage.from(photo).eachPlane(plane -> new GrayImage(canvas, shift.of(plane)));
  }
}

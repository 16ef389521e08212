package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.job.Leftovers;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Trainer;
import org.whisker.training.Trainer.EpochStats;
import org.whisker.training.TrainingTask;
import org.whisker.training.TrainingTask.TrainingStart;

/** How fast a network is trained here: the quickest of a few steps on gray pictures. */
public final class TrainingPace {
  /** The first ones are slower: libtorch optimises what it has seen. */
  private static final int STEPS = 4;

  private TrainingPace() {}

  private record Place(Path folder, InstantSource clock) {}

  /**
   * Seconds a photo, for one step of all layers.
   *
   * @param clock the clock that the trainer is given
   * @throws IOException when no step could be done
   */
  public static double seconds(TrainingRecipe recipe, TorchDevice device, InstantSource clock)
      throws IOException {
    Path folder = Leftovers.temporary("whisker-pace");
    try {
      return seconds(recipe, device, new Place(folder, clock)) / recipe.options().batch();
    } finally {
      Leftovers.delete(folder);
    }
  }

  private static double seconds(TrainingRecipe recipe, TorchDevice device, Place place)
      throws IOException {
    TrainingTask task =
        new TrainingTask(
            recipe.network(),
            recipe.options().lasting(1),
            recipe.precision(),
            new Preprocessing(0.5f, 0.25f),
            new TrainingStart.Fresh(),
            false,
            1,
            Optional.empty(),
            device);
    Canvas canvas = new Canvas(recipe.input().width(), recipe.input().height());
    List<CachedPhoto> photos = photos(canvas, (STEPS + 1) * recipe.options().batch());
    Times times = new Times();
    try {
      new Trainer(task, place.folder(), place.clock())
          .train(photos, photos.subList(0, 2), times, () -> times.ends.size() > STEPS);
    } catch (IOException e) {
      if (times.ends.size() < 2) {
        throw e; // not for having been stopped
      }
    }
    return times.quickest();
  }

  private static List<CachedPhoto> photos(Canvas canvas, int count) throws IOException {
    Label[] labels = Label.values();
    List<Photo> names =
        IntStream.range(0, count)
            .mapToObj(i -> new Photo(Path.of(i + ".png"), labels[i % labels.length], "pace"))
            .toList();
    return PhotoCache.decode(names, file -> gray(canvas), 1, done -> {}).photos();
  }

  private static GrayImage gray(Canvas canvas) {
    float[] values = new float[canvas.pixels()];
    Arrays.fill(values, 0.5f);
    return new GrayImage(canvas, values);
  }

  /** Notes when each step ended. */
  private static final class Times implements Trainer.Listener {
    private final List<Long> ends = new ArrayList<>();

    @Override
    public void onStep(int epoch, int step, int steps, double meanLoss) {
      ends.add(System.nanoTime());
    }

    @Override
    public void onEpoch(EpochStats stats) {
      // one epoch alone
    }

    double quickest() {
      return IntStream.range(1, ends.size())
          .mapToDouble(i -> (ends.get(i) - ends.get(i - 1)) / 1e9)
          .min()
          .orElseThrow();
    }
  }
}

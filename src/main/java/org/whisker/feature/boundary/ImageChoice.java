package org.whisker.feature.boundary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureGroup.PerGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * Which images a job takes.
 *
 * @param perGroup number of images drawn at random from a folder of images or a class of photos, at
 *     least 1; evolved images are all taken
 * @param resize whether images of two grays and another size are taken, too
 */
record ImageChoice(
    @Option(
            label = "IMAGES",
            needed = true,
            help = "Output folders of evolve, folders of images or photos, image files, white.")
        List<String> names,
    @PerGroup int perGroup,
    @Resize boolean resize) {
  private static final String OPTION = "IMAGES";

  public ImageChoice {
    names = List.copyOf(names);
    Options.check(ImageChoice.class, names, perGroup, resize);
  }

  /** Images of two grays have the model's size. */
  public ImageChoice(List<String> names, int perGroup) {
    this(names, perGroup, false);
  }

  private PictureReader reader(PictureSize size, long seed) {
    return new PictureReader(OPTION, size, perGroup, seed);
  }

  /**
   * Reads their grays at a model's size.
   *
   * @throws IOException when something can't be read
   */
  List<PictureGroup> read(Canvas canvas, long seed) throws IOException {
    return reader(new PictureSize(canvas, 1, resize), seed).read(names);
  }

  /**
   * Reads them as a model sees them.
   *
   * @throws IOException when something can't be read
   */
  List<PictureGroup> read(Classifier model, long seed) throws IOException {
    return reader(PictureSize.of(model, resize), seed).read(names);
  }

  /**
   * Reads those that can be read.
   *
   * @param bad is told of the others
   */
  List<PictureGroup> readable(Classifier model, long seed, Consumer<IOException> bad) {
    List<PictureGroup> groups = new ArrayList<>();
    for (String name : names) {
      try {
        groups.addAll(reader(PictureSize.of(model, resize), seed).read(name));
      } catch (IOException e) {
        bad.accept(e);
      }
    }
    return groups;
  }

  /** Inputs that can't be read: the listener is warned of each, and the job goes on without it. */
  static final class UnreadInputs implements Consumer<IOException> {
    private final JobContext context;
    private int count;

    UnreadInputs(JobContext context) {
      this.context = context;
    }

    @Override
    public void accept(IOException e) {
      count++;
      context.warn(FailureMessage.oneLine(FailureMessage.of(e)));
    }

    int count() {
      return count;
    }
  }
}

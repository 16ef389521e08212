package org.whisker.feature.boundary;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.whisker.job.DeviceConfig;
import org.whisker.network.Window.Padding;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What decides a transfer.
 *
 * @param seed the seed of the images that are drawn, the control and the intervals
 */
record TransferConfig(
    DeviceConfig running,
    @OptionGroup(
            change =
                @OptionGroup.Change(
                    component = "names",
                    option =
                        @Option(
                            needed = true,
                            label = "IMAGES",
                            help =
                                "Output folders of evolve; also folders of images or photos, image"
                                    + " files, white.")))
        ImageChoice images,
    @Option(
            names = "--models",
            label = "LIST",
            split = ",",
            help = "Names or paths of the models that score. Default: all in models/.")
        List<String> models,
    @Option(
            parser = Paddings.class,
            names = "--padding",
            label = "LIST",
            split = ",",
            help =
                "Also score with the same weights under these paddings: zero, reflect, replicate,"
                    + " circular, or all. Default: only each model's own.")
        Set<Padding> paddings,
    @Seed long seed) {
  /** Reads a padding, or {@code all}. */
  static final class Paddings implements Option.Parser<Set<Padding>> {
    @Override
    public Set<Padding> parse(String text) {
      return text.equals("all") ? EnumSet.allOf(Padding.class) : Set.of(Padding.parse(text));
    }
  }

  public TransferConfig {
    models = models.stream().distinct().toList();
    paddings = new TreeSet<>(paddings);
  }

  /** The default options: all models score, each under its own padding. */
  public static TransferConfig of(ImageChoice images) {
    return Options.of(TransferConfig.class).defaults(images);
  }
}

package org.whisker.feature.diagnose;

import java.util.Optional;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What a diagnosis is asked for.
 *
 * @param photos a folder of photos; empty for drawn pictures
 * @param pictures the number of pictures that the network is shown
 * @param seed the seed of all that is drawn
 */
public record DiagnoseConfig(
    @OptionGroup(
            change =
                @OptionGroup.Change(
                    component = "name",
                    option =
                        @Option(
                            label = "MODEL",
                            candidates = Option.MODELS,
                            help =
                                "The network: the name of a folder in models/, or the path of"
                                    + " one.")))
        ModelConfig model,
    @Option(
            label = "PHOTOS",
            help =
                "A folder of photos, or of folders of photos, one for each class (the first eight are"
                    + " read). Without it the network is shown drawn pictures, and marks in photos are"
                    + " not tested.")
        Optional<String> photos,
    @Option(
            names = "--pictures",
            label = "N",
            defaultValue = "32",
            min = 8,
            max = 4096,
            help =
                "Number of pictures that each measure is made on; of photos, so many are drawn from"
                    + " each folder. Default: 32.")
        int pictures,
    @Seed long seed) {
  public DiagnoseConfig {
    Options.check(DiagnoseConfig.class, model, photos, pictures, seed);
  }

  /** The default options, with 32 drawn pictures. */
  public static DiagnoseConfig of(ModelConfig model) {
    return Options.of(DiagnoseConfig.class).defaults(model);
  }

  /** Photos needed at least; with fewer, the network is shown drawn pictures. */
  static int fewestPhotos() {
    return Scene.fewest();
  }
}

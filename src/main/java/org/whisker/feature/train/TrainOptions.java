package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.DType;
import org.whisker.weights.Storage;

/** A training, as it is asked for. */
public record TrainOptions(
    StartOptions start,
    @Option(
            names = "--data",
            label = "DIR|CSV",
            help = {
              "A folder with train/, val/ and optionally test/, each with cat/ and not_cat/; or a CSV"
                  + " with the columns path, label (cat or 0, not_cat or 1) and optionally split"
                  + " (train, val, test). Without split, it is decided by the CRC-32 of the file modulo"
                  + " 100, below 70 train, below 85 val, else test."
            })
        Path data,
    @Option(
            names = "--out",
            label = "DIR",
            help = "The model's folder; a plain name means one in models/.")
        Path out,
    @Option(names = "--force", help = "Replace the model in that folder.") boolean force,
    TrainingRegime regime,
    @OptionGroup(
            alone =
                "--temperature, --mixup, --views, --feature-weight and --teacher-cache go with"
                    + " --teacher MODEL; name one, or leave them out")
        Optional<TeachingConfig> teaching,
    @Option(
            names = "--balance",
            label = "WHEN",
            defaultValue = "auto",
            help = {
              "on: an epoch shows as many cats as other photos, repeating those of the smaller class;"
                  + " off: every photo once; auto: on if one class has 1.5 times the photos of the"
                  + " other. Default: auto."
            })
        ClassBalance balance,
    @SharedOptions.Device String device,
    @Option(
            names = "--note",
            label = "TEXT",
            help = "Description of the photos for the model's card. Default: the folder's name.")
        Optional<String> note,
    @Option(names = "--research-only", help = "The photos may be used for research only.")
        boolean researchOnly,
    @Option(
            parser = Store.class,
            names = "--store",
            label = "T",
            defaultValue = "f32",
            help =
                "Numbers in the weights file: f32, or f16 or bf16 for a file of half the size; the test"
                    + " photos are scored with what is stored. Default: f32.")
        DType store,
    @Option(
            names = "--half",
            split = ",",
            label = "LAYER",
            help = "Layers whose weights are stored in f16 all the same, for a smaller file.")
        List<String> half) {
  /** Reads how a weights file holds numbers. */
  static final class Store implements Option.Parser<DType> {
    @Override
    public DType parse(String label) {
      return switch (label) {
        case "f32" -> DType.F32;
        case "f16" -> DType.F16;
        case "bf16" -> DType.BF16;
        default ->
            throw new IllegalArgumentException(
                "--store must be f32, f16 or bf16, was '" + label + "'");
      };
    }
  }

  /**
   * The training.
   *
   * @throws InvalidRequestException for what can't be
   */
  public TrainConfig config() {
    StartingPoint from = start.start();
    return InvalidRequestException.check(
        () ->
            new TrainConfig(
                data,
                out,
                force,
                from,
                regime,
                teaching,
                balance,
                TorchDevice.parse(new DeviceConfig(device, Precision.FLOAT32).device()),
                note,
                researchOnly,
                new Storage(store, half)));
  }
}

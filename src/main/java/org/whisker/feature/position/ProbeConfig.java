package org.whisker.feature.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.position.DosePlan.Design;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceNames;
import org.whisker.value.Checks;

/**
 * What a probe is asked for.
 *
 * @param model the name of a folder in {@code models/}, or the path of one
 * @param device one, as {@link DeviceNames} names it
 * @param precision {@code float32} or {@code bfloat16}
 * @param resize whether a picture of two grays and another size is resized, too
 * @param doses where numbers of pixels are added at random, zone by zone, instead
 */
public record ProbeConfig(
    @SharedOptions.Model String model,
    @Option(
            names = "--image",
            label = "FILE",
            help = {
              "The picture to change; a photo is resized and cropped as score does. Default:"
                  + " white.",
              "With an evolved image, each of its black pixels is also removed."
            })
        Optional<Path> image,
    @Option(
            names = "--block",
            label = "K",
            defaultValue = "1",
            help = "Change K x K pixels at once, at every position where they fit.")
        int block,
    @Option(
            defaultValue = "add",
            parser = Mode.class,
            names = "--mode",
            arity = "1",
            label = "M",
            help = {
              "add (make black), remove (make white) or both.",
              "Default: add on white, both on an image. Pixels that already have the new colour are"
                  + " skipped."
            })
        List<Fill> fills,
    @Option(
            names = "--pairs",
            label = "N",
            defaultValue = "0",
            help = {
              "Also change N pairs of each kind (edge, centre, mixed) and measure how far their"
                  + " effects are from additive. Conclusions need at least 30. Default:"
                  + " ${DEFAULT-VALUE}, none."
            })
        int pairs,
    @Option(
            names = "--seed",
            label = "N",
            defaultValue = "1",
            help = "The seed that pairs and added pixels are drawn from.")
        long seed,
    @SharedOptions.Device String device,
    @SharedOptions.Precision String precision,
    @Resize boolean resize,
    @OptionGroup Optional<Doses> doses) {
  /** Numbers of black pixels that are added at random places of a zone. */
  public record Doses(
      @Option(
              names = "--count",
              label = "N",
              split = ",",
              needed = true,
              help = {
                "Add N black pixels at random places of five zones of equal area, from the border"
                    + " to the centre, instead of one at every position. Several counts are"
                    + " separated by commas, such as 1,3,10,40."
              })
          List<Integer> counts,
      @Option(
              names = "--draws",
              label = "D",
              defaultValue = "" + Design.DRAWS,
              min = 2,
              help = "Random draws of each count in each zone.")
          int draws) {
    public Doses {
      counts = List.copyOf(counts);
      design(counts, draws, 1);
    }

    /** What is drawn from a seed. */
    Design design(long seed) {
      return design(counts, draws, seed);
    }

    private static Design design(List<Integer> counts, int draws, long seed) {
      return Design.of(seed).withCounts(counts).withDraws(draws, Design.ROLLS);
    }
  }

  /** Reads {@code add}, {@code remove} or {@code both}. */
  static final class Mode implements Option.Parser<List<Fill>> {
    @Override
    public List<Fill> parse(String text) {
      return switch (text) {
        case "add" -> List.of(Fill.BLACK);
        case "remove" -> List.of(Fill.WHITE);
        case "both" -> List.of(Fill.BLACK, Fill.WHITE);
        default ->
            throw new IllegalArgumentException(
                "--mode must be add, remove or both, was '" + text + "'");
      };
    }
  }

  public ProbeConfig {
    DeviceNames.one(device);
    fills = List.copyOf(fills);
    Checks.refuse(fills.isEmpty(), "a probe makes pixels black, white, or both");
    Checks.refuse(pairs < 0 || pairs == 1, "--pairs must be 0 or at least 2, was %s", pairs);
    Checks.refuse(
        doses.isPresent() && (block != 1 || pairs != 0 || !fills.equals(List.of(Fill.BLACK))),
        "--count adds single black pixels; leave --block, --mode and --pairs out");
  }

  /** Creates a probe without numbers of pixels. */
  public ProbeConfig(
      String model,
      Optional<Path> image,
      int block,
      List<Fill> fills,
      int pairs,
      long seed,
      String device,
      String precision,
      boolean resize) {
    this(model, image, block, fills, pairs, seed, device, precision, resize, Optional.empty());
  }

  /** One pixel made black at every place of a white picture, on the fastest device. */
  public static ProbeConfig of(String model) {
    return Options.of(ProbeConfig.class).defaults(model);
  }

  /** Probes every pixel of a picture: made black where it is not, then white where it is not. */
  public ProbeConfig withImage(Path file) {
    return Records.changed(this, ProbeConfig::image, ProbeConfig::fills)
        .to(Optional.of(file), List.of(Fill.BLACK, Fill.WHITE));
  }

  /** Sets the side of the probed blocks, in pixels. */
  public ProbeConfig withBlock(int side) {
    return Records.changed(this, ProbeConfig::block).to(side);
  }

  /** Sets the number of pairs, drawn from a seed. */
  public ProbeConfig withPairs(int number, long from) {
    return Records.changed(this, ProbeConfig::pairs, ProbeConfig::seed).to(number, from);
  }

  /** Returns a copy on another device, in another precision. */
  public ProbeConfig on(String otherDevice, String otherPrecision) {
    return Records.changed(this, ProbeConfig::device, ProbeConfig::precision)
        .to(otherDevice, otherPrecision);
  }

  /**
   * How the network is run.
   *
   * @param batch pictures that are scored at once
   * @throws InvalidRequestException for a device or precision that there is not
   */
  TorchClassifier.Settings running(int batch) {
    return new TorchClassifier.Settings(
        InvalidRequestException.check(() -> Precision.parse("--precision", precision)),
        InvalidRequestException.check(() -> TorchDevice.parse(device)),
        batch);
  }
}

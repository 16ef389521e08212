package org.whisker.feature.league;

import java.util.List;
import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.option.Seed;

/**
 * What a league is asked for.
 *
 * @param seed the seed of the first run; the next has the next
 */
public record LeagueConfig(
    @Option(
            defaultValue = "vgg16-mini,inception-resnet-v2-mini,mobilenet-v2-cats",
            names = "--model",
            split = ",",
            label = "NAME",
            candidates = Option.MODELS,
            help =
                "Classifiers, separated by commas: names of folders in models/, or paths. Default:"
                    + " the three that come with whisker.")
        List<String> models,
    @Option(
            defaultValue = ALL,
            names = "--searches",
            split = ",",
            label = "NAME",
            help = "Searches, separated by commas, or all.")
        List<String> searches,
    @Option(names = "--runs", label = "N", defaultValue = "10", min = 1, help = SharedOptions.RUNS)
        int runs,
    @Option(
            names = "--max-evaluations",
            label = "N",
            defaultValue = "10000",
            min = 1,
            help = "Images that each run may score.")
        long evaluations,
    @Option(
            names = "--target",
            label = "P",
            defaultValue = "0.96",
            help = "A run ends when p(target) reaches this.")
        double target,
    @Option(
            names = "--pixels",
            label = "PERCENT",
            defaultValue = "0.3",
            help =
                "Black pixels of sparse-rs and brusle, a fixed number, in percent of the"
                    + " region. Default: ${DEFAULT-VALUE}, as the authors of Sparse-RS have it on"
                    + " ImageNet.")
        double pixels,
    @Option(
            names = "--region",
            label = "REGION",
            defaultValue = "all",
            help = "Where pixels may change: all, center:FRACTION, edge:FRACTION or x0,y0,x1,y1.")
        String region,
    @Option(
            names = "--photos",
            label = "DIR",
            help =
                "Start from photos instead of white: searches turn their pixels black. Each"
                    + " run has its own photo, one that the network does not take for its"
                    + " class. Default: white.")
        Optional<String> photos,
    @Seed long seed,
    @SharedOptions.SearchesOn DeviceConfig on) {
  /** The word for every search. */
  public static final String ALL = "all";

  private static final double PERCENT = 100;

  public LeagueConfig {
    models = models.stream().distinct().toList();
    searches = searches.stream().distinct().toList();
    Options.check(
        LeagueConfig.class,
        models,
        searches,
        runs,
        evaluations,
        target,
        pixels,
        region,
        photos,
        seed,
        on);
    InvalidRequestException.refuse(
        photos.filter(String::isBlank).isPresent(),
        "--photos names no folder; give one, or omit it");
    InvalidRequestException.refuse(models.isEmpty(), "name a classifier by --model");
    InvalidRequestException.refuse(searches.isEmpty(), "name a search by --searches");
    InvalidRequestException.refuse(
        !(target > 0 && target < 1), "--target must be between 0 and 1, was " + target);
    InvalidRequestException.refuse(
        !(pixels > 0 && pixels <= PERCENT),
        "--pixels must be above 0 and at most 100 percent, was " + pixels);
    if (!searches.equals(List.of(ALL))) {
      searches.forEach(Contestant::parse);
    }
  }

  /** Returns a copy that runs on this. */
  LeagueConfig on(DeviceConfig settled) {
    return Records.changed(this, LeagueConfig::on).to(settled);
  }

  /** The searches, in the order of the table. */
  List<Contestant> contestants() {
    return searches.equals(List.of(ALL))
        ? List.of(Contestant.values())
        : searches.stream().map(Contestant::parse).toList();
  }

  /**
   * Where pixels may change on this canvas.
   *
   * @throws InvalidRequestException if there is no such region on it
   */
  Region regionOn(Canvas canvas) {
    return InvalidRequestException.check(() -> Region.parse(canvas, region));
  }

  /** Black pixels, in a region of this size, of the searches that keep their number. */
  int pixelsOf(int size) {
    return (int) Math.max(1, Math.round(pixels / PERCENT * size));
  }
}

package org.whisker.feature.boundary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.whisker.boundary.MinimalSearch;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.io.ShownText;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureReader;
import org.whisker.job.input.PictureSize;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What searches for minimal sets begin with.
 *
 * @param seed the seed of the random ones
 */
record MinimalStarts(
    @Option(
            names = "--starts",
            label = "START",
            arity = "1..*",
            defaultValue = MinimalStarts.SEEDS,
            help = {
              "Starting points of the searches: output folders of evolve, PNG files of black on"
                  + " white, greedy (white, grown pixel by pixel), dense (random sets), seeds"
                  + " (greedy and dense)."
            })
        List<String> names,
    @Option(
            min = 1,
            names = "--runs",
            label = "N",
            defaultValue = "4",
            help = "Number of random dense sets.")
        int runs,
    @Option(
            names = "--density",
            label = "D",
            defaultValue = "0.02",
            help = "Share of black pixels in the dense sets.")
        double density,
    @Seed long seed) {
  static final String GREEDY = "greedy";
  static final String DENSE = "dense";

  /** The name of both starts that need no file. */
  public static final String SEEDS = "seeds";

  public MinimalStarts {
    names = List.copyOf(names);
    Options.check(MinimalStarts.class, names, runs, density, seed);
  }

  /** White and four random sets, of which a fiftieth is black. */
  public static MinimalStarts seeds(long seed) {
    MinimalStarts usual = Options.of(MinimalStarts.class).defaults();
    return new MinimalStarts(usual.names, usual.runs, usual.density, seed);
  }

  /**
   * A start of the search.
   *
   * @param file where it is from; empty for what needs none
   */
  record Start(String name, String file, BlackPixels image, Tones tones) {
    Map<String, Object> describe() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("file", file);
      map.put("pixels", image.count());
      map.put("ink", tones.ink().written());
      map.put("background", tones.background().written());
      return map;
    }
  }

  /**
   * Reads or draws the starts.
   *
   * @param bad told of what can't be read; the others are taken
   * @throws InvalidRequestException for a name that there is not
   */
  List<Start> read(Classifier model, Consumer<IOException> bad) {
    Canvas canvas = model.canvas();
    List<Start> starts = new ArrayList<>();
    for (String name : names) {
      switch (name) {
        case GREEDY -> starts.add(greedy(canvas));
        case DENSE -> starts.addAll(dense(canvas));
        case SEEDS -> {
          starts.add(greedy(canvas));
          starts.addAll(dense(canvas));
        }
        default -> {
          try {
            starts.addAll(files(name, model, bad));
          } catch (IOException e) {
            bad.accept(e);
          }
        }
      }
    }
    return starts;
  }

  private static Start greedy(Canvas canvas) {
    return new Start("greedy from white", "", BlackPixels.none(canvas), Tones.standard());
  }

  private List<Start> dense(Canvas canvas) {
    List<Start> dense = new ArrayList<>();
    for (int draw = 1; draw <= runs; draw++) {
      int number = draw;
      BlackPixels image =
          InvalidRequestException.check(() -> MinimalSearch.dense(canvas, density, seed, number));
      dense.add(new Start("dense, random " + draw, "", image, Tones.standard()));
    }
    return dense;
  }

  private static List<Start> files(String name, Classifier model, Consumer<IOException> bad)
      throws IOException {
    List<Start> starts = new ArrayList<>();
    for (PictureGroup group :
        new PictureReader("--starts", PictureSize.of(model, true)).read(name)) {
      for (PictureGroup.Picture picture : group.pictures()) {
        try {
          String shortName = ShownText.shortPath(picture.file());
          BlackPixels image = inked(picture, group.tones());
          starts.add(new Start(shortName, picture.file(), image, group.tones()));
        } catch (IOException e) {
          bad.accept(e);
        }
      }
    }
    return starts;
  }

  private static BlackPixels inked(PictureGroup.Picture picture, Tones tones) throws IOException {
    if (picture.resized()) {
      throw new IOException(
          "%s is not %s, the model's size; name a start that is"
              .formatted(picture.file(), picture.raster().canvas()));
    }
    return tones
        .genome(picture.raster())
        .orElseThrow(
            () ->
                new IOException(
                    picture.file() + " has grays besides black and white; name a start of two"));
  }
}

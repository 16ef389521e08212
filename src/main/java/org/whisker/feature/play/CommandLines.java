package org.whisker.feature.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.image.Tones;

/** Command lines that make again what a page shows. */
public final class CommandLines {
  private static final String PICTURE = "picture.png";

  private CommandLines() {}

  /**
   * A command line.
   *
   * @param what it makes
   */
  public record Line(String what, String command) {}

  /** Those for a state, whose picture is saved as {@value #PICTURE} for all but the first. */
  public static List<Line> of(PlayState state) {
    List<Line> lines = new ArrayList<>();
    String model = word(state.model().model());
    lines.add(
        new Line(
            "this page", "./whisker play " + names(state) + " --state " + StateCode.of(state)));
    if (state.model().padding().isEmpty()) {
      String on = " --model " + model;
      lines.add(new Line("the score", "./whisker score" + on + " " + PICTURE));
      lines.add(new Line("the probe map", "./whisker probe" + on + " --image " + PICTURE));
      lines.add(
          new Line(
              "the other maps",
              "./whisker saliency"
                  + on
                  + (" --image " + PICTURE + " --method gradient,grad-cam,occlusion")
                  + fill(state.tones())));
    }
    return lines;
  }

  private static String fill(Tones tones) {
    return tones.background() == 1 ? "" : " --fill gray:" + gray(tones.background());
  }

  /** The one for a search. */
  public static Line of(JobRequest.OfEvolution search) {
    Tones tones = search.tones();
    String grays =
        tones.equals(Tones.standard())
            ? ""
            : " --background %s --ink %s".formatted(gray(tones.background()), gray(tones.ink()));
    return new Line(
        "this evolution",
        "./whisker evolve --model %s --preset %s --runs 1 --seed %d --generations %d --precision float32%s%s"
            .formatted(
                word(search.model().model()),
                search.preset(),
                search.seed(),
                search.generations(),
                search.model().padding().map(padding -> " --padding " + padding.label()).orElse(""),
                grays));
  }

  private static String names(PlayState state) {
    String first = word(state.model().model());
    return state.beside().map(other -> first + " " + word(other.model())).orElse(first);
  }

  /** As a shell takes it for one word. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9._/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String gray(float value) {
    return value == Math.rint(value)
        ? Integer.toString((int) value)
        : String.format(Locale.ROOT, "%s", value);
  }
}

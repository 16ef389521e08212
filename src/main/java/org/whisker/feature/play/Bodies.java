package org.whisker.feature.play;

import java.util.Optional;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Padding;

/** What requests hold, as JSON. All that is wrong in them is an {@link InvalidRequestException}. */
final class Bodies {
  private static final float WHITE = 255;

  private Bodies() {}

  /** A model and its padding; empty for its own. */
  record Choice(String model, Optional<String> padding) {
    ModelChoice choice() {
      return InvalidRequestException.check(
          () -> new ModelChoice(model, padding.map(Padding::parse)));
    }

    static Choice of(ModelChoice choice) {
      return new Choice(choice.model(), choice.padding().map(Padding::label));
    }
  }

  /**
   * What a page shows.
   *
   * @param levels of the pixels, row-major, 0 to 255; base64 in JSON
   * @param background gray of the canvas, 0 to 255
   * @param ink gray of what is painted, 0 to 255
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(
      int width,
      int height,
      byte[] levels,
      int background,
      int ink,
      Choice model,
      Optional<Choice> beside) {
    PlayState state() {
      return InvalidRequestException.check(
          () ->
              new PlayState(
                  Levels.picture(new Canvas(width, height), levels),
                  tones(),
                  model.choice(),
                  beside.map(Choice::choice)));
    }

    private Tones tones() {
      return new Tones(background / WHITE, ink / WHITE);
    }

    static State of(PlayState state) {
      Canvas canvas = state.picture().canvas();
      return new State(
          canvas.width(),
          canvas.height(),
          Levels.of(state.picture()),
          Math.round(state.tones().background() * WHITE),
          Math.round(state.tones().ink() * WHITE),
          Choice.of(state.model()),
          state.beside().map(Choice::of));
    }
  }

  /** A picture to be blurred, by a standard deviation in pixels. */
  record Blur(State state, double sigma) {}

  /** A text that stands for a state. */
  record Code(String code) {}

  /**
   * A job to begin.
   *
   * @param kind probe, gradient, occlusion, grad-cam, right, down or evolution
   */
  record Job(State state, String kind, Search search) {
    JobRequest request() {
      PlayState s = state.state();
      return InvalidRequestException.check(
          () ->
              switch (kind) {
                case "right", "down" ->
                    new JobRequest.OfShifts(
                        s.picture(), s.tones(), s.model(), named(JobRequest.Axis.values()));
                case "evolution" -> search.request(s);
                default ->
                    new JobRequest.OfMap(
                        s.picture(), s.tones(), s.model(), named(JobRequest.MapKind.values()));
              });
    }

    private <E extends Enum<E>> E named(E[] values) {
      for (E value : values) {
        if (value.name().equalsIgnoreCase(kind.replace('-', '_'))) {
          return value;
        }
      }
      throw new IllegalArgumentException("no job '" + kind + "'");
    }
  }

  /** What a search is made of. */
  record Search(String preset, long seed, int generations) {
    JobRequest.OfEvolution request(PlayState s) {
      return InvalidRequestException.check(
          () -> new JobRequest.OfEvolution(s.model(), s.tones(), preset, seed, generations));
    }
  }
}

package org.whisker.feature.play;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.whisker.chart.kit.ColorMap;
import org.whisker.image.GaussianBlur;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.Pictures;
import org.whisker.network.Padding;

/** What the page can ask for, by path. A body has been read whole; nothing here knows of HTTP. */
final class Api {
  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int FAILED = 500;
  private static final int COLORS = 257;
  private static final double MOST_BLUR = 64;

  private final PlayModels models;
  private final PlayState first;
  private final ScoreDesk scores;
  private final JobDesk jobs;
  private final Map<String, Call> calls =
      Map.of(
          "/api/page", body -> page(),
          "/api/score", this::score,
          "/api/fit", this::fit,
          "/api/blur", this::blur,
          "/api/png", this::png,
          "/api/code", this::code,
          "/api/open", this::open,
          "/api/job", this::job,
          "/api/stop", body -> stop());

  /** One thing that can be asked for. */
  @FunctionalInterface
  private interface Call {
    Answer of(byte[] body) throws IOException, Refusal;
  }

  Api(PlayModels models, PlayState first, ScoreDesk scores, JobDesk jobs) {
    this.models = models;
    this.first = first;
    this.scores = scores;
    this.jobs = jobs;
  }

  boolean knows(String path) {
    return calls.containsKey(path);
  }

  /** The longest body that a request with a picture has. */
  int mostBytes() {
    int pixels =
        models.offers().stream().mapToInt(offer -> offer.canvas().pixels()).max().orElse(0);
    return Math.max(2 * pixels, StateCode.MOST_TEXT) + (1 << 16);
  }

  /**
   * Answers a request.
   *
   * @throws Refusal with the reason
   */
  Answer answer(String path, byte[] body) throws Refusal {
    Call call = calls.get(path);
    if (call == null) {
      throw new Refusal(404, "there is no " + path);
    }
    return guarded(() -> call.of(body));
  }

  /** A photo's bytes as a picture of the model's size. */
  Answer photo(String model, byte[] file) throws Refusal {
    return guarded(
        () -> {
          GrayImage read = ImageFiles.readGray("the file", file);
          return fitted(model, read);
        });
  }

  @FunctionalInterface
  private interface Work {
    Answer run() throws IOException, Refusal;
  }

  private static Answer guarded(Work work) throws Refusal {
    try {
      return work.run();
    } catch (OutdatedException e) {
      throw new Refusal(CONFLICT, "outdated");
    } catch (InvalidRequestException | IOException e) {
      throw new Refusal(BAD_REQUEST, FailureMessage.oneLine(FailureMessage.message(e)));
    } catch (OutOfMemoryError e) {
      throw new Refusal(
          FAILED, "out of memory; take a smaller picture, or WHISKER_JAVA_OPTS=-Xmx6g");
    } catch (RuntimeException e) {
      throw new Refusal(FAILED, FailureMessage.oneLine(FailureMessage.describe(e)));
    }
  }

  /**
   * What a page needs to begin.
   *
   * @param colors of maps, from blue (towards cat) to red, as {@code rrggbb}
   */
  private record Start(
      List<Offer> models, List<String> paddings, List<String> colors, Bodies.State state) {}

  private record Offer(String name, int width, int height, Optional<String> padding) {
    static Offer of(ModelOffer offer) {
      return new Offer(
          offer.name(),
          offer.canvas().width(),
          offer.canvas().height(),
          offer.padding().map(Padding::label));
    }
  }

  private Answer page() {
    List<String> colors =
        IntStream.range(0, COLORS)
            .mapToObj(i -> "%06x".formatted(ColorMap.LOGIT.rgb(i / (COLORS - 1.0))))
            .toList();
    return Answer.json(
        new Start(
            models.offers().stream().map(Offer::of).toList(),
            Arrays.stream(Padding.values()).map(Padding::label).toList(),
            colors,
            Bodies.State.of(first)));
  }

  private Answer score(byte[] body) throws Refusal, IOException {
    PlayState state = Json.read(body, Bodies.State.class).state();
    try {
      return Answer.json(scores.submit(state).join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** A picture's levels. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Picture(int width, int height, byte[] levels) {
    static Answer of(Raster picture) {
      return Answer.json(
          new Picture(picture.canvas().width(), picture.canvas().height(), Levels.of(picture)));
    }
  }

  /** The picture in the size of the state's model. */
  private Answer fit(byte[] body) throws Refusal {
    PlayState state = Json.read(body, Bodies.State.class).state();
    return fitted(state.model().model(), state.picture());
  }

  private Answer fitted(String model, Raster picture) {
    return Picture.of(Pictures.fitted(picture, models.offer(model).canvas()));
  }

  private Answer blur(byte[] body) throws Refusal {
    Bodies.Blur blur = Json.read(body, Bodies.Blur.class);
    InvalidRequestException.refuse(
        !(blur.sigma() > 0 && blur.sigma() <= MOST_BLUR),
        "a blur is above 0 and at most " + MOST_BLUR + " pixels, was " + blur.sigma());
    return Picture.of(GaussianBlur.of(blur.state().state().picture(), blur.sigma()));
  }

  private Answer png(byte[] body) throws Refusal, IOException {
    PlayState state = Json.read(body, Bodies.State.class).state();
    return new Answer(200, Answer.PNG, ImageFiles.png(state.picture()));
  }

  /** A state as text, and command lines that make it again. */
  private record Shared(String code, List<CommandLines.Line> commands) {}

  private Answer code(byte[] body) throws Refusal {
    PlayState state = Json.read(body, Bodies.State.class).state();
    return Answer.json(new Shared(StateCode.of(state), CommandLines.of(state)));
  }

  private Answer open(byte[] body) throws Refusal {
    PlayState state = StateCode.read(Json.read(body, Bodies.Code.class).code());
    models.offer(state.model().model());
    state.beside().ifPresent(other -> models.offer(other.model()));
    return Answer.json(Bodies.State.of(state));
  }

  /** A job that has begun, and the command line for it if it is a search. */
  private record Started(long job, Optional<String> command) {}

  private Answer job(byte[] body) throws Refusal {
    JobRequest request = Json.read(body, Bodies.Job.class).request();
    models.offer(request.model().model());
    Optional<String> command =
        request instanceof JobRequest.OfEvolution search
            ? Optional.of(CommandLines.of(search).command())
            : Optional.empty();
    return Answer.json(new Started(jobs.start(request), command));
  }

  private Answer stop() {
    jobs.stop();
    return Answer.json(Map.of());
  }
}

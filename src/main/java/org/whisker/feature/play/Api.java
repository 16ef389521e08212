package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.whisker.chart.kit.ColorMap;
import org.whisker.feature.play.Guard.Refusal;
import org.whisker.feature.play.JobDesk.JobRequest;
import org.whisker.feature.play.Json.Answer;
import org.whisker.feature.play.LatestOnly.OutdatedException;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.ModelOffer;
import org.whisker.feature.play.StateCode.PlayState;
import org.whisker.image.Canvas;
import org.whisker.image.GaussianBlur;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.image.Tones;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.input.PictureSize;
import org.whisker.network.Window.Padding;
import org.whisker.value.Text;

/** What the page can ask for, by path. A body has been read whole; nothing here knows of HTTP. */
final class Api {
  private static final String FILE = "the file";
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
    return Math.max(2 * PlanarImage.COLOURS * pixels, StateCode.MOST_TEXT) + (1 << 16);
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
          int planes = models.offer(model).planes();
          return fitted(model, ImageFiles.read(FILE, file, planes));
        });
  }

  /** The score of a photo's bytes, of the values that the command {@code score} reads. */
  Answer photoScore(String model, byte[] file) throws Refusal {
    return guarded(
        () -> {
          ModelOffer offer = models.offer(model);
          PictureSize size = new PictureSize(offer.canvas(), offer.planes(), false);
          PlanarImage read = ImageFiles.read(FILE, file, offer.planes());
          Raster picture = size.fit(FILE, PictureSize.seen(FILE, read));
          return joined(
              scores.submitPhoto(
                  new PlayState(
                      PlanarImage.from(picture),
                      Tones.standard(),
                      ModelChoice.of(model),
                      Optional.empty())));
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
   * @param colors the colours of maps, from red (towards the target) to blue, as {@code rrggbb}
   */
  private record Start(
      List<Offer> models, List<String> paddings, List<String> colors, State state) {}

  private record Offer(
      String name, int width, int height, int planes, String target, Optional<String> padding) {
    static Offer of(ModelOffer offer) {
      return new Offer(
          offer.name(),
          offer.canvas().width(),
          offer.canvas().height(),
          offer.planes(),
          offer.target(),
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
            State.of(first)));
  }

  private Answer score(byte[] body) throws Refusal, IOException {
    return joined(scores.submit(Json.read(body, State.class).state()));
  }

  private static Answer joined(CompletableFuture<?> scored) throws IOException {
    try {
      return Answer.json(scored.join());
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
          new Picture(
              picture.canvas().width(), picture.canvas().height(), StateCode.levels(picture)));
    }
  }

  /** The picture in the size of the state's model. */
  private Answer fit(byte[] body) throws Refusal {
    PlayState state = Json.read(body, State.class).state();
    return fitted(state.model().model(), state.picture());
  }

  private Answer fitted(String model, Raster picture) {
    return Picture.of(PictureSize.fitted(picture, models.offer(model).canvas()));
  }

  private Answer blur(byte[] body) throws Refusal {
    Blur blur = Json.read(body, Blur.class);
    InvalidRequestException.refuse(
        !(blur.sigma() > 0 && blur.sigma() <= MOST_BLUR),
        "a blur is above 0 and at most " + MOST_BLUR + " pixels, was " + blur.sigma());
    PlanarImage sharp = blur.state().state().picture();
    return Picture.of(
        InvalidRequestException.check(
            () -> sharp.eachPlane(plane -> GaussianBlur.of(plane, blur.sigma()))));
  }

  private Answer png(byte[] body) throws Refusal, IOException {
    PlayState state = Json.read(body, State.class).state();
    return new Answer(200, Answer.PNG, ImageFiles.png(state.picture()));
  }

  /** A state as text, and command lines that make it again. */
  private record Shared(String code, List<Line> commands) {}

  private Answer code(byte[] body) throws Refusal {
    PlayState state = offered(Json.read(body, State.class).state());
    return Answer.json(new Shared(StateCode.of(state), commandLine(state)));
  }

  private Answer open(byte[] body) throws Refusal {
    PlayState state = offered(StateCode.read(Json.read(body, Code.class).code()));
    return Answer.json(State.of(state));
  }

  /** The state, whose models are among those that can be chosen. */
  private PlayState offered(PlayState state) {
    models.offer(state.model().model());
    state.beside().ifPresent(other -> models.offer(other.model()));
    return state;
  }

  /** A job that has begun, and the command line for it if it is a search. */
  private record Started(long job, Optional<String> command) {}

  private Answer job(byte[] body) throws Refusal {
    JobRequest request = Json.read(body, Job.class).request();
    models.offer(request.model().model());
    Optional<String> command =
        request instanceof JobRequest.OfEvolution search
            ? Optional.of(commandLine(search).command())
            : Optional.empty();
    return Answer.json(new Started(jobs.start(request), command));
  }

  private Answer stop() {
    jobs.stop();
    return Answer.json(Map.of());
  }

  private static final String PICTURE = "picture.png";

  /**
   * A command line.
   *
   * @param what the thing that it makes
   */
  private record Line(String what, String command) {}

  /**
   * The command lines that make again what a page shows. The picture is saved as {@value #PICTURE}
   * for all but the first.
   */
  private static List<Line> commandLine(PlayState state) {
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
    Tone fill = tones.background();
    return fill.equals(Tones.standard().background())
        ? ""
        : " --fill " + (fill.isGray() ? "gray:" + tone(fill) : tone(fill));
  }

  /** The command line of a search. */
  private static Line commandLine(JobRequest.OfEvolution search) {
    Tones tones = search.tones();
    String grays =
        tones.equals(Tones.standard())
            ? ""
            : " --background %s --ink %s".formatted(tone(tones.background()), tone(tones.ink()));
    return new Line(
        "this evolution",
        Text.of(
            "./whisker evolve --model %s --preset %s --runs 1 --seed %d --generations %d"
                + " --precision float32%s%s",
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

  /** Quotes text where a shell would not take it for one word. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9._/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static String tone(Tone tone) {
    float value = tone.gray();
    if (!tone.isGray()) {
      return word(tone.hex());
    }
    return value == Math.rint(value) ? Integer.toString((int) value) : Text.of("%s", value);
  }

  private static final float WHITE = 255;

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
   * @param levels see {@link StateCode#levels}; base64 in JSON
   * @param background the background of the canvas: a gray, 0 to 255, or a colour such as #ff8000
   * @param ink the ink of what is painted, likewise
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(
      int width,
      int height,
      byte[] levels,
      String background,
      String ink,
      Choice model,
      Optional<Choice> beside) {
    PlayState state() {
      return InvalidRequestException.check(
          () ->
              new PlayState(
                  StateCode.picture(new Canvas(width, height), levels),
                  tones(),
                  model.choice(),
                  beside.map(Choice::choice)));
    }

    private static Tone tone(String text) {
      return text.startsWith("#") ? Tone.parse(text) : Tone.gray(Integer.parseInt(text) / WHITE);
    }

    private static String text(Tone tone) {
      return tone.isGray() ? Integer.toString(Math.round(tone.gray() * WHITE)) : tone.hex();
    }

    private Tones tones() {
      return new Tones(tone(background), tone(ink));
    }

    static State of(PlayState state) {
      Canvas canvas = state.picture().canvas();
      return new State(
          canvas.width(),
          canvas.height(),
          StateCode.levels(state.picture()),
          text(state.tones().background()),
          text(state.tones().ink()),
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
